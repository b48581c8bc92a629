//! The change itself: the crate is built beside its folder, whole, and takes the folder's place in one step.
//!
//! Whoever stops it, at whatever moment, leaves the old crate or the new one. What a person keeps in the folder comes
//! along by links, so that nothing of it is ever anywhere else; caches such as `target` are moved afterwards.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use super::disk::{self, Disk, Machine};
use super::mirror;
use super::{Change, Plan};
use crate::cli::Failure;

impl Plan {
    /// Makes the changes; files that are as the generator gives them keep their times.
    pub fn apply(&self) -> Result<(), Failure> {
        self.apply_on(&Machine)
    }

    pub(super) fn apply_on(&self, disk: &impl Disk) -> Result<(), Failure> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let sites = Sites::around(&self.folder)?;
        let built = sites.parent().and_then(|parent| {
            disk.create(parent)?;
            let _turn = disk::turn(parent)?;
            let caches = self.build(&sites, disk)?;
            sites.swap(&caches, disk)
        });
        built.map_err(|why| {
            // The first failure is the one to tell of.
            let _ = disk.remove(&sites.new);
            Failure::at(&self.folder)(why)
        })
    }

    /// Builds the whole crate beside its folder, and gives the caches that were not linked.
    fn build(&self, sites: &Sites, disk: &impl Disk) -> io::Result<Vec<PathBuf>> {
        disk.remove(&sites.new)?;
        disk.create(&sites.new)?;
        let changed: Vec<&Path> =
            self.changes.iter().map(|change| Path::new(change.path())).collect();
        let caches = mirror::mirror(&sites.folder, &sites.new, &changed, disk)?;
        let mut folders: IndexMap<PathBuf, Vec<(PathBuf, &str)>> = IndexMap::new();
        for change in &self.changes {
            if let Change::Create(file) | Change::Update { file, .. } = change {
                let place = sites.new.join(&file.path);
                let folder = place.parent().unwrap_or(&sites.new).to_owned();
                folders.entry(folder).or_default().push((place, &file.text));
            }
        }
        folders.keys().try_for_each(|folder| disk.create(folder))?;
        disk.write_all(&folders.into_values().collect::<Vec<_>>())?;
        Ok(caches)
    }
}

/// Puts a crate back that a run was stopped from replacing, where the system cannot exchange folders in one step.
pub fn recover(folder: &Path) -> Result<(), Failure> {
    let sites = Sites::around(folder)?;
    if sites.old.exists() && !sites.folder.exists() {
        fs::rename(&sites.old, &sites.folder).map_err(Failure::at(&sites.folder))?;
    }
    Ok(())
}

/// The places that take part in a change; all are in one folder, so that each can be renamed to the other.
struct Sites {
    /// The crate's folder.
    folder: PathBuf,
    /// Where the new crate is built: `.client.new`.
    new: PathBuf,
    /// Where the old one waits, if it cannot be exchanged in one step: `.client.old`.
    old: PathBuf,
}

impl Sites {
    fn around(folder: &Path) -> Result<Self, Failure> {
        // Through a symbolic link, the folder that it leads to is meant.
        let folder = match fs::canonicalize(folder) {
            Err(why) if why.kind() == ErrorKind::NotFound => folder.to_owned(),
            found => found.map_err(Failure::at(folder))?,
        };
        let Some(name) = folder.file_name() else {
            let message = format!("`{}` cannot be replaced by a crate", folder.display());
            return Err(Failure::Usage(message));
        };
        let beside = |end: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(end);
            folder.with_file_name(hidden)
        };
        Ok(Self { new: beside(".new"), old: beside(".old"), folder })
    }

    /// The folder that all of them are in.
    fn parent(&self) -> io::Result<&Path> {
        let parent = self.folder.parent().ok_or(ErrorKind::NotFound)?;
        Ok(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
    }

    /// Puts the new crate in the place of the old one.
    fn swap(&self, caches: &[PathBuf], disk: &impl Disk) -> io::Result<()> {
        if !self.folder.exists() {
            return disk.rename(&self.new, &self.folder);
        }
        disk.permit(&self.new, &self.folder)?;
        match disk.exchange(&self.new, &self.folder) {
            Ok(()) => self.clear(&self.new, caches, disk),
            Err(why) if why.kind() == ErrorKind::Unsupported => {
                disk.remove(&self.old)?;
                disk.rename(&self.folder, &self.old)?;
                disk.rename(&self.new, &self.folder)?;
                self.clear(&self.old, caches, disk)
            }
            Err(why) => Err(why),
        }
    }

    /// Fetches the caches from the old crate, and removes it.
    fn clear(&self, old: &Path, caches: &[PathBuf], disk: &impl Disk) -> io::Result<()> {
        for cache in caches {
            disk.rename(&old.join(cache), &self.folder.join(cache))?;
        }
        disk.remove(old)
    }
}
