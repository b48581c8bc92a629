//! The generators that are compared, and how each is run.

use std::ffi::OsString;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// A generator of Rust clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    LanternGenerator,
    Oas3Gen,
    Ploidy,
    OpenapiToRust,
    Progenitor,
}

/// All of them, ours first.
pub const TOOLS: [Tool; 5] =
    [Tool::LanternGenerator, Tool::Oas3Gen, Tool::Ploidy, Tool::OpenapiToRust, Tool::Progenitor];

/// Those of others.
pub const PEERS: [Tool; 4] = [Tool::Oas3Gen, Tool::Ploidy, Tool::OpenapiToRust, Tool::Progenitor];

impl Tool {
    pub fn name(self) -> &'static str {
        match self {
            Self::LanternGenerator => "lantern-generator",
            Self::Oas3Gen => "oas3-gen",
            Self::Ploidy => "ploidy",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Progenitor => "progenitor",
        }
    }

    /// The package on crates.io that it is installed from, with its version; ours is that of this workspace.
    pub fn package(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::LanternGenerator => None,
            Self::Oas3Gen => Some(("oas3-gen", "0.29.0")),
            Self::Ploidy => Some(("ploidy", "0.15.0")),
            Self::OpenapiToRust => Some(("openapi-to-rust", "0.23.0")),
            Self::Progenitor => Some(("cargo-progenitor", "0.15.1")),
        }
    }

    /// Its program.
    pub fn program(self) -> &'static str {
        self.package().map_or("lantern-generator", |(package, _)| package)
    }

    /// What its program is told to write a crate of this name into a folder.
    pub fn arguments(self, description: &Path, folder: &Path, name: &str) -> Vec<OsString> {
        let (from, to): (OsString, OsString) = (description.into(), folder.into());
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        match self {
            Self::LanternGenerator => [
                words(&["generate", "--spec"]),
                vec![from, "--out".into(), to],
                words(&["--name", name]),
            ]
            .concat(),
            Self::Oas3Gen => {
                let command = words(&["generate", "client-mod", "--workspace", "-i"]);
                [command, vec![from, "-o".into(), to]].concat()
            }
            Self::Ploidy => [
                words(&["generate", "rust"]),
                vec![from, "-o".into(), to],
                words(&["--name", name]),
            ]
            .concat(),
            // It writes modules only; `compile` puts a crate around them.
            Self::OpenapiToRust => {
                let to = folder.join("src").join("generated").into();
                [words(&["generate"]), vec![from, "--output-dir".into(), to]].concat()
            }
            Self::Progenitor => {
                let name = words(&["-n", name, "-v", "0.1.0"]);
                [words(&["progenitor", "-i"]), vec![from, "-o".into(), to], name].concat()
            }
        }
    }
}
