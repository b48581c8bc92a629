//! The policy of an operation, by its extensions, or else by its method.

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Policy, RateLimit, RetrySafety};
use crate::pipeline::resolve::{Extension, Media, Operation, Resolved, Schema};
use crate::pointer::Pointer;

/// The policy of an operation.
pub fn policy(
    operation: &Operation,
    resolved: &Resolved,
    diagnostics: &mut DiagnosticSink,
) -> Policy {
    Policy {
        rate_limit: rate_limit(operation, resolved, diagnostics),
        retry_safety: retry_safety(operation, diagnostics),
        consumes_credits: consumes_credits(operation, diagnostics),
        stream_end: stream_end(operation, resolved, diagnostics),
    }
}

/// `x-rate-limit: batches`, and in the root `x-rate-limits: {batches: {requests: 1, seconds: 60}}`.
fn rate_limit(
    operation: &Operation,
    resolved: &Resolved,
    diagnostics: &mut DiagnosticSink,
) -> Option<RateLimit> {
    let at = operation.at.at(Extension::RateLimit.word());
    let stated = operation.extensions.get(Extension::RateLimit)?;
    let Some(group) = stated.as_str() else {
        diagnostics.invalid_extension(&at, "`x-rate-limit` is not the name of a rate limit group");
        return None;
    };
    let groups = resolved.extensions.get(Extension::RateLimits);
    let Some(figures) = groups.and_then(|groups| groups.get(group)) else {
        diagnostics.invalid_extension(&at, format!("`x-rate-limits` has no group `{group}`"));
        return None;
    };
    Some(RateLimit { group: group.to_owned(), window: window(group, figures, diagnostics) })
}

fn window(group: &str, figures: &Value, diagnostics: &mut DiagnosticSink) -> Option<(u32, u64)> {
    let positive = |name| figures.get(name)?.as_u64().filter(|figure| *figure > 0);
    let requests = positive("requests").and_then(|figure| u32::try_from(figure).ok());
    match (requests, positive("seconds")) {
        (Some(requests), Some(seconds)) => Some((requests, seconds)),
        _ if figures.as_object().is_some_and(serde_json::Map::is_empty) => None,
        _ => {
            let at = Pointer::root().at(Extension::RateLimits.word()).at(group);
            let message = "a rate limit has `requests` and `seconds`, both positive, or neither";
            diagnostics.invalid_extension(&at, message);
            None
        }
    }
}

/// `x-retry: safe`, `unsafe`, or with `x-retry-key` `by-key`, which is a field of the body, or `by-header`.
///
/// Without it, the idempotent methods are safe (RFC 9110, 9.2.2).
fn retry_safety(operation: &Operation, diagnostics: &mut DiagnosticSink) -> RetrySafety {
    let Some(stated) = operation.extensions.get(Extension::Retry) else {
        return if operation.method.is_idempotent() {
            RetrySafety::Safe
        } else {
            RetrySafety::Unsafe
        };
    };
    let key = operation.extensions.get(Extension::RetryKey).and_then(Value::as_str);
    match (stated.as_str(), key) {
        (Some("safe"), _) => RetrySafety::Safe,
        (Some("unsafe"), _) => RetrySafety::Unsafe,
        (Some("by-key"), Some(key)) => RetrySafety::SafeByKey(key.to_owned()),
        (Some("by-header"), Some(name)) if is_header(name) => {
            RetrySafety::SafeByHeader(name.to_owned())
        }
        _ => {
            let message =
                "`x-retry` is `safe`, `unsafe`, or `by-key` or `by-header` with an `x-retry-key`";
            diagnostics.invalid_extension(&operation.at.at(Extension::Retry.word()), message);
            RetrySafety::Unsafe
        }
    }
}

/// Whether a text can be the name of a header (RFC 9110, 5.1).
fn is_header(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// `x-spends-credits: true`
fn consumes_credits(operation: &Operation, diagnostics: &mut DiagnosticSink) -> bool {
    let Some(stated) = operation.extensions.get(Extension::SpendsCredits) else { return false };
    stated.as_bool().unwrap_or_else(|| {
        let at = operation.at.at(Extension::SpendsCredits.word());
        diagnostics.invalid_extension(&at, "`x-spends-credits` is neither true nor false");
        false
    })
}

/// The item that many services send after the last one.
const DONE: &str = "[DONE]";

/// `x-stream-end: "[DONE]"`; without it, `[DONE]` if the texts or the examples of the description have it.
fn stream_end(
    operation: &Operation,
    resolved: &Resolved,
    diagnostics: &mut DiagnosticSink,
) -> Option<String> {
    let responses = operation.responses.iter();
    let streams = |media: &&Media| media.media_type.is_stream();
    let replies: Vec<_> = responses.clone().flat_map(|it| &it.content).filter(streams).collect();
    let Some(stated) = operation.extensions.get(Extension::StreamEnd) else {
        let texts = [&operation.summary, &operation.description].into_iter().flatten();
        let texts = texts.chain(responses.map(|response| &response.description));
        let is_said = texts.into_iter().any(|text| text.contains(DONE));
        let is_shown = |media: &&Media| shows(media, DONE, resolved);
        return (!replies.is_empty() && (is_said || replies.iter().any(is_shown)))
            .then(|| DONE.to_owned());
    };
    let mark = stated.as_str().map(str::trim).filter(|mark| !mark.is_empty());
    if mark.is_none() || replies.is_empty() {
        let message = "`x-stream-end` is the text of the last item of a reply that streams";
        diagnostics.invalid_extension(&operation.at.at(Extension::StreamEnd.word()), message);
    }
    mark.filter(|_| !replies.is_empty()).map(str::to_owned)
}

/// Whether the examples of a reply or the texts of its schemas have this mark.
fn shows(media: &Media, mark: &str, resolved: &Resolved) -> bool {
    let has = |value: &Value| value.to_string().contains(mark);
    let schemas = [&media.schema, &media.item].into_iter().flatten();
    let schemas = schemas.filter_map(|at| resolved.schemas.get(at));
    let in_schema = |schema: &Schema| {
        let text = schema.description.as_ref().is_some_and(|text| text.contains(mark));
        text || schema.example.as_ref().is_some_and(has)
    };
    media.examples.iter().any(has) || schemas.into_iter().any(in_schema)
}
