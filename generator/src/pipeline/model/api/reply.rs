//! Replies of successful calls, and documented errors.

use super::Ty;
use crate::pipeline::resolve::Status;
use crate::rust::names::Name;

/// What a successful call returns.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Always the same.
    One(ReplyForm),
    /// One of several, which differ by status or media type.
    Several {
        /// The name of the enum.
        name: Name,
        /// The media types of the cases that are streams.
        streams: Vec<String>,
        /// The cases, in the order of the description, JSON first.
        cases: Vec<ReplyCase>,
        /// The tests that tell the cases apart, in the order in which they are made.
        tests: Vec<ReplyTest>,
        /// The case of what passes none of the tests.
        otherwise: usize,
    },
}

/// A test for one of several replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTest {
    /// The status that it must have.
    pub status: Option<u16>,
    /// The media types of which it must have one; none if any will do.
    pub media: Vec<String>,
    /// Which case it is then.
    pub case: usize,
}

/// One of several replies.
#[derive(Clone, Debug)]
pub struct ReplyCase {
    /// The variant.
    pub name: Name,
    /// What the case is told by.
    pub when: When,
    /// What it holds.
    pub form: ReplyForm,
}

/// What one of several replies is told by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// By its status.
    Status(u16),
    /// By its media type, which is one of these.
    Media(Vec<String>),
    /// By its status and its media type.
    Both(u16, Vec<String>),
    /// By having no other described status.
    AnyOther,
}

/// How the body of a reply is read.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyForm {
    /// Not at all.
    Nothing,
    /// As JSON.
    Json(Ty),
    /// As text.
    Text,
    /// As text, or as a string of JSON if its media type says so.
    TextOrJson,
    /// As bytes.
    Bytes,
    /// As server-sent events, whose data are JSON or texts.
    Events(Option<Ty>),
    /// As server-sent events, each as an object with its fields.
    EventObjects(Ty, EventData),
    /// As JSON in lines, or in texts of a sequence.
    Lines(Ty),
}

/// Which server-sent events have JSON as their data, and which have a string, by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventData {
    /// These have strings, all others JSON.
    TextIn(Vec<String>),
    /// These have JSON, all others strings.
    JsonIn(Vec<String>),
}

impl ReplyForm {
    /// The type of the JSON in it.
    #[must_use]
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty)
            | Self::Lines(ty)
            | Self::Events(Some(ty))
            | Self::EventObjects(ty, _) => Some(ty),
            Self::Nothing | Self::Text | Self::TextOrJson | Self::Bytes | Self::Events(None) => {
                None
            }
        }
    }

    /// Whether it is a stream of items.
    #[must_use]
    pub fn streams(&self) -> bool {
        matches!(self, Self::Events(_) | Self::EventObjects(..) | Self::Lines(_))
    }
}

impl Reply {
    /// Whether it may be a stream of items.
    #[must_use]
    pub fn streams(&self) -> bool {
        match self {
            Self::One(form) => form.streams(),
            Self::Several { streams, .. } => !streams.is_empty(),
        }
    }

    /// Whether it is bytes or may be: those can be streamed, too.
    #[must_use]
    pub fn has_bytes(&self) -> bool {
        match self {
            Self::One(form) => *form == ReplyForm::Bytes,
            Self::Several { cases, .. } => cases.iter().any(|case| case.form == ReplyForm::Bytes),
        }
    }
}

/// What is described of the replies with a status: their media types, and the type of each one that is JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribedReply {
    /// The statuses.
    pub status: Status,
    /// The media types with their types; those that say more come first.
    pub content: Vec<(String, Option<Ty>)>,
}

/// A documented response: an error, or a response to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentedResponse {
    /// Its statuses.
    pub status: Status,
    /// Its description: a line of Markdown without a full stop.
    pub description: String,
    /// The type of the JSON that comes with it.
    pub ty: Option<Ty>,
}
