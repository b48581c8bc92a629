//! `cargo xtask generate`: writes a client crate, or checks that it is current.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lantern_generator::analysis::coverage::Coverage;
use lantern_generator::analysis::release::History;
use lantern_generator::diagnostics::source_map;
use lantern_generator::diagnostics::{Diagnostics, WithWarnings};
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Crate, Generator, Source, TagFeatures, write_crate};

use crate::arguments::{NAME, SPEC, Sources, in_workspace};
use crate::console;
use crate::failure::Failure;
use crate::messages::Messages;
use crate::plan::{self, Plan};

mod command_line;
mod history;
pub mod report;
mod watch;

#[cfg(test)]
mod tests;

const OUT: &str = "generated/lantern-client";

const EXAMPLES: &str = "\
Without --spec, the Lantern client of this workspace is meant, wherever the command is run.
With --spec, --out and --name are needed, and no overlay is applied unless --overlay is given.

Only files whose first line says @generated are ever overwritten or removed. A file of that kind below
--out that is no longer generated is removed, unless it lies in another package or in a cache folder.

With --only-tag and --only-operation the crate has what either of them names, and the types that this needs. All
names are as in the whole crate. Only diagnostics that concern the selection are shown.

The crate is written beside its folder and takes its place when it is whole: a run that is stopped, at whatever
moment, leaves the old crate or the new one. Other files in the folder come along. A shell that stands in
the folder has to enter it again.

The crate keeps what callers could see of its last release in released.yaml. The changes since then, and the version
that they ask for, are told after each run; --release makes that version, and adds an entry to CHANGELOG.md.

Examples:
  cargo xtask generate
  cargo xtask generate --check
  cargo xtask generate --check --report
  cargo xtask generate --watch
  cargo xtask generate --release
  cargo xtask generate --release=2.0.0
  cargo xtask generate --spec shop.yaml --out ../shop-client --name shop-client
  cargo xtask generate --spec shop.yaml --out ../orders --name orders --only-tag orders --only-operation get_user
  cargo xtask generate --spec shop.yaml --out ../shop-client --name shop-client --tag-features
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
    target: Target,
    #[command(flatten)]
    messages: Messages,
    /// Change nothing; fail and show what differs if the crate is not current
    #[arg(long)]
    check: bool,
    /// Release the crate: as the version that the changes ask for, or a higher one
    #[arg(long, value_name = "VERSION", num_args = 0..=1, require_equals = true, conflicts_with = "check")]
    release: Option<Option<String>>,
    /// Tell how much of the description the client covers; nothing more is written for it
    #[arg(long, value_name = "FORM", value_enum, num_args = 0..=1, default_missing_value = "text")]
    report: Option<report::Form>,
    /// Generate again whenever the description or the overlay is saved, until stopped
    #[arg(long, conflicts_with_all = ["check", "release"])]
    watch: bool,
}

/// A description, and the crate that is made of it.
#[derive(Args, Default)]
pub struct Target {
    #[command(flatten)]
    pub sources: Sources,
    /// The folder of the crate [default: generated/lantern-client of this workspace]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The name of the crate [default: lantern-client]
    #[arg(long, value_parser = command_line::package_name)]
    name: Option<String>,
    #[command(flatten)]
    only: Only,
    /// Make each tag a feature of the crate, with the types that only it uses [default: with more than 200 operations]
    #[arg(long, value_name = "WHEN", value_enum, num_args = 0..=1, require_equals = true,
          default_missing_value = "always")]
    tag_features: Option<When>,
}

/// Whether something is done.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Whatever the description
    Always,
    /// Whatever the description, not
    Never,
}

/// The operations that a crate is to have; all of them where nothing is named.
#[derive(Args, Default)]
pub struct Only {
    /// Only the operations of this tag, and what they need; may be given several times
    #[arg(long, value_name = "TAG")]
    only_tag: Vec<String>,
    /// Only this operation, by its operationId or its Rust name; may be given several times
    #[arg(long, value_name = "ID")]
    only_operation: Vec<String>,
}

/// A generated crate, and what it was made of.
pub struct Fresh {
    api: Api,
    generated: Crate,
    coverage: Coverage,
}

/// A generated crate that is not in its folder yet, and the releases that there are of it.
pub struct Made {
    api: Api,
    generated: Crate,
    history: History,
}

