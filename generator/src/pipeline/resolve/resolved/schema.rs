//! Schemas, none inside another one.

use indexmap::IndexMap;
use serde_json::Value;

use super::Extensions;
use crate::pipeline::resolve::Constraint;
use crate::pointer::Pointer;

/// A schema (OpenAPI 3.1.0, 4.8.24).
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// Where it stands.
    pub at: Pointer,
    /// Its title.
    pub title: Option<String>,
    /// What it means, as Markdown.
    pub description: Option<String>,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// What a service takes it to be when it is absent.
    pub default: Option<Value>,
    /// An example of its value.
    pub example: Option<Value>,
    /// Whether callers should do without it.
    pub deprecated: bool,
    /// Who may set it.
    pub access: Access,
    /// What its values have to fulfil.
    pub constraints: Vec<Constraint>,
    /// What the values of an enum stand for, as far as it is described, by their texts.
    pub value_docs: IndexMap<String, EnumValueDocs>,
    /// The member that says which of the schemas that extend this one a value follows.
    pub discriminator: Option<Discriminator>,
    /// Where else an inline schema stands that is the same.
    pub repeated_at: Vec<Pointer>,
    /// What its values are.
    pub kind: Kind,
    /// Its extensions.
    pub extensions: Extensions,
}

/// What a value of an enum stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumValueDocs {
    /// What to call it, where that is more than its text.
    pub word: Option<String>,
    /// What it means, as Markdown.
    pub text: Option<String>,
}

/// Who may set a value (OpenAPI 3.0.4, 4.7.24.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both sides.
    #[default]
    Both,
    /// The service: it stands in replies only.
    ReadOnly,
    /// The caller: it stands in requests only.
    WriteOnly,
}

/// What the values of a schema are.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Anything.
    Any,
    /// `true` and `false`.
    Boolean,
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
    /// What another schema's values are.
    Alias(Pointer),
    /// What fulfils all of these schemas; folded away before the stage ends.
    AllOf(Vec<Pointer>),
}

/// Objects: their fields, and what else they may hold.
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
    /// Whether it is always there.
    pub required: bool,
    /// Its schema; `None` where it is only named as required.
    pub schema: Option<Pointer>,
}

/// Members of an object beyond its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// They are not described: there may be some, but they carry no promise.
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
    /// The member whose value says which one it is.
    pub discriminator: Option<Discriminator>,
}

/// The member of an object that says which schema it follows (OpenAPI 3.1.0, 4.8.25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name.
    pub property: String,
    /// Values of the member, and the schemas they stand for.
    pub mapping: Vec<(String, Pointer)>,
}
