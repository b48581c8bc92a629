//! A type as it is used.

use super::Format;
use crate::rust::names::Name;

/// A type as it is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A type of the crate.
    Named(Name),
    /// A type of the crate, boxed because it may hold itself.
    Boxed(Name),
    /// `bool`
    Bool,
    /// An integer type: `i64`.
    Integer(&'static str),
    /// `f64`, or `f32`.
    Float(&'static str),
    /// `String`
    String,
    /// A moment: `jiff::Timestamp`.
    Timestamp,
    /// A day: `jiff::civil::Date`.
    Date,
    /// A text that stands for something else.
    Formatted(Format),
    /// A file in a body of parts: `FilePart`.
    File,
    /// Any JSON: `serde_json::Value`.
    Json,
    /// Any JSON object.
    JsonObject,
    /// `Vec<T>`
    List(Box<Ty>),
    /// `(A, B)`: a list of as many items.
    Tuple(Vec<Ty>),
    /// A map from texts.
    Map(Box<Ty>),
    /// `Option<T>`
    Nullable(Box<Ty>),
}

impl Ty {
    /// The first type of the crate that a type is, or that it holds.
    #[must_use]
    pub fn named(&self) -> Option<&Name> {
        self.names().next()
    }

    /// The types of the crate that a type is, or that it holds.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.leaves().into_iter().filter_map(|leaf| match leaf {
            Self::Named(name) | Self::Boxed(name) => Some(name),
            _ => None,
        })
    }

    /// How many types hold each other in it: `Vec<Option<A>>` → 2
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => 1 + ty.depth(),
            Self::Tuple(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    /// The types that hold no other one: `Vec<(A, Option<B>)>` → `A` and `B`.
    pub(in crate::pipeline::model) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::List(ty) | Self::Map(ty) | Self::Nullable(ty) => ty.leaves(),
            Self::Tuple(items) => items.iter().flat_map(Self::leaves).collect(),
            leaf => vec![leaf],
        }
    }
}
