//! Operations: methods, setters, and what they give.

use super::super::signature::{self, Signature};
use super::super::surface::{ALONE, Call, Facts, Member, Presence};
use super::{facts, fingerprint, listed, member};
use crate::pipeline::model::{
    Batch, Body, BodyCase, BodyForm, Bulk, Chunks, DocumentedResponse, ErrorCase, FormStyles,
    Operation, OperationDocs, Pagination, Parameter, ParameterForm, Policy, Polling, RateLimit,
    Reply, ReplyCase, RequestBody, RetrySafety, Style, Tag, When,
};
use crate::pipeline::render::documentation;
use crate::rust::names::Name;
use crate::rust::rustdoc::inside_code;

pub fn call(tag: &Tag, operation: &Operation, bulk_module: &Name) -> Call {
    #[rustfmt::skip]
    let Operation {
        name, aliases, type_name, id, docs: _, at: _, deprecated, method, path, arguments, options, body, success, batch, bulk, pagination, polling,
        // These are facts.
        accept: _, errors: _, replies: _, security: _, policy: _, server: _,
    } = operation;
    let (success, replies) = match (success, batch) {
        (Reply::One(form), None) => (signature::reply(form), Vec::new()),
        (accepted, Some(batch)) => (signature::batch(accepted, batch), Vec::new()),
        (Reply::Several { name, cases, .. }, None) => {
            (Signature::text(name.rust()), cases.iter().map(reply_case).collect())
        }
    };
    let (required, optional): (Vec<_>, Vec<_>) = body.iter().partition(|body| body.required);
    let chunks = batch.iter().filter_map(|batch| batch.chunks.as_ref());
    let optional = optional
        .into_iter()
        .map(sent)
        .chain(chunks.map(submit_all))
        .chain(pagination.iter().map(pages))
        .chain(polling.iter().map(poller));
    let errors = tag.errors_of(operation);
    Call {
        request: inside_code(&format!("{method} {path}")),
        id: inside_code(id),
        name: name.rust().to_owned(),
        aliases: aliases.iter().map(|alias| alias.rust().to_owned()).collect(),
        call: type_name.rust().to_owned(),
        deprecated: *deprecated,
        arguments: arguments.iter().map(parameter).chain(required.into_iter().map(sent)).collect(),
        options: options.iter().map(parameter).chain(optional).collect(),
        bodies: body.iter().flat_map(body_cases).collect(),
        bulk: bulk.iter().map(|bulk| many(bulk, operation, bulk_module)).collect(),
        success,
        replies,
        error: errors.map(|(_, name)| name.rust().to_owned()),
        errors: errors.iter().flat_map(|(errors, _)| &errors.cases).map(error_case).collect(),
        facts: call_facts(operation),
        docs: fingerprint(&words(tag, operation)),
    }
}

/// What is said of an operation that is not compared on its own: its words, and what its links lead to.
fn words(tag: &Tag, operation: &Operation) -> Vec<String> {
    let OperationDocs { summary, description, path: _, links: _ } = &operation.docs;
    let words = documentation::words(summary.as_deref(), description.as_deref());
    // The blank line after them is part of the fingerprints that releases have recorded.
    let blank = (!words.is_empty()).then(String::new);
    words.into_iter().chain(blank).chain(documentation::links::links(tag, operation)).collect()
}

fn call_facts(operation: &Operation) -> Facts {
    let Operation { accept, errors, security, policy, batch, server, .. } = operation;
    let Policy { rate_limit, retry_safety, consumes_credits, stream_end } = policy;
    let security: Vec<_> = security.iter().map(|set| set.join(" and ")).collect();
    let errors: Vec<_> = errors.iter().map(response).collect();
    facts([
        ("media types asked for", listed(accept)),
        ("server of its own", server.clone()),
        ("credentials", listed(&security)),
        ("rate limit", rate_limit.as_ref().map(limit)),
        ("repeating it", Some(repeatable(retry_safety))),
        ("spends credits", Some(if *consumes_credits { "yes" } else { "no" }.to_owned())),
        ("end of the stream", stream_end.clone()),
        ("documented errors", listed(&errors)),
        ("fields of the run", batch.as_ref().map(run)),
    ])
}

