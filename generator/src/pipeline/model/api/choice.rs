//! Enums: texts, numbers, and unions of types.

use serde_json::Value;

use super::{JsonKind, Ty};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// A text that an enum knows.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The text, and the variant's name.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// An integer that an enum knows.
#[derive(Clone, Debug)]
pub struct IntegerVariant {
    /// The variant's name.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The integer.
    pub value: i64,
}

/// A text, a number or a truth value that an enum knows.
#[derive(Clone, Debug)]
pub struct ScalarVariant {
    /// The variant's name.
    pub name: Name,
    /// The value.
    pub value: Value,
}

/// One of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// How a value finds its variant.
    pub selector: Selector,
    /// The variants, in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
}

/// How a value finds its variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// By trying those of its kind in order, but for those whose members have other values.
    Kind,
    /// By the value of this member; where it is absent, as if there were none.
    Tag(String),
}

impl Selector {
    /// The member by whose value a variant is found.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        match self {
            Self::Kind => None,
            Self::Tag(tag) => Some(tag),
        }
    }
}

/// A type that a union may have.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Where the description has it.
    pub at: Pointer,
    /// The tag's value (empty where there is none), and the variant's name.
    pub name: Name,
    /// The tag's value, a text, an integer or a truth value.
    pub tag: Option<Value>,
    /// Whether all other tags stand for it, and none.
    pub is_default: bool,
    /// Its values, if they are listed, its type does not know them, and another variant may have such a value.
    pub values: Vec<Allowed>,
    /// The members, but for the tag, that have other values in another variant.
    pub members: Vec<TellingMember>,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// What it holds.
    pub ty: Ty,
    /// The kind of its JSON.
    pub kind: JsonKind,
}

/// A member that has other values in another variant of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TellingMember {
    /// The names that lead to it, from the outside.
    pub path: Vec<String>,
    /// What it is, if it is not null; nothing, if null is its only value.
    pub values: Vec<Allowed>,
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Anything but null.
    Anything,
    /// A text, an integer or a truth value.
    Only(Value),
    /// Integers, with both ends.
    Integers(i64, i64),
}

impl Allowed {
    /// Whether some value is both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Anything, _) | (_, Self::Anything) => true,
            (Self::Only(one), Self::Only(other)) => one == other,
            (Self::Integers(from, to), Self::Only(one))
            | (Self::Only(one), Self::Integers(from, to)) => {
                one.as_i64().is_some_and(|one| (from..=to).contains(&&one))
            }
            (Self::Integers(from, to), Self::Integers(other_from, other_to)) => {
                from <= other_to && other_from <= to
            }
        }
    }

    /// Whether no value is in both lists. Empty ones are those of what can only be null, which are alike.
    pub(crate) fn are_disjoint(one: &[Self], other: &[Self]) -> bool {
        one != other && !one.iter().any(|value| other.iter().any(|other| value.overlaps(other)))
    }
}
