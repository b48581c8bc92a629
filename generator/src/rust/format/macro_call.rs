//! Macro calls that are tables: on one line where that is short, else with lines filled.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ItemMacro, MacroDelimiter};

/// As long as a line gets.
const WIDTH: usize = 100;

/// The text of a call whose body is a head and entries in braces; `None` for other calls.
///
/// Entries that end with `;` have a line each, those between commas stand beside one another.
///
/// ```text
/// json_object!(Book { title , binding : optional , ..extra });
///     →   json_object!(Book { title, binding: optional, ..extra });
/// operations!(Books { list: ListBooks = "list", Safe, json -> Page ; add: … ; });
///     →   operations!(Books {
///             list: ListBooks = "list", Safe, json -> Page;
///             add: …;
///         });
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
    let rows = split(group.stream(), ';');
    let is_list = rows.iter().all(|row| !row.to_string().ends_with(';'));
    let line = pieces(group.stream()).join(" ");
    match rows.as_slice() {
        [] => "{}".to_owned(),
        _ if is_list && line.len() + "{  }".len() <= room => format!("{{ {line} }}"),
        rows => {
            let rows: Vec<_> = rows.iter().map(|row| filled(row, is_list)).collect();
            format!("{{\n{}\n}}", indented(&rows.join("\n")))
        }
    }
}

/// A row whose lines break after commas; the lines of a list begin alike.
fn filled(row: &TokenStream, is_list: bool) -> String {
    let start = if is_list { "" } else { "    " };
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(row.clone()) {
        match lines.last_mut() {
            Some(last) if last.len() + piece.len() + "     ".len() <= WIDTH => {
                *last += &format!(" {piece}");
            }
            None => lines.push(piece),
            Some(_) => lines.push(format!("{start}{piece}")),
        }
    }
    lines.join("\n")
}

fn pieces(tokens: TokenStream) -> Vec<String> {
    split(tokens, ',').into_iter().map(line).collect()
}

/// The tokens up to each separator, with it.
fn split(tokens: TokenStream, separator: char) -> Vec<TokenStream> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let pieces = tokens.split_inclusive(|token| is_punct(token, separator));
    pieces.map(|piece| piece.iter().cloned().collect()).collect()
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

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}
