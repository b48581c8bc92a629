//! The Rust files of this repository, for tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// The Rust files in a folder and below, without those of unit tests.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let entries = entries.map(|entry| entry.expect("an entry").path());
    let entries = entries.filter(|entry| entry.file_stem().is_some_and(|name| name != "tests"));
    entries
        .flat_map(|entry| if entry.is_dir() { rust_files(&entry) } else { vec![entry] })
        .collect()
}
