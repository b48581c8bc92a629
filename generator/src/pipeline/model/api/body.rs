//! Bodies of requests, and the forms in which they are sent.

use serde_json::Value;

use super::Ty;
use crate::pipeline::resolve::MediaType;
use crate::rust::names::Name;

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The argument's or the setter's name.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// How it is sent.
    pub sent: RequestBody,
    /// Whether it is an argument or a setter.
    pub required: bool,
    /// An example of it.
    pub example: Option<Value>,
}

/// How a request body is sent.
#[derive(Clone, Debug)]
pub enum RequestBody {
    /// In one form.
    One(BodyForm),
    /// In one of several forms, which the caller chooses.
    Several {
        /// The name of the enum.
        name: Name,
        /// The cases, JSON first.
        cases: Vec<BodyCase>,
    },
}

impl RequestBody {
    /// The forms that it may have.
    #[must_use]
    pub fn forms(&self) -> Vec<&BodyForm> {
        match self {
            Self::One(form) => vec![form],
            Self::Several { cases, .. } => cases.iter().map(|case| &case.form).collect(),
        }
    }
}

/// One of several forms of a request body.
#[derive(Clone, Debug)]
pub struct BodyCase {
    /// The variant.
    pub name: Name,
    /// The form.
    pub form: BodyForm,
    /// Whether `into` makes it of its content: no case before it has the same type of content.
    pub is_usual: bool,
}

/// How a request body is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BodyForm {
    /// As JSON of this media type.
    Json(String, Ty),
    /// As `application/x-www-form-urlencoded`, with these styles of fields.
    Form(Ty, FormStyles),
    /// As `multipart/form-data`: a struct of parts, or any parts.
    Multipart(Option<Ty>),
    /// Unchanged, with this media type.
    Text(String),
    /// Unchanged, with this media type.
    Bytes(String),
    /// Unchanged, with a media type that the caller states: one of these, or one within these ranges.
    Content(Vec<String>),
}

/// The fields of a form that are not written as a pair for each item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FormStyles {
    /// Those that are written as `a[b]=1`.
    pub deep: Vec<String>,
    /// The lists that are written in one pair, and what separates their items.
    pub joined: Vec<(String, &'static str)>,
}

impl BodyForm {
    /// The type that is written.
    #[must_use]
    pub fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(_, ty) | Self::Form(ty, _) | Self::Multipart(Some(ty)) => Some(ty),
            Self::Text(_) | Self::Bytes(_) | Self::Content(_) | Self::Multipart(None) => None,
        }
    }

    /// The media types that it may have.
    #[must_use]
    pub fn media_types(&self) -> Vec<&str> {
        match self {
            Self::Json(media_type, _) | Self::Text(media_type) | Self::Bytes(media_type) => {
                vec![media_type]
            }
            Self::Form(..) => vec![MediaType::FORM],
            Self::Multipart(_) => vec![MediaType::FORM_DATA],
            Self::Content(media_types) => media_types.iter().map(String::as_str).collect(),
        }
    }
}
