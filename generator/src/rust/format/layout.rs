//! Blank lines and macro calls.

use super::macro_call;
use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    AttrStyle, Attribute, File, ImplItem, ImplItemMacro, Item, ItemMacro, Macro, MacroDelimiter,
    TraitItem, TraitItemMacro, Visibility,
};

/// Prints a file with a blank line between its items, methods and modules, and with macro calls
/// laid out by [`macro_call`].
///
/// Imports, `mod x;` and constants that follow their like stay together as long as they have no
/// docs. Fields, variants, statements and literals are not touched.
pub(super) fn unparse(mut file: File, code: &str) -> String {
    let mut places = Places::new(code);
    file.items = items(&mut places, file.items, &file.attrs);
    beside_their_calls(&places.fill(&prettyplease::unparse(&file)))
}

/// Puts a text that is all that a call has beside the call: it cannot be broken, so a line of its
/// own makes it no better to read.
///
/// ```text
/// .get(
///     "/a/very/long/path",      →   .get("/a/very/long/path")
/// )
/// ```
fn beside_their_calls(text: &str) -> String {
    let mut lines = text.lines().peekable();
    let mut joined = String::with_capacity(text.len());
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
            joined.push_str(closed.map_or(only, str::trim_start));
        }
        joined.push('\n');
    }
    joined
}

fn is_literal(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('"') && line.ends_with("\",")
}

/// Places in the printed text that get another text, each held by a macro call with a name that
/// the code does not have.
struct Places {
    name: String,
    texts: Vec<String>,
}

impl Places {
    fn new(code: &str) -> Self {
        let mut name = "place_".to_owned();
        while code.contains(&name) {
            name.push('_');
        }
        Self { name, texts: Vec::new() }
    }

    fn add(&mut self, text: String) -> Macro {
        let name = format!("{}{}", self.name, self.texts.len());
        self.texts.push(text);
        Macro {
            path: Ident::new(&name, Span::call_site()).into(),
            bang_token: Default::default(),
            delimiter: MacroDelimiter::Brace(Default::default()),
            tokens: TokenStream::new(),
        }
    }

    fn fill(&self, printed: &str) -> String {
        printed.lines().flat_map(|line| self.fill_line(line)).fold(
            String::with_capacity(printed.len()),
            |mut text, line| {
                text.push_str(&line);
                text.push('\n');
                text
            },
        )
    }

    /// The line, or the text whose place it is, as far indented as the place.
    fn fill_line(&self, line: &str) -> Vec<String> {
        let Some(text) = self.text_at(line) else {
            return vec![line.to_owned()];
        };
        let code = line.trim_start();
        let indent = line.strip_suffix(code).unwrap_or_default();
        if text.is_empty() {
            return vec![String::new()];
        }
        text.lines().map(|line| format!("{indent}{line}")).collect()
    }

    fn text_at(&self, line: &str) -> Option<&String> {
        let place = line.trim_start().strip_prefix(&self.name)?;
        self.texts.get(place.strip_suffix("! {}")?.parse::<usize>().ok()?)
    }
}

/// What stands together without a blank line.
#[derive(PartialEq, Eq)]
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
    fn stands_with(&self, before: &Self) -> bool {
        match (before, self) {
            (Self::Definition | Self::Call, Self::Call) => true,
            (_, Self::None | Self::Definition) => false,
            (before, run) => before == run,
        }
    }
}

/// Where a blank line belongs: after inner attributes, and between two that are of no one run.
#[derive(Default)]
struct Spacing {
    before: Option<Run>,
}

impl Spacing {
    fn after_inner(attributes: &[Attribute]) -> Self {
        let has_inner = attributes.iter().any(|attribute| attribute.style != AttrStyle::Outer);
        Self { before: has_inner.then_some(Run::None) }
    }

