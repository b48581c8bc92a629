//! The companions of a client that the settings ask for.

use std::path::{Component, Path};

use super::target::Target;
use crate::cli::Failure;
use crate::cli::plan::{self, Plan};
use crate::cli::settings::{Client, CommandLine};
use crate::diagnostics::Diagnostics;
use crate::pipeline::model::Api;
use crate::pipeline::write;
use crate::{Generator, Source};

/// The file that belongs to the owner if it does not begin with the mark.
const MANIFEST: &str = "Cargo.toml";

/// The program for the command line, as it is to be in its folder.
pub fn command_line(
    own: &Client,
    settings: &CommandLine,
    api: &Api,
    generator: &Generator,
    spec: &Source,
) -> Result<Result<Plan, Failure>, Diagnostics> {
    let table = generator.operations(spec)?.value;
    let program = settings.program.as_deref();
    let usual = own.name.strip_suffix("-client").unwrap_or(&own.name);
    let client = way_to(Path::new(&own.out), Path::new(&settings.out));
    let made = write::CommandLine { program: program.unwrap_or(usual), client: &client };
    let mut generated = write::command_line(api, &table, &made);
    let folder = own.path(&settings.out);
    let plan = plan::is_by_hand(&folder.join(MANIFEST)).and_then(|is_by_hand| {
        generated.files.retain(|file| !(is_by_hand && file.path == MANIFEST));
        Plan::new(generated, &folder)
    });
    Ok(plan)
}

/// A path as seen from a folder: `generated/shop-client` from `generated/shop-cli` → `../../generated/shop-client`
fn way_to(path: &Path, from: &Path) -> String {
    let up = from.components().filter(|step| matches!(step, Component::Normal(_)));
    let steps = up.map(|_| "..".to_owned());
    let down = path.components().filter_map(|step| match step {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    steps.chain(down).collect::<Vec<_>>().join("/")
}

impl Target {
    /// The settings of the client and of its command line; `None` if the crate is written to another folder than theirs.
    pub fn own_settings<'a>(
        &self,
        own: Option<&'a Client>,
    ) -> Option<(&'a Client, &'a CommandLine)> {
        let own = own.filter(|own| own.path(&own.out) == self.folder())?;
        Some((own, own.cli.as_ref()?))
    }
}
