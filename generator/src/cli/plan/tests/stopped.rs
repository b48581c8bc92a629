//! A run that is stopped at every step it has.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::TempDir;

use super::super::disk::{Disk, Machine};
use super::super::{Plan, recover};
use super::{BY_HAND, a_crate};

/// A disk on which nothing happens any more after so many steps, as when the process was killed.
struct Dying {
    steps_left: Cell<usize>,
    can_exchange: bool,
}

impl Dying {
    fn step(&self, step: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let left = self.steps_left.get().checked_sub(1).ok_or(io::ErrorKind::Other)?;
        self.steps_left.set(left);
        step()
    }
}

impl Disk for Dying {
    fn create(&self, folder: &Path) -> io::Result<()> {
        self.step(|| Machine.create(folder))
    }

    fn write(&self, file: &Path, text: &str) -> io::Result<()> {
        // Half of a file is a state of its own.
        self.step(|| Machine.write(file, ""))?;
        self.step(|| fs::write(file, text))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| Machine.link(from, to))
    }

    fn permit(&self, folder: &Path, like: &Path) -> io::Result<()> {
        self.step(|| Machine.permit(folder, like))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| Machine.rename(from, to))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        match self.can_exchange {
            true => self.step(|| Machine.exchange(one, other)),
            false => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn remove(&self, folder: &Path) -> io::Result<()> {
        self.step(|| Machine.remove(folder))
    }
}

const OLD: [&str; 3] = ["Cargo.toml", "src/lib.rs", "src/gone/old.rs"];
const NEW: [&str; 4] = ["Cargo.toml", "src/lib.rs", "src/new.rs", "src/types/a.rs"];

/// The old crate with a file by hand, a link, a cache, and a generated file that is to change.
fn old_crate(folder: &Path) -> io::Result<()> {
    super::run(&OLD, folder);
    fs::write(folder.join("src/lib.rs"), "// @generated earlier\n")?;
    fs::create_dir_all(folder.join("tests"))?;
    fs::write(folder.join("tests/mine.rs"), BY_HAND)?;
    fs::create_dir_all(folder.join("target/debug"))?;
    fs::write(folder.join("target/CACHEDIR.TAG"), "")?;
    fs::write(folder.join("target/debug/big"), "built")?;
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.join("link"))?;
    Ok(())
}

/// The files of a crate by path, without its cache.
fn snapshot(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let files = super::files(folder)?.into_iter().filter(|path| !path.starts_with("target/"));
    files.map(|path| Ok((path.clone(), fs::read_to_string(folder.join(path))?))).collect()
}

/// Stops a run after so many steps; whether it came to its end.
fn stopped(parent: &Path, steps: usize, can_exchange: bool) -> io::Result<(PathBuf, bool)> {
    let folder = parent.join(format!("client{steps}"));
    old_crate(&folder)?;
    let plan = Plan::new(a_crate(&NEW), &folder).unwrap_or_else(|failure| panic!("{failure}"));
    let disk = Dying { steps_left: Cell::new(steps), can_exchange };
    let ended = plan.apply_on(&disk).is_ok();
    Ok((folder, ended))
}

fn assert_old_or_new_after_every_step(can_exchange: bool) -> io::Result<()> {
    let parent = TempDir::new()?;
    let (done, _) = stopped(parent.path(), 1_000, true)?;
    let new = snapshot(&done)?;
    let before = parent.path().join("before");
    old_crate(&before)?;
    let old = snapshot(&before)?;
    assert!(new.contains_key("tests/mine.rs") && !new.contains_key("src/gone/old.rs"));
    assert!(done.join("target/debug/big").exists());
    for steps in 0.. {
        let (folder, ended) = stopped(parent.path(), steps, can_exchange)?;
        recover(&folder).unwrap_or_else(|failure| panic!("{failure}"));
        let found = snapshot(&folder)?;
        assert!(found == old || found == new, "after {steps} steps: {found:#?}");
        #[cfg(unix)]
        assert!(folder.join("link").is_symlink(), "after {steps} steps");
        super::run(&NEW, &folder);
        assert_eq!(
            snapshot(&folder)?,
            new,
            "the next run completes what was stopped after {steps} steps"
        );
        if ended {
            assert!(steps > 10, "{steps} steps");
            return Ok(());
        }
    }
    Ok(())
}

#[test]
fn a_run_that_is_killed_at_any_step_leaves_the_old_crate_or_the_new_one() -> io::Result<()> {
    assert_old_or_new_after_every_step(true)
}

#[test]
fn where_folders_cannot_be_exchanged_the_next_run_puts_the_crate_back() -> io::Result<()> {
    assert_old_or_new_after_every_step(false)
}

#[test]
fn nothing_is_left_beside_the_folder() -> io::Result<()> {
    let parent = TempDir::new()?;
    let folder = parent.path().join("client");
    old_crate(&folder)?;
    super::run(&NEW, &folder);
    let names = fs::read_dir(parent.path())?.map(|entry| Ok(entry?.file_name()));
    assert_eq!(names.collect::<io::Result<Vec<_>>>()?, ["client"]);
    assert!(folder.join("target/debug/big").exists(), "the cache came along");
    assert!(!folder.join("src/gone").exists(), "a folder that became empty is gone");
    Ok(())
}
