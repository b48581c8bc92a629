//! What the terminal shows. A reader that stops reading (`| head`) is no failure.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};

use super::progress::without_progress;
use crate::diagnostics::draw::Style;

/// Prints a command's result.
pub fn print(text: impl Display) {
    show(stdout(), text.to_string().trim_end());
}

/// Prints diagnostics, failures and progress, which are no part of a command's result.
pub fn print_stderr(text: impl Display) {
    show(stderr(), &text.to_string());
}

/// Whether a terminal is written to in colours, which `NO_COLOR` forbids (no-color.org).
pub fn style(terminal: &impl IsTerminal) -> Style {
    let is_forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if terminal.is_terminal() && !is_forbidden { Style::Coloured } else { Style::Plain }
}

/// Prints a text, if there is any.
fn show(mut terminal: impl Write, text: &str) {
    if !text.is_empty() {
        let _guard = without_progress();
        let _ = writeln!(terminal, "{text}");
    }
}
