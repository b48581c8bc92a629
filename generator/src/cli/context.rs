//! Who runs the commands, and what they work on.

use std::path::PathBuf;

use super::Examples;

/// Who runs the commands.
#[derive(Clone, Debug)]
pub struct Context {
    /// The words that start the program: `cargo xtask`.
    pub program: &'static str,
    /// The project that is meant if no description is named.
    pub project: Option<Project>,
    /// The examples in the help.
    pub examples: Examples,
}

/// A description and the crate that is generated from it. All paths are below the project's folder.
#[derive(Clone, Debug)]
pub struct Project {
    /// The project's folder.
    pub root: PathBuf,
    /// The description.
    pub spec: &'static str,
    /// The overlays that are applied to the description.
    pub overlays: &'static [&'static str],
    /// The folder of the crate.
    pub out: &'static str,
    /// The name of the crate.
    pub name: &'static str,
}

impl Context {
    /// The program `lantern-generator`, which has no project: it must be told what to work on.
    #[must_use]
    pub fn standalone() -> Self {
        Self { program: "lantern-generator", project: None, examples: Examples::STANDALONE }
    }

    /// The name of a crate that is looked at and not written.
    pub(super) fn crate_name(&self) -> &'static str {
        self.project.as_ref().map_or("client", |project| project.name)
    }
}

impl Project {
    /// `spec/api.yaml` → `<the project's folder>/spec/api.yaml`
    #[must_use]
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }
}