impl Target {
    /// Generates a crate, and writes nothing.
    pub fn make(
        &self,
        description: Source,
        overlays: Vec<Source>,
    ) -> Result<WithWarnings<Fresh>, Diagnostics> {
        let modelled = self.generator(overlays).api_with_coverage(&description)?;
        let made = modelled.then(|(api, coverage)| {
            let generated = write_crate(&api);
            generated.map(|generated| Fresh { api, generated, coverage })
        });
        made.checked()
    }

    /// The generator of this crate.
    pub fn generator(&self, overlays: Vec<Source>) -> Generator {
        let Only { only_tag, only_operation } = &self.only;
        let generator = Generator::new(self.name.as_deref().unwrap_or(NAME)).overlays(overlays);
        let generator = only_tag.iter().fold(generator, Generator::only_tag);
        let generator = only_operation.iter().fold(generator, Generator::only_operation);
        generator.tag_features(match self.tag_features {
            None => TagFeatures::Auto,
            Some(When::Always) => TagFeatures::Always,
            Some(When::Never) => TagFeatures::Never,
        })
    }

    /// A generated crate with the releases that there are of it.
    pub fn with_history(&self, fresh: Fresh, messages: &Messages) -> Result<Made, Failure> {
        let history = history::read(&self.folder(), messages)?;
        let Fresh { api, generated, coverage: _ } = fresh;
        Ok(Made { api, generated, history })
    }

    /// The file of the description.
    pub fn spec(&self) -> PathBuf {
        self.sources.spec.clone().unwrap_or_else(|| in_workspace(SPEC))
    }

    fn folder(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| in_workspace(OUT))
    }

    /// Puts the crate back if a run was stopped while it had none in its folder.
    pub fn recover(&self) -> Result<(), Failure> {
        plan::recover(&self.folder())
    }

    /// What bringing a crate to its folder changes there.
    pub fn plan(&self, made: &Made) -> Result<Plan, Failure> {
        Plan::new(made.history.onto(made.generated.clone()), &self.folder())
    }
}

impl Made {
    /// What the changes since the last release ask for.
    pub fn advice(&self) -> String {
        self.history.advice(&self.api, &self.generated).map(report::advice).unwrap_or_default()
    }

    fn released(self, asked: Option<&str>) -> Result<Self, Failure> {
        let history = self.history.released(&self.api, &self.generated, asked);
        let history = history.map_err(|why| Failure::Usage(why.to_string()))?;
        Ok(Self { history, ..self })
    }
}

impl Generate {
    /// Generates once, or over and over.
    pub fn run(&self) -> Result<String, Failure> {
        if self.watch { self.keep_on() } else { self.once() }
    }

    /// Generates, and then writes or compares.
    fn once(&self) -> Result<String, Failure> {
        let (description, overlays) = self.target.sources.read(&self.messages)?;
        let texts = source_map::Sources::new([&description].into_iter().chain(&overlays).cloned());
        let made = self.messages.judge(self.target.make(description, overlays), &texts)?;
        let coverage = self.report.map(|form| report::coverage(&made.coverage, form));
        if !self.check {
            self.target.recover()?;
        }
        let made = self.target.with_history(made, &self.messages)?;
        let (made, told) = match &self.release {
            None => {
                let advice = made.advice();
                (made, advice)
            }
            Some(asked) => {
                let made = made.released(asked.as_deref())?;
                let version = made.history.version().unwrap_or_default();
                let told = format!("released as {version}; CHANGELOG.md tells what has changed\n");
                (made, told)
            }
        };
        let plan = self.target.plan(&made)?;
        let done = if self.check { self.compare(&plan) } else { write(&plan, &told) };
        let done = done.map(|text| self.messages.result(text))?;
        Ok(self.with_coverage(done, coverage))
    }

    /// In JSON the coverage has stdout for itself.
    fn with_coverage(&self, done: String, coverage: Option<String>) -> String {
        match (coverage, self.report) {
            (None, _) => done,
            (Some(coverage), Some(report::Form::Json)) => {
                console::print_stderr(done);
                coverage
            }
            (Some(coverage), _) => format!("{}\n\n{coverage}", done.trim_end()),
        }
    }

    fn compare(&self, plan: &Plan) -> Result<String, Failure> {
        if plan.changes.is_empty() {
            return Ok(report::current(plan));
        }
        Err(Failure::Stale {
            report: report::stale(plan),
            command: command_line::to_write(&self.target),
        })
    }
}

/// Brings a crate to its folder.
fn write(plan: &Plan, told: &str) -> Result<String, Failure> {
    plan.apply()?;
    Ok(format!("{}{told}", report::written(plan)))
}
