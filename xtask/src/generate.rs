//! `cargo xtask generate`: writes a client crate, or checks that it is current.

use std::path::{Path, PathBuf};

use clap::Args;
use lantern_generator::{Crate, Input, places};

use crate::arguments::{NAME, Sources, in_workspace};
use crate::failure::Failure;
use crate::messages::Messages;
use crate::plan::Plan;

mod command_line;
mod report;

#[cfg(test)]
mod tests;

const OUT: &str = "generated/lantern-client";

const EXAMPLES: &str = "\
Without --spec, the Lantern client of this workspace is meant, wherever the command is run.
With --spec, --out and --name are needed, and no overlay is applied unless --overlay is given.

Only files whose first line says @generated are ever overwritten or removed. A file of that kind below
--out that is no longer generated is removed, unless it lies in another package or in a cache folder.

Examples:
  cargo xtask generate
  cargo xtask generate --check
  cargo xtask generate --spec shop.yaml --out ../shop-client --name shop-client
  cargo xtask generate --spec shop.yaml --overlay names.yaml --out ../shop-client --name shop-client

Exit codes:
  0  written, or current
  1  the description was refused, or --deny-warnings met a warning (nothing is written), or --check found the
     crate stale
  2  the command was used wrongly, or a file could not be read or written";

/// Write a client crate from an OpenAPI description
#[derive(Args, Default)]
#[command(after_help = EXAMPLES, mut_arg("spec", |spec| spec.requires_all(["out", "name"])))]
pub struct Generate {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
    /// The folder of the crate [default: generated/lantern-client of this workspace]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The name of the crate [default: lantern-client]
    #[arg(long, value_parser = command_line::package_name)]
    name: Option<String>,
    /// Change nothing; fail and show what differs if the crate is not current
    #[arg(long)]
    check: bool,
}

impl Generate {
    /// Generates, and then writes or compares.
    pub fn run(&self) -> Result<String, Failure> {
        let (description, overlay) = self.sources.read(&self.messages)?;
        let texts = places::Sources::new([&description].into_iter().chain(&overlay).cloned());
        let crate_name = self.name.clone().unwrap_or_else(|| NAME.to_owned());
        let generated = lantern_generator::generate(Input { description, overlay, crate_name });
        self.deliver(self.messages.judge(generated, &texts)?, &self.folder())
    }

    /// Brings a generated crate to its folder.
    fn deliver(&self, generated: Crate, folder: &Path) -> Result<String, Failure> {
        let plan = Plan::new(generated, folder)?;
        let done = if self.check { self.compare(&plan) } else { write(&plan) };
        done.map(|text| self.messages.result(text))
    }

    fn compare(&self, plan: &Plan) -> Result<String, Failure> {
        if plan.changes.is_empty() {
            return Ok(report::current(plan));
        }
        Err(Failure::Stale { report: report::stale(plan), command: command_line::to_write(self) })
    }

    fn folder(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| in_workspace(OUT))
    }
}

fn write(plan: &Plan) -> Result<String, Failure> {
    plan.apply()?;
    Ok(report::written(plan))
}
