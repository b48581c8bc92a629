//! What is written above a method.

use std::collections::HashMap;

use super::{append, code, prose, worded};
use crate::docs::{self, inside_code};
use crate::model::{BodyForm, Docs, Operation, Parameter, RateLimit, Repeat, Sent, Tag};
use crate::names::Name;
use crate::pointer::Pointer;
use crate::resolve;

/// As wide as lines of links get.
const WIDTH: usize = 90;

/// So many media types tell what the others are like.
const TELLING: usize = 6;

/// What a method does and what it takes; how it fails, and an example, come later.
pub fn of_operation(described: &resolve::Operation, operation: &Operation) -> Docs {
    let mut docs = words_of(described);
    let call = format!("{} {}", described.method.to_uppercase(), described.path);
    append(&mut docs, vec![format!("{}. {}", code(&call), repeating(&operation.policy.repeat))]);
    let elsewhere = |server: &String| {
        let said = format!("It is sent to {}, unless a base URL is set.", code(server));
        docs::lines(&said)
    };
    append(&mut docs, operation.server.as_ref().map(elsewhere).unwrap_or_default());
    append(&mut docs, facts(operation));
    docs
}

/// The summary of an operation, and its description where that says more.
pub fn words_of(described: &resolve::Operation) -> Docs {
    let summary = described.summary.as_deref().and_then(worded);
    let summary = summary.map(|text| vec![docs::sentence(text)]);
    let mut docs = summary.unwrap_or_default();
    let same = described.summary == described.description;
    let more = described.description.as_deref().filter(|_| !same).and_then(worded);
    append(&mut docs, more.map(prose).unwrap_or_default());
    docs
}

/// What a method is called where its module is not told: `Books::add`.
pub fn method(tag: &Tag, operation: &Operation) -> String {
    format!("{}::{}", tag.type_name.rust(), operation.name.rust())
}

/// The methods by the places of their operations.
pub fn methods(tags: &[Tag]) -> HashMap<&Pointer, String> {
    let tags = tags.iter().flat_map(|tag| tag.operations.iter().map(move |one| (tag, one)));
    tags.map(|(tag, operation)| (&operation.at, method(tag, operation))).collect()
}

/// Says of an operation that submits batches what becomes of them.
pub fn add_batch(operation: &mut Operation) {
    let Some(batch) = &operation.batch else { return };
    let mut lines = vec![
        "Gives a [`Batch`](crate::batch::Batch): a value that can be stored, and that waits for its"
            .to_owned(),
        "results.".to_owned(),
    ];
    if let Some(chunks) = &batch.chunks {
        let call = operation.type_name.rust();
        lines.push(format!("[`submit_all`](Call::<{call}>::submit_all) submits any number of"));
        lines.push(format!("{}, at most {} at a time.", code(&chunks.field), chunks.at_most));
    }
    append(&mut operation.docs, lines);
}

/// What is written above the method that takes many requests; an example comes later.
pub fn of_bulk(operation: &Operation, module: &Name) -> Docs {
    let (name, module) = (operation.name.rust(), module.rust());
    let mut docs = vec![
        format!("[`{name}`](Self::{name}) for each of any number of requests, several at a time."),
        String::new(),
        format!(
            "Gives a [`Run`](crate::{module}::Run): a stream of requests with their results, in any order."
        ),
    ];
    let mut facts: Docs = operation.policy.rate_limit.iter().map(rate_limit).collect();
    if operation.policy.spends {
        facts.push(format!("- Spends credits, each call as one of `{name}` does. Once they are used up, nothing more"));
        facts.push("  is sent.".to_owned());
    }
    append(&mut docs, facts);
    docs
}

/// The sentence that follows the path of a call.
pub fn repeating(repeat: &Repeat) -> String {
    match repeat {
        Repeat::Safe => "Repeating it is safe.".to_owned(),
        Repeat::SafeByKey(key) => {
            format!("Repeating it is safe as long as {} stays the same.", code(key))
        }
        Repeat::Unsafe => "Repeating it may act a second time.".to_owned(),
    }
}

