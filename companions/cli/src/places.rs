//! Folders of the user for what programs keep, and files that only their owner can read.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

/// The folder for settings and secrets.
#[cfg(not(feature = "keyring"))]
pub fn settings() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", "APPDATA", ".config")
}

/// The folder for what programs remember.
pub fn state() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", "LOCALAPPDATA", ".local/state")
}

fn folder(unix: &str, windows: &str, below_home: &str) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    variable(unix)
        .or_else(|| variable(windows))
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&variable("HOME")?).join(below_home)))
}

/// Options for a file that only its owner can read, from its first byte on.
pub fn for_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
