//! The limits of JSON Schema (2020-12, Validation, 6), each by its own name.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::figure::{Figure, Number};

/// What the values of a schema have to keep. It says nothing of values of another kind, null among them.
pub(crate) enum Limit {
    /// At the least so many characters, items or members.
    AtLeast(Unit, u64),
    /// At the most so many of them.
    AtMost(Unit, u64),
    /// How a number stands to another one.
    Number(Relation, Figure),
    /// No two items of a list are the same.
    Unique,
    /// A text of which a function judges by another text.
    Text(&'static str, fn(&str, &str) -> bool),
    /// All of these members are there.
    Required(&'static [&'static str]),
    /// All of these hold.
    All(Vec<Limit>),
    /// At least one of these holds.
    Any(Vec<Limit>),
    /// Exactly one of these holds.
    One(Vec<Limit>),
    /// This does not hold.
    Not(Box<Limit>),
    /// What each value in a list or a map has to keep.
    Each(Vec<Limit>),
    /// What an item of a list has to keep.
    Item(usize, Vec<Limit>),
}

/// What is counted.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    /// Code points of a text (RFC 8259, 8.2).
    Character,
    /// Items of a list.
    Item,
    /// Members of an object.
    Member,
}

/// How a number stands to another one.
#[derive(Clone, Copy)]
pub(crate) enum Relation {
    Least,
    Most,
    Above,
    Below,
    Multiple,
}

/// What limits are called.
pub(super) mod words {
    use super::{Limit, Number, Relation, Unit};

    pub(crate) fn min_length(count: u64) -> Limit {
        Limit::AtLeast(Unit::Character, count)
    }

    pub(crate) fn max_length(count: u64) -> Limit {
        Limit::AtMost(Unit::Character, count)
    }

    pub(crate) fn min_items(count: u64) -> Limit {
        Limit::AtLeast(Unit::Item, count)
    }

    pub(crate) fn max_items(count: u64) -> Limit {
        Limit::AtMost(Unit::Item, count)
    }

    pub(crate) fn unique_items() -> Limit {
        Limit::Unique
    }

    pub(crate) fn min_properties(count: u64) -> Limit {
        Limit::AtLeast(Unit::Member, count)
    }

    pub(crate) fn max_properties(count: u64) -> Limit {
        Limit::AtMost(Unit::Member, count)
    }

    pub(crate) fn minimum(bound: impl Number) -> Limit {
        Limit::Number(Relation::Least, bound.figure())
    }

    pub(crate) fn maximum(bound: impl Number) -> Limit {
        Limit::Number(Relation::Most, bound.figure())
    }

    pub(crate) fn exclusive_minimum(bound: impl Number) -> Limit {
        Limit::Number(Relation::Above, bound.figure())
    }

    pub(crate) fn exclusive_maximum(bound: impl Number) -> Limit {
        Limit::Number(Relation::Below, bound.figure())
    }

    pub(crate) fn multiple_of(step: impl Number) -> Limit {
        Limit::Number(Relation::Multiple, step.figure())
    }

    pub(crate) fn required<const N: usize>(names: &'static [&'static str; N]) -> Limit {
        Limit::Required(names)
    }

    pub(crate) fn all_of<const N: usize>(limits: [Limit; N]) -> Limit {
        Limit::All(limits.into())
    }

    pub(crate) fn any_of<const N: usize>(limits: [Limit; N]) -> Limit {
        Limit::Any(limits.into())
    }

    pub(crate) fn one_of<const N: usize>(limits: [Limit; N]) -> Limit {
        Limit::One(limits.into())
    }

    pub(crate) fn not(limit: Limit) -> Limit {
        Limit::Not(limit.into())
    }

    pub(crate) fn each<const N: usize>(limits: [Limit; N]) -> Limit {
        Limit::Each(limits.into())
    }

    pub(crate) fn item<const N: usize>(index: usize, limits: [Limit; N]) -> Limit {
        Limit::Item(index, limits.into())
    }
}

