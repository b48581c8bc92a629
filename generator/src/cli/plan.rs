//! What bringing a generated crate to its folder changes there, and the change itself.

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::{Crate, File};

use crate::cli::Failure;

mod apply;
mod disk;
mod guard;
mod marker;
mod mirror;
mod orphans;

pub use apply::recover;
pub use marker::is_by_hand;
pub use orphans::entries;

#[cfg(test)]
mod tests;

/// A file that is not as the generator gives it.
#[derive(Debug)]
pub enum Change {
    /// It is missing.
    Create(File),
    /// It has another text.
    Update {
        /// As the generator gives it.
        file: File,
        /// Its text so far.
        before: String,
    },
    /// An earlier run wrote it, and this one does not.
    Remove {
        /// Its path below the crate's folder.
        path: String,
        /// Its text so far.
        before: String,
    },
}

impl Change {
    /// The file's path below the crate's folder.
    pub fn path(&self) -> &str {
        match self {
            Self::Create(file) | Self::Update { file, .. } => &file.path,
            Self::Remove { path, .. } => path,
        }
    }
}

/// What a run changes.
#[derive(Debug)]
pub struct Plan {
    /// The crate's folder.
    pub folder: PathBuf,
    /// The files to change: generated ones in the generator's order, then orphans by path.
    pub changes: Vec<Change>,
    /// How many files are as the generator gives them.
    pub unchanged: usize,
}

impl Plan {
    /// Compares a generated crate with its folder and changes nothing.
    ///
    /// Fails with all refusals at once where a file must not be written; see [`guard`].
    pub fn new(generated: Crate, folder: &Path) -> Result<Self, Failure> {
        guard::check(&generated, folder)?;
        let total = generated.files.len();
        let is_new = !folder.exists();
        let kept: HashSet<_> = generated.files.iter().map(|file| file.path.clone()).collect();
        let mut changes = Vec::new();
        for file in generated.files {
            changes.extend(match is_new {
                true => Some(Change::Create(file)),
                false => compare(file, folder)?,
            });
        }
        let unchanged = total - changes.len();
        for path in orphans::find(folder, &kept)? {
            let before = read(&folder.join(&path))?.unwrap_or_default();
            changes.push(Change::Remove { path, before });
        }
        Ok(Self { folder: folder.to_owned(), changes, unchanged })
    }
}

fn compare(file: File, folder: &Path) -> Result<Option<Change>, Failure> {
    Ok(match read(&folder.join(&file.path))? {
        None => Some(Change::Create(file)),
        Some(before) if before == file.text => None,
        Some(before) => Some(Change::Update { file, before }),
    })
}

/// The text of a file, if it is there; bytes that are not UTF-8 become `U+FFFD`.
fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
        Err(why) => Err(Failure::at(path)(why)),
    }
}
