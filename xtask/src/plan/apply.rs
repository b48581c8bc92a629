//! The change itself.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{Change, Plan};
use crate::failure::Failure;
use crate::replace::replace;

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
