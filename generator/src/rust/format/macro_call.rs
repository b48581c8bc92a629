//! Macro calls that list entries: on one line if that is short, else with lines filled.

use super::tree::Tree;
use proc_macro2::{Delimiter, Spacing, TokenTree};

/// As long as a line gets.
const WIDTH: usize = 100;

/// The text of a call whose body is a head and entries in braces, or has no groups; `None` for other calls.
///
/// ```text
/// json_object!(Book { title , binding : optional , ..extra });
///     →   json_object!(Book { title, binding: optional, ..extra });
/// ```
pub(super) fn text(call: &[Tree]) -> Option<String> {
    let name = call.iter().position(|tree| tree.is_punct('!'))?;
    let (path, call) = call.split_at(name);
    let Tree::Group(delimiter, body) = call.get(1)? else { return None };
    let is_flat = !body.iter().any(|tree| matches!(tree, Tree::Group(..)));
    if is_flat && *delimiter == Delimiter::Parenthesis {
        return Some(format!("{}!({});", line(path), line(body)));
    }
    let (entries, head) = body.split_last()?;
    let entries = entries.braces()?;
    if head.is_empty() || !head.iter().all(is_word) {
        return None;
    }
    let (path, head) = (line(path), line(head));
    let room = WIDTH.saturating_sub(path.len() + head.len() + "!( );".len());
    let body = format!("{head} {}", self::entries(entries, room));
    Some(match delimiter {
        Delimiter::Parenthesis => format!("{path}!({body});"),
        Delimiter::Bracket => format!("{path}![{body}];"),
        Delimiter::Brace => format!("{path}! {{\n{}\n}}", indented(&body)),
        Delimiter::None => return None,
    })
}

fn is_word(tree: &Tree) -> bool {
    tree.word().is_some() || tree.is_literal()
}

/// The entries in their braces: in the room that there is on the line, else below it.
fn entries(trees: &[Tree], room: usize) -> String {
    let pieces = pieces(trees);
    let line = pieces.join(" ");
    match line.len() + "{  }".len() {
        _ if pieces.is_empty() => "{}".to_owned(),
        width if width <= room => format!("{{ {line} }}"),
        _ => format!("{{\n{}\n}}", indented(&filled(pieces))),
    }
}

/// Lines that break after commas.
fn filled(pieces: Vec<String>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(last) if last.len() + piece.len() + "     ".len() <= WIDTH => {
                *last += &format!(" {piece}");
            }
            _ => lines.push(piece),
        }
    }
    lines.join("\n")
}

/// The entries up to each comma, with it.
fn pieces(trees: &[Tree]) -> Vec<String> {
    trees.split_inclusive(|tree| tree.is_punct(',')).map(line).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Tokens on one line: `title : required "title" ,` → `title: required "title",`
fn line(trees: &[Tree]) -> String {
    let mut text = String::new();
    let mut before = None;
    for tree in trees {
        let in_path = text.ends_with("::");
        if !in_path && before.is_some_and(|before| is_spaced(before, tree)) {
            text.push(' ');
        }
        text.push_str(&tree_text(tree));
        before = Some(tree);
    }
    text
}

fn tree_text(tree: &Tree) -> String {
    let (delimiter, inner) = match tree {
        Tree::Leaf(token) => return token.to_string(),
        Tree::Group(delimiter, inner) => (delimiter, line(inner)),
    };
    match delimiter {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace if inner.is_empty() => "{}".to_owned(),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

/// Whether a space stands between two tokens.
fn is_spaced(before: &Tree, after: &Tree) -> bool {
    use TokenTree::{Ident, Punct};
    match (before, after) {
        (Tree::Leaf(Punct(before)), _) if before.spacing() == Spacing::Joint => false,
        (_, Tree::Leaf(Punct(after))) => !",;:<>.?".contains(after.as_char()),
        (Tree::Leaf(Punct(before)), _) => !"<.&-!".contains(before.as_char()),
        (Tree::Leaf(Ident(_)), Tree::Group(delimiter, _)) => *delimiter != Delimiter::Parenthesis,
        _ => true,
    }
}
