//! `cargo xtask show`: prints what a stage of the generator gives.

use clap::{Args, ValueEnum};
use lantern_generator::diagnostics::{Checked, Diagnostics};
use lantern_generator::load::{self, Loaded};
use lantern_generator::normalize::{effective, normalize};

use crate::arguments::Sources;
use crate::console;
use crate::excerpt;
use crate::failure::Failure;

const EXAMPLES: &str = "\
Examples:
  cargo xtask show effective                          the description with the overlay applied
  cargo xtask show normalize get_credit_usage         one operation, by its operationId
  cargo xtask show normalize CreditUsage              one schema, by its name
  cargo xtask show effective /info                    one place, by its JSON pointer
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
    /// The schema, operation or JSON pointer to print [default: everything]
    name: Option<String>,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Clone, Copy, ValueEnum)]
enum Stage {
    /// The description with the overlay applied, as YAML
    Effective,
    /// The same in flat OpenAPI 3.0 words, as YAML
    Normalize,
}

impl Show {
    /// Runs the generator up to the stage.
    pub fn run(&self) -> Result<String, Failure> {
        let documents = self.documents()?;
        let name = self.name.as_deref();
        let shown = match self.stage {
            Stage::Effective => documents?
                .then(|(description, overlay)| effective(description, overlay))?
                .map(|description| excerpt::yaml(&description.value, name)),
            Stage::Normalize => documents?
                .then(|(description, overlay)| normalize(description, overlay))?
                .map(|description| excerpt::yaml(&description.openapi, name)),
        };
        console::complain(&shown.warnings);
        shown.value
    }

    fn documents(&self) -> Result<Checked<(Loaded, Option<Loaded>)>, Failure> {
        let (description, overlay) = self.sources.read()?;
        Ok(load::parse(&description).and_then(|description| {
            description.then(|description| match overlay {
                Some(overlay) => {
                    Ok(load::parse(&overlay)?.map(|overlay| (description, Some(overlay))))
                }
                None => Diagnostics::default().finish((description, None)),
            })
        }))
    }
}
