//! Files, modules, implementations and traits: their items, with blank lines between them.

use super::flat::flat;
use super::irregular::{self, Around};
use super::item::{self, Attribute, Item, Kind};
use super::page::{INDENT, Page};
use super::tree::{self, Tree};
use super::{FormatError, MARGIN, attributes, macro_call, regular};
use proc_macro2::TokenStream;
use quote::quote;

/// Who writes items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Writers {
    /// Those of regular forms are written here.
    All,
    /// Prettyplease writes all of them.
    Prettyplease,
}

/// Prints a file with a blank line between its items, methods and modules, and with macro calls
/// laid out by [`macro_call`].
///
/// Imports, `mod x;` and constants that follow their like stay together as long as they have no
/// docs. Fields, variants, statements and literals are not touched.
pub(super) fn print(trees: &[Tree], writers: Writers) -> Result<String, FormatError> {
    let mut layout = Layout { page: Page::default(), writers };
    let (inner, items) = item::split(trees);
    layout.content(&inner, &items, 0, Around::Module)?;
    Ok(layout.page.text)
}

struct Layout {
    page: Page,
    writers: Writers,
}

impl Layout {
    fn content(
        &mut self,
        inner: &[Attribute<'_>],
        items: &[Item<'_>],
        depth: usize,
        around: Around,
    ) -> Result<(), FormatError> {
        self.attributes(inner, depth, around)?;
        let mut spacing = Spacing { before: (!inner.is_empty()).then_some(Run::None) };
        for item in items {
            let run = Run::new(item, around);
            if spacing.is_blank_before(run, &item.attributes) {
                self.page.text.push('\n');
            }
            self.attributes(&item.attributes, depth, around)?;
            self.item(item, depth, around)?;
        }
        Ok(())
    }

    fn attributes(
        &mut self,
        attributes: &[Attribute<'_>],
        depth: usize,
        around: Around,
    ) -> Result<(), FormatError> {
        for attribute in attributes {
            if !self.attempt(|page| attributes::line(attribute, depth, page)) {
                let code = irregular_attribute(attribute);
                let lines = irregular::print(code, depth, around)?;
                let own = if attribute.is_inner { &lines } else { without_last_line(&lines, 1) };
                self.page.text.push_str(own);
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &Item<'_>, depth: usize, around: Around) -> Result<(), FormatError> {
        let content = item.code.last().and_then(Tree::braces);
        match (item.kind, content) {
            (Kind::Module, Some(content)) => {
                self.with_items(item, content, depth, around, Around::Module)
            }
            (Kind::Implementation, Some(content)) => {
                self.with_items(item, content, depth, around, Around::Implementation)
            }
            (Kind::Trait, Some(content)) => {
                self.with_items(item, content, depth, around, Around::Trait)
            }
            (Kind::Call, _) if around == Around::Module => match macro_call::text(item.code) {
                Some(text) => {
                    self.page.lines(depth, &text);
                    Ok(())
                }
                None => self.irregular(item, depth, around),
            },
            _ if self.attempt(|page| regular::print(item, depth, page)) => Ok(()),
            _ => self.irregular(item, depth, around),
        }
    }

    /// Writes in a regular form if this is asked for and can be done.
    fn attempt(&mut self, write: impl FnOnce(&mut Page) -> Option<()>) -> bool {
        self.writers == Writers::All && self.page.attempt(write)
    }

    fn irregular(
        &mut self,
        item: &Item<'_>,
        depth: usize,
        around: Around,
    ) -> Result<(), FormatError> {
        let (visibility, code) = (tree::tokens(item.visibility), tree::tokens(item.code));
        self.page.text.push_str(&irregular::print(quote!(#visibility #code), depth, around)?);
        Ok(())
    }

    fn with_items(
        &mut self,
        item: &Item<'_>,
        content: &[Tree],
        depth: usize,
        around: Around,
        within: Around,
    ) -> Result<(), FormatError> {
        if content.is_empty() {
            return match self.attempt(|page| head(item, " {}", depth, page)) {
                true => Ok(()),
                false => self.irregular(item, depth, around),
            };
        }
        if !self.attempt(|page| head(item, " {", depth, page)) {
            let lines = irregular::print(with_one_item(item), depth, around)?;
            self.page.text.push_str(without_last_line(&lines, 2));
        }
        let (inner, items) = item::split(content);
        self.content(&inner, &items, depth + 1, within)?;
        self.page.line(depth, &["}"]);
        Ok(())
    }
}

/// The line before the items of an item.
fn head(item: &Item<'_>, end: &str, depth: usize, page: &mut Page) -> Option<()> {
    let visibility = regular::visibility(item.visibility)?;
    let (_, head) = item.code.split_last()?;
    let head = flat(head)?.text;
    let width = depth * INDENT + visibility.len() + head.len() + end.len();
    (width <= MARGIN).then(|| page.line(depth, &[&visibility, &head, end]))
}

/// The item with other items in it: one line.
fn with_one_item(item: &Item<'_>) -> TokenStream {
    let head = item.code.split_last().map(|(_, head)| tree::tokens(head));
    let visibility = tree::tokens(item.visibility);
    quote!(#visibility #head { const ITEM: () = (); })
}

/// An attribute, and what has it if it has to stand before something.
fn irregular_attribute(attribute: &Attribute<'_>) -> TokenStream {
    let meta = tree::tokens(attribute.meta);
    match attribute.is_inner {
        true => quote!(#![#meta]),
        false => quote!(#[#meta] const ITEM: () = ();),
    }
}

fn without_last_line(lines: &str, count: usize) -> &str {
    let mut rest = lines;
    for _ in 0..count {
        let line_before = rest.trim_end_matches('\n').rfind('\n');
        rest = &rest[..line_before.map_or(0, |end| end + 1)];
    }
    rest
}

/// What stands together without a blank line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Imports,
    Exports,
    Modules,
    Constants,
    Types,
    /// Types and constants of an implementation or a trait.
    Associated,
    /// A struct or an enum.
    Definition,
    /// A macro call, which belongs to the definition that it follows.
    Call,
    /// Stands alone.
    None,
}

impl Run {
    fn new(item: &Item<'_>, around: Around) -> Self {
        let is_associated = around != Around::Module;
        match item.kind {
            Kind::Constant | Kind::Type if is_associated => Self::Associated,
            _ if is_associated => Self::None,
            Kind::Use if item.visibility.is_empty() => Self::Imports,
            Kind::Use => Self::Exports,
            Kind::Module if item.code.last().is_some_and(|last| last.is_punct(';')) => {
                Self::Modules
            }
            Kind::Constant => Self::Constants,
            Kind::Type => Self::Types,
            Kind::Struct | Kind::Enum => Self::Definition,
            Kind::Call => Self::Call,
            Kind::Module | Kind::Function | Kind::Implementation | Kind::Trait | Kind::Other => {
                Self::None
            }
        }
    }

    fn stands_with(self, before: Self) -> bool {
        match (before, self) {
            (Self::Definition | Self::Call, Self::Call) => true,
            (_, Self::None | Self::Definition) => false,
            (before, run) => before == run,
        }
    }
}

/// Where a blank line belongs: after inner attributes, and between two that are of no one run.
struct Spacing {
    before: Option<Run>,
}

impl Spacing {
    fn is_blank_before(&mut self, run: Run, attributes: &[Attribute<'_>]) -> bool {
        let is_doc = |attribute: &Attribute<'_>| {
            attribute.meta.first().is_some_and(|name| name.is_word("doc"))
        };
        let documented = run != Run::None && attributes.iter().any(is_doc);
        let before = self.before.replace(run);
        before.is_some_and(|before| documented || !run.stands_with(before))
    }
}
