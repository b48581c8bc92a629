//! The words of a body that several operations have.

use super::type_words::is_component_schema;
use crate::pipeline::resolve::{Kind, Object, Resolved};
use crate::pointer::Pointer;
use crate::rust::names;

/// The members that hold what was asked for, so that their names say nothing of it.
const PAYLOADS: &[&str] =
    &["content", "data", "items", "payload", "record", "result", "results", "value"];

/// What all errors are called.
const ERROR: &str = "error response";

/// What the bodies at several places are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    Request,
    Response,
    Error,
}

impl Body {
    /// `/paths/~1books/get/responses/200/content/application~1json/schema` → a response
    fn of(at: &Pointer) -> Option<Self> {
        let steps: Vec<_> = at.steps().collect();
        let steps: Vec<_> = steps.iter().map(String::as_str).collect();
        let ["paths", .., above, body, "content", _, "schema"] = steps.as_slice() else {
            return None;
        };
        match (*above, *body) {
            (_, "requestBody") => Some(Self::Request),
            ("responses", status) if status.starts_with('2') => Some(Self::Response),
            ("responses", _) => Some(Self::Error),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response | Self::Error => "response",
        }
    }
}

/// The words of a body that is the same at all these places, each with the words that it would have there.
///
/// The words that the operations share are about something else where they act on different things, so that a body with one
/// member has its name: `save albums user` and `remove tracks user`, both with `ids`, → `ids request`. There is none if
/// the places are no bodies, or those of one operation.
pub fn words(
    at: &Pointer,
    own: &str,
    others: &[(&Pointer, String)],
    in_all: &Resolved,
) -> Option<String> {
    let body = Body::of(at)?;
    let is_alike =
        |(other, words): &(&Pointer, String)| Body::of(other) == Some(body) && words != own;
    if others.is_empty() || !others.iter().all(is_alike) {
        return None;
    }
    let shared = names::shared(own, others.iter().map(|(_, words)| words.clone()));
    if body == Body::Error {
        return Some(shared.map_or_else(|| ERROR.to_owned(), |shared| error_words(&shared)));
    }
    let Kind::Object(object) = &in_all.schemas.get(at)?.kind else { return shared };
    let only = only_member(object).map(|member| names::joined(member, body.word()));
    only.or(shared).or_else(|| {
        let about = payload(object, in_all).unwrap_or_else(|| "common".to_owned());
        Some(names::joined(&about, body.word()))
    })
}

/// The words of an error by those that its operations share: `book response` → `book error response`. A status that they
/// share stays, because others of their errors may have another one: `book response 404`.
fn error_words(shared: &str) -> String {
    match shared.split_once(" response") {
        Some((_, status)) if status.trim().starts_with(|first: char| first.is_ascii_digit()) => {
            shared.to_owned()
        }
        Some((about, _)) => names::joined(about, ERROR),
        None => names::joined(shared, ERROR),
    }
}

/// The only member of a body, if its name says what it is.
fn only_member(object: &Object) -> Option<&str> {
    let [only] = object.fields.as_slice() else { return None };
    (!PAYLOADS.contains(&only.name.as_str())).then_some(&only.name)
}

/// The name of the component that a body is about.
fn payload(object: &Object, in_all: &Resolved) -> Option<String> {
    let field = object.fields.iter().find(|field| PAYLOADS.contains(&field.name.as_str()))?;
    let at = field.schema.as_ref()?;
    let component = match &in_all.schemas.get(at)?.kind {
        Kind::Alias(to) => to,
        _ => at,
    };
    component.steps().next_back().filter(|_| is_component_schema(component))
}
