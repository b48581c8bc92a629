//! The generator writes what was written by hand: `templates` is a client of
//! `templates/specimen.yaml`.

use std::path::Path;

use lantern_generator::pipeline::write::{CommandLine, command_line};
use lantern_generator::{Generator, Source};

fn template(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates").join(path);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

fn specimen() -> Vec<lantern_generator::File> {
    let description = Source::new("specimen.yaml", template("specimen.yaml"));
    let generated = Generator::new("templates").run(&description);
    let generated = generated.unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
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
    let parts = "lib, client, mock, rate limits, servers, three tags, webhooks, types, five modules of types, and the \
                 guide with its thirteen pages";
    assert_eq!(compared, 31, "{parts}");
}

#[test]
fn the_program_of_the_command_line_is_the_one_that_is_tested() {
    let description = Source::new("specimen.yaml", template("specimen.yaml"));
    let generator = Generator::new("templates");
    let api = generator.api(&description).expect("a model").value;
    let table = generator.operations(&description).expect("a table").value;
    let made = CommandLine { program: "library", client: "../templates" };
    let files = command_line(&api, &table, &made).files;
    let sources = files.iter().filter_map(|file| Some((file, file.path.strip_prefix("src/")?)));
    for (file, name) in sources.clone() {
        assert_eq!(file.text, template(&format!("cli/library/{name}")), "{name} differs");
    }
    assert_eq!(sources.count(), 3);
}

/// Without the line that says where a copy's original is.
fn code(file: &lantern_generator::File) -> &str {
    file.text.split_once("\n\n").map_or("", |(_, code)| code)
}

#[test]
fn the_rendered_root_of_the_runtime_is_the_one_written_by_hand() {
    let files = specimen();
    let root = files.iter().find(|file| file.path == "src/runtime/mod.rs").expect("a root");
    assert_eq!(code(root), template("src/runtime/mod.rs"));
}

#[test]
fn the_runtime_is_copied_as_it_is() {
    for file in specimen().iter().filter(|file| file.path.starts_with("src/runtime/")) {
        assert_is_copied(file);
    }
}

/// Unit tests stand at the end of an original, and stay there.
fn assert_is_copied(file: &lantern_generator::File) {
    let original = template(&file.path);
    let rest = original.strip_prefix(code(file).trim_end());
    let is_whole = rest.is_some_and(|rest| {
        rest.trim().is_empty() || rest.trim_start().starts_with("#[cfg(test)]\nmod tests")
    });
    assert!(is_whole, "{} differs from its original", file.path);
}

#[test]
fn no_client_has_a_runtime_file_of_its_own_but_the_root() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")];
    let mut compared = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a text");
            let description = Source::new("fixture.yaml", text);
            let Ok(generated) = Generator::new("fixture").run(&description) else { continue };
            let copied =
                |path: &str| path.starts_with("src/runtime/") && !path.ends_with("runtime/mod.rs");
            let files = &generated.value.files;
            files.iter().filter(|file| copied(&file.path)).for_each(assert_is_copied);
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared} clients");
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
