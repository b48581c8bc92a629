//! Members that the description does not name.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::exact::{self, Source};
use super::{Json, Ref};

/// The members of an object that the description does not name, by their names.
///
/// An object may have such members unless its description forbids them (JSON Schema 2020-12,
/// 10.3.2.3). They are read and written like all others, so that a member that is newer than this
/// crate can be used without waiting for it. It derefs to a map, and takes no more room than a
/// pointer while it is empty.
///
/// What was read from JSON is written as JSON digit by digit, though a [`Value`] holds no more than
/// 64 bits of a number: `1.10` is not shortened, nor is a large integer rounded.
/// [`json_text`](Self::json_text) shows all digits. Equal are what the values say.
///
/// A later version of this crate may have a field for a member, which is no longer in here then.
/// [`AnyMember::member`] finds it in both.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Members>>);

#[derive(Clone, Default)]
struct Members {
    values: Map<String, Value>,
    /// Those with digits that their values do not hold.
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

    /// The JSON of a member, with each digit as it was read. `None` where there is none.
    pub fn json_text(&self, name: &str) -> Option<String> {
        let exact = self.exact(name).map(|text| text.get().to_owned());
        exact.or_else(|| self.get(name).map(Value::to_string))
    }

    /// The text that a member was read from, if its value does not hold it and is still the same.
    pub(super) fn exact(&self, name: &str) -> Option<&RawValue> {
        let text = self.0.as_ref()?.texts.get(name)?;
        let (value, _) = exact::parse(text.get()).ok()?;
        (self.get(name) == Some(&value)).then_some(text)
    }

    /// The fields for which null was read: they are written as null while they have no value.
    pub(super) fn nulls(&self) -> &[&'static str] {
        self.0.as_ref().map_or(&[], |members| &members.nulls)
    }

    /// Keeps that null was read for a field.
    pub(super) fn keep_null(&mut self, field: &'static str) {
        self.0.get_or_insert_default().nulls.push(field);
    }

    /// Keeps a member that was read.
    pub(super) fn keep(&mut self, name: String, source: Source<'_>) -> serde_json::Result<()> {
        let (value, text) = match source {
            Source::Text(text) => exact::parse(&text)?,
            Source::Value(value) => (value, None),
        };
        count(usize::from(!value.is_null()));
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

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Finds a member of an object by its name in JSON, whether or not its type has a field for it.
///
/// A member that is no field today is in `extra`, and no longer there once a later version has a field
/// for it. Code that asks by this need not change then. A reply can be asked without it: its own
/// `member` reads what the service wrote.
///
/// ```text
/// use lantern_client::AnyMember;
///
/// let founded = reply.company.as_ref().and_then(|company| company.member("founded"));
/// ```
pub trait AnyMember {
    /// The member, as it would be written.
    ///
    /// `None` where there is none, as for a field whose value may be absent and is, or where the
    /// value is no object.
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

/// How badly a value fits a type. What comes first counts most; a value that fits has nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misfit {
    /// Members with a value that is listed for another variant of the union, and not for this one.
    pub telling: usize,
    /// Members that have no field, at any depth. Null is as good as absent.
    pub unnamed: usize,
    /// Values that an enum does not know, and texts in the format of another type, at any depth.
    pub loose: usize,
}

thread_local! {
    /// How badly what was read fits, since [`counted`] began. It goes past serde, whose traits have no place for it.
    static MISFIT: Cell<Misfit> = const { Cell::new(Misfit { telling: 0, unnamed: 0, loose: 0 }) };
}

/// Counts members that have no field.
pub(super) fn count(members: usize) {
    count_misfit(Misfit { unnamed: members, ..Misfit::default() });
}

/// Counts a value that an enum does not know, or a text in the format of another type.
pub(crate) fn count_loose() {
    count_misfit(Misfit { loose: 1, ..Misfit::default() });
}

/// Counts what was found out about a value within the one that is read.
pub(super) fn count_misfit(within: Misfit) {
    let before = MISFIT.get();
    MISFIT.set(Misfit {
        telling: before.telling,
        unnamed: before.unnamed + within.unnamed,
        loose: before.loose + within.loose + within.telling,
    });
}

/// Reads a value, and tells how badly it fits.
pub(super) fn counted<T>(read: impl FnOnce() -> T) -> (T, Misfit) {
    let outside = MISFIT.replace(Misfit::default());
    let value = read();
    (value, MISFIT.replace(outside))
}
