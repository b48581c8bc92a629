//! Replies of successful calls, and documented errors.

use std::cmp::Reverse;

use super::bodies::in_order;
use super::reply_cases::{self, Case};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::tables::stream_items::{self, Item};
use crate::pipeline::model::{DescribedReply, DocumentedResponse, Reply, ReplyForm, Ty};
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
    (reply_cases::several(name, &found), accept)
}

/// The media types to ask for, each once.
fn accepted(found: &[Case]) -> Vec<String> {
    let mut accept: Vec<String> = Vec::new();
    for case in found {
        for media_type in &case.media {
            let is_json = media_type.is_plain_json() && matches!(case.form, ReplyForm::Json(_));
            let asked = match is_json && media_type.told_by().next().is_none() {
                true => media_type.canonical().to_owned(),
                false => media_type.with_parameters(),
            };
            if !accept.contains(&asked) {
                accept.push(asked);
            }
        }
    }
    if accept.is_empty() { vec![MediaType::JSON.to_owned()] } else { accept }
}

fn cases(
    operation: &Operation,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Vec<Case> {
    for response in operation.responses.iter().filter(|one| one.status == Status::Code(101)) {
        let message = "the client does not change to another protocol: this reply is an error";
        diagnostics.not_generated(&response.at, message);
    }
    let mut cases = Vec::new();
    for response in operation.responses.iter().filter(|one| is_success(one, operation)) {
        let forms = forms(response, table, diagnostics);
        cases.extend(reply_cases::cases(response.status.code(), forms));
    }
    cases
}

/// `default` is the success if no other response is.
pub fn is_success(response: &Response, operation: &Operation) -> bool {
    let any = operation.responses.iter().any(|response| response.status.is_success());
    response.status.is_success() || (!any && response.status == Status::Default)
}

/// The media types of a response with how each is read, JSON first.
fn forms(
    response: &Response,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Vec<(MediaType, ReplyForm)> {
    let (json, others): (Vec<_>, Vec<_>) = in_order(&response.content)
        .into_iter()
        .partition(|media| media.media_type.is_json() && range_form(media, table).is_none());
    let mut forms: Vec<_> = json
        .into_iter()
        .map(|media| (media.media_type.clone(), json_form(media, table, diagnostics)))
        .collect();
    for media in others {
        if !repeats(media, &forms, table) {
            let form = range_form(media, table).unwrap_or_else(|| form(media, table));
            warn_of_format(media, &form, table, diagnostics);
            forms.push((media.media_type.clone(), form));
        }
    }
    forms
}

fn warn_of_format(
    media: &Media,
    form: &ReplyForm,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) {
    if media.is_opaque(table.resolved) && matches!(form, ReplyForm::Text | ReplyForm::Bytes) {
        let taken = if *form == ReplyForm::Text { "a text" } else { "bytes" };
        let message =
            format!("the client does not read this format: the reply is taken as {taken}");
        diagnostics.widened(&media.at, &message);
    }
}

/// Whether a media type has the data of some JSON in another format, which adds nothing.
fn repeats(media: &Media, json: &[(MediaType, ReplyForm)], table: &TypeTable<'_>) -> bool {
    if media.media_type.is_stream() || json.is_empty() {
        return false;
    }
    let end = media.schema.as_ref().and_then(|at| table.follow_aliases(at));
    let is_string = end.is_some_and(|end| end.kind.is_string());
    let is_xml = media.media_type.class() == MediaClass::Xml;
    let ty = media.schema.as_ref().map(|at| ReplyForm::Json(table.rust_type_of(at)));
    let is_same = || json.iter().any(|(_, form)| Some(form) == ty.as_ref());
    (is_xml && !is_string) || ((is_xml || media.is_structured(table.resolved)) && is_same())
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
        Item::EventObject(at, data) => {
            return ReplyForm::EventObjects(table.rust_type_of(at), data);
        }
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

/// What is described of each status: media types that say more come before those that say less.
pub fn described(operation: &Operation, table: &TypeTable<'_>) -> Vec<DescribedReply> {
    let content = |media: &Media| {
        let is_json =
            media.media_type.is_json() || media.media_type.class() == MediaClass::JsonRange;
        let is_read = is_json && range_form(media, table).is_none();
        let schema = media.schema.as_ref().filter(|_| is_read);
        (media.media_type.with_parameters(), schema.map(|at| table.rust_type_of(at)))
    };
    let reply = |one: &Response| {
        let mut media: Vec<_> = one.content.iter().collect();
        media.sort_by_key(|media| Reverse(media.media_type.precision()));
        DescribedReply { status: one.status, content: media.into_iter().map(content).collect() }
    };
    operation.responses.iter().map(reply).collect()
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
