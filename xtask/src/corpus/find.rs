//! The descriptions below a folder.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A description.
pub struct Found {
    /// The name of its file, made fit for a crate: `petstore`.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
}

/// All files below a folder, or with `flat` right in it, that say that they are OpenAPI descriptions, in the order of their paths.
pub fn descriptions(folder: &Path, flat: bool) -> Result<Vec<Found>, Failure> {
    let mut open = vec![folder.to_owned()];
    let mut paths = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(Failure::at(&folder))? {
            let path = entry.map_err(Failure::at(&folder))?.path();
            match path.is_dir() {
                true if flat => {}
                true => open.push(path),
                false => paths.extend(is_description(&path).then_some(path)),
            }
        }
    }
    paths.sort();
    Ok(paths.into_iter().map(|path| Found { name: name(&path), path }).collect())
}

/// A file that says its version at the top of its document.
fn is_description(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    if !matches!(ending, Some("json" | "yaml" | "yml")) {
        return false;
    }
    let Ok(text) = std::fs::read_to_string(path) else { return false };
    let says = |line: &str| line.starts_with("openapi:") || line.starts_with("\"openapi\":");
    match text.trim_start().starts_with('{') {
        true => text.contains("\"openapi\""),
        false => text.lines().any(says),
    }
}

/// `DigitalOcean-public.v2.yaml` → `digitalocean-public-v2`
fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    stem.chars().map(plain).collect()
}
