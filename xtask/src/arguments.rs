//! The arguments that several commands share, and what stands for them when they are not given.

use std::path::{Path, PathBuf};

use clap::Args;
use lantern_generator::Source;
use lantern_generator::diagnostics::source_map;
use lantern_generator::diagnostics::{Diagnostics, WithWarnings};
use lantern_generator::pipeline::load;

use crate::failure::Failure;
use crate::messages::Messages;

/// The description of this workspace.
pub const SPEC: &str = "spec/lantern.yaml";
const OVERLAY: &str = "spec/overlay.yaml";

/// The crate of this workspace.
pub const NAME: &str = "lantern-client";

/// The description to read and the overlays to apply to it.
#[derive(Args, Default)]
pub struct Sources {
    /// The OpenAPI description, YAML or JSON [default: spec/lantern.yaml of this workspace]
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// An OpenAPI Overlay to apply; several are applied in their order [default: spec/overlay.yaml of this workspace;
    /// none if --spec is given]
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
}

impl Sources {
    /// Reads the description and its overlays.
    pub fn read(&self, messages: &Messages) -> Result<(Source, Vec<Source>), Failure> {
        let description = readable(self.description(), messages);
        let overlays = self.overlays().into_iter().map(|overlay| readable(overlay, messages));
        let overlays: Vec<_> = overlays.collect();
        Ok((description?, overlays.into_iter().collect::<Result<_, _>>()?))
    }

    /// What the files hold now, those that the description refers to among them.
    pub fn glance(&self) -> Vec<Option<Source>> {
        let files = [self.description()].into_iter().chain(self.overlays());
        files.map(|read| read.ok().map(|read| read.value)).collect()
    }

    fn description(&self) -> Result<WithWarnings<Source>, Diagnostics> {
        self.spec.as_deref().map_or_else(|| read_own(SPEC), load::read)
    }

    fn overlays(&self) -> Vec<Result<WithWarnings<Source>, Diagnostics>> {
        match (self.overlay.as_slice(), &self.spec) {
            ([], None) => vec![read_own(OVERLAY)],
            (overlays, _) => overlays.iter().map(|overlay| load::read(overlay)).collect(),
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
pub fn overlay_of(files: &[&Path], messages: &Messages) -> Result<Vec<Source>, Failure> {
    let own = in_workspace(SPEC).canonicalize().ok();
    let is_own = |file: &&Path| own.is_some() && file.canonicalize().ok() == own;
    let overlay = files.iter().any(is_own).then(|| readable(read_own(OVERLAY), messages));
    overlay.into_iter().collect()
}

fn readable(
    read: Result<WithWarnings<Source>, Diagnostics>,
    messages: &Messages,
) -> Result<Source, Failure> {
    read.map(|read| read.value).map_err(|diagnostics| {
        messages.show(&diagnostics, &source_map::Sources::default());
        Failure::Unreadable
    })
}

/// Names the file by its path in the workspace, so that no output depends on where the workspace lies.
fn read_own(path: &str) -> Result<WithWarnings<Source>, Diagnostics> {
    let read = load::read(&in_workspace(path))?;
    Ok(read.map(|source| Source { file: path.to_owned(), ..source }))
}
