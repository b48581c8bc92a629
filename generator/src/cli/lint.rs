//! `lint`: what makes a description hard to use, and the overlay actions that help.

use clap::Args;

use super::messages::Messages;
use super::sources::{self, Sources};
use super::{Context, help};

#[cfg(feature = "lint")]
mod run;

#[cfg(feature = "lint")]
pub use run::show;

const NOTE: &str = "\
The description is looked at with its overlay applied, so that what the overlay puts right is not told again. Where a \
change can be written down without knowing more, it is printed as an action to paste into the overlay's `actions`; \
read it before you do. Where there is no overlay, --actions prints a whole one.";

const EXIT_CODES: [(u8, &str); 4] = [
    (0, "done"),
    (1, "the description was refused, or --deny-warnings met a warning"),
    (2, "the command was used wrongly, or a file could not be read"),
    (3, "--deny-warnings met something that makes the description hard to use"),
];

/// What `lint` is told.
#[derive(Args)]
pub struct Lint {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    messages: Messages,
    /// Print only the overlay actions that put things right; an overlay if there is none
    #[arg(long)]
    actions: bool,
    /// Print every finding, and not only the first ones of each kind
    #[arg(long)]
    all: bool,
}

/// Writes the help for those who run the command, and requires what their project does not say.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let notes = [NOTE.to_owned()];
    sources::configure(command, context, "lint --spec - …").after_help(help::text(
        context,
        &notes,
        context.examples.lint,
        &EXIT_CODES,
    ))
}
