//! What the terminal shows. A reader that stops reading (`| head`) is no failure.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

/// Prints a command's result.
pub fn print(text: impl Display) {
    let _ = writeln!(stdout(), "{}", text.to_string().trim_end());
}

/// Prints warnings and failures; nothing where there is nothing to say.
pub fn complain(complaint: impl Display) {
    let text = complaint.to_string();
    if !text.is_empty() {
        let _ = writeln!(stderr(), "{}", text.trim_end());
    }
}
