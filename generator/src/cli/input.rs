//! Where a description or an overlay is read from.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use clap::builder::{OsStringValueParser, TypedValueParser};

use super::Failure;
use super::messages::Messages;
use super::settings::Client;
use crate::Source;
use crate::diagnostics::{Diagnostics, WithWarnings, source_map};
use crate::pipeline::load;

/// What diagnostics and generated files call standard input.
const STANDARD_INPUT: &str = "stdin";

/// Where a description or an overlay is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file that the caller named.
    File(PathBuf),
    /// A file of a settings file's client. It is named as it is there, so that no output depends on where that is.
    ProjectFile { path: PathBuf, name: String },
    /// `-`
    Stdin,
}

impl Input {
    /// A file of a settings file's client.
    pub fn of_client(client: &Client, name: &str) -> Self {
        Self::ProjectFile { path: client.path(name), name: name.to_owned() }
    }

    /// The file, if it is one.
    pub fn file(&self) -> Option<&PathBuf> {
        match self {
            Self::File(path) | Self::ProjectFile { path, .. } => Some(path),
            Self::Stdin => None,
        }
    }

    /// Reads it, with the files that it refers to, which are in this folder, or else in its own.
    pub fn read(&self, root: Option<&Path>) -> Result<WithWarnings<Source>, Diagnostics> {
        let read = |path: &Path| match root {
            Some(root) => load::read_within(root, path),
            None => load::read(path),
        };
        match self {
            Self::File(path) => read(path),
            Self::ProjectFile { path, name } => {
                let read = read(path)?;
                Ok(read.map(|source| Source { file: name.clone(), ..source }))
            }
            Self::Stdin => load::read_stream(STANDARD_INPUT, io::stdin()),
        }
    }

    /// Reads it, and shows why if it cannot be read.
    pub fn read_or_show(
        &self,
        root: Option<&Path>,
        messages: &Messages,
    ) -> Result<Source, Failure> {
        self.read(root).map(|read| read.value).map_err(|diagnostics| {
            messages.show(&diagnostics, &source_map::Sources::default());
            Failure::Unreadable
        })
    }
}

/// As the command line has it.
impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file() {
            Some(path) => write!(f, "{}", path.display()),
            None => write!(f, "-"),
        }
    }
}

/// Reads an argument. `piped` is the command that reads the same description from standard input.
pub fn parser(piped: String) -> impl TypedValueParser<Value = Input> {
    OsStringValueParser::new().try_map(move |argument: OsString| {
        let text = argument.to_string_lossy();
        if text == "-" {
            return Ok(Input::Stdin);
        }
        if ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(format!("nothing is downloaded; pipe it: curl -s {text} | {piped}"));
        }
        Ok(Input::File(argument.into()))
    })
}
