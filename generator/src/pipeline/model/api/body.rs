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
    /// What it is: Markdown of the description.
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
    /// Always in the same form.
    One(BodyForm),
    /// In one of several, as the caller chooses.
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
    /// What it holds, and how that is written.
    pub form: BodyForm,
    /// Whether what it holds becomes it by `into`: no case before it holds the same.
    pub is_usual: bool,
}

/// How a request body is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BodyForm {
    /// As JSON of this media type.
    Json(String, Ty),
    /// As `application/x-www-form-urlencoded`; these fields as `a[b]=1`.
    Form(Ty, Vec<String>),
    /// As `multipart/form-data`: a struct of parts, or any.
    Multipart(Option<Ty>),
    /// As it is, of this media type.
    Text(String),
    /// As it is, of this media type.
    Bytes(String),
    /// As it is, of a media type that the caller states: one of these, or within these ranges.
    Content(Vec<String>),
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
