//! Where an item ends, and what kind it is of.

use super::tree::Tree;
use proc_macro2::Delimiter;

/// An item of a file, a module, an implementation or a trait.
pub(super) struct Item<'a> {
    pub(super) attributes: Vec<Attribute<'a>>,
    /// `pub`, `pub(crate)` or nothing.
    pub(super) visibility: &'a [Tree],
    /// The item from its keyword.
    pub(super) code: &'a [Tree],
    pub(super) kind: Kind,
}

/// `#[…]` or `#![…]`
pub(super) struct Attribute<'a> {
    pub(super) is_inner: bool,
    /// What stands in the brackets.
    pub(super) meta: &'a [Tree],
}

/// What an item is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Use,
    Module,
    Constant,
    Type,
    Struct,
    Enum,
    Function,
    Implementation,
    Trait,
    Call,
    Other,
}

/// The inner attributes of what is around items, and the items.
pub(super) fn split(mut rest: &[Tree]) -> (Vec<Attribute<'_>>, Vec<Item<'_>>) {
    let inner = attributes(&mut rest, true);
    let mut items = Vec::new();
    while !rest.is_empty() {
        items.push(item(&mut rest));
    }
    (inner, items)
}

/// Takes attributes of one of both kinds from the beginning.
pub(super) fn attributes<'a>(rest: &mut &'a [Tree], is_inner: bool) -> Vec<Attribute<'a>> {
    let mut found = Vec::new();
    while let Some((meta, after)) = attribute(rest, is_inner) {
        found.push(Attribute { is_inner, meta });
        *rest = after;
    }
    found
}

fn attribute(trees: &[Tree], is_inner: bool) -> Option<(&[Tree], &[Tree])> {
    let after = trees.split_first().filter(|(first, _)| first.is_punct('#'))?.1;
    let after = match is_inner {
        true => after.split_first().filter(|(first, _)| first.is_punct('!'))?.1,
        false => after,
    };
    let (meta, after) = after.split_first()?;
    Some((meta.group(Delimiter::Bracket)?, after))
}

/// Takes the visibility from the beginning.
pub(super) fn visibility<'a>(rest: &mut &'a [Tree]) -> &'a [Tree] {
    let length = match *rest {
        [first, second, ..] if first.is_word("pub") => {
            1 + usize::from(second.group(Delimiter::Parenthesis).is_some())
        }
        _ => 0,
    };
    take(rest, length)
}

fn item<'a>(rest: &mut &'a [Tree]) -> Item<'a> {
    let attributes = attributes(rest, false);
    let visibility = visibility(rest);
    let kind = kind(rest);
    let code = take(rest, length(kind, rest));
    Item { attributes, visibility, code, kind }
}

fn take<'a>(rest: &mut &'a [Tree], length: usize) -> &'a [Tree] {
    let (taken, after) = rest.split_at(length);
    *rest = after;
    taken
}

fn kind(code: &[Tree]) -> Kind {
    let Some(word) = code.first().and_then(Tree::word) else {
        return if is_call(code) { Kind::Call } else { Kind::Other };
    };
    match word.to_string().as_str() {
        "use" => Kind::Use,
        "mod" => Kind::Module,
        "const" if !code.get(1).is_some_and(begins_a_function) => Kind::Constant,
        "static" => Kind::Constant,
        "type" => Kind::Type,
        "struct" => Kind::Struct,
        "enum" => Kind::Enum,
        "fn" => Kind::Function,
        "impl" => Kind::Implementation,
        "trait" => Kind::Trait,
        _ if is_call(code) => Kind::Call,
        _ => Kind::Other,
    }
}

fn begins_a_function(tree: &Tree) -> bool {
    ["fn", "async", "unsafe", "extern"].iter().any(|word| tree.is_word(word))
}

/// `path::of::a_macro!`
fn is_call(code: &[Tree]) -> bool {
    let is_of_path = |tree: &&Tree| tree.word().is_some() || tree.is_punct(':');
    let path = code.iter().take_while(is_of_path).count();
    code.get(path).is_some_and(|after| path > 0 && after.is_punct('!'))
}

/// The tokens up to a semicolon, or to a body in braces if such an item can have one.
fn length(kind: Kind, code: &[Tree]) -> usize {
    let has_braces_inside = matches!(kind, Kind::Use | Kind::Constant | Kind::Type);
    let is_end = |tree: &Tree| tree.is_punct(';') || !has_braces_inside && tree.braces().is_some();
    code.iter().position(is_end).map_or(code.len(), |last| last + 1)
}
