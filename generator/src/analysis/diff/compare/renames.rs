//! Types that have another name now: told once, and not again wherever they are used.

use std::collections::HashMap;

use super::pairs::Pair;
use crate::analysis::diff::signature::Signature;
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

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The new name of a type.
    pub fn name<'n>(&'n self, name: &'n str) -> &'n str {
        self.0.get(name).copied().unwrap_or(name)
    }

    /// A type in the new names: `Vec<types::Usage>` → `Vec<types::CreditUsage>`
    pub fn apply(&self, ty: &Signature) -> Signature {
        ty.renamed(&self.0)
    }

    /// A fact in which types are named, in the new names: `404 with types::Usage`
    pub fn apply_to_fact(&self, fact: &str) -> String {
        Signature::read(fact).renamed(&self.0).to_string()
    }
}
