//! Macro calls that list entries: on one line if that is short, else with lines filled.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ItemMacro, MacroDelimiter};

/// As long as a line gets.
const WIDTH: usize = 100;

/// The text of a call whose body is a head and entries in braces; `None` for other calls.
///
/// ```text
/// json_object!(Book { title , binding : optional , ..extra });
///     →   json_object!(Book { title, binding: optional, ..extra });
/// ```
pub(super) fn text(item: &ItemMacro) -> Option<String> {
    let body = item.mac.tokens.clone().into_iter().collect::<Vec<_>>();
    let (TokenTree::Group(group), head) = body.split_last()? else {
        return None;
    };
    let is_call = item.ident.is_none() && !head.is_empty() && head.iter().all(is_word);
    if !is_call || group.delimiter() != Delimiter::Brace {
        return None;
    }
    let path = line(item.mac.path.to_token_stream());
    let head = line(head.iter().cloned().collect());
    let room = WIDTH.saturating_sub(path.len() + head.len() + "!( );".len());
    let body = format!("{head} {}", entries(group, room));
    Some(match item.mac.delimiter {
        MacroDelimiter::Paren(_) => format!("{path}!({body});"),
        MacroDelimiter::Bracket(_) => format!("{path}![{body}];"),
        MacroDelimiter::Brace(_) => format!("{path}! {{\n{}\n}}", indented(&body)),
    })
}

fn is_word(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_))
}

/// The entries in their braces: in the room that there is on the line, else below it.
fn entries(group: &Group, room: usize) -> String {
    let pieces = pieces(group.stream());
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
fn pieces(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let pieces = tokens.split_inclusive(is_comma);
    pieces.map(|piece| line(piece.iter().cloned().collect())).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Tokens on one line: `title : required "title" ,` → `title: required "title",`
fn line(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut before = None;
    for token in tokens {
        let in_path = text.ends_with("::");
        if !in_path && before.as_ref().is_some_and(|before| is_spaced(before, &token)) {
            text.push(' ');
        }
        text.push_str(&token_text(&token));
        before = Some(token);
    }
    text
}

fn token_text(token: &TokenTree) -> String {
    let TokenTree::Group(group) = token else {
        return token.to_string();
    };
    let inner = line(group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace if inner.is_empty() => "{}".to_owned(),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

/// Whether a space stands between two tokens.
fn is_spaced(before: &TokenTree, after: &TokenTree) -> bool {
    match (before, after) {
        (TokenTree::Punct(before), _) if before.spacing() == Spacing::Joint => false,
        (_, TokenTree::Punct(after)) => !",;:<>.?".contains(after.as_char()),
        (TokenTree::Punct(before), _) => !"<.&-!".contains(before.as_char()),
        (TokenTree::Ident(_), TokenTree::Group(group)) => {
            group.delimiter() != Delimiter::Parenthesis
        }
        _ => true,
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}
