//! What the terminal shows. A reader that stops reading (`| head`) is no failure.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

/// Prints a command's result.
pub fn print(text: impl Display) {
    show(stdout(), text.to_string().trim_end());
}

/// Prints diagnostics, failures and progress, which are no part of a command's result.
pub fn print_stderr(text: impl Display) {
    show(stderr(), &text.to_string());
}

/// Prints a text, if there is any.
fn show(mut terminal: impl Write, text: &str) {
    if !text.is_empty() {
        let _ = writeln!(terminal, "{text}");
    }
}
