//! What is left to prettyplease: it reads and prints a piece of code within what stands around it.

use super::FormatError;
use super::same_tree::is_same;
use proc_macro2::TokenStream;
use quote::quote;

/// What items stand in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    Module,
    Implementation,
    Trait,
}

/// The lines of items, as far indented as they are at this depth.
pub(super) fn print(
    code: TokenStream,
    depth: usize,
    around: Around,
) -> Result<String, FormatError> {
    let file = syn::parse2(within(code.clone(), depth, around))
        .map_err(|error| FormatError::not_rust(&error, &code))?;
    let printed = prettyplease::unparse(&file);
    let lines: Vec<_> = printed.lines().collect();
    let own = lines.get(depth..lines.len().saturating_sub(depth)).unwrap_or_default();
    let text = beside_their_calls(own);
    if text.contains('\r') {
        // It may end a comment.
        is_same(&printed, &printed)?;
    }
    Ok(text)
}

/// The code within as many items as stand around it.
fn within(code: TokenStream, depth: usize, around: Around) -> TokenStream {
    let Some(outer) = depth.checked_sub(1) else { return code };
    let innermost = match around {
        Around::Module => quote!(mod around { #code }),
        Around::Implementation => quote!(impl Around { #code }),
        Around::Trait => quote!(trait Around { #code }),
    };
    (0..outer).fold(innermost, |inner, _| quote!(mod around { #inner }))
}

/// Puts a text that is all that a call has beside the call: it cannot be broken, so a line of its
/// own makes it no better to read.
///
/// ```text
/// .get(
///     "/a/very/long/path",      →   .get("/a/very/long/path")
/// )
/// ```
fn beside_their_calls(lines: &[&str]) -> String {
    let mut lines = lines.iter().peekable();
    let mut joined = String::new();
    while let Some(line) = lines.next() {
        joined.push_str(line);
        if line.ends_with('(')
            && let Some(only) = lines.next_if(|next| is_literal(next))
        {
            let closed = lines.next_if(|next| next.trim_start().starts_with(')'));
            joined.push_str(match closed {
                Some(_) => only.trim_start().trim_end_matches(','),
                None => "\n",
            });
            joined.push_str(closed.map_or(only, |closed| closed.trim_start()));
        }
        joined.push('\n');
    }
    joined
}

fn is_literal(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('"') && line.ends_with("\",")
}
