//! `show`: prints what a stage of the generator gives.

use clap::{Args, ValueEnum};
use lantern_operations::Table;

use super::messages::Messages;
use super::sources::{self, Sources};
use super::{Context, Failure, help};
use crate::diagnostics::source_map;
use crate::diagnostics::{Diagnostics, WithDiagnostics, WithWarnings};
use crate::pipeline::load::{self, Loaded};
use crate::pipeline::model::{Api, model};
use crate::pipeline::normalize::{Description, effective, normalize};
use crate::pipeline::operations_table::operations_table;
use crate::pipeline::resolve::{Resolved, resolve};
use crate::{Options, Source, write_crate};

mod excerpt;
mod stage_dump;

const EXIT_CODES: [(u8, &str); 3] = [
    (0, "done"),
    (1, "the description was refused"),
    (2, "the command was used wrongly, nothing is called NAME, or a file could not be read"),
];

/// What `show` is told.
#[derive(Args)]
pub struct Show {
    /// The stage
    stage: Stage,
    /// The schema, operation, type, file or JSON pointer to print [default: everything]
    name: Option<String>,
    /// Print all that the stage `model` knows, as Rust shows it, and not only what callers see
    #[arg(long)]
    debug: bool,
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Clone, Copy, ValueEnum)]
enum Stage {
    /// The description with the overlay applied, as YAML
    Effective,
    /// The same with all schemas side by side, as YAML
    Normalize,
    /// Operations and schemas without references to look up
    Resolve,
    /// What callers see of the client: methods, arguments, types
    Model,
    /// The table of operations that companions of the client read, as JSON
    Operations,
    /// The files of the crate
    Render,
}

/// Writes the help for those who run the command, and requires what their project does not say.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let command = sources::configure(command, context, "show STAGE --spec - …");
    command.after_help(help::text(context, &[], context.examples.show, &EXIT_CODES))
}

impl Show {
    /// Runs the generator up to the stage.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let (description, overlays) = self.sources.read(context, &self.messages)?;
        let shown = self.shown(&description, &overlays, context.crate_name());
        let texts = source_map::Sources::new([description].into_iter().chain(overlays));
        self.messages.judge(shown, &texts)?.map(|text| self.messages.result(text))
    }

    fn shown(
        &self,
        description: &Source,
        overlays: &[Source],
        crate_name: &str,
    ) -> Result<WithWarnings<Result<String, Failure>>, Diagnostics> {
        let documents = load::parse(description).with(overlays.iter().map(load::parse));
        let name = self.name.as_deref();
        match self.stage {
            Stage::Effective => {
                applied(documents).map(|description| excerpt::yaml(&description.value, name))
            }
            Stage::Normalize => {
                normalized(documents).map(|description| excerpt::yaml(&description, name))
            }
            Stage::Resolve => {
                resolved(documents).map(|resolved| stage_dump::resolved(&resolved, name))
            }
            Stage::Model => modelled(documents, crate_name).map(|api| match self.debug {
                true => stage_dump::modelled(&api, name),
                false => stage_dump::surface(&api, name),
            }),
            Stage::Operations => {
                tabled(documents, crate_name).map(|table| stage_dump::operations(&table, name))
            }
            Stage::Render => modelled(documents, crate_name)
                .checked()?
                .then(|api| write_crate(&api))
                .map(|files| stage_dump::rendered(&files, name)),
        }
        .checked()
    }
}

/// A description and its overlays, as they were loaded.
type Documents = WithDiagnostics<(Loaded, Vec<Loaded>)>;

fn applied(documents: Documents) -> WithDiagnostics<Loaded> {
    documents.then(|(description, overlays)| effective(description, overlays))
}

fn normalized(documents: Documents) -> WithDiagnostics<Description> {
    documents.then(|(description, overlays)| normalize(description, overlays))
}

fn resolved(documents: Documents) -> WithDiagnostics<Resolved> {
    normalized(documents).then(resolve)
}

fn modelled(documents: Documents, crate_name: &str) -> WithDiagnostics<Api> {
    resolved(documents)
        .then(|resolved| model(&resolved, crate_name, &Options::default()))
        .map(|output| output.api)
}

fn tabled(documents: Documents, crate_name: &str) -> WithDiagnostics<Table> {
    normalized(documents).then(|description| {
        let schemas = description.schemas.clone();
        resolve(description).then(|resolved| {
            let output = model(&resolved, crate_name, &Options::default());
            output.map(|output| operations_table(&schemas, &resolved, &output.api))
        })
    })
}
