//! Macro calls with one entry per line.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ItemMacro, MacroDelimiter};

/// The text of a call whose body is a head and entries in braces; `None` for other calls.
///
/// ```text
/// json_object!(Book { title : required "title" , ..extra });   →   json_object!(Book {
///                                                                      title: required "title",
///                                                                      ..extra
///                                                                  });
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
    let body = format!("{} {}", line(head.iter().cloned().collect()), entries(group));
    Some(match item.mac.delimiter {
        MacroDelimiter::Paren(_) => format!("{path}!({body});"),
        MacroDelimiter::Bracket(_) => format!("{path}![{body}];"),
        MacroDelimiter::Brace(_) => format!("{path}! {{\n{}\n}}", indented(&body)),
    })
}

fn is_word(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_))
}

fn entries(group: &Group) -> String {
    let tokens = group.stream().into_iter().collect::<Vec<_>>();
    let entries = tokens
        .split_inclusive(|token| is_punct(token, ','))
        .map(|entry| line(entry.iter().cloned().collect()))
        .collect::<Vec<_>>();
    match entries.as_slice() {
        [] => "{}".to_owned(),
        // A struct expression to rustfmt, which puts it on one line.
        [rest] if rest.starts_with("..") => format!("{{ {rest} }}"),
        entries => format!("{{\n{}\n}}", indented(&entries.join("\n"))),
    }
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
        (TokenTree::Ident(_), TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        _ => true,
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}
