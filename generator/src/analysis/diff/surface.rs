//! What callers can see of a client: names, types, and how calls behave.
//!
//! It is plain data that can be written down and read again, so that a client can be compared with an earlier one
//! of which nothing else is left.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::signature::Signature;

/// What is said of an item beyond its signature, by what it is about: `rate limit` → `10 in 60 s`.
pub type Facts = IndexMap<String, String>;

/// The fact of a form of a body that a value alone is sent so.
pub const ALONE: &str = "stands for a value alone";

/// What callers can see of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surface {
    /// The arguments of `Client::new`.
    pub new: Vec<String>,
    /// The setters of the builder that take credentials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Member>,
    /// The servers that a caller may choose.
    #[serde(default, skip_serializing_if = "Servers::is_empty")]
    pub servers: Servers,
    /// The constants that name rate limit groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rate_limits: Vec<Member>,
    /// The accessors of response headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Member>,
    /// How the client as a whole behaves.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// A fingerprint of the front page.
    pub docs: String,
    /// The operations by tag.
    pub groups: Vec<Group>,
    /// The types of webhooks and callbacks, and their payloads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub webhooks: Vec<Member>,
    /// The types of bodies and parameters.
    pub types: Vec<Type>,
}

/// The servers that a caller may choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Servers {
    /// The constants and the types.
    pub all: Vec<Member>,
    /// The setters of the types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub setters: Vec<Member>,
    /// The values that variables may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Member>,
}

impl Servers {
    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// The operations of a tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The tag.
    pub wire: String,
    /// The module, and the method of the client.
    pub module: String,
    /// The type that holds the operations.
    pub holder: String,
    /// A fingerprint of its documentation.
    pub docs: String,
    /// Its operations.
    pub calls: Vec<Call>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Method and path: `GET /v1/credits/usage`.
    pub request: String,
    /// Its `operationId`, or the words that stand for it.
    pub id: String,
    /// The method.
    pub name: String,
    /// The names that the method had and still has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The type that stands for it in `Call<…>`.
    pub call: String,
    /// Whether callers should do without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// The method's arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<Member>,
    /// The setters of the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Member>,
    /// The variants of the body's type, where it is an enum of the operation's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<Member>,
    /// The method that calls it for each of many requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bulk: Vec<Member>,
    /// The type of what comes back.
    pub success: Signature,
    /// The variants of that type, where it is an enum of the operation's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Member>,
    /// The enum of its documented errors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The variants of that enum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Member>,
    /// How it is sent, and how it may be treated.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// A fingerprint of what is said about it.
    pub docs: String,
}

/// A type of the crate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// The names that it had and still has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Where the description has it.
    pub at: String,
    /// What it is.
    pub shape: Shape,
    /// What it derives beyond what all types of its shape do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derives: Vec<String>,
    /// Its fields or variants.
    pub members: Vec<Member>,
    /// How it is read and written.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// A fingerprint of its documentation.
    pub docs: String,
}

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A struct that callers make, so it has `new` and setters.
    Request,
    /// A struct that callers are given.
    Reply,
    /// An enum of texts.
    Texts,
    /// An enum of integers.
    Integers,
    /// An enum of texts, numbers and truth values.
    Scalars,
    /// An enum of other types.
    Union,
}

impl Shape {
    /// Whether it is a struct.
    #[must_use]
    pub fn is_struct(self) -> bool {
        matches!(self, Self::Request | Self::Reply)
    }
}

/// A part of something: an argument, a setter, a field, a variant or an accessor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its name on the wire; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wire: String,
    /// Its name in Rust.
    pub name: String,
    /// Its type in Rust; empty where it has none.
    #[serde(default, skip_serializing_if = "Signature::is_empty")]
    pub ty: Signature,
    /// What its absence means.
    #[serde(default, skip_serializing_if = "Presence::is_required")]
    pub presence: Presence,
    /// How it is sent, and what its value has to fulfil.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// A fingerprint of its documentation.
    pub docs: String,
}

/// What the absence of a member means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It is always there.
    #[default]
    Required,
    /// It is always there and may be null.
    Nullable,
    /// It may be absent.
    Optional,
    /// It may be absent in replies, and `new` takes it.
    Asked,
    /// It is the field that keeps all members without a field of their own.
    Rest,
}

impl Presence {
    fn is_required(&self) -> bool {
        *self == Self::Required
    }

    /// Whether `new` takes it.
    pub fn is_argument(self) -> bool {
        matches!(self, Self::Required | Self::Asked)
    }
}
