//! The files that a crate keeps of its releases.

use std::io::ErrorKind;
use std::path::Path;

use crate::Source;
use crate::analysis::release::{CHANGELOG, History, RECORD};
use crate::diagnostics::source_map;

use crate::cli::Failure;
use crate::cli::messages::Messages;

/// Reads what a crate's folder keeps of its releases.
pub fn read(folder: &Path, messages: &Messages) -> Result<History, Failure> {
    let (record, changelog) = (text(folder, RECORD)?, text(folder, CHANGELOG)?);
    of(record.as_ref(), changelog.as_ref(), messages)
}

/// Reads the record of a crate's last release.
pub fn of_record(path: &Path, messages: &Messages) -> Result<History, Failure> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let record = text(path.parent().unwrap_or(Path::new("")), &file)?;
    of(record.as_ref(), None, messages)
}

fn of(
    record: Option<&Source>,
    changelog: Option<&Source>,
    messages: &Messages,
) -> Result<History, Failure> {
    let texts = source_map::Sources::new(record.into_iter().chain(changelog).cloned());
    messages.judge(History::read(record, changelog), &texts)
}

/// A file of a crate's folder, if it is there.
pub fn text(folder: &Path, file: &str) -> Result<Option<Source>, Failure> {
    let path = folder.join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(Source::new(path.display().to_string(), text))),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
        Err(why) => Err(Failure::at(&path)(why)),
    }
}
