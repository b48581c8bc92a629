//! The key that `login` asks for.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use console::Term;
use lantern_operations::ClientSecret;

use crate::failure::Failure;

/// The text that has the key: typed on a terminal, which does not show it, or else what standard input has of it.
pub fn text(program: &str, what: &str) -> Result<String, Failure> {
    let is_typed = io::stdin().is_terminal();
    let read = if is_typed { typed(what) } else { piped() };
    let text = read.map_err(|why| Failure::other(format!("the key cannot be read: {why}")))?;
    let from_file = format!("`{program} login < FILE` reads it from a file");
    match text.trim() {
        "" if is_typed => Err(Failure::usage(format!("no key was typed; {from_file}"))),
        "" => Err(Failure::usage("there was no key in the first line of standard input")),
        first if is_typed && is_open(first) => {
            Err(Failure::usage(format!("a client of several lines cannot be typed; {from_file}")))
        }
        _ => Ok(text),
    }
}

fn typed(what: &str) -> io::Result<String> {
    write!(io::stderr(), "{what} (not shown): ")?;
    // What is typed is read of standard input; the terminal of the output gets the end of the line.
    let terminal = [Term::stderr(), Term::stdout()].into_iter().find(Term::is_term);
    terminal.map_or_else(|| Err(io::ErrorKind::NotConnected.into()), |it| it.read_secure_line())
}

/// The first line, or all lines of a client that has several.
fn piped() -> io::Result<String> {
    let (mut text, mut stdin) = (String::new(), io::stdin().lock());
    stdin.read_line(&mut text)?;
    if is_open(text.trim()) {
        stdin.read_to_string(&mut text)?;
    }
    Ok(text)
}

/// Whether a client goes on in the next line.
fn is_open(text: &str) -> bool {
    text.starts_with('{') && ClientSecret::from_json(text).is_none()
}
