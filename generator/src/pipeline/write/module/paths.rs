//! Paths from the root of a crate.

use std::collections::HashSet;

use super::edits::Edits;
use super::tokens::{TokenKind, Tokens};

/// A path that begins with `crate`.
pub struct CratePath {
    /// The names behind `crate`: `money`, `Money`.
    pub names: Vec<String>,
    /// Where `crate` ends.
    end: usize,
}

/// The paths of a source that begin with `crate`, those of macros (`$crate::…`) among them.
pub fn of_crate(tokens: &Tokens<'_>) -> Vec<CratePath> {
    let begins = |at: usize| tokens.word(at) == "crate" && separates(tokens, at + 1);
    let begins = (0..tokens.len()).filter(|at| begins(*at));
    begins.map(|at| CratePath { names: names(tokens, at + 1), end: tokens.range(at).end }).collect()
}

/// Leads paths from the root of a crate to the module, except those that lead to the crate around it.
pub fn lead(tokens: &Tokens<'_>, way: &str, around: &HashSet<Vec<String>>, edits: &mut Edits) {
    let is_around = |path: &CratePath| around.iter().any(|names| path.names.starts_with(names));
    for path in of_crate(tokens).into_iter().filter(|path| !is_around(path)) {
        edits.insert(path.end, way);
    }
}

/// The names that follow, each behind `::`.
fn names(tokens: &Tokens<'_>, mut at: usize) -> Vec<String> {
    let mut names = Vec::new();
    while separates(tokens, at) && tokens.is(at + 2, TokenKind::Ident) {
        names.push(tokens.word(at + 2).to_owned());
        at += 3;
    }
    names
}

fn separates(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.are(at, [TokenKind::Colon, TokenKind::Colon])
}
