//! What the clients of fixtures send, and what they read, over loopback.

use lantern_generator::{Crate, File, Generator};

use crate::{fixture, workspace};

mod styles;

/// A fixture, and the test of its client.
macro_rules! tried {
    ($($idea:literal)*) => {
        &[$(($idea, include_str!(concat!("wire_compile/", $idea, ".rs")))),*]
    };
}

const TRIED: &[(&str, &str)] = tried!["media_types_of_one_status" "multipart_encodings" "response_headers" "xml_as_text" "members_by_pattern" "parameters_on_the_wire" "constant_parameters" "replies_of_any_media" "pagination" "secrets" "idempotency_key" "events_by_name" "own_types" "texts_as_parameters" "typed_errors" "results_that_come_later"];

#[test]
fn clients_speak_with_a_service_over_loopback() {
    let mut clients: Vec<_> = TRIED.iter().map(|(idea, test)| with_test(idea, test)).collect();
    clients.push(styles::client());
    let workspace = workspace::lay_out("wire", &clients);
    let features = ["--no-default-features", "--features", "blocking,mock"];
    let tests = ["test", "--quiet", "--workspace", "--test", "wire", "--test", "examples"];
    let test = [&tests[..], &features].concat();
    let tested = workspace::cargo(&workspace, &test, &["--no-fail-fast"]);
    let said = [tested.stdout, tested.stderr].concat();
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// A test that reads the example of each type, which the types themselves write.
fn examples(client: &Crate) -> String {
    let mock = client.files.iter().find(|file| file.path == "src/mock.rs").expect("a mock");
    let types = mock
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("impl Example for types::")?.strip_suffix(" {"));
    let reads: String =
        types.map(|name| format!("    read::<fixture::types::{name}>();\n")).collect();
    format!(
        "//! Each example is of its type.\n\nuse fixture::mock::Example;\n\n\
         #[allow(dead_code)]\nfn read<T: Example + serde::Serialize>() {{\n    \
         let written = serde_json::to_value(T::example()).expect(\"JSON\");\n    \
         let stated = T::JSON.iter().map(|text| serde_json::from_str::<serde_json::Value>(text));\n    \
         assert!(stated.flatten().any(|stated| stated == written), \"{{written}}\");\n}}\n\n\
         #[test]\nfn examples_are_read() {{\n{reads}}}\n"
    )
}

/// The client of a fixture, with a service that its test speaks with.
fn with_test(idea: &str, test: &str) -> Crate {
    let path = fixture::path(idea);
    let generator = Generator::new("fixture").overlays(fixture::overlays(&path));
    let mut client = generator.run(&fixture::source(&path)).expect(idea).value;
    for file in &mut client.files {
        // Members of a workspace have names of their own.
        if file.path == "Cargo.toml" {
            let name = format!("name = \"fixture-{}\"", idea.replace('_', "-"));
            file.text = file.text.replacen("name = \"fixture\"", &name, 1);
            file.text.push_str("\n[lib]\nname = \"fixture\"\n");
        }
    }
    let files = [
        ("tests/wire.rs", test),
        ("tests/examples.rs", &examples(&client)),
        ("tests/service/mod.rs", include_str!("wire_compile/service.rs")),
    ];
    let files = files.map(|(path, text)| File { path: path.to_owned(), text: text.to_owned() });
    client.files.extend(files);
    client
}
