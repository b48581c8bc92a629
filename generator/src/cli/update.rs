//! `update`: takes the vendor's new description and writes the client anew.

use std::path::PathBuf;

use clap::Args;

use super::diff::told;
use super::generate::{TargetArgs, configure_target, report};
use super::input::{self, Input};
use super::messages::Messages;
use super::prune::{self, Pruned};
use super::{Context, Failure, console, help};
use crate::analysis::diff;
use crate::diagnostics::source_map;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::{Generator, Source};
use replace::replace;

mod baseline;
#[cfg(feature = "lint")]
mod findings;
pub mod replace;

const NOTES: [&str; 2] = [
    "Tells what the new description changes for callers and what in it is newly hard to use, then puts it in the \
     place of the description so far, byte for byte, and generates the client.",
    "Nothing at all is written where the new description or the overlay's way to it has an error: an overlay action \
     that matches nothing any more is shown with what is near its target. Correct the overlay, or take the action \
     out with --prune, and run the command again.",
];

const EXIT_CODES: [(u8, &str); 3] = [
    (0, "written, or with --dry-run nothing is in the way of it"),
    (1, "the new description was refused, or --deny-warnings met a warning; nothing was written"),
    (2, "the command was used wrongly, or a file could not be read or written"),
];

/// What `update` is told.
#[derive(Args)]
pub struct Update {
    /// The vendor's new description; `-` reads it from standard input
    #[arg(value_parser = input::parser(String::new()))]
    file: Input,
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    messages: Messages,
    /// Tell each change, also those that say the same of several things
    #[arg(long)]
    all: bool,
    /// Tell everything and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Take actions that match nothing out of the overlay; its comments and layout stay as they are
    #[arg(long)]
    prune: bool,
    /// Take the new description even if it has new parts of which no code can be made, such as references to nothing
    #[arg(long, conflicts_with = "strict")]
    tolerate: bool,
}

/// Writes the help for those who run the command, and requires what their project does not say.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let piped = "update - --spec FILE …";
    let parser = input::parser(format!("{} {piped}", context.program));
    let command =
        command.mut_arg("spec", |spec| spec.help("The description so far, which is replaced"));
    configure_target(command, context, piped)
        .mut_arg("file", |file| file.value_parser(parser))
        .after_help(help::text(
            context,
            &NOTES.map(str::to_owned),
            context.examples.update,
            &EXIT_CODES,
        ))
}

