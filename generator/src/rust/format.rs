//! Tokens → formatted text.
//!
//! prettyplease prints the syntax tree; what it leaves out, blank lines and the layout of macro
//! calls, is put in by `layout`. The text is only given out once it is known to hold the same
//! tree.

mod layout;
mod macro_call;

use proc_macro2::{Group, Punct, Spacing, TokenStream, TokenTree};
use std::fmt;
use syn::parse::{ParseStream, Parser};

/// Tokens that do not make a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// The tokens are no Rust.
    NotRust {
        /// What is wrong.
        message: String,
        /// The tokens from the item that is wrong.
        near: String,
    },
    /// The printed text would not be the tokens' syntax tree.
    Altered {
        /// The first line that differs, as the tokens have it.
        near: String,
    },
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRust { message, near } => write!(f, "not Rust: {message}, near `{near}`"),
            Self::Altered { near } => write!(f, "printing alters the code, near `{near}`"),
        }
    }
}

impl std::error::Error for FormatError {}

/// The text of a file: its head, a blank line, and the code that the tokens make.
///
/// ```text
/// fn a () { } # [doc = " B."] fn b () { }   →   // @generated …
///
///                                               fn a() {}
///
///                                               /// B.
///                                               fn b() {}
/// ```
///
/// # Errors
/// When the tokens are no Rust file, or would not be read back as the same one.
pub fn rust(head: &str, tokens: TokenStream) -> Result<String, FormatError> {
    // Read from text, as the printed file will be: tokens made by hand can be joined otherwise.
    let code = joined(tokens).to_string();
    let file = syn::parse_str::<syn::File>(&code).map_err(|error| not_rust(&error, &code))?;
    let plain = prettyplease::unparse(&file);
    let text = layout::unparse(file, &code);
    check(&plain, &text)?;
    Ok(if text.is_empty() { format!("{head}\n") } else { format!("{head}\n\n{text}") })
}

/// `> >` as `>>`, as it is written; the ends of two lists of types may come from two `quote!`.
fn joined(tokens: TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut joined = TokenStream::new();
    while let Some(token) = tokens.next() {
        joined.extend([match token {
            TokenTree::Punct(end) if end.as_char() == '>' && tokens.peek().is_some_and(is_end) => {
                Punct::new('>', Spacing::Joint).into()
            }
            TokenTree::Group(group) => {
                TokenTree::from(Group::new(group.delimiter(), self::joined(group.stream())))
            }
            other => other,
        }]);
    }
    joined
}

fn is_end(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(end) if end.as_char() == '>')
}

/// Whether the text is read back as the tree that was printed.
///
/// Trees are compared by what prettyplease prints of them: commas that it adds where it breaks a
/// line are then no difference.
fn check(plain: &str, text: &str) -> Result<(), FormatError> {
    let file = syn::parse_file(text).map_err(|error| not_rust(&error, text))?;
    let again = prettyplease::unparse(&file);
    if again == plain {
        return Ok(());
    }
    let mut pairs = plain.lines().zip(again.lines());
    let near = pairs.find(|(line, other)| line != other).map_or("", |(line, _)| line);
    Err(FormatError::Altered { near: near.trim().to_owned() })
}

fn not_rust(error: &syn::Error, code: &str) -> FormatError {
    let rest = first_bad_item.parse_str(code).unwrap_or_default();
    let near = rest.to_string().chars().take(NEAR).collect();
    FormatError::NotRust { message: error.to_string(), near }
}

/// How much of the code an error shows.
const NEAR: usize = 200;

/// The tokens from the first item that does not parse.
fn first_bad_item(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    syn::Attribute::parse_inner(input)?;
    while !input.is_empty() {
        let start = input.fork();
        if input.parse::<syn::Item>().is_err() {
            let rest = start.parse();
            input.parse::<TokenStream>()?;
            return rest;
        }
    }
    Ok(TokenStream::new())
}

#[cfg(test)]
mod tests;
