//! Differences between what a service sends and what its description says.
//!
//! ```text
//! reply ──► described.rs: what is described of it ──► comparison.rs: differences ──► kept.rs: each once ──► log.rs
//! ```
//!
//! Nothing here is compiled without the feature `drift`, and nothing runs unless a client gets a [`DriftLog`].

mod comparison;
mod described;
mod kept;
mod log;

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

pub use log::DriftLog;

use described::Described;

/// A difference between what a service sends and what its description says.
///
/// It holds no values of the reply but those of enums, and no names of members but those of objects whose members the
/// description lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Drift {
    /// What differs.
    pub kind: DriftKind,
    /// The `operationId` of the operation.
    pub operation: String,
    /// The method and the path of the description: `GET /v1/books/{id}`.
    pub request: String,
    /// The status of the reply.
    pub status: u16,
    /// The media type of the reply, without parameters. It is empty if none is stated.
    pub media_type: String,
    /// The place in the body as a JSON pointer (RFC 6901), with `*` for each index of a list and each key of a map:
    /// `/items/*/status`.
    pub at: String,
    /// The JSON pointer of the schema in the description that the place is in: `/components/schemas/Book`. It is empty
    /// if the place is in no type of this crate.
    pub schema: String,
    /// The place within a value of the schema: `/status`.
    pub within: String,
    /// The name of the member that is missing or not described. It is `*` if there are more of them than have a name in
    /// a log, or if it does not look like a name: because it is longer than 64 bytes, begins with a digit, has more than
    /// eight digits, or has other characters than letters, digits and `_-.:$`.
    pub member: Option<String>,
    /// The kind of JSON that is described: `integer`.
    pub described: Option<&'static str>,
    /// The kind of JSON that came: `string`.
    pub seen: Option<&'static str>,
    /// The value that is not in its enum, if it has at most 64 bytes.
    pub value: Option<Value>,
    /// How often it was seen.
    pub count: u64,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DriftKind {
    /// A status that is not described.
    UndescribedStatus,
    /// A media type that is not described.
    UndescribedMediaType,
    /// A value that its enum does not have, or a tag that its union does not have.
    UnknownValue,
    /// A member that is not described.
    UndescribedMember,
    /// A required member that is missing.
    MissingMember,
    /// A value of another kind of JSON than the described one. Null is a kind of its own.
    OtherKind,
}

impl DriftKind {
    /// The word for it in a file: `unknown-value`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UndescribedStatus => "undescribed-status",
            Self::UndescribedMediaType => "undescribed-media-type",
            Self::UnknownValue => "unknown-value",
            Self::UndescribedMember => "undescribed-member",
            Self::MissingMember => "missing-member",
            Self::OtherKind => "other-kind",
        }
    }
}

impl Drift {
    /// The parts that have a text, by their names in a file.
    fn texts(&self) -> [(&'static str, Option<&str>); 9] {
        [
            ("operation", Some(&self.operation)),
            ("request", Some(&self.request)),
            ("media_type", Some(&self.media_type)),
            ("at", Some(&self.at)),
            ("schema", Some(&self.schema)),
            ("within", Some(&self.within)),
            ("member", self.member.as_deref()),
            ("described", self.described),
            ("seen", self.seen),
        ]
    }
}

/// An object of JSON, as `lantern-generator drift` reads it.
impl Serialize for Drift {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind.as_str())?;
        map.serialize_entry("status", &self.status)?;
        for (name, text) in self.texts() {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        if let Some(value) = &self.value {
            map.serialize_entry("value", value)?;
        }
        map.serialize_entry("count", &self.count)?;
        map.end()
    }
}

/// `GET /v1/books 200: the enum at /items/*/status has no value "lost" (12 times)`
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.at.is_empty() { "the root of the body" } else { &self.at };
        let member = self.member.as_deref().unwrap_or("*");
        let described = self.described.unwrap_or("another kind");
        let seen = self.seen.unwrap_or("a longer value");
        write!(f, "{} {}: ", self.request, self.status)?;
        match (self.kind, &self.value) {
            (DriftKind::UndescribedStatus, _) => write!(f, "the status is not described")?,
            (DriftKind::UndescribedMediaType, _) => {
                write!(f, "the media type {:?} is not described", self.media_type)?;
            }
            (DriftKind::UnknownValue, Some(value)) => {
                write!(f, "the enum at {at} has no value {value}")?;
            }
            (DriftKind::UnknownValue, None) => write!(f, "the enum at {at} has no such {seen}")?,
            (DriftKind::UndescribedMember, _) => {
                write!(
                    f,
                    "the object at {at} has a member {member:?} that is not described: {seen}"
                )?;
            }
            (DriftKind::MissingMember, _) => {
                write!(f, "the object at {at} has no member {member:?}, which is required")?;
            }
            (DriftKind::OtherKind, _) => write!(f, "{at} is not {described} but {seen}")?,
        }
        write!(f, " ({} {})", self.count, if self.count == 1 { "time" } else { "times" })
    }
}

#[cfg(test)]
mod tests;
