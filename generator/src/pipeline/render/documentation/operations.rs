//! What is written above a method.

use super::{
    Docs, code, code_in_list, errors, links, paragraphs, rate_limits, values, words, wrapped,
};
use crate::pipeline::model::{
    Api, Batch, BodyForm, Operation, OperationDocs, RequestBody, RetrySafety, Tag,
};
use crate::rust::names::{self, Name};
use crate::rust::rustdoc;

/// So many media types tell what the others are like.
const TELLING: usize = 6;

/// The fact about an operation that costs credits.
const CREDITS: &str = "- Costs credits";

/// What a method does, what it takes and how it fails; an example comes after it.
pub fn operation(api: &Api, tag: &Tag, operation: &Operation) -> Docs {
    let description = operation.docs.description.as_deref();
    let (facts, links) = (facts(operation), links::links(tag, operation));
    // Links end the list of facts, unless something stands between them.
    let details = match &operation.batch {
        Some(batch) => [facts, self::batch(operation, batch), links],
        None => [[facts, links].concat(), Docs::new(), Docs::new()],
    };
    paragraphs([
        words(summary(operation), description),
        request(operation),
        server(operation),
        paragraphs(details),
        errors::errors(tag, operation, &api.common_errors),
    ])
}

/// What is written above the type of an operation: its request and its policy.
pub fn operation_type(tag: &Tag, operation: &Operation) -> Docs {
    let (method, request) = (method_link(tag, operation), method_and_path(operation));
    let policy = &operation.policy;
    let retry = retry(&policy.retry_safety);
    let rate_limit = policy.rate_limit.as_ref().map(rate_limits::fact);
    let credits = policy.consumes_credits.then(|| CREDITS.to_owned());
    paragraphs([
        vec![format!("The operation of {method}: {request}. {retry}")],
        rate_limit.into_iter().chain(credits).collect(),
    ])
}

/// ``[`Credits::usage`]``
pub fn method_link(tag: &Tag, operation: &Operation) -> String {
    format!("[`{}::{}`]", tag.type_name.rust(), operation.name.rust())
}

/// What is written above the method that takes many requests; an example comes after it.
pub fn bulk(operation: &Operation, module: &Name) -> Docs {
    let (name, module) = (operation.name.rust(), module.rust());
    let mut facts: Docs = operation.policy.rate_limit.iter().map(rate_limits::fact).collect();
    if operation.policy.consumes_credits {
        facts.push(format!(
            "- Costs credits, as a call of `{name}` does. When they are used up, no more requests"
        ));
        facts.push("  are sent.".to_owned());
    }
    paragraphs([
        vec![format!(
            "Calls [`{name}`](Self::{name}) for any number of requests, several at a time."
        )],
        vec![format!(
            "Returns a [`Run`](crate::{module}::Run): a stream of requests with their results, in any order."
        )],
        facts,
    ])
}

/// What a form of a body stands for: its media types.
pub fn media_types(form: &BodyForm) -> Docs {
    wrapped("", &listed(form), "").iter().map(|line| line.trim_start().to_owned()).collect()
}

/// The summary, unless there is a description to read instead and it only repeats the name of the operation or the first
/// paragraph of that, as utoipa writes it.
fn summary(operation: &Operation) -> Option<&str> {
    let OperationDocs { summary, description, .. } = &operation.docs;
    let name = names::words_of(operation.type_name.rust());
    let is_known =
        |word: &String| name.contains(word) || ["a", "an", "the"].contains(&word.as_str());
    let repeats = |summary: &str| names::words_of(summary).iter().all(is_known);
    let is_said = |summary: &&str| {
        description.as_deref().is_some_and(|text| repeats(summary) || begins_with(text, summary))
    };
    summary.as_deref().filter(|summary| !is_said(summary))
}

/// Whether the first paragraph of a text is this one, whatever full stop they end with.
fn begins_with(text: &str, paragraph: &str) -> bool {
    let lines = text.trim_start().lines().take_while(|line| !line.trim().is_empty());
    let first = lines.collect::<Vec<_>>().join(" ");
    let bare = |text: &str| text.trim().trim_end_matches('.').to_owned();
    bare(&first) == bare(paragraph)
}

