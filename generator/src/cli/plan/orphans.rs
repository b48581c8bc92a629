//! The files that an earlier run wrote and this one does not.

use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::Path;

use super::marker::{self, Author};
use crate::cli::Failure;

/// Finds the orphans below a folder, sorted by path.
///
/// Symbolic links are not followed, and folders that hold another package or a cache are not entered: what is
/// marked there is not this crate's.
pub fn find(folder: &Path, kept: &HashSet<String>) -> Result<Vec<String>, Failure> {
    let mut orphans = Vec::new();
    let mut open = vec![String::new()];
    while let Some(parent) = open.pop() {
        for entry in entries(&folder.join(&parent))? {
            // The generator writes no such name, so the file cannot be one of its own.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if parent.is_empty() { name } else { format!("{parent}/{name}") };
            let place = entry.path();
            let kind = entry.file_type().map_err(Failure::at(&place))?;
            if kind.is_dir() && !is_foreign(&path, &place, kept) {
                open.push(path);
            } else if kind.is_file() && !kept.contains(&path) && is_generated(&place)? {
                orphans.push(path);
            }
        }
    }
    orphans.sort_unstable();
    Ok(orphans)
}

/// The entries of a folder; none if it is not there.
pub fn entries(folder: &Path) -> Result<Vec<DirEntry>, Failure> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<_, _>>().map_err(Failure::at(folder)),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(why) => Err(Failure::at(folder)(why)),
    }
}

fn is_generated(file: &Path) -> Result<bool, Failure> {
    Ok(marker::author(file)? == Author::Generator)
}

/// Whether a folder holds a package of its own or a cache.
fn is_foreign(path: &str, place: &Path, kept: &HashSet<String>) -> bool {
    let is_other_package =
        place.join("Cargo.toml").exists() && !kept.contains(&format!("{path}/Cargo.toml"));
    is_other_package || is_cache(place)
}

/// Whether a folder is a cache by the Cache Directory Tagging Specification, as `target` is.
pub fn is_cache(place: &Path) -> bool {
    place.join("CACHEDIR.TAG").exists()
}
