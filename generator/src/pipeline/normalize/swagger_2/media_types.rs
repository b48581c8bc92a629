//! `consumes` and `produces`: the media types of bodies and replies (Swagger 2.0, `mimeTypes`).

use serde_json::Value;

use super::Members;
use crate::pipeline::resolve::MediaType;

/// The media types that a description or an operation states; `None` where it states none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MediaTypes(Option<Vec<String>>);

impl MediaTypes {
    /// Takes `consumes` or `produces` out of an object; `None` where it has none.
    pub(super) fn take(members: &mut Members, key: &str) -> Option<Self> {
        let texts = match members.shift_remove(key)? {
            Value::Array(items) => {
                items.into_iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
            }
            Value::String(text) => vec![text],
            _ => Vec::new(),
        };
        Some(Self((!texts.is_empty()).then_some(texts)))
    }

    /// What was stated.
    pub(super) fn stated(&self) -> &[String] {
        self.0.as_deref().unwrap_or_default()
    }

    /// What is sent or read: JSON where nothing was stated.
    pub(super) fn or_json(&self) -> Vec<String> {
        self.0.clone().unwrap_or_else(|| vec![MediaType::JSON.to_owned()])
    }

    /// Whether something with members can be a reply: nothing is stated, or something that is not only bytes or text.
    pub(super) fn have_members(&self) -> bool {
        self.stated().is_empty() || self.stated().iter().any(|text| has_members(text))
    }

    /// Those of a reply that is a file. JSON and XML are those of the other replies, which `produces` names as well.
    pub(super) fn of_files(&self) -> Vec<String> {
        let is_file = |text: &&String| !is_structured(text);
        let found: Vec<String> = self.stated().iter().filter(is_file).cloned().collect();
        if found.is_empty() { vec!["*/*".to_owned()] } else { found }
    }
}

/// A media type without its parameters: `application/json; charset=utf-8` → `application/json`
pub(super) fn essence(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a value of a media type can have members: JSON, XML, YAML, a form, or anything.
fn has_members(text: &str) -> bool {
    let essence = essence(text);
    let is_form = essence.starts_with("multipart/") || essence.ends_with("urlencoded");
    is_structured(text) || is_form || essence.contains("yaml") || essence.ends_with("/*")
}

fn is_structured(text: &str) -> bool {
    let essence = essence(text);
    let subtype = essence.rsplit(['/', '+']).next().unwrap_or_default();
    ["json", "xml"].contains(&subtype)
}
