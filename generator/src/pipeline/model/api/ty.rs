//! A type as it is used.

use super::{Format, OwnType};
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
    Integer(IntegerType),
    /// `f64`
    Float,
    /// `String`
    String,
    /// A string that is a value of another type.
    Formatted(Format),
    /// A type of another crate.
    Own(Box<OwnType>),
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
    /// A map whose keys are strings.
    Map(Box<Ty>),
    /// `Option<T>`
    Nullable(Box<Ty>),
}

/// The integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerType {
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `BigInteger`, which has any size.
    Big,
}

impl IntegerType {
    /// The type as it is written in the crate: `i64`.
    #[must_use]
    pub fn rust(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::Big => "crate::BigInteger",
        }
    }

    /// The least and the greatest integer of the type.
    pub(in crate::pipeline::model) fn ends(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::Big => (i128::MIN, i128::MAX),
        }
    }
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
