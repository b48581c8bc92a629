//! `diff`: what a change of the description means to those who use the client.

use std::io::stdout;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::input::{self, Input};
use super::messages::Messages;
use super::sources::own_overlays;
use super::{Context, Failure, console, help};
use crate::analysis::diff::{self, Changes, Detail, Effect};
use crate::diagnostics::source_map;
use crate::pipeline::model::Api;
use crate::{Generator, Source};

const NOTE: &str = "\
Breaking is what Rust's rules call so, for the generated code. What callers see of the same code at run time is told \
as behaviour; changes of words are counted.";

const EXIT_CODES: [(u8, &str); 4] = [
    (0, "done, and nothing was found that --fail-on names"),
    (1, "a description was refused"),
    (2, "the command was used wrongly, or a file could not be read"),
    (3, "something was found that --fail-on names"),
];

/// What `diff` is told.
#[derive(Args)]
pub struct Diff {
    /// The description so far; `-` reads it from standard input
    #[arg(value_parser = input::parser(String::new()))]
    old: Input,
    /// The new description; `-` reads it from standard input
    #[arg(value_parser = input::parser(String::new()))]
    new: Input,
    /// The OpenAPI Overlay to apply to both
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// The folder whose files the descriptions may refer to, if it is not their own
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    #[command(flatten)]
    messages: Messages,
    /// Print each change, also those that say the same of several things
    #[arg(long)]
    all: bool,
    /// How to print the changes
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What to end with exit code 3 on
    #[arg(long, value_enum, value_name = "CHANGE", default_value_t = FailOn::Never)]
    fail_on: FailOn,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// For a review or a changelog
    Markdown,
    /// For programs
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Nothing
    Never,
    /// Changes that may break code that uses the client
    Breaking,
    /// These, additions and deprecations
    Addition,
    /// Any change at all
    Any,
}

/// Writes the help for those who run the command.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let overlays = match context.has_settings() {
        true => {
            "If one of the descriptions is that of a client in the settings, both get its overlays; else none, unless \
             --overlay is given. An action that matches nothing is only warned of."
        }
        false => "An action of an overlay that matches nothing is only warned of.",
    };
    let notes = [overlays.to_owned(), NOTE.to_owned()];
    let parser = |piped: &str| input::parser(format!("{} {piped}", context.program));
    command
        .mut_arg("old", |old| old.value_parser(parser("diff - NEW")))
        .mut_arg("new", |new| new.value_parser(parser("diff OLD -")))
        .after_help(help::text(context, &notes, context.examples.diff, &EXIT_CODES))
}

/// The list of changes for a terminal.
pub fn told(changes: &Changes, all: bool) -> String {
    let told = diff::text(changes, detail(all), console::style(&stdout()));
    match !all && diff::is_shortened(changes) {
        true => format!("{told}Changes that are alike are told together; --all tells each.\n"),
        false => told,
    }
}

fn detail(all: bool) -> Detail {
    if all { Detail::All } else { Detail::Short }
}

impl Diff {
    /// Compares, prints, and judges.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        if self.old == Input::Stdin && self.new == Input::Stdin {
            return Err(Failure::Usage("only one description can be standard input".to_owned()));
        }
        let progress = self.messages.progress("reading the descriptions");
        let overlays = self.overlays(context)?;
        let model = |description| self.model(description, &overlays, context.crate_name());
        let (old, new) = (model(&self.old)?, model(&self.new)?);
        progress.step("comparing the clients");
        let changes = diff::diff(&old, &new);
        drop(progress);
        let report = match self.format {
            Format::Text => told(&changes, self.all),
            Format::Markdown => diff::markdown(&changes, detail(self.all)),
            Format::Json => format!("{:#}", diff::json(&changes)),
        };
        match self.fail_on.found_in(&changes) {
            Some(found) => {
                console::print(self.messages.result(report));
                Err(Failure::Found(found))
            }
            None => Ok(self.messages.result(report)),
        }
    }

    fn overlays(&self, context: &Context) -> Result<Vec<Source>, Failure> {
        let overlays = match self.overlay.as_slice() {
            [] => own_overlays(&[&self.old, &self.new], context)?,
            given => given.iter().cloned().map(Input::File).collect(),
        };
        overlays.iter().map(|overlay| overlay.read_or_show(None, &self.messages)).collect()
    }

    fn model(&self, from: &Input, overlays: &[Source], crate_name: &str) -> Result<Api, Failure> {
        let description = from.read_or_show(self.root.as_deref(), &self.messages)?;
        let texts = source_map::Sources::of_description(&description, overlays);
        let generator = Generator::new(crate_name).overlays(overlays.to_vec());
        self.messages.judge(generator.ignore_unmatched_actions().api(&description), &texts)
    }
}

impl FailOn {
    /// What it was told to fail on, if that is there.
    fn found_in(self, changes: &Changes) -> Option<String> {
        let least = match self {
            Self::Never => return None,
            Self::Breaking => Effect::Breaking,
            Self::Addition => Effect::Deprecation,
            Self::Any => Effect::Documentation,
        };
        let count = changes.iter().filter(|change| change.effect <= least).count();
        let word = self.to_possible_value()?.get_name().to_owned();
        (count > 0).then(|| format!("{count} changes count for `--fail-on {word}`"))
    }
}
