//! Attributes and documentation, as prettyplease writes them.

use super::flat::flat;
use super::item::Attribute;
use super::page::{INDENT, Page};
use super::tree::Tree;
use crate::rust::literal;
use proc_macro2::TokenTree;
use syn::Lit;

/// The lines of attributes, unless prettyplease has to be asked.
pub(super) fn print(attributes: &[Attribute<'_>], depth: usize, page: &mut Page) -> Option<()> {
    attributes.iter().try_for_each(|attribute| line(attribute, depth, page))
}

/// The line of one of them.
pub(super) fn line(attribute: &Attribute<'_>, depth: usize, page: &mut Page) -> Option<()> {
    let is_inner = attribute.is_inner;
    match attribute.meta {
        [name, equals, text] if name.is_word("doc") && equals.is_punct('=') => {
            let text = value(text)?;
            let text = text.trim_end_matches(' ');
            let is_line = !text.contains(['\n', '\r']) && (is_inner || !text.starts_with('/'));
            is_line.then(|| page.line(depth, &[if is_inner { "//!" } else { "///" }, text]))
        }
        [name, ..] if name.is_word("comment") => None,
        meta => {
            let meta = flat(meta)?;
            let start = if is_inner { "#![" } else { "#[" };
            let others = depth * INDENT + start.len() + 1;
            meta.fits(others).then(|| page.line(depth, &[start, &meta.text, "]"]))
        }
    }
}

/// The text that a literal stands for.
fn value(tree: &Tree) -> Option<String> {
    let Tree::Leaf(TokenTree::Literal(literal)) = tree else { return None };
    literal::text(&literal.to_string()).or_else(|| match Lit::new(literal.clone()) {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    })
}