/// What an operation is for, in a line.
pub fn purpose(operation: &Operation) -> Option<&str> {
    let description = operation.docs.description.as_deref();
    let first = description.and_then(|text| text.trim().lines().next());
    summary(operation).or(first)
}

/// `` `GET /books`. It can be repeated safely. ``
fn request(operation: &Operation) -> Docs {
    let request = method_and_path(operation);
    vec![format!("{request}. {}", retry(&operation.policy.retry_safety))]
}

/// `` `GET /books` ``
fn method_and_path(operation: &Operation) -> String {
    code(&format!("{} {}", operation.method, operation.docs.path))
}

fn retry(safety: &RetrySafety) -> String {
    match safety {
        RetrySafety::Safe => "It can be repeated safely.".to_owned(),
        RetrySafety::SafeByKey(key) => {
            format!("It can be repeated safely with the same {}.", code(key))
        }
        RetrySafety::SafeByHeader(name) => {
            format!("It can be repeated safely: all attempts have one {}.", code(name))
        }
        RetrySafety::Unsafe => "If it is repeated, it may act twice.".to_owned(),
    }
}

fn server(operation: &Operation) -> Docs {
    let sentence =
        |server: &String| format!("It is sent to {} if no base URL is set.", code(server));
    operation.server.as_ref().map(sentence).map_or_else(Docs::new, |text| rustdoc::lines(&text))
}

/// What becomes of the batches that an operation submits.
fn batch(operation: &Operation, batch: &Batch) -> Docs {
    let mut lines = vec![
        "Returns a [`Batch`](crate::batch::Batch), which can be stored and waits for the"
            .to_owned(),
        "results.".to_owned(),
    ];
    if let Some(chunks) = &batch.chunks {
        let call = operation.type_name.rust();
        lines.push(format!("[`submit_all`](Call::<{call}>::submit_all) submits any number of"));
        lines.push(format!("{}, at most {} at a time.", code(&chunks.field), chunks.at_most));
    }
    lines
}

fn facts(operation: &Operation) -> Docs {
    let mut facts: Docs = operation.arguments.iter().filter_map(values::argument).collect();
    facts.extend(optional(operation));
    facts.extend(operation.body.iter().flat_map(|body| choice_of_media_types(&body.sent)));
    facts.extend(operation.policy.rate_limit.as_ref().map(rate_limits::fact));
    if operation.policy.consumes_credits {
        facts.push(CREDITS.to_owned());
    }
    if operation.success.has_bytes() {
        facts.push("- [`stream`](Call::stream) returns the bytes as they arrive.".to_owned());
    }
    if operation.pagination.is_some() {
        facts.push(
            "- A reply is a page: [`items`](Call::items) returns the items of all pages, and"
                .to_owned(),
        );
        facts.push("  [`pages`](Call::pages) returns the replies.".to_owned());
    }
    if operation.polling.is_some() {
        facts.push(
            "- The result comes later: [`into_poller`](Call::into_poller) waits for it.".to_owned(),
        );
    }
    facts
}

fn optional(operation: &Operation) -> Docs {
    let call = operation.type_name.rust();
    let setter = |name: &Name| format!("[`{0}`](Call::<{call}>::{0})", name.rust());
    let options = operation.options.iter().map(|parameter| &parameter.name);
    let body = operation.body.iter().filter(|body| !body.required).map(|body| &body.name);
    wrapped("- Optional: ", &options.chain(body).map(setter).collect::<Vec<_>>(), "")
}

/// ``- Body: `application/json`, `image/*` ``, where the caller has a choice.
fn choice_of_media_types(sent: &RequestBody) -> Docs {
    let all: Vec<_> = match sent {
        RequestBody::One(form @ BodyForm::Content(_)) => listed(form),
        RequestBody::One(_) => Vec::new(),
        RequestBody::Several { cases, .. } => {
            cases.iter().flat_map(|case| listed(&case.form)).collect()
        }
    };
    wrapped("- Body: ", &all, "")
}

/// The media types of a form, of very many the first.
fn listed(form: &BodyForm) -> Vec<String> {
    let media_types = form.media_types();
    let more = media_types.len().saturating_sub(TELLING);
    let first = media_types.iter().take(TELLING).map(|name| code_in_list(name));
    first.chain((more > 0).then(|| format!("and {more} more"))).collect()
}
