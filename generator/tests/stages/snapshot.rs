//! Snapshots: `stage@idea.snap`, each with the fixture that it is of.

use std::path::Path;

use super::fixture;

/// Compares what a stage made of a fixture with the snapshot of it.
pub fn check(stage: &str, path: &Path, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_input_file(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let name = format!("{stage}@{}", fixture::name(path));
    settings.bind(|| insta::assert_snapshot!(name, text));
}
