//! What stands in a crate's folder and stays: linked into the new crate.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::orphans::is_cache;

/// Links all of a folder into another but for some files, and gives the caches, which are not.
///
/// A folder that only held such files is left out.
pub fn mirror(
    from: &Path,
    to: &Path,
    left_out: &[&Path],
    disk: &impl Disk,
) -> io::Result<Vec<PathBuf>> {
    let mut caches = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(parent) = open.pop() {
        let entries = entries(&from.join(&parent))?;
        let was_empty = entries.is_empty();
        let kept: Vec<PathBuf> = entries
            .into_iter()
            .map(|name| parent.join(name))
            .filter(|path| !left_out.contains(&path.as_path()))
            .collect();
        if was_empty || kept.iter().any(|path| !is_folder(&from.join(path))) {
            disk.create(&to.join(&parent))?;
        }
        for path in kept {
            let place = from.join(&path);
            match is_folder(&place) {
                true if is_cache(&place) => caches.push(path),
                true => open.push(path),
                false => disk.link(&place, &to.join(&path))?,
            }
        }
    }
    for parent in caches.iter().filter_map(|cache| cache.parent()) {
        disk.create(&to.join(parent))?;
    }
    Ok(caches)
}

/// Whether a place is a folder, and no link to one.
fn is_folder(place: &Path) -> bool {
    fs::symlink_metadata(place).is_ok_and(|found| found.is_dir())
}

fn entries(folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.file_name())).collect(),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(why) => Err(why),
    }
}
