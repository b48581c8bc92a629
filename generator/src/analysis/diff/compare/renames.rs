//! Types that have another name now: told once, and not again wherever they are used.

use std::collections::HashMap;

use super::pairs::Pair;
use crate::analysis::diff::surface::Type;

/// The old names of types that have new ones.
#[derive(Debug, Default)]
pub struct Renames<'a>(HashMap<&'a str, &'a str>);

impl<'a> Renames<'a> {
    pub fn of(types: &[Pair<'a, Type>]) -> Self {
        let both = types.iter().filter_map(|pair| match pair {
            Pair::Both(old, new) if old.name != new.name => Some((&*old.name, &*new.name)),
            _ => None,
        });
        Self(both.collect())
    }

    /// A type in the new names: `Vec<types::Usage>` → `Vec<types::CreditUsage>`
    pub fn apply(&self, ty: &str) -> String {
        let mut parts = ty.split("types::");
        let mut renamed = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            renamed += &format!("types::{}{rest}", self.0.get(name).unwrap_or(&name));
        }
        renamed
    }
}
