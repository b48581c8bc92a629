//! `generate`: writes a client, which is a crate or a module, or checks that it is current.

use clap::Args;

use super::help;
use super::messages::Messages;
use super::plan::Plan;
use super::prune::{self, Pruned};
use super::settings::Client;
use super::{Context, Failure, console};
use crate::Source;
use crate::analysis::release::History;
use crate::diagnostics::source_map;

mod command_line;
mod companions;
mod declared;
mod history;
mod holder;
mod own_modules;
pub mod report;
mod target;
mod watch;

#[cfg(test)]
mod tests;

pub use history::of_record as history_of;
use target::Target;
pub use target::{TargetArgs, configure as configure_target};

const OWN: &str = "\
Without --spec, the clients of the settings file are generated. With --spec, nothing of the settings file counts: --out is \
needed, and no overlay is applied unless --overlay is given.";

const NOTES: [&str; 5] = [
    "Only files whose first line says @generated are ever overwritten or removed. A file of that kind below --out \
     that is no longer generated is removed, unless it lies in another package or in a cache folder.",
    "With --only-tag and --only-operation the crate has what either of them names, and the types that this needs. \
     All names are as in the whole crate. Only diagnostics that concern the selection are shown.",
    "With --kind module, --out is a folder below the sources of a crate. The module has no features and no manifest: \
     --features names the features that are compiled in, and the manifest of that crate is checked for the dependencies \
     that they need. If one is missing or too old, the lines to add are shown and nothing is written.",
    "The crate is written beside its folder and takes its place when it is whole: a run that is stopped, at \
     whatever moment, leaves the old crate or the new one. Other files in the folder come along. A shell that \
     stands in the folder has to enter it again.",
    "The crate keeps what callers could see of its last release in released.yaml. The changes since then, and the \
     version that they ask for, are told after each run; --release makes that version, and adds an entry to \
     CHANGELOG.md.",
];

const EXIT_CODES: [(u8, &str); 3] = [
    (0, "written, or current"),
    (
        1,
        "the description was refused, or --deny-warnings met a warning (nothing is written), or --check found the \
         crate stale",
    ),
    (
        2,
        "the command was used wrongly, a file could not be read or written, or a crate lacks what its module needs",
    ),
];

/// What `generate` is told.
#[derive(Args, Default)]
pub struct Generate {
    #[command(flatten)]
    target: TargetArgs,
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
    /// Take actions that match nothing out of the overlay; its comments and layout stay as they are
    #[arg(long, conflicts_with_all = ["check", "watch"])]
    prune: bool,
    /// Generate again whenever the description or the overlay is saved, until stopped
    #[arg(long, conflicts_with_all = ["check", "release"])]
    watch: bool,
}

/// Writes the help for those who run the command, and requires what their project does not say.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let own = context.has_settings().then(|| OWN.to_owned());
    let piped = format!(
        "Nothing is downloaded. Pipe a description in: curl -s URL | {} generate --spec - …",
        context.program
    );
    let notes: Vec<_> = own.into_iter().chain([piped]).chain(NOTES.map(str::to_owned)).collect();
    let command = configure_target(command, context, "generate --spec - …");
    command.after_help(help::text(context, &notes, context.examples.generate, &EXIT_CODES))
}

impl Generate {
    /// Generates once, or over and over.
    ///
    /// # Errors
    /// If a crate cannot be generated, or with `--check` is not current. Other clients are generated all the same.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        if self.watch {
            return self.keep_on(context);
        }
        match context.clients()? {
            several @ [_, _, ..] if self.target.sources.spec.is_none() => {
                self.each(several, context)
            }
            _ => self.once(context),
        }
    }

    /// Generates all clients of the settings file. Returns the first failure.
    fn each(&self, clients: &[Client], context: &Context) -> Result<String, Failure> {
        if self.target.is_about_one() || self.release.is_some() {
            context.client()?;
        }
        let mut first = None;
        for client in clients {
            console::print_stderr(format!("{}:", client.name));
            match (self.once(&context.with_client(client)), &first) {
                (Ok(text), _) => console::print(text),
                (Err(failure), None) => first = Some(failure),
                (Err(failure), Some(_)) => console::print_stderr(failure),
            }
        }
        first.map_or(Ok(String::new()), Err)
    }

    /// Generates, and then writes or compares.
    fn once(&self, context: &Context) -> Result<String, Failure> {
        let target = self.target.target(context)?;
        let progress = self.messages.progress("reading the description");
        let (description, overlays) = self.target.sources.read(context, &self.messages)?;
        let texts = source_map::Sources::of_description(&description, &overlays);
        if !self.check {
            target.recover()?;
        }
        let history = target.history(&self.messages)?;
        let overlays = match self.prune {
            true => self.pruned(&target, &history, (&description, overlays), context)?,
            false => overlays,
        };
        progress.step("generating the client");
        let own = target.own_settings(self.target.sources.client(context)?);
        let companions = own.map(|own| (own, description.clone(), overlays.clone()));
        let made = target.make(description, overlays, &history, self.report.is_some());
        let is_dead = prune::has_dead_actions(&made);
        let made = self.messages.judge(made, &texts);
        let made = made.inspect_err(|_| prune::show_hint(is_dead))?;
        let program = companions.map(|((own, settings), description, overlays)| {
            let generator = target.generator(overlays, &history);
            companions::command_line(own, settings, made.api(), &generator, &description)
        });
        let program =
            program.map(|plan| plan.or_else(|faults| self.messages.judge(Err(faults), &texts)));
        let program = program.transpose()?.transpose()?;
        let coverage = self.report.zip(made.coverage.as_ref());
        let coverage = coverage.map(|(form, coverage)| report::coverage(coverage, form));
        let made = made.with_history(history);
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
        progress.step("comparing and writing files");
        let told = format!("{}{told}", target.needs(&made));
        let plan = target.plan(made)?;
        let mut done = self.finish(&plan, &told, context)?;
        if let Some(program) = program {
            done = format!("{}\n{}", done.trim_end(), self.finish(&program, "", context)?);
        }
        let done = self.messages.result(done);
        Ok(self.with_coverage(done, coverage))
    }

    /// Takes actions out of the overlays that match nothing.
    fn pruned(
        &self,
        target: &Target,
        history: &History,
        (description, overlays): (&Source, Vec<Source>),
        context: &Context,
    ) -> Result<Vec<Source>, Failure> {
        let generator = target.generator(Vec::new(), history);
        let inputs = self.target.sources.overlays(context)?;
        let pruned = Pruned::new(generator, description, overlays, &inputs)?;
        pruned.write()?;
        console::print(self.messages.result(pruned.to_string()));
        Ok(pruned.overlays)
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

    /// Compares a crate with its folder, or brings it there.
    fn finish(&self, plan: &Plan, told: &str, context: &Context) -> Result<String, Failure> {
        if self.check { self.compare(plan, context) } else { write(plan, told) }
    }

    fn compare(&self, plan: &Plan, context: &Context) -> Result<String, Failure> {
        if plan.changes.is_empty() {
            return Ok(report::current(plan));
        }
        Err(Failure::Stale {
            report: report::stale(plan),
            command: command_line::to_write(&self.target, context),
        })
    }
}

/// Brings a crate to its folder.
fn write(plan: &Plan, told: &str) -> Result<String, Failure> {
    plan.apply()?;
    Ok(format!("{}{told}", report::written(plan)))
}
