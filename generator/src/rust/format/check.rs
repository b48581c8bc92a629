//! The proof that a printed text holds the code of which it was made.

use super::same_tree::{differ, is_same};
use super::{FormatError, layout, tree};
use proc_macro2::TokenStream;

/// As [`rust`](super::rust), after a proof that the text is read back as the tokens' syntax tree, and that it is the text
/// that comes of prettyplease alone.
///
/// # Errors
/// When the tokens are no Rust file, when they would not be read back as the same one, or when prettyplease would write
/// something else.
pub fn checked(head: &str, tokens: TokenStream) -> Result<String, FormatError> {
    let trees = tree::read(tokens.clone());
    let code = tree::tokens(&trees);
    let file = syn::parse2(code.clone()).map_err(|error| FormatError::not_rust(&error, &code))?;
    let text = layout::print(&trees, layout::Writers::All)?;
    is_same(&prettyplease::unparse(&file), &text)?;
    differ(&layout::print(&trees, layout::Writers::Prettyplease)?, &text)?;
    super::rust(head, tokens)
}
