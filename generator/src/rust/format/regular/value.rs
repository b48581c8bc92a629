//! Values that have a line for each of their fields or items.

use super::super::MARGIN;
use super::super::attributes;
use super::super::flat::flat;
use super::super::item;
use super::super::page::{INDENT, Page};
use super::super::tree::{Tree, split_at_commas};
use proc_macro2::Delimiter;

/// A value with fields stays on one line up to this width.
const WIDEST: usize = 34;

/// Writes a value, and what is before and after it on its line.
pub(super) fn print(
    start: &str,
    value: &[Tree],
    end: &str,
    depth: usize,
    page: &mut Page,
) -> Option<()> {
    let (last, before) = value.split_last()?;
    match last {
        Tree::Group(Delimiter::Brace, fields) => {
            let path = flat(before)?.text;
            let is_path = !path.is_empty() && !path.contains(' ');
            is_path.then_some(())?;
            with_fields(&format!("{start}{path} {{"), &path, fields, end, depth, page)
        }
        Tree::Group(Delimiter::Bracket, items) => {
            let reference = match before {
                [] => "",
                [only] if only.is_punct('&') => "&",
                _ => return None,
            };
            list(&format!("{start}{reference}["), items, end, depth, page)
        }
        _ => None,
    }
}

/// `Name { a, b: c }`, on one line or several.
fn with_fields(
    start: &str,
    path: &str,
    fields: &[Tree],
    end: &str,
    depth: usize,
    page: &mut Page,
) -> Option<()> {
    let trees = split_at_commas(fields);
    let fields = trees.iter().map(|field| flat(field)).collect::<Option<Vec<_>>>()?;
    let texts: Vec<_> = fields.iter().map(|field| field.text.as_str()).collect();
    let line = texts.join(", ");
    let width = depth * INDENT + start.len() + line.len() + "  }".len() + end.len();
    if fields.is_empty() {
        (width <= MARGIN).then(|| page.line(depth, &[start, "}", end]))
    } else if path.len() + " {".len() + line.len() + 2 <= WIDEST && width <= MARGIN {
        page.line(depth, &[start, " ", &line, " }", end]);
        Some(())
    } else {
        let others = (depth + 1) * INDENT + ",".len();
        let fit = |(field, trees): (&super::Flat, &&[Tree])| {
            field.fits(others) || is_call_of_text(trees, others)
        };
        let is_short = depth * INDENT + start.len() <= MARGIN;
        (is_short && fields.iter().zip(&trees).all(fit)).then_some(())?;
        page.line(depth, &[start]);
        texts.iter().for_each(|field| page.line(depth + 1, &[field, ","]));
        page.line(depth, &["}", end]);
        Some(())
    }
}

/// `[…]` with a line for each item, if it is too long for one.
fn list(start: &str, items: &[Tree], end: &str, depth: usize, page: &mut Page) -> Option<()> {
    let items = split_at_commas(items);
    // Numbers and characters fill lines.
    let fills = |item: &&[Tree]| matches!(item, [only] if only.is_literal() && !is_text(only));
    (depth * INDENT + start.len() <= MARGIN && !items.iter().any(fills)).then_some(())?;
    let first = page.text.len();
    page.line(depth, &[start]);
    items.into_iter().try_for_each(|found| self::item(found, depth + 1, page))?;
    page.line(depth, &["]", end]);
    let width: usize = page.text[first..].lines().map(|line| line.trim_start().len() + 1).sum();
    // What may fit on one line, without its last comma and the spaces beside brackets, is another matter.
    (width > MARGIN + 4).then_some(())
}

fn item(mut trees: &[Tree], depth: usize, page: &mut Page) -> Option<()> {
    attributes::print(&item::attributes(&mut trees, false), depth, page)?;
    let line = flat(trees)?;
    line.fits(depth * INDENT + ",".len()).then(|| page.line(depth, &[&line.text, ","]))
}

/// `example: Some("…")`: a text alone is put beside its call, however long it is.
fn is_call_of_text(trees: &[Tree], others: usize) -> bool {
    let [call @ .., arguments] = trees else { return false };
    let is_alone = matches!(arguments.group(Delimiter::Parenthesis), Some([only]) if is_text(only));
    let is_short =
        |call: super::Flat| !call.is_breakable && call.text.len() + "(".len() + others <= MARGIN;
    is_alone && flat(call).is_some_and(is_short)
}

/// Whether a literal is a string.
pub(super) fn is_text(literal: &Tree) -> bool {
    matches!(literal, Tree::Leaf(token) if token.to_string().starts_with('"'))
}
