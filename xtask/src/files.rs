//! Files that the commands write.

use std::path::Path;

use lantern_generator::cli::Failure;

/// Writes a file and the folders that it stands in.
pub fn put(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    }
    std::fs::write(path, text).map_err(Failure::at(path))
}

/// The lines of all Rust below a folder.
#[cfg(any(feature = "bench", feature = "budget"))]
pub fn rust_lines(folder: &Path) -> Result<u64, Failure> {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).map_err(Failure::at(folder))? {
        let path = entry.map_err(Failure::at(folder))?.path();
        if path.is_dir() {
            count += rust_lines(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).map_err(Failure::at(&path))?;
            count += text.lines().count() as u64;
        }
    }
    Ok(count)
}
