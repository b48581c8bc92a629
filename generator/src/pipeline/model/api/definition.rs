//! Types: their names, their modules, and the limits of their values.

use serde_json::Value;

use super::{Derive, IntegerVariant, ScalarVariant, Struct, TypeDocs, Union, Variant};
use crate::pipeline::resolve::Constraint;
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// A type of bodies and parameters.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name.
    pub name: Name,
    /// The names that it had, which are deprecated.
    pub aliases: Vec<Name>,
    /// Its documentation.
    pub docs: TypeDocs,
    /// Where the description has it.
    pub at: Pointer,
    /// The module that it lives in.
    pub type_module: TypeModule,
    /// What it is.
    pub shape: Shape,
    /// What it derives beyond what all types of its shape do.
    pub derives: Vec<Derive>,
    /// An example of its value.
    pub example: Option<Value>,
    /// What `validate` checks.
    pub checks: Vec<Check>,
    /// Whether it has `validate`. It may have it without any check, so that callers can always call it.
    pub validates: bool,
}

/// A check of `validate`.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The field or the variant; `None` for the value as a whole.
    pub part: Option<Name>,
    /// What is checked.
    pub kind: CheckKind,
}

/// What is checked in a value.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckKind {
    /// These limits.
    Limits(Vec<Limit>),
    /// The checks of its own type.
    Nested,
}

/// A limit of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// Of the value itself.
    Own(Constraint),
    /// Of each value in it.
    Each(Vec<Limit>),
    /// Of one of its items.
    Item(usize, Vec<Limit>),
}

impl Limit {
    /// Whether any of them is a pattern.
    pub(in crate::pipeline::model) fn have_pattern(limits: &[Self]) -> bool {
        limits.iter().any(|limit| match limit {
            Self::Own(constraint) => matches!(constraint, Constraint::Pattern(_)),
            Self::Each(limits) | Self::Item(_, limits) => Self::have_pattern(limits),
        })
    }
}

/// The module that a type lives in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeModule {
    /// The module of the only tag that uses it, or that of the webhooks.
    Tag(String),
    /// The module of types that several tags use, or none.
    Common,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with fields.
    Struct(Struct),
    /// One of several texts.
    Enum(Vec<Variant>),
    /// One of several integers.
    IntegerEnum(Vec<IntegerVariant>),
    /// One of several texts, numbers and truth values.
    ScalarEnum(Vec<ScalarVariant>),
    /// One of several types.
    Union(Union),
}
