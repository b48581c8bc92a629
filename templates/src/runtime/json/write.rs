//! Writes objects with fields.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{Error, SerializeMap, SerializeStruct, Serializer};
use serde_json::Value;

use super::{Extra, Format, Json, Ref};

/// A member that names the variant of a union, and its value.
pub(crate) type Tag = (&'static str, Scalar);

/// A value of a member that distinguishes the variants of a union.
#[derive(Clone, Copy)]
pub enum Scalar {
    Text(&'static str),
    Integer(i64),
    Boolean(bool),
}

impl Scalar {
    /// Whether a JSON value is this one; an integer may be written as `1.0`.
    pub(super) fn is(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value == text,
            Self::Integer(integer) => value == integer || value.as_f64() == Some(integer as f64),
            Self::Boolean(boolean) => value == boolean,
        }
    }
}

impl From<&'static str> for Scalar {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Scalar {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<bool> for Scalar {
    fn from(boolean: bool) -> Self {
        Self::Boolean(boolean)
    }
}

impl From<Scalar> for Value {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => text.into(),
            Scalar::Integer(integer) => integer.into(),
            Scalar::Boolean(boolean) => boolean.into(),
        }
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
        }
    }
}

/// When a field is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Always,
    /// Only if it is not `None`.
    IfPresent,
    /// Only if it is not `None`, or if null was read.
    IfPresentOrNull,
}

/// A serializer of an object: one whose names are known at compile time, or one that takes any names.
pub(crate) enum Compound<S: Serializer> {
    Struct(S::SerializeStruct),
    Map(S::SerializeMap),
}

impl<S: Serializer> Compound<S> {
    fn field(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), S::Error> {
        match self {
            Self::Struct(fields) => fields.serialize_field(name, value),
            Self::Map(members) => members.serialize_entry(name, value),
        }
    }

    fn skip(&mut self, name: &'static str) -> Result<(), S::Error> {
        match self {
            Self::Struct(fields) => fields.skip_field(name),
            Self::Map(_) => Ok(()),
        }
    }

    fn member(&mut self, name: &str, value: &impl Serialize) -> Result<(), S::Error> {
        match self {
            Self::Struct(_) => Ok(()),
            Self::Map(members) => members.serialize_entry(name, value),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        match self {
            Self::Struct(fields) => fields.end(),
            Self::Map(members) => members.end(),
        }
    }
}

fn is_tag(tag: Option<Tag>, name: &str) -> bool {
    tag.is_some_and(|(tag, _)| tag == name)
}

/// A value of a field.
pub(crate) trait Entry<S: Serializer> {
    fn is_absent(&self) -> bool;
    fn write(&self, name: &'static str, compound: &mut Compound<S>) -> Result<(), S::Error>;
}

impl<S: Serializer, T: Json> Entry<S> for T {
    fn is_absent(&self) -> bool {
        Json::is_absent(self)
    }

    fn write(&self, name: &'static str, compound: &mut Compound<S>) -> Result<(), S::Error> {
        compound.field(name, &Ref(self))
    }
}

/// Members without a field.
pub(crate) trait Entries<S: Serializer> {
    /// Their names, without that of a tag, which is written separately.
    fn names(&self, tag: Option<Tag>) -> Vec<&str>;
    /// Writes those with these names.
    fn write(&self, names: &[&str], compound: &mut Compound<S>) -> Result<(), S::Error>;

    /// Whether null was read for a field.
    fn was_null(&self, _field: &str) -> bool {
        false
    }
}

impl<S: Serializer> Entries<S> for Extra {
    fn names(&self, tag: Option<Tag>) -> Vec<&str> {
        self.keys().map(String::as_str).filter(|name| !is_tag(tag, name)).collect()
    }

    fn write(&self, names: &[&str], compound: &mut Compound<S>) -> Result<(), S::Error> {
        let is_text = Format::is_text_of::<S>();
        let mut members = names.iter().filter_map(|name| Some((name, self.get(*name)?)));
        members.try_for_each(|(name, value)| match self.exact(name).filter(|_| is_text) {
            Some(text) => compound.member(name, &text),
            None => compound.member(name, &Ref(value)),
        })
    }

