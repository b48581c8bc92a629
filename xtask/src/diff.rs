//! `cargo xtask diff`: what a change of the description means to those who use the client.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use lantern_generator::analysis::diff::{self, Changes, Effect};
use lantern_generator::diagnostics::source_map;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};

use crate::arguments::{NAME, overlay_of, read};
use crate::console;
use crate::failure::Failure;
use crate::messages::Messages;

const EXAMPLES: &str = "\
Both descriptions get the overlay of this workspace if one of them is this workspace's own; else none, unless
--overlay is given. An action that matches nothing is only warned of.

Breaking is what Rust's rules call so, for the generated code. What callers see of the same code at run time is told
as behaviour; changes of words are counted.

Examples:
  cargo xtask diff spec/lantern.yaml downloaded.json
  cargo xtask diff old.yaml new.yaml --format markdown
  cargo xtask diff old.yaml new.yaml --fail-on breaking

Exit codes:
  0  done, and nothing was found that --fail-on names
  1  a description was refused
  2  the command was used wrongly, or a file could not be read
  3  something was found that --fail-on names";

/// Print what a change of the description means to callers
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Diff {
    /// The description so far
    old: PathBuf,
    /// The new description
    new: PathBuf,
    /// The OpenAPI Overlay to apply to both
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    #[command(flatten)]
    messages: Messages,
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

impl Diff {
    /// Compares, prints, and judges.
    pub fn run(&self) -> Result<String, Failure> {
        let overlays = match self.overlay.as_slice() {
            [] => overlay_of(&[&self.old, &self.new], &self.messages)?,
            given => {
                given.iter().map(|file| read(file, &self.messages)).collect::<Result<_, _>>()?
            }
        };
        let (old, new) = (self.model(&self.old, &overlays)?, self.model(&self.new, &overlays)?);
        let changes = diff::diff(&old, &new);
        let report = match self.format {
            Format::Text => diff::text(&changes),
            Format::Markdown => diff::markdown(&changes),
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

    fn model(&self, file: &Path, overlays: &[Source]) -> Result<Api, Failure> {
        let description = read(file, &self.messages)?;
        let texts = source_map::Sources::new([&description].into_iter().chain(overlays).cloned());
        let generator = Generator::new(NAME).overlays(overlays.to_vec()).ignore_unmatched_actions();
        self.messages.judge(generator.api(&description), &texts)
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
