//! What comes of each fixture is not only Rust: it compiles, and neither rustc nor clippy has a warning.

use std::path::Path;

use lantern_generator::{Crate, Generator};

use crate::{fixture, workspace};

/// The client of a fixture, called after the idea, so that an error says which one it is.
fn client(path: &Path) -> Crate {
    let crate_name = fixture::name(path).replace('_', "-");
    let generator = Generator::new(crate_name).overlays(fixture::overlays(path));
    let generated = generator.run(&fixture::source(path));
    generated.unwrap_or_else(|errors| panic!("{}:\n{errors}", path.display())).value
}

#[test]
fn each_fixture_compiles_and_clippy_finds_nothing() {
    let clients: Vec<_> = fixture::all("clients").iter().map(|path| client(path)).collect();
    let workspace = workspace::lay_out("fixtures", &clients);
    let features = ["--no-default-features", "--features", "client,mock"];
    let check = [&["clippy", "--quiet", "--workspace", "--keep-going"][..], &features].concat();
    let checked = workspace::cargo(&workspace, &check, &[]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