fn limit(limit: &RateLimit) -> String {
    let RateLimit { group, window } = limit;
    match window {
        Some((requests, seconds)) => format!("{requests} in {seconds} s, group {group}"),
        None => format!("group {group}"),
    }
}

fn repeatable(safety: &RetrySafety) -> String {
    match safety {
        RetrySafety::Safe => "safe".to_owned(),
        RetrySafety::SafeByKey(key) => format!("safe by {key}"),
        RetrySafety::SafeByHeader(name) => format!("safe by the header {name}"),
        RetrySafety::Unsafe => "not safe".to_owned(),
    }
}

pub fn response(response: &DocumentedResponse) -> String {
    let DocumentedResponse { status, ty, description: _ } = response;
    let status = documentation::errors::status(*status);
    match ty {
        Some(ty) => format!("{status} with {}", signature::ty(ty)),
        None => status,
    }
}

fn run(batch: &Batch) -> String {
    let Batch { run_id, results, report, row: _, charge: _, chunks: _ } = batch;
    let fields = [run_id, results].into_iter().chain(report);
    fields.map(|field| field.name.rust()).collect::<Vec<_>>().join(", ")
}

/// The method that takes any number of requests; there is one at most.
fn many(bulk: &Bulk, operation: &Operation, module: &Name) -> Member {
    let Bulk { name, requests: _ } = bulk;
    Member {
        wire: "all".to_owned(),
        name: name.rust().to_owned(),
        ty: Signature::text(format!("{}::Run<{}>", module.rust(), operation.type_name.rust())),
        presence: Presence::Required,
        facts: Facts::new(),
        docs: String::new(),
    }
}

/// The method of a call that submits any number of records.
fn submit_all(chunks: &Chunks) -> Member {
    let Chunks { field, at_most } = chunks;
    let said = [("field", Some(field.clone())), ("at most", Some(at_most.to_string()))];
    Member {
        wire: String::new(),
        name: "submit_all".to_owned(),
        ty: Signature::text("batch::Submissions"),
        presence: Presence::Required,
        facts: facts(said),
        docs: String::new(),
    }
}

/// The methods of a call that return all pages and their items.
fn pages(pagination: &Pagination) -> Member {
    let Pagination { item, items, more, style } = pagination;
    let said = [
        ("items", Some(items.clone())),
        ("more", more.clone()),
        ("style", Some(format!("{style:?}"))),
    ];
    Member {
        wire: String::new(),
        name: "items".to_owned(),
        ty: signature::ty(item).within("Items<", ">"),
        presence: Presence::Required,
        facts: facts(said),
        docs: String::new(),
    }
}

/// The method of a call that waits for its result.
fn poller(polling: &Polling) -> Member {
    let Polling { url, state, every, outcome, result } = polling;
    let said = [
        ("status", Some(format!("{url:?}"))),
        ("state", state.as_ref().map(|state| format!("{state:?}"))),
        ("every", every.map(|millis| format!("{millis} ms"))),
        ("result", Some(format!("{result:?}"))),
    ];
    Member {
        wire: String::new(),
        name: "into_poller".to_owned(),
        ty: signature::ty(outcome).within("Poller<", ">"),
        presence: Presence::Required,
        facts: facts(said),
        docs: String::new(),
    }
}

