//! Reads objects with fields.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess};
use serde::de::{Unexpected, Visitor};

use super::depth::Level;
use super::write::Shape;
use super::{Extra, Format, Json, Key, Object, Owned, Written, any, misfit};

/// Reads an object.
pub(crate) fn read_object<'de, D: Deserializer<'de>, T: Object>(
    deserializer: D,
) -> Result<T, D::Error> {
    // A format that names its fields may skip those that are not in this list.
    if T::KEEPS_REST && Format::of::<D::Error>().names_fields() {
        return deserializer.deserialize_map(ObjectVisitor(PhantomData));
    }
    deserializer.deserialize_struct(T::NAME, T::FIELDS, ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read_members(Named { map, next: 0, format: Format::of::<A::Error>() })
    }

    /// Formats with fields by position return them in order. In formats that name them, a list is not an
    /// object.
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        let format = Format::of::<A::Error>();
        if format.names_fields() {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        T::read_members(Counted { items, next: 0, format, error: PhantomData })
    }
}

/// The members of an object, one after the other.
pub(crate) trait Members<'de> {
    type Error: Error;

    /// The next member: the index of its field, or its name if it has none.
    fn next(&mut self, fields: &[&str]) -> Result<Option<Member<'de>>, Self::Error>;

    /// Its value, if it has one.
    fn value<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Self::Error>;

    fn format(&self) -> Format;
}

/// The member whose value comes next.
pub(crate) enum Member<'de> {
    Field(usize),
    Other(Cow<'de, str>),
}

/// Members with their names.
struct Named<A> {
    map: A,
    /// Members are mostly in the order of the description, so the search begins where the last one
    /// ended.
    next: usize,
    format: Format,
}

impl<'de, A: MapAccess<'de>> Members<'de> for Named<A> {
    type Error = A::Error;

    fn next(&mut self, fields: &[&str]) -> Result<Option<Member<'de>>, A::Error> {
        let Some(Identifier(member)) = self.map.next_key()? else { return Ok(None) };
        let found = match &member {
            Member::Field(index) => Some(*index).filter(|index| *index < fields.len()),
            Member::Other(name) => {
                let wanted = |field: &&str| *field == name;
                let later = fields.iter().skip(self.next).position(wanted);
                let later = later.map(|found| found + self.next);
                later.or_else(|| fields.iter().take(self.next).position(wanted))
            }
        };
        self.next = found.map_or(self.next, |found| found + 1);
        Ok(Some(match (found, member) {
            (Some(index), _) => Member::Field(index),
            (None, Member::Field(index)) => Member::Other(index.to_string().into()),
            (None, other) => other,
        }))
    }

    fn value<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        self.map.next_value().map(Some)
    }

    fn format(&self) -> Format {
        self.format
    }
}

/// Members in the order of the fields.
struct Counted<A, E> {
    items: A,
    next: usize,
    format: Format,
    error: PhantomData<E>,
}

impl<'de, A: SeqAccess<'de>> Members<'de> for Counted<A, A::Error> {
    type Error = A::Error;

    fn next(&mut self, fields: &[&str]) -> Result<Option<Member<'de>>, A::Error> {
        let index = self.next;
        self.next = index.saturating_add(1);
        Ok((index < fields.len()).then_some(Member::Field(index)))
    }

    fn value<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        let value = self.items.next_element()?;
        if value.is_none() {
            self.next = usize::MAX;
        }
        Ok(value)
    }

    fn format(&self) -> Format {
        self.format
    }
}

/// The key of the next member: a name, as a string or as bytes, or a number, as for types that derive
/// serde's traits.
struct Identifier<'de>(Member<'de>);

impl<'de> Deserialize<'de> for Identifier<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(IdentifierVisitor).map(Self)
    }
}

struct IdentifierVisitor;

