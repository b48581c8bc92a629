//! Replies to requests that are refused, in the form that is described for their status.

use std::time::Duration;

use lantern_operations::{Media, Operation, Status};
use serde_json::{Map, Value, json};

use super::Reply;
use super::adapt::figure;
use crate::request::{Problem, essence, keyword};
use crate::schemas::Schemas;
use crate::values::{Direction, ValueMaker};

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Nothing is at the path.
    NotFound,
    /// What was at the path was deleted.
    Gone,
    /// The path has these other methods.
    Method(String),
    /// It is not known who sends it.
    Caller(String),
    /// There were too many requests; the next one is allowed after this time.
    TooMany { wait: Duration, limit: u32 },
    /// None of the media types that it accepts.
    NotAcceptable,
    /// Its body has a media type that is not described.
    MediaType(String),
    /// Its body is too large.
    TooLarge,
    /// It is not as described.
    Invalid(Vec<Problem>),
    /// It costs more credits than are left.
    Credits { needed: f64, left: f64 },
    /// A rule says so.
    Fault(u16),
    /// The description has no value to answer with.
    Unanswerable(String),
}

impl Refusal {
    /// The status, which is one that is described wherever several would do.
    fn status(&self, operation: Option<&Operation>) -> u16 {
        let described = |code| {
            operation
                .is_some_and(|it| it.responses.iter().any(|it| it.status == Status::Code(code)))
        };
        let first = |codes: &[u16]| codes.iter().copied().find(|code| described(*code));
        match self {
            Self::NotFound | Self::Gone => 404,
            Self::Method(_) => 405,
            Self::Caller(_) => first(&[401, 403]).unwrap_or(401),
            Self::TooMany { .. } => 429,
            Self::NotAcceptable => 406,
            Self::MediaType(_) => 415,
            Self::TooLarge => 413,
            Self::Invalid(_) => first(&[422, 400]).unwrap_or(400),
            Self::Credits { .. } => 402,
            Self::Fault(status) => *status,
            Self::Unanswerable(_) => 501,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NotFound => "Not Found".to_owned(),
            Self::Gone => "What was here was deleted".to_owned(),
            Self::Method(_) => "Method Not Allowed".to_owned(),
            Self::Caller(message) | Self::Unanswerable(message) => message.clone(),
            Self::TooMany { .. } => "Rate limit exceeded".to_owned(),
            Self::NotAcceptable => "None of the accepted media types is described".to_owned(),
            Self::MediaType(sent) => format!("The media type `{sent}` is not described"),
            Self::TooLarge => "The body is too large".to_owned(),
            Self::Invalid(problems) => {
                problems.iter().map(Problem::to_line).collect::<Vec<_>>().join("; ")
            }
            Self::Credits { .. } => "Credit limit exceeded".to_owned(),
            Self::Fault(status) => format!("A fault by rule: {status}"),
        }
    }

    /// The reply.
    pub fn reply(&self, schemas: &Schemas, operation: Option<&Operation>, seed: u64) -> Reply {
        let status = self.status(operation);
        let reply = self.with_headers(Reply::new(status), schemas);
        let described = operation.and_then(|operation| operation.response(status));
        let media = described.and_then(|response| response.content.first());
        match (described, media) {
            (Some(_), Some(media)) if media.is_json() => {
                let body = self.described_body(schemas, media, status, seed);
                let body = body.unwrap_or_else(|| self.plain_body(status));
                reply.with_body(&media.media_type, body.to_string())
            }
            (Some(_), Some(media)) if essence(&media.media_type).starts_with("text/") => {
                reply.with_body(&media.media_type, self.message())
            }
            // A response without a body is described.
            (Some(response), None) if response.status != Status::Default => reply,
            _ => reply.with_body("application/problem+json", self.plain_body(status).to_string()),
        }
    }

