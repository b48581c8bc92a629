//! The arguments that several commands share, and what stands for them when they are not given.

use std::path::{Path, PathBuf};

use clap::Args;
use lantern_generator::diagnostics::Checked;
use lantern_generator::{Source, load, places};

use crate::failure::Failure;
use crate::messages::Messages;

/// The description of this workspace.
pub const SPEC: &str = "spec/lantern.yaml";
const OVERLAY: &str = "spec/overlay.yaml";

/// The crate of this workspace.
pub const NAME: &str = "lantern-client";

/// The description to read and the overlay to apply to it.
#[derive(Args, Default)]
pub struct Sources {
    /// The OpenAPI description, YAML or JSON [default: spec/lantern.yaml of this workspace]
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// The OpenAPI Overlay to apply [default: spec/overlay.yaml of this workspace; none if --spec is given]
    #[arg(long, value_name = "FILE")]
    pub overlay: Option<PathBuf>,
}

impl Sources {
    /// Reads the description and, where there is one, the overlay.
    pub fn read(&self, messages: &Messages) -> Result<(Source, Option<Source>), Failure> {
        let description = readable(self.description(), messages);
        let overlay = self.overlay().map(|overlay| readable(overlay, messages)).transpose();
        Ok((description?, overlay?))
    }

    /// What the files hold now, those that the description refers to among them.
    pub fn glance(&self) -> (Option<Source>, Option<Source>) {
        let held = |read: Checked<Source>| read.ok().map(|read| read.value);
        (held(self.description()), self.overlay().and_then(held))
    }

    fn description(&self) -> Checked<Source> {
        self.spec.as_deref().map_or_else(|| read_own(SPEC), load::read)
    }

    fn overlay(&self) -> Option<Checked<Source>> {
        match (&self.overlay, &self.spec) {
            (Some(overlay), _) => Some(load::read(overlay)),
            (None, Some(_)) => None,
            (None, None) => Some(read_own(OVERLAY)),
        }
    }
}

/// A path of this workspace: `spec/lantern.yaml` → `<the workspace's folder>/spec/lantern.yaml`.
pub fn in_workspace(path: &str) -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).join(path)
}

/// Reads a file that the caller named.
pub fn read(path: &Path, messages: &Messages) -> Result<Source, Failure> {
    readable(load::read(path), messages)
}

/// The overlay of this workspace, where a file is the description of this workspace.
pub fn overlay_of(files: &[&Path], messages: &Messages) -> Result<Option<Source>, Failure> {
    let own = in_workspace(SPEC).canonicalize().ok();
    let is_own = |file: &&Path| own.is_some() && file.canonicalize().ok() == own;
    files.iter().any(is_own).then(|| readable(read_own(OVERLAY), messages)).transpose()
}

fn readable(read: Checked<Source>, messages: &Messages) -> Result<Source, Failure> {
    read.map(|read| read.value).map_err(|complaints| {
        messages.show(&complaints, &places::Sources::default());
        Failure::Unreadable
    })
}

/// Names the file by its path in the workspace, so that no output depends on where the workspace lies.
fn read_own(path: &str) -> Checked<Source> {
    let read = load::read(&in_workspace(path))?;
    Ok(read.map(|source| Source { file: path.to_owned(), ..source }))
}
