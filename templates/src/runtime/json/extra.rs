//! Members that the description does not name.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::exact::{self, Source};
use super::{Json, Ref, misfit};

/// The members of an object that the description does not name, by name.
///
/// An object may have such members unless its description forbids them (JSON Schema 2020-12,
/// 10.3.2.3). They are read and written like all others, so a member that is newer than this crate
/// can be used already. It derefs to a map, and is as large as a pointer while it is empty.
///
/// Numbers that were read from JSON are written with the same digits, although a [`Value`] holds only
/// 64 bits: `1.10` is not shortened, and a large integer is not rounded.
/// [`json_text`](Self::json_text) returns all digits. Comparisons use the values.
///
/// A later version of this crate may have a field for a member, which is then no longer in here.
/// [`AnyMember::member`] finds it in both cases.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Members>>);

#[derive(Clone, Default)]
struct Members {
    values: Map<String, Value>,
    /// The texts of members whose values do not have all of their digits.
    texts: BTreeMap<String, Box<RawValue>>,
    /// The fields for which null was read, and which may be absent as well.
    nulls: Vec<&'static str>,
}

static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl Extra {
    /// No members.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The JSON of a member, with all digits as they were read. `None` if there is no such member.
    pub fn json_text(&self, name: &str) -> Option<String> {
        let exact = self.exact(name).map(|text| text.get().to_owned());
        exact.or_else(|| self.get(name).map(Value::to_string))
    }

    /// The text of a member, if its value does not have all digits and has not been changed.
    pub(super) fn exact(&self, name: &str) -> Option<&RawValue> {
        let text = self.0.as_ref()?.texts.get(name)?;
        let (value, _) = exact::parse(text.get()).ok()?;
        (self.get(name) == Some(&value)).then_some(text)
    }

    /// The fields for which null was read. They are written as null while they have no value.
    pub(super) fn nulls(&self) -> &[&'static str] {
        self.0.as_ref().map_or(&[], |members| &members.nulls)
    }

    /// Records that null was read for a field.
    pub(super) fn keep_null(&mut self, field: &'static str) {
        self.0.get_or_insert_default().nulls.push(field);
    }

    /// Keeps a member that was read.
    pub(super) fn keep(&mut self, name: String, source: Source<'_>) -> serde_json::Result<()> {
        let (value, text) = match source {
            Source::Text(text) => exact::parse(&text)?,
            Source::Value(value) => (value, None),
        };
        misfit::count(usize::from(!value.is_null()));
        let members = self.0.get_or_insert_default();
        match text {
            Some(text) => members.texts.insert(name.clone(), text),
            None => members.texts.remove(&name),
        };
        members.values.insert(name, value);
        Ok(())
    }
}

impl Deref for Extra {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        self.0.as_ref().map_or(&EMPTY, |members| &members.values)
    }
}

impl DerefMut for Extra {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0.get_or_insert_default().values
    }
}

impl From<Map<String, Value>> for Extra {
    fn from(values: Map<String, Value>) -> Self {
        Self(Some(Box::new(Members { values, texts: BTreeMap::new(), nulls: Vec::new() })))
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Extra {}

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Finds a member of an object by its name in JSON, whether or not its type has a field for it.
///
/// A member without a field is in `extra`, until a later version has a field for it. Code that uses this
/// method need not change then. A reply has its own method `member`, which reads what the service sent.
///
/// ```text
/// use lantern_client::AnyMember;
///
/// let founded = reply.company.as_ref().and_then(|company| company.member("founded"));
/// ```
pub trait AnyMember {
    /// The member as it is written.
    ///
    /// `None` if there is none, also for an optional field without a value, or if the value is not an
    /// object.
    fn member(&self, name: &str) -> Option<Value>;
}

impl<T: Json> AnyMember for T {
    fn member(&self, name: &str) -> Option<Value> {
        match serde_json::to_value(Ref(self)) {
            Ok(Value::Object(mut members)) => members.remove(name),
            _ => None,
        }
    }
}