    fn is_blank_before(&mut self, run: Run, attributes: &[Attribute]) -> bool {
        let documented = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
        let blank = match &self.before {
            None => false,
            Some(before) => documented || !run.stands_with(before),
        };
        self.before = Some(run);
        blank
    }
}

/// The items with a place for a blank line wherever one belongs.
fn spaced<T>(
    places: &mut Places,
    items: Vec<T>,
    outer: &[Attribute],
    standing: fn(&T) -> (Run, &[Attribute]),
    place: fn(Macro) -> T,
) -> Vec<T> {
    let mut spacing = Spacing::after_inner(outer);
    let mut spaced = Vec::new();
    for item in items {
        let (run, attributes) = standing(&item);
        if spacing.is_blank_before(run, attributes) {
            spaced.push(place(places.add(String::new())));
        }
        spaced.push(item);
    }
    spaced
}

fn items(places: &mut Places, items: Vec<Item>, outer: &[Attribute]) -> Vec<Item> {
    let items = items.into_iter().map(|item| within(places, item)).collect();
    spaced(places, items, outer, item_standing, |mac| {
        Item::Macro(ItemMacro { attrs: Vec::new(), ident: None, mac, semi_token: None })
    })
}

/// The run of an item, and its attributes where it is part of one.
fn item_standing(item: &Item) -> (Run, &[Attribute]) {
    match item {
        Item::Use(item) if matches!(item.vis, Visibility::Inherited) => (Run::Imports, &item.attrs),
        Item::Use(item) => (Run::Exports, &item.attrs),
        Item::Mod(item) if item.content.is_none() => (Run::Modules, &item.attrs),
        Item::Const(item) => (Run::Constants, &item.attrs),
        Item::Static(item) => (Run::Constants, &item.attrs),
        Item::Type(item) => (Run::Types, &item.attrs),
        Item::Struct(item) => (Run::Definition, &item.attrs),
        Item::Enum(item) => (Run::Definition, &item.attrs),
        Item::Macro(item) => (Run::Call, &item.attrs),
        _ => (Run::None, &[]),
    }
}

/// The item with its own items spaced.
fn within(places: &mut Places, mut item: Item) -> Item {
    match &mut item {
        Item::Mod(module) => {
            if let Some((_, content)) = &mut module.content {
                *content = items(places, std::mem::take(content), &module.attrs);
            }
        }
        Item::Impl(block) => {
            block.items = impl_items(places, std::mem::take(&mut block.items), &block.attrs);
        }
        Item::Trait(block) => {
            block.items = trait_items(places, std::mem::take(&mut block.items), &block.attrs);
        }
        Item::Macro(call) => {
            if let Some(text) = macro_call::text(call) {
                call.mac = places.add(text);
                call.semi_token = None;
            }
        }
        _ => {}
    }
    item
}

fn impl_items(places: &mut Places, items: Vec<ImplItem>, outer: &[Attribute]) -> Vec<ImplItem> {
    let standing: fn(&ImplItem) -> (Run, &[Attribute]) = |item| match item {
        ImplItem::Const(item) => (Run::Associated, &item.attrs),
        ImplItem::Type(item) => (Run::Associated, &item.attrs),
        _ => (Run::None, &[]),
    };
    spaced(places, items, outer, standing, |mac| {
        ImplItem::Macro(ImplItemMacro { attrs: Vec::new(), mac, semi_token: None })
    })
}

fn trait_items(places: &mut Places, items: Vec<TraitItem>, outer: &[Attribute]) -> Vec<TraitItem> {
    let standing: fn(&TraitItem) -> (Run, &[Attribute]) = |item| match item {
        TraitItem::Const(item) => (Run::Associated, &item.attrs),
        TraitItem::Type(item) => (Run::Associated, &item.attrs),
        _ => (Run::None, &[]),
    };
    spaced(places, items, outer, standing, |mac| {
        TraitItem::Macro(TraitItemMacro { attrs: Vec::new(), mac, semi_token: None })
    })
}
