//! The generator writes what was written by hand: `templates` is a client of
//! `templates/specimen.yaml`.

use std::path::Path;

use lantern_generator::{Input, Source, generate};

fn template(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates").join(path);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

fn specimen() -> Vec<lantern_generator::File> {
    let description = Source::new("specimen.yaml", template("specimen.yaml"));
    let input = Input { description, overlays: Vec::new(), crate_name: "templates".to_owned() };
    let generated = generate(input).unwrap_or_else(|complaints| panic!("{complaints}"));
    assert_eq!(generated.warnings.iter().count(), 0, "{}", generated.warnings);
    generated.value.files
}

#[test]
fn rendered_files_are_those_written_by_hand() {
    let rendered = |path: &str| path.starts_with("src/") && !path.starts_with("src/runtime/");
    let mut compared = 0;
    for file in specimen().iter().filter(|file| rendered(&file.path)) {
        assert_eq!(file.text, template(&file.path), "{} differs", file.path);
        compared += 1;
    }
    let parts =
        "lib, client, rate limits, servers, three tags, webhooks, types, and five modules of types";
    assert_eq!(compared, 14, "{parts}");
}

#[test]
fn the_runtime_is_copied_as_it_is() {
    for file in specimen().iter().filter(|file| file.path.starts_with("src/runtime/")) {
        let original = template(&file.path);
        let code = file.text.split_once("\n\n").map_or("", |(_, code)| code);
        assert!(original.starts_with(code.trim_end()), "{} differs", file.path);
    }
}

#[test]
fn features_and_dependencies_are_those_that_the_runtime_is_tested_with() {
    let files = specimen();
    let manifest = files.iter().find(|file| file.path == "Cargo.toml").expect("a manifest");
    let table = |text: &str, name: &str| -> Vec<String> {
        let (_, table) = text.split_once(&format!("[{name}]\n")).expect(name);
        let lines = table.lines().take_while(|line| !line.starts_with('['));
        lines.map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    for name in ["features", "dependencies"] {
        assert_eq!(table(&manifest.text, name), table(&template("Cargo.toml"), name));
    }
}
