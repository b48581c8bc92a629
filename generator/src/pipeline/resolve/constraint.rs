//! What a schema requires of its values beyond their kind.

use std::fmt::{self, Display};

use crate::member_rule::MemberRule;

/// A constraint of a schema (JSON Schema 2020-12, Validation, 6).
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// `minLength`, `maxLength`
    Length(Count),
    /// `pattern`
    Pattern(String),
    /// `minItems`, `maxItems`
    Items(Count),
    /// `uniqueItems`
    Unique,
    /// `minProperties`, `maxProperties`
    Members(Count),
    /// `minimum`, `maximum`, and whether they are allowed themselves
    Range(Option<Bound>, Option<Bound>),
    /// `multipleOf`
    Step(Figure),
    /// A rule about which members are present.
    Rule(MemberRule),
    /// All members of one of these sets are needed. No code checks it.
    MemberSets(Vec<Vec<String>>),
}

/// How many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// At the least.
    pub least: Option<usize>,
    /// At the most.
    pub most: Option<usize>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// Its number.
    pub figure: Figure,
    /// Whether the number itself is excluded.
    pub excluded: bool,
}

/// A number of a description.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Of an integer.
    Integer(i128),
    /// Of any number.
    Float(f64),
}

impl Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}
