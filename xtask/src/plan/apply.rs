//! The change itself.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Change, Plan};
use crate::failure::Failure;

impl Plan {
    /// Makes the changes; files that are as the generator gives them are not touched.
    pub fn apply(&self) -> Result<(), Failure> {
        self.changes.iter().try_for_each(|change| match change {
            Change::Create(file) | Change::Update { file, .. } => {
                replace(&self.folder.join(&file.path), &file.text)
            }
            Change::Remove { path, .. } => remove(&self.folder, path),
        })
    }
}

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

/// Removes a file, and the folders below the crate's own that it leaves empty.
fn remove(folder: &Path, path: &str) -> Result<(), Failure> {
    let place = folder.join(path);
    fs::remove_file(&place).map_err(Failure::at(&place))?;
    let parents = place.ancestors().skip(1);
    for parent in parents.take_while(|parent| *parent != folder) {
        match fs::remove_dir(parent) {
            Ok(()) => {}
            Err(why) if why.kind() == ErrorKind::DirectoryNotEmpty => break,
            Err(why) => return Err(Failure::at(parent)(why)),
        }
    }
    Ok(())
}
