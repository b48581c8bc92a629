//! The steps by which a crate reaches the disk, apart from what they are for: a test can stop between any two.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::parallel;

/// A disk that is changed a step at a time.
pub trait Disk {
    /// Creates a folder and those around it.
    fn create(&self, folder: &Path) -> io::Result<()>;
    /// Writes a file that is not there yet.
    fn write(&self, file: &Path, text: &str) -> io::Result<()>;
    /// Writes files that are not there yet, those of each folder one after the other.
    fn write_all(&self, folders: &[Vec<(PathBuf, &str)>]) -> io::Result<()> {
        folders.iter().flatten().try_for_each(|(file, text)| self.write(file, text))
    }
    /// Gives a file or a symbolic link a further place.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a folder the permissions of another.
    fn permit(&self, folder: &Path, like: &Path) -> io::Result<()>;
    /// Moves a file or a folder to where nothing is.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Puts two folders in each other's place in one step; `Unsupported` where the system cannot.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes a folder with all that is in it, if it is there.
    fn remove(&self, folder: &Path) -> io::Result<()>;
}

/// Waits until no other run is changing something in a folder; the turn ends when what it gives is dropped.
pub fn turn(folder: &Path) -> io::Result<impl Sized> {
    let turn = fs::File::open(folder)?;
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    rustix::fs::flock(&turn, rustix::fs::FlockOperation::LockExclusive)?;
    Ok(turn)
}

/// The disk of this machine.
pub struct Machine;

impl Disk for Machine {
    fn create(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn write(&self, file: &Path, text: &str) -> io::Result<()> {
        fs::File::create_new(file)?.write_all(text.as_bytes())
    }

    /// Folders are written at the same time; in one folder, the system makes a file after the other.
    fn write_all(&self, folders: &[Vec<(PathBuf, &str)>]) -> io::Result<()> {
        let write = |folder: &Vec<(PathBuf, &str)>| {
            folder.iter().try_for_each(|(file, text)| self.write(file, text))
        };
        parallel::map(folders, Vec::len, write).into_iter().collect()
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(unix)]
        if from.is_symlink() {
            return std::os::unix::fs::symlink(fs::read_link(from)?, to);
        }
        // A hard link keeps all of the file, its times included; not every file system has them.
        fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
    }

    fn permit(&self, folder: &Path, like: &Path) -> io::Result<()> {
        fs::set_permissions(folder, fs::metadata(like)?.permissions())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|why| match why {
            rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP => {
                ErrorKind::Unsupported.into()
            }
            why => why.into(),
        })
    }

    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    fn remove(&self, folder: &Path) -> io::Result<()> {
        match fs::remove_dir_all(folder) {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        }
    }
}
