//! Facts outside of schemas that `openapiv3` has no place for: kept as extensions of the objects that they are about.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// Such a fact that a later step reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptFact {
    /// The references of an operation to callbacks.
    CallbackReferences,
    /// The methods of a path in the order of the description.
    MethodOrder,
    /// The parameters of which no code is made.
    Parameters,
    /// That a parameter is the whole query.
    QueryString,
    /// The `explode` of an encoding, if it is stated: its default depends on the style.
    Explode,
    /// The `itemSchema` of a media type.
    ItemSchema,
    /// The `summary` of a tag.
    Summary,
    /// The `parent` of a tag.
    Parent,
    /// The `name` of a server.
    Name,
    /// Whether a security scheme is `deprecated`.
    Deprecated,
    /// The security schemes of which no code is made.
    SecuritySchemes,
    /// The `identifier` of a licence.
    Identifier,
    /// The `dataValue` of an example.
    DataValue,
    /// The `serializedValue` of an example.
    SerializedValue,
}

impl KeptFact {
    /// The member of OpenAPI, if there is one.
    fn member(self) -> &'static str {
        match self {
            Self::CallbackReferences => "callbackReferences",
            Self::MethodOrder => "order",
            Self::Parameters => "parameters",
            Self::QueryString => "queryString",
            Self::Explode => "explode",
            Self::ItemSchema => "itemSchema",
            Self::Summary => "summary",
            Self::Parent => "parent",
            Self::Name => "name",
            Self::Deprecated => "deprecated",
            Self::SecuritySchemes => "securitySchemes",
            Self::Identifier => "identifier",
            Self::DataValue => "dataValue",
            Self::SerializedValue => "serializedValue",
        }
    }

    /// Keeps it in an object that is not read yet.
    pub(super) fn keep_in(self, object: &mut Map<String, Value>, value: impl Into<Value>) {
        object.insert(extension(self.member()), value.into());
    }

    /// Finds it in an object that is not read yet.
    pub(super) fn find_in(self, object: &Map<String, Value>) -> Option<&Value> {
        object.get(&extension(self.member()))
    }

    /// Keeps it among the extensions of an object of `openapiv3`.
    pub(super) fn keep_among(
        self,
        extensions: &mut IndexMap<String, Value>,
        value: impl Into<Value>,
    ) {
        extensions.insert(extension(self.member()), value.into());
    }

    /// Finds it among the extensions of an object of `openapiv3`.
    pub(crate) fn find_among(self, extensions: &IndexMap<String, Value>) -> Option<&Value> {
        extensions.get(&extension(self.member()))
    }
}

/// The extension in which a member is kept. Its prefix is not used by others, as `x-openapi-` is
/// (`x-openapi-router-controller`): `dataValue` → `x-kept-data-value`, `$self` → `x-kept-self`
pub(super) fn extension(member: &str) -> String {
    let mut word = String::from("x-kept-");
    for letter in member.chars().filter(|letter| *letter != '$') {
        if letter.is_ascii_uppercase() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}