impl Update {
    /// Compares, tells, and then writes.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let target = self.target.target(context)?;
        let progress = self.messages.progress("reading the descriptions");
        let spec = self.spec(context)?;
        let (today, overlays) = self.target.sources.read(context, &self.messages)?;
        let new = self
            .file
            .read_or_show(self.target.sources.root(context)?.as_deref(), &self.messages)?;
        if !self.dry_run {
            target.recover()?;
        }
        let history = target.history(&self.messages)?;
        let inputs = self.target.sources.overlays(context)?;
        let description = self.target.sources.description(context)?;
        let then = baseline::overlays(&description, &inputs, &overlays);
        let old = Side { source: &today, overlays: &then };
        let pruned = match self.prune {
            true => {
                let generator = target.generator(Vec::new(), &history);
                let pruned = Pruned::new(generator, &new, overlays.clone(), &inputs)?;
                self.tell(pruned.to_string());
                Some(pruned)
            }
            false => None,
        };
        let overlays = pruned.as_ref().map_or(overlays, |pruned| pruned.overlays.clone());
        let next = Side { source: &new, overlays: &overlays };
        let generator = |side: &Side| target.generator(side.overlays.to_vec(), &history);
        progress.step("comparing the descriptions");
        self.tell_changes(&generator, &old, &next)?;
        self.refuse_errors(&generator, &old, &next)?;
        progress.step("looking for what is hard to use");
        #[cfg(feature = "lint")]
        self.tell_findings(&old, &next);
        // Diagnostics were shown under the name of the file that they are in; the crate names the one that stays.
        let description = Source { file: today.file.clone(), ..new.clone() };
        progress.step("generating the client");
        let made = target.make(description, overlays.clone(), &history, false);
        let made = self.messages.judge_errors(made, &next.texts())?;
        let made = made.with_history(history);
        let advice = made.advice();
        progress.step("comparing and writing files");
        let plan = target.plan(made)?;
        if self.dry_run {
            return Ok(self.messages.result(format!("{advice}nothing was written\n")));
        }
        if let Some(pruned) = &pruned {
            pruned.write()?;
        }
        if new.text != today.text {
            replace(&spec, new.text())?;
            self.tell(format!("updated {}", today.file));
        }
        if let Err(why) = plan.apply() {
            // The description must not be newer than the client; the first failure is the one to tell of.
            let _ = replace(&spec, today.text());
            return Err(why);
        }
        Ok(self.messages.result(format!("{}{advice}", report::written(&plan))))
    }

    /// The file of the description.
    fn spec(&self, context: &Context) -> Result<PathBuf, Failure> {
        let description = self.target.sources.description(context)?;
        description.file().cloned().ok_or_else(|| {
            let why = "--spec names the file to replace; the new description can come from standard input";
            Failure::Usage(why.to_owned())
        })
    }

    fn tell(&self, text: String) {
        console::print(self.messages.result(text));
    }

    /// Tells what changes for callers, as far as the overlays fit.
    fn tell_changes(
        &self,
        generator: &impl Fn(&Side) -> Generator,
        old: &Side,
        new: &Side,
    ) -> Result<(), Failure> {
        let model = |side: &Side| generator(side).ignore_unmatched_actions().api(side.source);
        let old = self.messages.judge_errors(model(old), &old.texts())?;
        // What is wrong with the new description is told with the whole overlays in force.
        if let Ok(new) = model(new) {
            self.tell(told(&diff::diff(&old, &new.value), self.all));
        }
        Ok(())
    }

    /// Refuses what is wrong with the new description; what can be left out of a client only if it is new.
    fn refuse_errors(
        &self,
        generator: &impl Fn(&Side) -> Generator,
        old: &Side,
        new: &Side,
    ) -> Result<(), Failure> {
        let made = generator(new).api(new.source);
        if made.is_ok()
            && let Some(faults) = self.new_faults(generator, old, new)
        {
            let refused = self.messages.judge(Err(faults), &new.texts());
            return refused.inspect_err(|_| {
                self.tell("--tolerate takes it nevertheless, as generate does".to_owned());
            });
        }
        let is_dead = prune::has_dead_actions(&made);
        let judged = self.messages.judge(made, &new.texts());
        judged.inspect_err(|_| prune::show_hint(is_dead)).map(drop)
    }

    /// What could be left out of a client and is new, with all warnings; none if nothing is new or all is tolerated.
    fn new_faults(
        &self,
        generator: &impl Fn(&Side) -> Generator,
        old: &Side,
        new: &Side,
    ) -> Option<Diagnostics> {
        let strict = |side: &Side| generator(side).strict().api(side.source).err();
        let mut faults = strict(new).filter(|_| !self.tolerate)?;
        let known = strict(old).unwrap_or_default();
        let is_error = |fault: &Diagnostic| fault.severity() == Severity::Error;
        faults.retain(|fault| !(is_error(fault) && has(&known, fault)));
        let has_any = faults.iter().any(is_error);
        has_any.then_some(faults)
    }
}

/// Whether there is such a diagnostic about the same place.
fn has(known: &Diagnostics, fault: &Diagnostic) -> bool {
    known.iter().any(|one| one.code == fault.code && one.place.pointer == fault.place.pointer)
}

/// A description, and the overlays that it goes with.
struct Side<'a> {
    source: &'a Source,
    overlays: &'a [Source],
}

impl Side<'_> {
    fn texts(&self) -> source_map::Sources {
        source_map::Sources::of_description(self.source, self.overlays)
    }
}
