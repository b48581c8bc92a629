//! Schemas, none inside another one.

use indexmap::IndexMap;
use serde_json::Value;

use super::Extensions;
use crate::pipeline::resolve::Constraint;
use crate::pointer::Pointer;

/// A schema (OpenAPI 3.1.0, 4.8.24).
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Its location.
    pub at: Pointer,
    /// Its title.
    pub title: Option<String>,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// Its default.
    pub default: Option<Value>,
    /// An example of its value.
    pub example: Option<Value>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Who may set it.
    pub access: Access,
    /// The constraints of its values.
    pub constraints: Vec<Constraint>,
    /// The documentation of the values of an enum, by value.
    pub value_docs: IndexMap<String, EnumValueDocs>,
    /// The member that states which of the schemas that extend this one a value follows.
    pub discriminator: Option<Discriminator>,
    /// The members that state that a value follows this schema and no other that extends the same parent, and their
    /// values.
    pub own_tags: Vec<(String, String)>,
    /// The locations of inline schemas that are the same.
    pub repeated_at: Vec<Pointer>,
    /// What its values are.
    pub kind: Kind,
    /// Whether null is its only value.
    pub is_null: bool,
    /// Whether it says nothing of values of other types than its own, because it stood beside a union.
    pub is_typeless: bool,
    /// What is in a string.
    pub content: StringContent,
    /// Its extensions.
    pub extensions: Extensions,
}

impl Schema {
    /// The only value that is allowed, which may be null.
    pub(crate) fn only_value(&self) -> Option<Value> {
        match self.is_null {
            true => Some(Value::Null),
            false => self.kind.only_value(),
        }
    }
}

/// The documentation of a value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumValueDocs {
    /// The word that it is named after, if that is not the value itself.
    pub word: Option<String>,
    /// Its description, as Markdown.
    pub text: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// What is in a string (JSON Schema 2020-12, Validation, 8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringContent {
    /// Its media type.
    pub media_type: Option<String>,
    /// Its schema.
    pub schema: Option<Pointer>,
}

/// Who may set a value (OpenAPI 3.0.4, 4.7.24.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both sides.
    #[default]
    Both,
    /// The service: it is in replies only.
    ReadOnly,
    /// The caller: it is in requests only.
    WriteOnly,
}

/// What the values of a schema are.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Anything.
    Any,
    /// `true` and `false`, or only one of them.
    Boolean(Option<bool>),
    /// Integers, with their `format`.
    Integer(Option<String>),
    /// Numbers, with their `format`.
    Number(Option<String>),
    /// Texts, with their `format`.
    String(Option<String>),
    /// One of these texts.
    StringEnum(Vec<String>),
    /// One of these integers.
    IntegerEnum(Vec<i64>),
    /// One of these texts, numbers and truth values.
    MixedEnum(Vec<Value>),
    /// Lists of values.
    Array(Option<Pointer>),
    /// Lists of as many values as there are schemas, each with its own.
    Tuple(Vec<Pointer>),
    /// Objects.
    Object(Object),
    /// One of several schemas.
    Union(Union),
    /// The values of another schema.
    Alias(Pointer),
    /// Values that follow all of these schemas; none is left at the end of the stage.
    AllOf(Vec<Pointer>),
}

/// Objects: their fields, and other members.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// Members beyond the fields.
    pub additional: Additional,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it is required.
    pub required: bool,
    /// Its schema; `None` if it is only named as required.
    pub schema: Option<Pointer>,
}

/// Members of an object beyond its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// They are not described: there may be some.
    Unspecified,
    /// There are none.
    Forbidden,
    /// They may be anything.
    Any,
    /// They follow a schema.
    Schema(Pointer),
}

/// One of several schemas.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The schemas.
    pub variants: Vec<Pointer>,
    /// The member whose value states which schema it is.
    pub discriminator: Option<Discriminator>,
}

/// The member of an object that states which schema it follows (OpenAPI 3.1.0, 4.8.25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name.
    pub property: String,
    /// Values of the member, and the schemas they stand for.
    pub mapping: Vec<(String, Pointer)>,
    /// The schema that all other values stand for, and none (OpenAPI 3.2.0, 4.26.1).
    pub default: Option<Pointer>,
}
