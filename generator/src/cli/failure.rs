//! Why a command ends without success.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a command ends without success.
#[derive(Debug)]
pub enum Failure {
    /// The generator can make no client of the description; its diagnostics were shown, and this counts them.
    Refused(String),
    /// The generated crate is not what the generator gives now.
    Stale {
        /// What differs.
        report: String,
        /// The command that puts it right.
        command: String,
    },
    /// What was found is what the caller said to fail on.
    Found(String),
    /// The description or the overlay cannot be read; the diagnostics were shown.
    Unreadable,
    /// The settings file cannot be used.
    Settings(String),
    /// The arguments ask for something that cannot or must not be done.
    Usage(String),
    /// The operating system failed at a file.
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's reason.
        why: io::Error,
    },
}

impl Failure {
    /// The operating system's reason, and the file that it is about.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |why| Self::Disk { path: path.to_owned(), why }
    }

    /// What the shell is told; `--help` lists the codes.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Refused(_) | Self::Stale { .. } => ExitCode::from(1),
            Self::Unreadable | Self::Settings(_) | Self::Usage(_) | Self::Disk { .. } => {
                ExitCode::from(2)
            }
            Self::Found(_) => ExitCode::from(3),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(counts) => write!(f, "refused: {counts}"),
            Self::Unreadable => write!(f, "a file could not be read"),
            Self::Stale { report, command } => {
                write!(f, "{report}\nthe generated crate is stale; run: {command}")
            }
            Self::Settings(why) => write!(f, "{why}"),
            Self::Usage(what) | Self::Found(what) => write!(f, "error: {what}"),
            Self::Disk { path, why } => write!(f, "error: {}: {why}", path.display()),
        }
    }
}