impl<'de> Visitor<'de> for IdentifierVisitor {
    type Value = Member<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_u64<E>(self, index: u64) -> Result<Member<'de>, E> {
        Ok(Member::Field(usize::try_from(index).unwrap_or(usize::MAX)))
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Member<'de>, E> {
        Ok(Member::Other(name.into()))
    }

    fn visit_str<E>(self, name: &str) -> Result<Member<'de>, E> {
        Ok(Member::Other(name.to_owned().into()))
    }

    fn visit_borrowed_bytes<E: Error>(self, name: &'de [u8]) -> Result<Member<'de>, E> {
        any::text_of(name, &self).map(|name| Member::Other(name.into()))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Member<'de>, E> {
        any::text_of(name, &self).map(|name| Member::Other(name.to_owned().into()))
    }
}

/// A slot for the value of a member.
pub(crate) trait Slot<'de, A: Members<'de>> {
    fn fill(&mut self, members: &mut A) -> Result<(), A::Error>;

    /// Whether null was read.
    fn is_null(&self) -> bool;
}

impl<'de, A: Members<'de>, T: Json> Slot<'de, A> for Option<T> {
    fn fill(&mut self, members: &mut A) -> Result<(), A::Error> {
        if let Some(Owned(value)) = members.value()? {
            // An empty cell of CSV has no meaning, while null can mean that a value is to be removed.
            let says_nothing = members.format() == Format::Csv && T::is_absent(&value);
            *self = Some(value).filter(|_| !says_nothing);
        }
        Ok(())
    }

    fn is_null(&self) -> bool {
        self.as_ref().is_some_and(Json::is_absent)
    }
}

/// The members without a slot.
pub(crate) trait Rest<'de, A: Members<'de>> {
    fn keep_rest(&mut self, name: Cow<'de, str>, members: &mut A) -> Result<(), A::Error>;

    /// Records that null was read for a field.
    fn keep_null(&mut self, _field: &'static str) {}
}

impl<'de, A: Members<'de>> Rest<'de, A> for Extra {
    fn keep_rest(&mut self, name: Cow<'de, str>, members: &mut A) -> Result<(), A::Error> {
        match members.value()? {
            Some(source) => self.keep(name.into_owned(), source).map_err(A::Error::custom),
            None => Ok(()),
        }
    }

    fn keep_null(&mut self, field: &'static str) {
        Extra::keep_null(self, field);
    }
}

impl<'de, A: Members<'de>, T: Json> Rest<'de, A> for BTreeMap<String, T> {
    fn keep_rest(&mut self, name: Cow<'de, str>, members: &mut A) -> Result<(), A::Error> {
        if let Some(Owned(value)) = members.value()? {
            self.insert(name.into_owned(), value);
        }
        Ok(())
    }
}

/// Reads each member into its slot, and those without one into the rest, if the object keeps it.
pub(crate) fn read_members<'de, A: Members<'de>>(
    mut members: A,
    shape: Shape,
    slots: &mut [&mut dyn Slot<'de, A>],
    mut rest: Option<&mut dyn Rest<'de, A>>,
) -> Result<(), A::Error> {
    let _level = Level::enter();
    while let Some(member) = members.next(shape.fields)? {
        match (member, &mut rest) {
            (Member::Field(index), rest) => {
                let Some(slot) = slots.get_mut(index) else { continue };
                slot.fill(&mut members)?;
                let is_kept = shape.written.get(index) == Some(&Written::IfPresentOrNull);
                if let (Some(rest), Some(field)) = (rest, shape.fields.get(index))
                    && is_kept
                    && slot.is_null()
                {
                    rest.keep_null(field);
                }
            }
            (Member::Other(name), Some(rest)) => rest.keep_rest(name, &mut members)?,
            (Member::Other(_), None) => {
                let lost = members.value::<Option<IgnoredAny>>()?;
                misfit::count(usize::from(lost.flatten().is_some()));
            }
        }
    }
    Ok(())
}

/// The value of a required field.
pub(crate) fn present<T, E: Error>(read: Option<T>, name: &'static str) -> Result<T, E> {
    read.ok_or_else(|| E::missing_field(name))
}
