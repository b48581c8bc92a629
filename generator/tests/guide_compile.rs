//! The links and examples of guides: rustdoc finds what they link to, and their examples compile.

use std::path::Path;

use lantern_generator::{Crate, Generator};

use crate::{fixture, workspace};

/// The client of a fixture, called after it.
fn fixture_client(path: &Path) -> Crate {
    let generator = Generator::new(fixture::name(path).replace('_', "-"));
    let made = generator.overlays(fixture::overlays(path)).run(&fixture::source(path));
    made.unwrap_or_else(|refused| panic!("{}:\n{refused}", path.display())).value
}

#[test]
fn links_and_examples_of_guides_are_valid() {
    let folders = ["clients/extensions", "clients/security"];
    let fixtures = folders.iter().flat_map(|folder| fixture::all(folder));
    let clients: Vec<_> = fixtures.map(|path| fixture_client(&path)).collect();
    let workspace = workspace::lay_out("guides", &clients);
    let run = |arguments: &[&str], further: &[&str]| {
        let output = workspace::cargo(&workspace, arguments, further);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let features = ["--no-default-features", "--features", "client,mock"];
    run(&[&["doc", "--quiet", "--no-deps", "--workspace"][..], &features].concat(), &[]);
    let test = [&["test", "--doc", "--quiet", "--workspace"][..], &features].concat();
    let tested = run(&test, &["--", "guide"]);
    assert_eq!(tested.matches("test result: ok").count(), clients.len(), "{tested}");
    assert!(!tested.contains("running 0 tests"), "{tested}");
}
