//! Items of the forms of which most code consists, written as prettyplease writes them.
//!
//! A line that is short enough stays one line. Where it is too long, what is broken first is written here: the arguments
//! of a function, the fields of a value, the items of a list, the calls of a chain. If that is not enough, or if there is
//! anything else in an item, prettyplease is asked.

use super::MARGIN;
use super::attributes;
use super::flat::{Flat, flat};
use super::item::{self, Item, Kind};
use super::page::{INDENT, Page};
use super::tree::{Tree, split_at_commas};
use proc_macro2::Delimiter;

mod function;
mod value;

/// Writes an item without its attributes, if it is of such a form.
pub(super) fn print(item: &Item<'_>, depth: usize, page: &mut Page) -> Option<()> {
    let visibility = visibility(item.visibility)?;
    match item.kind {
        Kind::Struct | Kind::Enum => definition(&visibility, item.code, depth, page),
        Kind::Function => function::print(&visibility, item.code, depth, page),
        Kind::Constant => constant(&visibility, item.code, depth, page),
        Kind::Type | Kind::Module => {
            let line = flat(item.code)?;
            line.fits(depth * INDENT + visibility.len()).then_some(())?;
            page.line(depth, &[&visibility, &line.text]);
            Some(())
        }
        _ => None,
    }
}

/// `pub `, `pub(crate) ` or nothing.
pub(super) fn visibility(trees: &[Tree]) -> Option<String> {
    match trees {
        [] => Some(String::new()),
        [_] => Some("pub ".to_owned()),
        [_, within] => match within.group(Delimiter::Parenthesis)? {
            [only] => Some(format!("pub({}) ", only.word()?)),
            _ => None,
        },
        _ => None,
    }
}

/// A struct with named fields, or an enum without.
fn definition(visibility: &str, code: &[Tree], depth: usize, page: &mut Page) -> Option<()> {
    let (body, head) = code.split_last()?;
    let members = split_at_commas(body.braces()?);
    let head = flat(head)?;
    (depth * INDENT + visibility.len() + head.text.len() + " {}".len() <= MARGIN).then_some(())?;
    if members.is_empty() {
        page.line(depth, &[visibility, &head.text, " {}"]);
        return Some(());
    }
    page.line(depth, &[visibility, &head.text, " {"]);
    members.into_iter().try_for_each(|found| member(found, depth + 1, page))?;
    page.line(depth, &["}"]);
    Some(())
}

/// A field or a variant.
fn member(mut trees: &[Tree], depth: usize, page: &mut Page) -> Option<()> {
    attributes::print(&item::attributes(&mut trees, false), depth, page)?;
    let visibility = visibility(item::visibility(&mut trees))?;
    let line = flat(trees)?;
    line.fits(depth * INDENT + visibility.len() + ",".len()).then_some(())?;
    page.line(depth, &[&visibility, &line.text, ","]);
    Some(())
}

fn constant(visibility: &str, code: &[Tree], depth: usize, page: &mut Page) -> Option<()> {
    if let Some(line) = flat(code).filter(|line| line.fits(depth * INDENT + visibility.len())) {
        page.line(depth, &[visibility, &line.text]);
        return Some(());
    }
    let equals = code.iter().position(|tree| tree.is_punct('='))?;
    let (head, value) = code.split_at(equals);
    let Flat { text: head, .. } = flat(head)?;
    let (end, value) = value.get(1..)?.split_last()?;
    end.is_punct(';').then_some(())?;
    value::print(&format!("{visibility}{head} = "), value, ";", depth, page)
}
