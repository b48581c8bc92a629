//! The overlays that the description so far goes with.
//!
//! Who adapts an overlay to a new description changes it before the command runs. The description so far, read with the
//! changed overlay, would be a client that there never was. So the overlay of the last commit is taken, if the description
//! is that of the last commit, too.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Source;
use crate::cli::input::Input;

/// The overlays as they were committed with a description; as they are now if git does not tell.
pub fn overlays(description: &Input, inputs: &[Input], now: &[Source]) -> Vec<Source> {
    if !description.file().is_some_and(|file| is_committed(file)) {
        return now.to_vec();
    }
    // What the settings say comes after the files, and has no input.
    let inputs = inputs.iter().map(Some).chain(std::iter::repeat(None));
    now.iter().zip(inputs).map(|(source, input)| then(source, input)).collect()
}

/// An overlay as it was committed, or as it is now.
fn then(now: &Source, input: Option<&Input>) -> Source {
    let text = input.and_then(|input| committed(input.file()?));
    text.map_or_else(|| now.clone(), |text| Source::new(now.file.clone(), text))
}

/// Whether a file is as it is in the last commit.
fn is_committed(file: &Path) -> bool {
    committed(file).is_some_and(|text| std::fs::read_to_string(file).ok() == Some(text))
}

/// The text of a file in the last commit.
fn committed(file: &Path) -> Option<String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name()?.to_str()?;
    let mut git = Command::new("git");
    git.current_dir(folder.unwrap_or(Path::new("."))).args(["show", &format!("HEAD:./{name}")]);
    let output = git.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok().filter(|_| output.status.success())
}