    fn was_null(&self, field: &str) -> bool {
        self.nulls().contains(&field)
    }
}

impl<S: Serializer, T: Json> Entries<S> for BTreeMap<String, T> {
    fn names(&self, tag: Option<Tag>) -> Vec<&str> {
        self.keys().map(String::as_str).filter(|name| !is_tag(tag, name)).collect()
    }

    fn write(&self, names: &[&str], compound: &mut Compound<S>) -> Result<(), S::Error> {
        let mut members = names.iter().filter_map(|name| Some((name, self.get(*name)?)));
        members.try_for_each(|(name, value)| compound.member(name, &Ref(value)))
    }
}

/// An object: what it is called, its fields by name, when each is written, and its tag in a union.
pub(crate) struct Shape {
    pub name: &'static str,
    pub fields: &'static [&'static str],
    pub written: &'static [Written],
    pub tag: Option<Tag>,
}

impl Shape {
    /// The value of the tag, if it replaces that of a field.
    fn tag_of(&self, field: &str) -> Option<Scalar> {
        self.tag.filter(|_| is_tag(self.tag, field)).map(|(_, value)| value)
    }

    /// The tag, if no field has its name.
    fn further_tag(&self) -> Option<Tag> {
        self.tag.filter(|(name, _)| !self.fields.contains(name))
    }
}

/// Writes an object: as a struct, or as a map if it has members without a field.
///
/// A format with fields by position gets each of them, also those without a value.
pub(crate) fn write_object<S: Serializer>(
    serializer: S,
    shape: Shape,
    values: &[&dyn Entry<S>],
    rest: Option<&dyn Entries<S>>,
) -> Result<S::Ok, S::Error> {
    let format = Format::of::<S::Error>();
    let names = rest.map_or_else(Vec::new, |rest| rest.names(shape.tag));
    if format == Format::Csv && !names.is_empty() {
        return Err(S::Error::custom(not_in_csv(&names)));
    }
    // If MessagePack wrote a struct by position, a union could not distinguish it from a list, nor `None`
    // from `Some(None)`.
    let is_map = !names.is_empty() || format == Format::MessagePack;
    let omits = is_map || format.names_fields();
    let was_null = |name: &str| rest.is_some_and(|rest| rest.was_null(name));
    let is_written = |name: &str, written: Written, value: &dyn Entry<S>| {
        written == Written::Always
            || !omits
            || !value.is_absent()
            || shape.tag_of(name).is_some()
            || (written == Written::IfPresentOrNull && was_null(name))
    };
    let fields = || shape.fields.iter().zip(shape.written).zip(values);
    let count = fields().filter(|((name, written), value)| is_written(name, **written, **value));
    let count = count.count() + usize::from(shape.further_tag().is_some());
    let mut compound = match is_map {
        true => Compound::Map(serializer.serialize_map(Some(count + names.len()))?),
        false => Compound::Struct(serializer.serialize_struct(shape.name, count)?),
    };
    if let Some((name, value)) = shape.further_tag() {
        compound.field(name, &value)?;
    }
    for ((name, written), value) in fields() {
        match shape.tag_of(name) {
            Some(tag) => compound.field(name, &tag)?,
            None if is_written(name, *written, *value) => value.write(name, &mut compound)?,
            None => compound.skip(name)?,
        }
    }
    if let Some(rest) = rest {
        rest.write(&names, &mut compound)?;
    }
    compound.end()
}

/// Each row has the columns of the first one, so others would be in the wrong column.
fn not_in_csv(names: &[&str]) -> String {
    let names = names.join("`, `");
    format!("CSV has columns for the fields of a type only, and `extra` has `{names}`")
}

/// Writes any value, with a tag if it is an object.
pub(super) fn write_tagged_value<S: Serializer>(
    value: &impl Json,
    (name, tag): Tag,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut written = serde_json::to_value(Ref(value)).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut written {
        members.insert(name.to_owned(), tag.into());
    }
    Json::write(&written, serializer)
}
