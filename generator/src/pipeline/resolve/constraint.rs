//! What a schema requires of its values beyond their kind, and the sentences for it.

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
    /// A sentence, for what cannot be checked.
    Said(String),
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

impl Constraint {
    /// A sentence: `Between 1 and 100.`
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        match self {
            Self::Length(length) => count(*length, "character"),
            Self::Pattern(pattern) => Some(format!("Matches `{pattern}`.")),
            Self::Items(items) => count(*items, "item"),
            Self::Unique => Some("Each item once.".to_owned()),
            Self::Range(least, most) => range(*least, *most),
            Self::Rule(rule) => Some(rule.sentence()),
            Self::Said(sentence) => Some(sentence.clone()),
            Self::Members(_) | Self::Step(_) => None,
        }
    }
}

fn range(least: Option<Bound>, most: Option<Bound>) -> Option<String> {
    let above = |Bound { figure, excluded }| match excluded {
        true => format!("more than {figure}"),
        false => format!("at least {figure}"),
    };
    let below = |Bound { figure, excluded }| match excluded {
        true => format!("less than {figure}"),
        false => format!("at most {figure}"),
    };
    let words = match (least, most) {
        (
            Some(Bound { figure: least, excluded: false }),
            Some(Bound { figure: most, excluded: false }),
        ) => format!("between {least} and {most}"),
        (Some(least), Some(most)) => format!("{} and {}", above(least), below(most)),
        (Some(least), None) => above(least),
        (None, Some(most)) => below(most),
        (None, None) => return None,
    };
    Some(sentence(&words))
}

fn count(Count { least, most }: Count, unit: &str) -> Option<String> {
    let units = |count: usize| if count == 1 { unit.to_owned() } else { format!("{unit}s") };
    let words = match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", units(most)),
        (Some(least), Some(most)) => format!("between {least} and {most} {}", units(most)),
        (Some(least), None) => format!("at least {least} {}", units(least)),
        (None, Some(most)) => format!("at most {most} {}", units(most)),
        (None, None) => return None,
    };
    Some(sentence(&words))
}

/// `at most 3` → `At most 3.`
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).chain(['.']).collect()
}
