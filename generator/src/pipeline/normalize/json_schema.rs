//! A schema in the words of JSON Schema 2020-12, whatever version it was written in.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

use crate::member_rule::MemberRule;
use crate::pointer::Pointer;

pub(super) mod marks;
pub(super) mod reader;

/// A schema (JSON Schema 2020-12; OpenAPI 3.1.0, 4.8.24). The schemas in it are keyed by their own places.
///
/// The keywords beside each other fit together: they are those of one type, or one combinator alone, or an `enum` of
/// several types. Keywords of which no code is made are not in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonSchema {
    /// Another schema that this one is the same as.
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<Pointer>,
    /// Its types: one, or null, or both.
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty", serialize_with = "types")]
    pub types: Vec<SchemaType>,
    /// Whether null is a value besides those of a combinator: `anyOf: […, {type: 'null'}]`.
    #[serde(skip_serializing_if = "is_false")]
    pub or_null: bool,
    /// The values that it lists; `const` is a list of one.
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// What the type means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,

    /// Numbers are at least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// Numbers are greater than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive_minimum: Option<Number>,
    /// Numbers are at most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// Numbers are less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive_maximum: Option<Number>,
    /// Numbers are a multiple of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Number>,

    /// The fewest characters of a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// The most characters of a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// A regular expression that strings match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// How bytes are written as a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    /// The media type of what is in a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_media_type: Option<String>,
    /// The schema of what is in a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_schema: Option<Pointer>,

    /// The first items of a list, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefix_items: Vec<Pointer>,
    /// The items of a list, after the first ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Pointer>,
    /// The fewest items of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    /// The most items of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<usize>,
    /// Whether no two items of a list are the same.
    #[serde(skip_serializing_if = "is_false")]
    pub unique_items: bool,

    /// The members of an object that have names.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub properties: IndexMap<String, Pointer>,
    /// The names of members that an object has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    /// The other members of an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_properties: Option<AdditionalProperties>,
    /// The fewest members of an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_properties: Option<usize>,
    /// The most members of an object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_properties: Option<usize>,
    /// Rules about which members an object has, taken out of its combinators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub member_rules: Vec<MemberRule>,

    /// Values follow all of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<Pointer>,
    /// Values follow one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<Pointer>,
    /// Values follow some of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Pointer>,
    /// Values do not follow this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not: Option<Pointer>,
    /// The member that says which schema an object follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<Discriminator>,
    /// Whether it says nothing of values that are not of its type, because it stood beside a union without a type.
    #[serde(skip_serializing_if = "is_false")]
    pub is_typeless: bool,

    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its description, as Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its default, which may be null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Examples of its values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
    /// Whether it is deprecated.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Whether only the service sets it.
    #[serde(skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// Whether only callers set it.
    #[serde(skip_serializing_if = "is_false")]
    pub write_only: bool,
    /// How it is written as XML (OpenAPI 3.1.1, 4.8.26).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml: Option<Value>,
    /// Its extensions (`x-…`).
    #[serde(flatten)]
    pub extensions: IndexMap<String, Value>,
}

/// A type of JSON Schema (2020-12 Validation, 6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum SchemaType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The members of an object that have no schema of their own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AdditionalProperties {
    /// Whether there may be any.
    Allowed(bool),
    /// They follow this schema.
    Schema(Pointer),
}

/// The member that says which schema an object follows (OpenAPI 3.1.0, 4.8.25).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Discriminator {
    /// Its name.
    pub property_name: String,
    /// Its values, and the references or names of the schemas that they stand for.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub mapping: IndexMap<String, String>,
    /// What all other values stand for, and none (OpenAPI 3.2.0, 4.26.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_mapping: Option<String>,
}

impl JsonSchema {
    /// The type of its values, null apart.
    #[must_use]
    pub fn only_type(&self) -> Option<SchemaType> {
        self.types.iter().copied().find(|one| *one != SchemaType::Null)
    }

    /// Whether null is one of its values.
    #[must_use]
    pub fn allows_null(&self) -> bool {
        self.or_null || self.types.contains(&SchemaType::Null) || self.values.contains(&Value::Null)
    }

    /// Whether null is its only value.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.types == [SchemaType::Null]
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// A single type is written without a list.
fn types<S: Serializer>(types: &[SchemaType], serializer: S) -> Result<S::Ok, S::Error> {
    match types {
        [only] => only.serialize(serializer),
        several => several.serialize(serializer),
    }
}