fn parameter(parameter: &Parameter) -> Member {
    let Parameter { name, docs, ty, style, form, example: _, constant } = parameter;
    let written = documentation::values::parameter(parameter);
    let limits = documentation::values::limits(&docs.limits);
    let style = match style {
        Style::Path => "in the path".to_owned(),
        Style::PathWithSlashes => "in the path, slashes kept".to_owned(),
        Style::PathLabel(_) => "in the path, after dots".to_owned(),
        Style::PathMatrix(_) | Style::PathMatrixAny => "in the path, as a matrix".to_owned(),
        Style::Query => "in the query".to_owned(),
        Style::QueryFields(_) => "in the query, a member a pair".to_owned(),
        Style::QueryAny(_) => "in the query, as what it is".to_owned(),
        Style::QueryDeep(_) => "in the query, as a deep object".to_owned(),
        Style::QueryJoined(by) => format!("in the query, joined by {by}"),
        Style::QueryString => "as the query".to_owned(),
        Style::Header => "as a header".to_owned(),
        Style::QueryReserved => "in the query, not encoded".to_owned(),
        Style::QueryJoinedReserved(by) => format!("in the query, joined by {by}, not encoded"),
        Style::Cookie => "as a cookie".to_owned(),
        Style::CookieRepeated => "as a cookie an item".to_owned(),
        Style::CookieFields => "as a cookie a member".to_owned(),
        Style::CookieAny => "as a cookie, as what it is".to_owned(),
    };
    let form = match form {
        ParameterForm::Plain | ParameterForm::AnyShape => None,
        ParameterForm::ObjectJoined => Some("its members in turn".to_owned()),
        ParameterForm::ObjectExploded => Some("its members as assignments".to_owned()),
        ParameterForm::Json => Some("JSON text".to_owned()),
    };
    let constant = constant.clone();
    let said = [
        ("sent", Some(style)),
        ("written as", form),
        ("sent by itself", constant),
        ("limits", limits),
    ];
    Member { facts: facts(said), ..member(name, signature::argument(ty), &written) }
}

fn sent(body: &Body) -> Member {
    let Body { name, description: _, sent, required: _, example: _ } = body;
    let facts = match sent {
        RequestBody::One(form) => form_facts(form),
        RequestBody::Several { .. } => Facts::new(),
    };
    let member = member(name, signature::sent(sent), &documentation::values::body(body));
    Member { wire: String::new(), facts, ..member }
}

fn form_facts(form: &BodyForm) -> Facts {
    let (deep, joined) = match form {
        BodyForm::Form(_, FormStyles { deep, joined }) => {
            let joined: Vec<_> =
                joined.iter().map(|(field, by)| format!("{field} by {by}")).collect();
            (listed(deep), listed(&joined))
        }
        _ => (None, None),
    };
    let sent = Some(form.media_types().join(", "));
    facts([("sent as", sent), ("deep fields", deep), ("joined fields", joined)])
}

fn body_cases(body: &Body) -> Vec<Member> {
    match &body.sent {
        RequestBody::One(_) => Vec::new(),
        RequestBody::Several { name: _, cases } => cases.iter().map(body_case).collect(),
    }
}

fn body_case(case: &BodyCase) -> Member {
    let BodyCase { name, form, is_usual } = case;
    let docs = documentation::operations::media_types(form);
    let alone = is_usual.then(|| (ALONE.to_owned(), "yes".to_owned()));
    let facts = form_facts(form).into_iter().chain(alone).collect();
    Member { facts, ..member(name, signature::body(form), &docs) }
}

fn reply_case(case: &ReplyCase) -> Member {
    let ReplyCase { name, when, form } = case;
    let docs = documentation::types::reply_case(case);
    let when = match when {
        When::Status(status) => status.to_string(),
        When::Media(media) => media.join(" or "),
        When::Both(status, media) => format!("{status} with {}", media.join(" or ")),
        When::AnyOther => "any other status".to_owned(),
    };
    let said = [("comes as", Some(when))];
    Member { facts: facts(said), ..member(name, signature::reply(form), &docs) }
}

fn error_case(case: &ErrorCase) -> Member {
    let ErrorCase { name, status: _, ty } = case;
    let ty = ty.as_ref().map(signature::ty).unwrap_or_default();
    member(name, ty, &documentation::errors::error_case(case))
}
