use std::path::{Path, PathBuf};

use super::*;
use crate::pipeline::runtime_modules::{MODULES, SourceText};

fn all_files() -> impl Iterator<Item = SourceText> {
    MODULES.iter().flat_map(|module| module.files.iter().chain(module.otherwise)).copied()
}

#[test]
fn every_file_of_the_runtime_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/src/runtime");
    let mut there = Vec::new();
    collect(&root, &mut there);
    let mut there: Vec<_> = there
        .iter()
        .filter_map(|path| path.strip_prefix(&root).ok()?.to_str())
        .map(|path| path.replace('\\', "/"))
        .filter(|path| !path.ends_with("tests.rs") && !path.contains("/tests/") && path != "mod.rs")
        .collect();
    let mut known: Vec<_> = all_files().map(|(path, _)| path.to_owned()).collect();
    there.sort();
    known.sort();
    assert_eq!(known, there);
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path().is_dir() {
            true => collect(&entry.path(), found),
            false => found.push(entry.path()),
        }
    }
}

#[test]
fn the_modules_are_sorted_so_that_rustfmt_leaves_mod_rs_alone() {
    assert!(MODULES.is_sorted_by_key(|module| module.name));
}

#[test]
fn tests_stay_with_the_originals() {
    assert!(all_files().all(|(_, text)| !without_tests(text).contains("#[cfg(test)]")));
}
