//! `check`: what a description that was fetched just now means to a client that is running.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::generate::history_of;
use super::input::{self, Input};
use super::messages::Messages;
use super::sources::{self, Sources};
use super::{Context, Failure, console, help};
use crate::analysis::diff::Surface;
use crate::analysis::live::{self, Finding, Severity};
use crate::diagnostics::source_map;
use crate::{Generator, Source};

const NOTES: [&str; 2] = [
    "Names do not matter to a client that is running: it is broken if its requests are refused, or if it cannot read the \
     replies. What it was made of is the record of its last release, or its description.",
    "For code that is compiled again, use diff.",
];

const EXIT_CODES: [(u8, &str); 4] = [
    (0, "nothing breaks the client"),
    (1, "a description was refused"),
    (2, "the command was used wrongly, or a file could not be read"),
    (3, "something breaks the client"),
];

/// What `check` is told.
#[derive(Args)]
pub struct Check {
    /// The description to check against; `-` reads it from standard input
    #[arg(long, value_name = "FILE", value_parser = input::parser(String::new()))]
    against: Input,
    /// The record of the client's last release, `released.yaml` in its folder, in place of its description
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    record: Option<PathBuf>,
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    Text,
    /// For programs
    Json,
}

/// Writes the help for those who run the command.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let parser = input::parser(format!("{} check --against -", context.program));
    sources::configure(command, context, "check --against FILE --spec -")
        .mut_arg("against", |against| against.value_parser(parser))
        .mut_arg("spec", |spec| match context.has_settings() {
            true => spec,
            false => spec.required(false).required_unless_present("record"),
        })
        .after_help(help::text(
            context,
            &NOTES.map(str::to_owned),
            context.examples.check,
            &EXIT_CODES,
        ))
}

impl Check {
    /// Compares, and fails if something breaks the client.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let progress = self.messages.progress("comparing what is sent and read");
        let (client, overlays) = self.client(context)?;
        let root = self.sources.root(context)?;
        let against = self.against.read_or_show(root.as_deref(), &self.messages)?;
        let service = self.surface(&against, &overlays, context)?;
        drop(progress);
        let findings = live::findings(&client, &service);
        let told = match self.format {
            Format::Text => text(&findings),
            Format::Json => format!("{:#}", json!({ "findings": findings })),
        };
        let breaking = findings.iter().filter(|one| one.severity == Severity::Breaks).count();
        match breaking {
            0 => Ok(self.messages.result(told)),
            _ => {
                console::print(self.messages.result(told));
                let what = if breaking == 1 { "thing breaks" } else { "things break" };
                Err(Failure::Found(format!("{breaking} {what} the client")))
            }
        }
    }

    /// What the running client was made of, and the overlays that go with it.
    fn client(&self, context: &Context) -> Result<(Surface, Vec<Source>), Failure> {
        if let Some(record) = &self.record {
            let history = history_of(record, &self.messages)?;
            let overlays = self.overlays(context)?;
            return match history.surface() {
                Some(surface) => Ok((surface.clone(), overlays)),
                None => Err(Failure::Usage(format!("{} is missing", record.display()))),
            };
        }
        let (description, overlays) = self.sources.read(context, &self.messages)?;
        let surface = self.surface(&description, &overlays, context)?;
        Ok((surface, overlays))
    }

    fn overlays(&self, context: &Context) -> Result<Vec<Source>, Failure> {
        let overlays = self.sources.overlays(context)?.into_iter();
        overlays.map(|overlay| overlay.read_or_show(None, &self.messages)).collect()
    }

    fn surface(
        &self,
        description: &Source,
        overlays: &[Source],
        context: &Context,
    ) -> Result<Surface, Failure> {
        let texts = source_map::Sources::of_description(description, overlays);
        let generator = Generator::new(context.crate_name()).overlays(overlays.to_vec());
        let api = generator.ignore_unmatched_actions().api(description);
        self.messages.judge_errors(api, &texts).map(|api| Surface::of(&api))
    }
}

/// ```text
/// breaks
///   - `orders().get` (`GET /orders/{id}`): the operation is gone
/// ```
fn text(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Nothing breaks the client.\n".to_owned();
    }
    let sections = [(Severity::Breaks, "breaks"), (Severity::MayBreak, "may break")];
    let section = |(severity, title): (Severity, &str)| {
        let of_it = findings.iter().filter(|one| one.severity == severity);
        let lines: String = of_it.map(line).collect();
        if lines.is_empty() { lines } else { format!("{title}\n{lines}") }
    };
    sections.into_iter().map(section).collect()
}

fn line(finding: &Finding) -> String {
    let Finding { request, method, text, .. } = finding;
    format!("  - `{method}` (`{request}`): {text}\n")
}