    fn with_headers(&self, reply: Reply, schemas: &Schemas) -> Reply {
        match self {
            Self::Method(allowed) => reply.with_header("allow", allowed),
            Self::Caller(_) if reply.status == 401 => {
                reply.with_header("www-authenticate", "Bearer")
            }
            Self::TooMany { wait, limit } => {
                // A header of whole seconds: one too many is better than one too few.
                let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
                let reply = reply.with_header("retry-after", seconds.to_string());
                let name = &schemas.table().conventions.rate_limit_header;
                name.iter().fold(reply, |reply, name| reply.with_header(name, limit.to_string()))
            }
            _ => reply,
        }
    }

    /// RFC 9457.
    fn plain_body(&self, status: u16) -> Value {
        let title = axum::http::StatusCode::from_u16(status).ok();
        let title = title.and_then(|status| status.canonical_reason()).unwrap_or("Error");
        json!({ "type": "about:blank", "title": title, "status": status, "detail": self.message() })
    }

    fn described_body(
        &self,
        schemas: &Schemas,
        media: &Media,
        status: u16,
        seed: u64,
    ) -> Option<Value> {
        let Some(schema) = &media.schema else { return media.examples.first().cloned() };
        if let Some(list) = self.list(schemas, schema) {
            return Some(list);
        }
        let maker = ValueMaker::new(schemas, Direction::Response).required_only();
        let example = media.examples.iter().find(|it| schemas.fits(schema, it)).cloned();
        let mut body = example.or_else(|| maker.value(schema, seed))?;
        if !body.is_object() {
            // A schema that says nothing allows everything.
            let plain = self.plain_body(status);
            return Some(if schemas.fits(schema, &plain) { plain } else { body });
        }
        let known = keyword(schemas, schema, "properties").and_then(Value::as_object);
        for (name, value) in self.members(schemas, status) {
            let is_known =
                body.get(&name).is_some() || known.is_some_and(|it| it.contains_key(&name));
            let mut changed = body.clone();
            changed[&name] = value;
            if is_known && schemas.fits(schema, &changed) {
                body = changed;
            }
        }
        let is_empty = body.as_object().is_some_and(Map::is_empty);
        Some(if is_empty { json!({ "detail": self.message() }) } else { body })
    }

    /// The list of problems, as FastAPI writes it, where that is described.
    fn list(&self, schemas: &Schemas, schema: &Value) -> Option<Value> {
        let Self::Invalid(problems) = self else { return None };
        keyword(schemas, schema, "properties")?.get("detail")?;
        let full =
            || json!({ "detail": problems.iter().map(Problem::to_json).collect::<Vec<_>>() });
        let mut short = full();
        for problem in short["detail"].as_array_mut().into_iter().flatten() {
            problem.as_object_mut().and_then(|problem| problem.shift_remove("input"));
        }
        let is_short = !schema_text(schemas, schema).contains("\"input\"");
        let list = if is_short { short } else { full() };
        schemas.fits(schema, &list).then_some(list)
    }

    /// Members of bodies of errors by their usual names, and by the names that the description states.
    fn members(&self, schemas: &Schemas, status: u16) -> Vec<(String, Value)> {
        let conventions = &schemas.table().conventions;
        let message = Value::from(self.message());
        let mut members: Vec<(String, Value)> = ["message", "error", "detail"]
            .iter()
            .map(|name| ((*name).to_owned(), message.clone()))
            .collect();
        members.extend(["status", "code"].iter().map(|name| ((*name).to_owned(), status.into())));
        members.extend(conventions.success_field.iter().map(|name| (name.clone(), false.into())));
        if let Self::Credits { needed, left } = self {
            members
                .extend(conventions.required_fields.iter().map(|it| (it.clone(), figure(*needed))));
            members.extend(conventions.balance_fields.iter().map(|it| (it.clone(), figure(*left))));
        }
        if let Self::TooMany { wait, .. } = self {
            let seconds = wait.as_secs_f64().ceil().max(1.0) as u64;
            members.push(("retry_after".to_owned(), seconds.into()));
        }
        members
    }
}

/// A schema with what it refers to, as text.
fn schema_text(schemas: &Schemas, schema: &Value) -> String {
    schemas.table().closed(schema).to_string()
}
