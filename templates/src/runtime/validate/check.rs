//! The way through a value, and what is found on it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde_json::Value;

use super::limit::Limit;
use crate::runtime::json::{Json, Ref};

/// A limit that a value does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, as a path in the JSON: `lines[2].note`. Empty where it is the value itself.
    pub place: String,
    /// What would be right: `must be at most 100`. It says nothing of the value.
    pub message: String,
}

/// `limit: must be at most 100`
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.message),
            place => write!(f, "{place}: {}", self.message),
        }
    }
}

/// All limits that a value does not keep: at least one, those of its own before those of what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

/// `limit: must be at most 100; name: must have at least 1 character`
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&texts.join("; "))
    }
}

impl std::error::Error for Violations {}

impl Deref for Violations {
    type Target = [Violation];

    fn deref(&self) -> &[Violation] {
        &self.0
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A value that has limits, or holds what has some.
pub(crate) trait Limited {
    /// Finds what does not keep them.
    fn check(&self, check: &mut Check);
}

/// A value that can say whether it keeps the limits that the description states: each type of a request, and lists
/// and maps of them.
///
/// ```text
/// fn checked<T: Validate>(request: T) -> Result<T, Violations> {
///     request.validate().map(|()| request)
/// }
/// ```
pub trait Validate {
    /// Whether the value keeps all limits that the description states. Sending does not ask.
    ///
    /// # Errors
    /// Which limits it does not keep, each with its place.
    fn validate(&self) -> Result<(), Violations>;
}

impl<T: Limited> Validate for T {
    fn validate(&self) -> Result<(), Violations> {
        verdict(self)
    }
}

/// What was found, and where the search is.
#[derive(Default)]
pub(crate) struct Check {
    place: String,
    found: Vec<Violation>,
}

/// Whether a value keeps all limits.
pub(crate) fn verdict(value: &dyn Limited) -> Result<(), Violations> {
    let mut check = Check::default();
    value.check(&mut check);
    if check.found.is_empty() { Ok(()) } else { Err(Violations(check.found)) }
}

impl Check {
    /// Looks at a value by limits.
    pub(crate) fn value(&mut self, key: &str, value: &dyn Shown, limits: &[Limit]) {
        let shown = value.shown();
        self.at(key, |check| check.judge(&shown, limits));
    }

    /// Looks into a value that knows its limits.
    pub(crate) fn within(&mut self, key: &str, value: &dyn Limited) {
        self.at(key, |check| value.check(check));
    }

    fn judge(&mut self, value: &Value, limits: &[Limit]) {
        for limit in limits {
            match (limit, value) {
                (Limit::Each(limits), Value::Array(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        self.item(index, |check| check.judge(item, limits));
                    }
                }
                (Limit::Each(limits), Value::Object(members)) => {
                    for (key, member) in members {
                        self.at(key, |check| check.judge(member, limits));
                    }
                }
                (Limit::Item(index, limits), Value::Array(items)) => {
                    let item = items.get(*index).unwrap_or(&Value::Null);
                    self.item(*index, |check| check.judge(item, limits));
                }
                (limit, value) => self.found.extend(
                    limit
                        .fault(value)
                        .map(|message| Violation { place: self.place.clone(), message }),
                ),
            }
        }
    }

    /// The member of an object; a text without letters is no step.
    fn at(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        let dot = if self.place.is_empty() || key.is_empty() { "" } else { "." };
        self.step(&format!("{dot}{key}"), look);
    }

    fn item(&mut self, index: usize, look: impl FnOnce(&mut Self)) {
        self.step(&format!("[{index}]"), look);
    }

    fn step(&mut self, step: &str, look: impl FnOnce(&mut Self)) {
        let before = self.place.len();
        self.place.push_str(step);
        look(self);
        self.place.truncate(before);
    }
}

/// A value as it is sent.
pub(crate) trait Shown {
    fn shown(&self) -> Value;
}

/// What cannot be written as JSON is told when it is sent.
impl<T: Json> Shown for T {
    fn shown(&self) -> Value {
        serde_json::to_value(Ref(self)).unwrap_or_default()
    }
}

impl<T: Limited> Limited for Box<T> {
    fn check(&self, check: &mut Check) {
        (**self).check(check);
    }
}

/// What is absent is not looked at.
impl<T: Limited> Limited for Option<T> {
    fn check(&self, check: &mut Check) {
        if let Some(value) = self {
            value.check(check);
        }
    }
}

impl<T: Limited> Limited for Vec<T> {
    fn check(&self, check: &mut Check) {
        for (index, item) in self.iter().enumerate() {
            check.item(index, |check| item.check(check));
        }
    }
}

impl<T: Limited> Limited for BTreeMap<String, T> {
    fn check(&self, check: &mut Check) {
        for (key, value) in self {
            check.within(key, value);
        }
    }
}