fn facts(operation: &Operation) -> Docs {
    let mut facts: Docs = operation.arguments.iter().filter_map(argument).collect();
    facts.extend(optional(operation));
    facts.extend(operation.body.iter().flat_map(|body| media_types(&body.sent)));
    facts.extend(operation.policy.rate_limit.as_ref().map(rate_limit));
    if operation.policy.spends {
        facts.push("- Spends credits".to_owned());
    }
    if operation.success.has_bytes() {
        facts.push("- [`stream`](Call::stream) gives the bytes as they come.".to_owned());
    }
    facts
}

/// `- \`book_id\`: The book's id.`, where more is said of it than its name.
fn argument(parameter: &Parameter) -> Option<String> {
    if parameter.docs == [code(parameter.name.wire())] {
        return None;
    }
    let words: Vec<_> = parameter.docs.iter().flat_map(|line| line.split_whitespace()).collect();
    Some(format!("- `{}`: {}", parameter.name.rust(), words.join(" ")))
}

fn optional(operation: &Operation) -> Docs {
    let call = operation.type_name.rust();
    let setter = |name: &Name| format!("[`{0}`](Call::<{call}>::{0})", name.rust());
    let mut setters: Vec<_> =
        operation.options.iter().map(|parameter| setter(&parameter.name)).collect();
    let body = operation.body.iter().filter(|body| !body.required);
    setters.extend(body.map(|body| setter(&body.name)));
    if setters.is_empty() { Vec::new() } else { wrapped("- Optional: ", &setters) }
}

/// `- Body: \`application/json\`, \`image/*\``, where the caller has a choice.
fn media_types(sent: &Sent) -> Docs {
    match sent {
        Sent::One(form @ BodyForm::Content(_)) => wrapped("- Body: ", &listed(form)),
        Sent::One(_) => Vec::new(),
        Sent::Several { cases, .. } => {
            let all: Vec<_> = cases.iter().flat_map(|case| listed(&case.form)).collect();
            wrapped("- Body: ", &all)
        }
    }
}

/// What a form of a body stands for: its media types.
pub fn of_media_types(form: &BodyForm) -> Docs {
    wrapped("", &listed(form)).iter().map(|line| line.trim_start().to_owned()).collect()
}

/// The media types of a form, of very many the first.
fn listed(form: &BodyForm) -> Vec<String> {
    let media_types = form.media_types();
    let more = media_types.len().saturating_sub(TELLING);
    let first = media_types.iter().take(TELLING).map(|name| format!("`{}`", inside_code(name)));
    first.chain((more > 0).then(|| format!("and {more} more"))).collect()
}

/// `- Optional: a, b,` and so on below.
pub fn wrapped(start: &str, items: &[String]) -> Docs {
    let mut lines = vec![start.trim_end().to_owned()];
    let last = items.len() - 1;
    for (index, item) in items.iter().enumerate() {
        let comma = if index == last { "" } else { "," };
        match lines.last_mut() {
            Some(line) if line.len() + item.len() < WIDTH => *line += &format!(" {item}{comma}"),
            _ => lines.push(format!("  {item}{comma}")),
        }
    }
    lines
}

/// ``The group `enrichment`: 50 requests per 60 seconds.``
pub fn of_rate_limit(limit: &RateLimit) -> Docs {
    let figure = figure(limit).unwrap_or_else(|| "no figure is described".to_owned());
    vec![format!("The group {}: {figure}.", code(&limit.family))]
}

/// `50 requests per 60 seconds`
fn figure(limit: &RateLimit) -> Option<String> {
    let (requests, seconds) = limit.window?;
    let requests = plural(u64::from(requests), "request");
    Some(format!("{requests} per {}", plural(seconds, "second")))
}

fn rate_limit(limit: &RateLimit) -> String {
    let family = code(&limit.family);
    match figure(limit) {
        Some(figure) => format!("- Rate limit: {figure}, shared by the family {family}"),
        None => format!("- Rate limit: shared by the family {family}, figure unknown"),
    }
}

fn plural(count: u64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}
