//! The words of a body that several operations have.

use std::collections::HashMap;

use super::payload::{is_payload, payload};
use super::type_words::is_component_schema;
use crate::pipeline::resolve::{Kind, Object, Resolved, Status};
use crate::pointer::Pointer;
use crate::rust::names;

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
    fn of_status(status: Status) -> Self {
        if status.is_success() { Self::Response } else { Self::Error }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response | Self::Error => "response",
        }
    }
}

/// What each body of a description is for.
#[derive(Debug)]
pub struct Bodies<'a> {
    resolved: &'a Resolved,
    /// By the places of their media types; none if it is for several things.
    by_place: HashMap<&'a Pointer, Option<Body>>,
}

impl<'a> Bodies<'a> {
    pub fn new(resolved: &'a Resolved) -> Self {
        let mut by_place: HashMap<&'a Pointer, Option<Body>> = HashMap::new();
        for operation in &resolved.operations {
            let request = operation.body.iter().map(|body| (Body::Request, &body.content));
            let responses = operation.responses.iter();
            let responses =
                responses.map(|response| (Body::of_status(response.status), &response.content));
            for (body, content) in request.chain(responses) {
                for media in content {
                    let known = by_place.entry(&media.at).or_insert(Some(body));
                    *known = known.filter(|known| *known == body);
                }
            }
        }
        Self { resolved, by_place }
    }

    /// `/paths/~1books/get/responses/200/content/application~1json/schema` → a response
    fn body(&self, schema: &Pointer) -> Option<Body> {
        let media = schema.parent().filter(|media| *schema == media.at("schema"))?;
        *self.by_place.get(&media)?
    }

    /// The words of a body that is the same at all these places, each with the words that it would have there.
    ///
    /// The words that the operations share are about something else where they act on different things, so that a body with
    /// one member has its name: `save albums user` and `remove tracks user`, both with `ids`, → `ids request`. There is
    /// none if the places are no bodies, or those of one operation.
    pub fn shared_words(
        &self,
        at: &Pointer,
        own: &str,
        others: &[(&Pointer, String)],
    ) -> Option<String> {
        let body = self.body(at)?;
        let is_alike =
            |(other, words): &(&Pointer, String)| self.body(other) == Some(body) && words != own;
        if others.is_empty() || !others.iter().all(is_alike) {
            return None;
        }
        let shared = names::shared(own, others.iter().map(|(_, words)| words.clone()));
        if body == Body::Error {
            return Some(shared.map_or_else(|| ERROR.to_owned(), |shared| error_words(&shared)));
        }
        let Kind::Object(object) = &self.resolved.schemas.get(at)?.kind else { return shared };
        let only = only_member(object).map(|member| names::joined(member, body.word()));
        only.or(shared).or_else(|| {
            let about = self.component(object).unwrap_or_else(|| "common".to_owned());
            Some(names::joined(&about, body.word()))
        })
    }

    /// The name of the component that a body is about.
    fn component(&self, object: &Object) -> Option<String> {
        let at = payload(object)?.schema.as_ref()?;
        let component = match &self.resolved.schemas.get(at)?.kind {
            Kind::Alias(to) => to,
            _ => at,
        };
        component.steps().next_back().filter(|_| is_component_schema(component))
    }
}

/// The words of an error by those that its operations share: `book response` → `book error response`. A status that they
/// share stays, because others of their errors may have another one: `book response 404`.
fn error_words(shared: &str) -> String {
    let words = names::words_of(shared);
    let Some(end) = words.iter().rposition(|word| word == "response") else {
        return names::joined(shared, ERROR);
    };
    let is_status = |word: &String| word.starts_with(|first: char| first.is_ascii_digit());
    match words.get(end + 1) {
        Some(word) if is_status(word) => shared.to_owned(),
        _ if end == 0 => ERROR.to_owned(),
        _ => names::joined(&words[..end].join(" "), ERROR),
    }
}

/// The only member of a body, if its name says what it is.
fn only_member(object: &Object) -> Option<&str> {
    let [only] = object.fields.as_slice() else { return None };
    (!is_payload(&only.name)).then_some(&only.name)
}
