//! Replies of successful calls, and documented errors.

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::tables::stream_items::{self, Item};
use crate::pipeline::model::{DocumentedResponse, Reply, ReplyCase, ReplyForm, Ty, When};
use crate::pipeline::resolve::{Kind, Media, MediaClass, MediaType, Operation, Response, Status};
use crate::rust::names::{self, Name, Scope};

/// The reply of a successful call, and the media types to ask for.
pub fn success(
    operation: &Operation,
    type_name: &Name,
    scope: &mut Scope,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> (Reply, Vec<String>) {
    let found = cases(operation, table, diagnostics);
    let accept = accepted(&found);
    let Some(first) = found.first() else { return (Reply::One(ReplyForm::Nothing), accept) };
    if found.iter().all(|case| case.form == first.form) {
        return (Reply::One(first.form.clone()), accept);
    }
    let words = format!("{} reply", type_name.rust());
    let name = scope.name_as(type_name.wire(), &words, names::Case::Type);
    let streams = found.iter().filter(|case| case.form.streams()).map(|case| case.media.clone());
    (Reply::Several { name, streams: streams.collect(), cases: disambiguate(&found) }, accept)
}

/// The media types to ask for.
fn accepted(found: &[Case]) -> Vec<String> {
    let media_types = found.iter().map(|case| &case.media).filter(|media| !media.is_empty());
    let mut accept: Vec<String> = media_types.cloned().collect();
    accept.dedup();
    if accept.is_empty() { vec![MediaType::JSON.to_owned()] } else { accept }
}

/// A documented success: a status, and a form of its body.
struct Case {
    status: Option<u16>,
    media: String,
    form: ReplyForm,
}

fn cases(
    operation: &Operation,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Vec<Case> {
    let mut cases = Vec::new();
    for response in operation.responses.iter().filter(|one| is_success(one, operation)) {
        let status = response.status.code();
        let mut forms = forms(response, table, diagnostics);
        if forms.is_empty() {
            forms.push((String::new(), ReplyForm::Nothing));
        }
        for (media, form) in forms {
            let known = |case: &Case| case.form == form && case.status == status;
            if !cases.iter().any(known) {
                cases.push(Case { status, media, form });
            }
        }
    }
    cases
}

/// `default` is the success if no other response is.
fn is_success(response: &Response, operation: &Operation) -> bool {
    let any = operation.responses.iter().any(|response| response.status.is_success());
    response.status.is_success() || (!any && response.status == Status::Default)
}

fn forms(
    response: &Response,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Vec<(String, ReplyForm)> {
    if let [only] = response.content.as_slice()
        && let Some(form) = range_form(only, table)
    {
        return vec![(only.media_type.to_string(), form)];
    }
    let json = response.content.iter().find(|media| media.media_type.is_json());
    let mut forms: Vec<_> = json
        .map(|media| {
            (
                media.media_type.as_str().replace("*/*", MediaType::JSON),
                json_form(media, table, diagnostics),
            )
        })
        .into_iter()
        .collect();
    for media in &response.content {
        // The same data in another format than JSON adds nothing.
        let media_type = &media.media_type;
        let is_other = media_type.class() == MediaClass::Xml || is_structured(media, table);
        let repeats = json.is_some() && is_other && !media_type.is_stream();
        if media_type.is_json() || repeats {
            continue;
        }
        let form = form(media, table);
        forms.push((media_type.to_string(), form));
    }
    forms
}

/// The form of strings in any media type: bytes if they are binary, else as the reply's own media type says.
fn range_form(media: &Media, table: &TypeTable<'_>) -> Option<ReplyForm> {
    let end = table.follow_aliases(media.schema.as_ref()?)?;
    match &end.kind {
        _ if media.media_type.class() != MediaClass::JsonRange || end.nullable => None,
        Kind::String(Some(format)) if format == "binary" => Some(ReplyForm::Bytes),
        Kind::String(None) => Some(ReplyForm::TextOrJson),
        _ => None,
    }
}

fn form(media: &Media, table: &TypeTable<'_>) -> ReplyForm {
    match &media.media_type {
        stream if stream.is_stream() => stream_form(media, table),
        text if text.is_text() => ReplyForm::Text,
        _ => ReplyForm::Bytes,
    }
}

fn stream_form(media: &Media, table: &TypeTable<'_>) -> ReplyForm {
    let ty = match stream_items::item(media, table.resolved) {
        Item::Json(at) => Some(table.rust_type_of(at)),
        Item::AnyJson => Some(Ty::Json),
        Item::Text => None,
    };
    match media.media_type.class() {
        MediaClass::Events => ReplyForm::Events(ty),
        _ => ReplyForm::Lines(ty.unwrap_or(Ty::Json)),
    }
}

fn json_form(media: &Media, table: &TypeTable<'_>, diagnostics: &mut DiagnosticSink) -> ReplyForm {
    let Some(schema) = &media.schema else {
        diagnostics.widened(&media.at, "the reply has no schema; any JSON is taken");
        return ReplyForm::Json(Ty::Json);
    };
    ReplyForm::Json(table.rust_type_of(schema))
}

/// Whether a reply is more than a text or bytes.
fn is_structured(media: &Media, table: &TypeTable<'_>) -> bool {
    let end = media.schema.as_ref().and_then(|at| table.follow_aliases(at));
    end.is_some_and(|end| !matches!(end.kind, Kind::String(_) | Kind::StringEnum(_) | Kind::Any))
}

fn disambiguate(found: &[Case]) -> Vec<ReplyCase> {
    let first = found.first().and_then(|case| case.status);
    let by_status = found.iter().any(|case| case.status != first);
    let by_media = |case: &Case| {
        found.iter().filter(|other| other.status == case.status).count() > 1 || !by_status
    };
    let mut scope = Scope::default();
    let case = |case: &Case| {
        let when = match (case.status.filter(|_| by_status), by_media(case)) {
            (Some(status), false) => When::Status(status),
            (Some(status), true) => When::Both(status, case.media.clone()),
            (None, _) => When::Media(case.media.clone()),
        };
        let words = words(&when);
        ReplyCase {
            name: scope.name_as("", &words, names::Case::Type),
            when,
            form: case.form.clone(),
        }
    };
    found.iter().map(case).collect()
}

/// `text/csv` → `csv`; `201` → `created`.
fn words(when: &When) -> String {
    let subtype = |media: &str| media.rsplit(['/', '+']).next().unwrap_or(media).to_owned();
    match when {
        When::Status(status) => status_words(*status),
        When::Media(media) => subtype(media),
        When::Both(status, media) => format!("{} {}", status_words(*status), subtype(media)),
    }
}

/// The names of statuses (RFC 9110, 15.3).
fn status_words(status: u16) -> String {
    match status {
        200 => "ok".to_owned(),
        201 => "created".to_owned(),
        202 => "accepted".to_owned(),
        204 => "no content".to_owned(),
        other => format!("status {other}"),
    }
}

/// All documented responses, with their whole descriptions.
pub fn all(operation: &Operation, table: &TypeTable<'_>) -> Vec<DocumentedResponse> {
    let response = |one: &Response| documented(one, &one.description, table);
    operation.responses.iter().map(response).collect()
}

/// The documented errors, each with the first line of its description.
pub fn errors(operation: &Operation, table: &TypeTable<'_>) -> Vec<DocumentedResponse> {
    let failed = operation.responses.iter().filter(|one| !is_success(one, operation));
    let error = |one: &Response| {
        let first_line = one.description.lines().next().unwrap_or_default();
        documented(one, first_line, table)
    };
    failed.map(error).collect()
}

fn documented(response: &Response, description: &str, table: &TypeTable<'_>) -> DocumentedResponse {
    let json = response.content.iter().find(|media| media.media_type.is_json());
    let schema = json.and_then(|media| media.schema.as_ref());
    let words: Vec<_> = description.split_whitespace().collect();
    DocumentedResponse {
        status: response.status,
        description: words.join(" ").trim_end_matches('.').to_owned(),
        ty: schema.map(|schema| table.rust_type_of(schema)),
    }
}
