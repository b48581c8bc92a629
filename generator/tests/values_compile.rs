//! What values become in generated clients: for each file in `values`, the client of the fixture with its name is
//! compiled together with it, as a test of that crate.

use std::path::Path;

use lantern_generator::{Crate, File, Generator};

use crate::{fixture, workspace};

#[test]
fn values_are_what_the_tests_of_their_clients_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/values");
    let entries = std::fs::read_dir(folder).expect("a folder of tests");
    let mut tests: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    tests.sort();
    let clients: Vec<_> = tests.iter().map(|test| with_test(test)).collect();
    let workspace = workspace::lay_out("values", &clients);
    let arguments = ["test", "--quiet", "--workspace", "--no-default-features", "--test", "values"];
    let tested = workspace::cargo(&workspace, &arguments, &["--no-fail-fast"]);
    let said = [tested.stdout, tested.stderr].concat();
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// The client of a fixture, with the test that is named after it.
fn with_test(test: &Path) -> Crate {
    let path = fixture::path(fixture::name(test));
    let generator = Generator::new("client").overlays(fixture::overlays(&path));
    let mut client = generator.run(&fixture::source(&path)).expect("a client").value;
    for manifest in client.files.iter_mut().filter(|file| file.path == "Cargo.toml") {
        let package = fixture::name(test).replace('_', "-");
        let own = format!("name = \"{package}\"");
        manifest.text = manifest.text.replacen("name = \"client\"", &own, 1);
        manifest.text += "\n[lib]\nname = \"client\"\n";
    }
    let text = std::fs::read_to_string(test).expect("a test");
    client.files.push(File { path: "tests/values.rs".to_owned(), text });
    client
}
