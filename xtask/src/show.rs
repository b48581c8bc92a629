//! `cargo xtask show`: prints what a stage of the generator gives.

use clap::{Args, ValueEnum};
use lantern_generator::diagnostics::source_map;
use lantern_generator::diagnostics::{Diagnostics, WithDiagnostics, WithWarnings};
use lantern_generator::pipeline::load::{self, Loaded};
use lantern_generator::pipeline::model::{Api, model};
use lantern_generator::pipeline::normalize::{Description, effective, normalize};
use lantern_generator::pipeline::resolve::{Resolved, resolve};
use lantern_generator::{Options, Source, write_crate};

use crate::arguments::{NAME, Sources};
use crate::failure::Failure;
use crate::messages::Messages;
use crate::{excerpt, stage_dump};

const EXAMPLES: &str = "\
Examples:
  cargo xtask show effective                          the description with the overlay applied
  cargo xtask show normalize get_credit_usage         one operation, by its operationId
  cargo xtask show normalize CreditUsage              one schema, by its name
  cargo xtask show effective /info                    one place, by its JSON pointer
  cargo xtask show model CreditUsageResponse          one type, as it was decided
  cargo xtask show render src/credits.rs              one file
  cargo xtask show normalize --spec shop.yaml         another description, without an overlay

Exit codes:
  0  done
  1  the description was refused
  2  the command was used wrongly, nothing is called NAME, or a file could not be read";

/// Print what a stage of the generator gives
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// The stage
    stage: Stage,
    /// The schema, operation, type, file or JSON pointer to print [default: everything]
    name: Option<String>,
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Clone, Copy, ValueEnum)]
enum Stage {
    /// The description with the overlay applied, as YAML
    Effective,
    /// The same in flat OpenAPI 3.0 words, as YAML
    Normalize,
    /// Operations and schemas without references to look up
    Resolve,
    /// What is generated: names, types, documentation
    Model,
    /// The files of the crate
    Render,
}

impl Show {
    /// Runs the generator up to the stage.
    pub fn run(&self) -> Result<String, Failure> {
        let (description, overlays) = self.sources.read(&self.messages)?;
        let shown = self.shown(&description, &overlays);
        let texts = source_map::Sources::new([description].into_iter().chain(overlays));
        self.messages.judge(shown, &texts)?.map(|text| self.messages.result(text))
    }

    fn shown(
        &self,
        description: &Source,
        overlays: &[Source],
    ) -> Result<WithWarnings<Result<String, Failure>>, Diagnostics> {
        let documents = load::parse(description).with(overlays.iter().map(load::parse));
        let name = self.name.as_deref();
        match self.stage {
            Stage::Effective => {
                applied(documents).map(|description| excerpt::yaml(&description.value, name))
            }
            Stage::Normalize => {
                normalized(documents).map(|description| excerpt::yaml(&description.openapi, name))
            }
            Stage::Resolve => {
                resolved(documents).map(|resolved| stage_dump::resolved(&resolved, name))
            }
            Stage::Model => modelled(documents).map(|api| stage_dump::modelled(&api, name)),
            Stage::Render => modelled(documents)
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

fn modelled(documents: Documents) -> WithDiagnostics<Api> {
    resolved(documents)
        .then(|resolved| model(&resolved, NAME, &Options::default()))
        .map(|output| output.api)
}
