//! Puts a text in the place of a file, whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::Failure;

/// Writes a file beside its place and then moves it there, so that nobody ever sees half of it.
pub fn replace(place: &Path, text: &str) -> Result<(), Failure> {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent).map_err(Failure::at(parent))?;
    }
    let temporary = beside(place);
    let moved = write_new(&temporary, text).and_then(|()| fs::rename(&temporary, place));
    moved.map_err(|why| {
        // The first failure is the one to tell of.
        let _ = fs::remove_file(&temporary);
        Failure::at(place)(why)
    })
}

/// `src/lib.rs` → `src/.lib.rs.4711`
fn beside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn write_new(place: &Path, text: &str) -> std::io::Result<()> {
    fs::File::create_new(place)?.write_all(text.as_bytes())
}