impl Limit {
    /// What would be right, where a value does not keep the limit itself.
    pub(super) fn fault(&self, value: &Value) -> Option<String> {
        let (is_kept, wanted) = match self {
            Self::AtLeast(unit, least) => {
                (unit.count(value)? >= *least, format!("have at least {}", unit.times(*least)))
            }
            Self::AtMost(unit, most) => {
                (unit.count(value)? <= *most, format!("have at most {}", unit.times(*most)))
            }
            Self::Number(relation, bound) => {
                let figure = Figure::of(value.as_number()?)?;
                (relation.holds(figure, *bound), relation.said(*bound))
            }
            Self::Unique => {
                let mut known = HashSet::new();
                let is_kept = value.as_array()?.iter().all(|item| known.insert(item));
                (is_kept, "have each item once".to_owned())
            }
            Self::Text(by, judge) => (judge(by, value.as_str()?), format!("match `{by}`")),
            Self::Required(_) | Self::All(_) | Self::Any(_) | Self::One(_) | Self::Not(_) => {
                (self.has_members(value.as_object()?), format!("have {}", self.members(false)))
            }
            Self::Each(_) | Self::Item(..) => return None,
        };
        (!is_kept).then(|| format!("must {wanted}"))
    }

    /// Whether an object has the members that it has to have together.
    fn has_members(&self, object: &Map<String, Value>) -> bool {
        let holds = |limit: &&Self| limit.has_members(object);
        match self {
            Self::Required(names) => names.iter().all(|name| object.contains_key(*name)),
            Self::All(limits) => limits.iter().all(|limit| holds(&limit)),
            Self::Any(limits) => limits.iter().any(|limit| holds(&limit)),
            Self::One(limits) => limits.iter().filter(holds).count() == 1,
            Self::Not(limit) => !limit.has_members(object),
            _ => true,
        }
    }

    /// Which members those are: ``at least one of: `a`; `b` and `c` ``.
    fn members(&self, is_nested: bool) -> String {
        let list = |limits: &[Self], by: &str| {
            limits.iter().map(|limit| limit.members(true)).collect::<Vec<_>>().join(by)
        };
        let (open, close) = if is_nested { (" (", ")") } else { (": ", "") };
        match self {
            Self::Required(names) => in_words(names),
            Self::All(limits) => list(limits, ", and "),
            Self::Any(limits) => format!("at least one of{open}{}{close}", list(limits, "; ")),
            Self::One(limits) => format!("exactly one of{open}{}{close}", list(limits, "; ")),
            Self::Not(limit) => match &**limit {
                Self::Required(names) if names.len() == 1 => format!("no {}", in_words(names)),
                limit => format!("not ({})", limit.members(false)),
            },
            _ => String::new(),
        }
    }
}

/// `` `a`, `b` and `c` ``
fn in_words(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "anything".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl Unit {
    fn count(self, value: &Value) -> Option<u64> {
        let count = match self {
            Self::Character => value.as_str()?.chars().count(),
            Self::Item => value.as_array()?.len(),
            Self::Member => value.as_object()?.len(),
        };
        u64::try_from(count).ok()
    }

    /// `1 item`, `2 items`
    fn times(self, count: u64) -> String {
        let unit = match self {
            Self::Character => "character",
            Self::Item => "item",
            Self::Member => "member",
        };
        if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
    }
}

impl Relation {
    fn holds(self, figure: Figure, bound: Figure) -> bool {
        let order = figure.order(bound);
        match self {
            Self::Least => order.is_some_and(|order| order.is_ge()),
            Self::Most => order.is_some_and(|order| order.is_le()),
            Self::Above => order.is_some_and(|order| order.is_gt()),
            Self::Below => order.is_some_and(|order| order.is_lt()),
            Self::Multiple => figure.is_multiple_of(bound),
        }
    }

    fn said(self, bound: Figure) -> String {
        match self {
            Self::Least => format!("be at least {bound}"),
            Self::Most => format!("be at most {bound}"),
            Self::Above => format!("be more than {bound}"),
            Self::Below => format!("be less than {bound}"),
            Self::Multiple => format!("be a multiple of {bound}"),
        }
    }
}
