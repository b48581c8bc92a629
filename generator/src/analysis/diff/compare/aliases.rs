//! Former names that still lead to what they stood for.

use crate::analysis::diff::changes::{Changes, Effect, Item, What};

/// A name, and the former names beside it.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub name: &'a str,
    pub aliases: &'a [String],
}

impl Names<'_> {
    fn has(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

/// What another name means to callers: the old one is gone, or deprecated.
pub fn renamed(old: Names<'_>, new: Names<'_>) -> (Effect, &'static str) {
    match new.has(old.name) {
        true => (Effect::Deprecation, "; the former name is deprecated"),
        false => (Effect::Breaking, ""),
    }
}

/// Tells of former names that are gone, and of those that nothing had. `path` makes a path of a name.
pub fn aliases(
    item: Item,
    old: Names<'_>,
    new: Names<'_>,
    path: impl Fn(&str) -> String,
    changes: &mut Changes,
) {
    for gone in old.aliases.iter().filter(|alias| !new.has(alias)) {
        let path = path(gone);
        let text = format!("the former name `{path}` is gone");
        changes.push(Effect::Breaking, (item, What::Removed), path, text);
    }
    for added in new.aliases.iter().filter(|alias| !old.has(alias)) {
        let (path, now) = (path(added), path(new.name));
        let text = format!("`{path}` is another name of `{now}`");
        changes.push(Effect::Addition, (item, What::Added), path, text);
    }
}
