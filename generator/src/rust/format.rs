//! Tokens → formatted text.
//!
//! The text is that of prettyplease, with what it leaves out: blank lines and the layout of macro calls, which `layout`
//! puts in. Most code is of a few regular forms, which `regular` writes without a syntax tree; prettyplease is asked for
//! the rest (`irregular`). [`checked`] proves for tests that both write the same.

mod attributes;
mod check;
mod flat;
mod irregular;
mod item;
mod layout;
mod macro_call;
mod page;
mod regular;
mod same_tree;
mod tree;

use proc_macro2::TokenStream;
use std::fmt;

pub use check::checked;

/// As long as prettyplease lets a line get that it can break.
const MARGIN: usize = 89;

/// Tokens that do not make a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatError {
    /// The tokens are no Rust.
    NotRust {
        /// What is wrong.
        message: String,
        /// The tokens of the item that is wrong.
        near: String,
    },
    /// The printed text would not be the tokens' syntax tree.
    Altered {
        /// The first line that differs, as the tokens have it.
        near: String,
    },
}

impl FormatError {
    fn not_rust(error: &syn::Error, code: &impl ToString) -> Self {
        let near = code.to_string().chars().take(NEAR).collect();
        Self::NotRust { message: error.to_string(), near }
    }
}

/// How much of the code an error shows.
const NEAR: usize = 200;

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
/// When tokens of no regular form are no Rust, or would not be read back as the same.
pub fn rust(head: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let text = layout::print(&tree::read(tokens), layout::Writers::All)?;
    Ok(if text.is_empty() { format!("{head}\n") } else { format!("{head}\n\n{text}") })
}

#[cfg(test)]
mod tests;
