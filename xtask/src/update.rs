//! `cargo xtask update`: takes the vendor's new description and writes the client anew.

use std::path::PathBuf;

use clap::Args;
use lantern_generator::Source;
use lantern_generator::analysis::diff;
use lantern_generator::analysis::lint::{self, Finding};
use lantern_generator::diagnostics::source_map;

use crate::arguments::read;
use crate::console;
use crate::failure::Failure;
use crate::generate::{Target, report};
use crate::lint::show;
use crate::messages::Messages;
use crate::replace::replace;

const EXAMPLES: &str = "\
Tells what the new description changes for callers and what in it is newly hard to use, then puts it in the place of
the description so far, byte for byte, and generates the client.

Nothing at all is written where the new description or the overlay's way to it has an error: an overlay action that
matches nothing any more is shown with what is near its target. Correct the overlay, or take the action out, and run
the command again.

Examples:
  cargo xtask update downloaded.json
  cargo xtask update downloaded.json --dry-run
  cargo xtask update new.yaml --spec shop.yaml --out ../shop-client --name shop-client

Exit codes:
  0  written, or with --dry-run nothing is in the way of it
  1  the new description was refused, or --deny-warnings met a warning; nothing was written
  2  the command was used wrongly, or a file could not be read or written";

/// Take the vendor's new description and write the client anew
#[derive(Args)]
#[command(after_help = EXAMPLES, mut_arg("spec", |spec| spec.requires_all(["out", "name"])))]
pub struct Update {
    /// The vendor's new description
    file: PathBuf,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    messages: Messages,
    /// Tell everything and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Update {
    /// Compares, tells, and then writes.
    pub fn run(&self) -> Result<String, Failure> {
        let (today, overlays) = self.target.sources.read(&self.messages)?;
        let new = read(&self.file, &self.messages)?;
        self.tell_changes(&today, &new, &overlays)?;
        self.refuse_errors(&new, &overlays)?;
        self.tell_findings(&today, &new, &overlays);
        // Diagnostics were shown under the name of the file that they are in; the crate names the one that stays.
        let description = Source { file: today.file.clone(), ..new.clone() };
        let made = self.target.make(description, overlays.clone());
        let made = self.messages.judge_errors(made, &texts(&new, &overlays))?;
        let made = self.target.with_history(made, &self.messages)?;
        if !self.dry_run {
            self.target.recover()?;
        }
        let plan = self.target.plan(&made)?;
        if self.dry_run {
            return Ok(self.messages.result(format!("{}nothing was written\n", made.advice())));
        }
        if new.text != today.text {
            replace(&self.target.spec(), &new.text)?;
            self.tell(format!("updated {}", today.file));
        }
        if let Err(why) = plan.apply() {
            // The description must not be newer than the client; the first failure is the one to tell of.
            let _ = replace(&self.target.spec(), &today.text);
            return Err(why);
        }
        Ok(self.messages.result(format!("{}{}", report::written(&plan), made.advice())))
    }

    fn tell(&self, text: String) {
        console::print(self.messages.result(text));
    }

    /// Tells what changes for callers, as far as the overlays fit.
    fn tell_changes(
        &self,
        today: &Source,
        new: &Source,
        overlays: &[Source],
    ) -> Result<(), Failure> {
        let generator = self.target.generator(overlays.to_vec()).ignore_unmatched_actions();
        let model = |source: &Source| generator.api(source);
        let old = self.messages.judge_errors(model(today), &texts(today, overlays))?;
        // What is wrong with the new description is told with the whole overlays in force.
        if let Ok(new) = model(new) {
            self.tell(diff::text(&diff::diff(&old, &new.value)));
        }
        Ok(())
    }

    fn refuse_errors(&self, new: &Source, overlays: &[Source]) -> Result<(), Failure> {
        let modelled = self.target.generator(overlays.to_vec()).api(new);
        self.messages.judge(modelled, &texts(new, overlays)).map(drop)
    }

    /// Tells what makes the new description hard to use and was not there before.
    fn tell_findings(&self, today: &Source, new: &Source, overlays: &[Source]) {
        let found = |source| match lint::lint(source, overlays) {
            Ok(found) => found.value,
            Err(_) => Vec::new(),
        };
        let known = found(today);
        let is_known = |finding: &Finding| {
            let same = |one: &Finding| {
                let (one, other) = (&one.diagnostic, &finding.diagnostic);
                one.code == other.code && one.place.pointer == other.place.pointer
            };
            known.iter().any(same)
        };
        let mut findings = found(new);
        findings.retain(|finding| !is_known(finding));
        show(&findings, &self.messages, &texts(new, overlays));
    }
}

fn texts(source: &Source, overlays: &[Source]) -> source_map::Sources {
    source_map::Sources::new([source].into_iter().chain(overlays).cloned())
}
