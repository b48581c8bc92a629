//! What comes of each fixture is not only Rust: it compiles, and neither rustc nor clippy has a warning.

use std::path::Path;

use lantern_generator::{Crate, File, Generator};

use crate::{fixture, guide_examples, workspace};

const FEATURES: [&str; 3] = ["--no-default-features", "--features", "client,mock"];
/// The fixtures that differ in the guides of their clients.
const GUIDES: [&str; 2] = ["clients/extensions", "clients/security"];

/// The client of a fixture, called after the idea, so that an error says which one it is.
fn client(path: &Path) -> Crate {
    let crate_name = fixture::name(path).replace('_', "-");
    let generator = Generator::new(crate_name).overlays(fixture::overlays(path));
    let generated = generator.run(&fixture::source(path));
    generated.unwrap_or_else(|errors| panic!("{}:\n{errors}", path.display())).value
}

/// The same, with the examples of its guide as a test: unlike rustdoc, cargo compiles that no further than to see whether
/// it is valid.
fn client_with_examples(path: &Path) -> Crate {
    let mut client = client(path);
    if GUIDES.iter().any(|folder| path.starts_with(fixture::folder(folder))) {
        let text = guide_examples::as_test(&client);
        client.files.push(File { path: "tests/guide.rs".to_owned(), text });
    }
    client
}

#[test]
fn fixtures_and_examples_of_guides_compile_and_clippy_finds_nothing() {
    let fixtures = fixture::all("clients");
    let clients: Vec<_> = fixtures.iter().map(|path| client_with_examples(path)).collect();
    let workspace = workspace::lay_out("fixtures", &clients);
    let check = ["clippy", "--quiet", "--workspace", "--keep-going", "--lib", "--test", "guide"];
    let checked = workspace::cargo(&workspace, &[&check[..], &FEATURES].concat(), &[]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn links_of_guides_are_valid() {
    let fixtures = GUIDES.iter().flat_map(|folder| fixture::all(folder));
    let clients: Vec<_> = fixtures.map(|path| client(&path)).collect();
    let workspace = workspace::lay_out("guides", &clients);
    let document = ["doc", "--quiet", "--no-deps", "--workspace"];
    let documented = workspace::cargo(&workspace, &[&document[..], &FEATURES].concat(), &[]);
    assert!(documented.status.success(), "{}", String::from_utf8_lossy(&documented.stderr));
}
