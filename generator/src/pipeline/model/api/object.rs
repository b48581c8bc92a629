//! Structs and their fields.

use serde_json::Value;

use super::{Ty, ValueDocs};
use crate::member_rule::MemberRule;
use crate::rust::names::Name;

/// An object with fields.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields, in the order of the description.
    pub fields: Vec<Field>,
    /// The field that keeps all other members.
    pub extra: Option<Extra>,
    /// Whether its values are sent or received.
    pub direction: Direction,
    /// How its values are written.
    pub written: BodyEncoding,
    /// Rules about which members are present together.
    pub rules: Vec<MemberRule>,
}

/// How the values of a struct are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// As JSON.
    Json,
    /// As the parts of a body.
    Parts(Vec<Part>),
    /// As either.
    Both(Vec<Part>),
}

impl BodyEncoding {
    /// The parts of a body, one for each field.
    #[must_use]
    pub fn parts(&self) -> Option<&[Part]> {
        match self {
            Self::Json => None,
            Self::Parts(parts) | Self::Both(parts) => Some(parts),
        }
    }

    /// Whether they are written as JSON, too.
    #[must_use]
    pub fn is_json(&self) -> bool {
        !matches!(self, Self::Parts(_))
    }
}

/// A field as the part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The field.
    pub field: Name,
    /// How it is written.
    pub form: PartForm,
    /// Its media type, if the description states one.
    pub media_type: Option<String>,
    /// The headers that it has whatever its value is.
    pub headers: Vec<(String, String)>,
    /// The fields that are other headers of it, by the names of these.
    pub given_headers: Vec<Name>,
}

/// How a field is written as a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartForm {
    /// As a file, or several.
    Files,
    /// As text, or as JSON if it is an object.
    Value,
    /// As parts that are called `a[b]`.
    Deep,
    /// As a part for each member.
    Fields,
    /// As one part, with this between the items.
    Joined(&'static str),
}

/// Whether the values of a struct are sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// They are sent, so callers make them: the struct has `new` and setters.
    Request,
    /// They are only received.
    Response,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name on both sides.
    pub name: Name,
    /// Its documentation.
    pub docs: ValueDocs,
    /// The type of its value, without the `Option` of its presence.
    pub ty: Ty,
    /// What its absence means.
    pub presence: Presence,
    /// The setter that sends null, if null is not the same as absent.
    pub clear_setter: Option<Name>,
    /// The only value that it can have.
    pub constant: Option<FixedValue>,
    /// The value by which its struct says which of the schemas that extend a parent it is.
    pub own_tag: Option<FixedValue>,
    /// Whether `new` asks for it, though it may be absent: what only requests have, in a type that replies have, too.
    pub is_asked: bool,
    /// An example of its value.
    pub example: Option<Value>,
    /// Whether it is a secret, which `Debug` does not show.
    pub is_secret: bool,
}

/// A value that is always the same: a constant, or one that states the schema of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixedValue {
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
    /// A variant of the field's enum.
    Variant(Name),
}

impl FixedValue {
    /// The value as a text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(integer) => integer.to_string(),
            Self::Boolean(boolean) => boolean.to_string(),
            Self::Variant(variant) => variant.wire().to_owned(),
        }
    }
}

impl Field {
    /// Whether `new` takes it as an argument.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        (self.presence == Presence::Required || self.is_asked)
            && self.constant.is_none()
            && self.own_tag.is_none()
    }
}

/// What the absence of a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It is always there and may be null.
    Nullable,
    /// It may be absent.
    Optional,
    /// It may be absent or null, which mean the same. What was read is written again.
    OptionalOrNull,
    /// It may be absent, and null means something else.
    OptionalNullable,
}

/// The field that keeps members that have no field of their own.
#[derive(Clone, Debug)]
pub struct Extra {
    /// Its name.
    pub name: Name,
    /// The type of their values; `None` if they may be anything.
    pub values: Option<Ty>,
}

impl Extra {
    /// Whether the members are files.
    #[must_use]
    pub fn has_files(&self) -> bool {
        self.values.as_ref().is_some_and(|ty| ty.leaves().contains(&&Ty::File))
    }
}
