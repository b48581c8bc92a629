//! Links: what the values of a reply are good for, told with the operation that gives it (OpenAPI 3.1.0, 4.8.20).

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::messages::Messages;
use super::{Api, Docs, Operation, Tag, documentation};
use crate::docs;
use crate::names::Name;
use crate::normalize::references::decoded;
use crate::pointer::Pointer;
use crate::resolve::{self, Link, Resolved, Target};

/// What methods are called, those among them that a selection leaves out.
pub struct Methods(HashMap<Pointer, Method>);

/// A method and its parameters, as links speak of them.
struct Method {
    /// `Books::get`
    path: String,
    /// The module that it is in.
    module: String,
    /// What its parameters are called on the wire and in Rust.
    parameters: Vec<Name>,
}

impl Methods {
    pub fn of(api: &Api) -> Self {
        let operations =
            api.tags.iter().flat_map(|tag| tag.operations.iter().map(move |one| (tag, one)));
        Self(operations.map(|(tag, one)| (one.at.clone(), Method::of(tag, one))).collect())
    }
}

impl Method {
    fn of(tag: &Tag, operation: &Operation) -> Self {
        let parameters = operation.arguments.iter().chain(&operation.options);
        Self {
            path: documentation::method(tag, operation),
            module: tag.name.rust().to_owned(),
            parameters: parameters.map(|parameter| parameter.name.clone()).collect(),
        }
    }

    /// What a parameter is called in Rust; its name may say where it goes: `path.id`.
    fn parameter(&self, name: &str) -> String {
        let places = ["path.", "query.", "header.", "cookie."];
        let bare = places.into_iter().find_map(|place| name.strip_prefix(place)).unwrap_or(name);
        let known = self.parameters.iter().find(|known| [name, bare].contains(&known.wire()));
        known.map_or_else(|| code(name), |known| code(known.rust()))
    }
}

/// Writes the links of each operation into its documentation.
///
/// Within a module they lead to the method. Elsewhere they name it, so that a module reads the same whatever other
/// ones a client has.
pub fn write(api: &mut Api, methods: &Methods, resolved: &Resolved, messages: &mut Messages) {
    let described = resolved.operations.iter().map(|operation| (&operation.at, operation));
    let described: HashMap<_, _> = described.collect();
    let mut teller =
        Teller { methods, targets: Targets::of(resolved), lost: HashSet::new(), messages };
    for tag in &mut api.tags {
        let here: HashSet<Pointer> = tag.operations.iter().map(|one| one.at.clone()).collect();
        for operation in &mut tag.operations {
            operation.links =
                described.get(&operation.at).map(|one| teller.told(one, &here)).unwrap_or_default();
            if !operation.links.is_empty() {
                documentation::add_facts(&mut operation.docs, &operation.links);
            }
        }
    }
}

/// Tells of links, and complains of those that lead nowhere.
struct Teller<'a> {
    methods: &'a Methods,
    targets: Targets<'a>,
    /// A link that several operations share is complained about once.
    lost: HashSet<&'a Pointer>,
    messages: &'a mut Messages,
}

impl<'a> Teller<'a> {
    /// What is told of the links of an operation; those within a module lead `here`.
    fn told(&mut self, described: &'a resolve::Operation, here: &HashSet<Pointer>) -> Docs {
        let links = described.responses.iter().flat_map(|response| &response.links);
        let mut told: Vec<Docs> = Vec::new();
        for link in links {
            let Some((at, method)) = self.target(link) else { continue };
            let lines = lines(link, method, here.contains(at));
            if !told.contains(&lines) {
                told.push(lines);
            }
        }
        told.concat()
    }

    fn target(&mut self, link: &'a Link) -> Option<(&'a Pointer, &'a Method)> {
        let at = self.targets.at(&link.to);
        let found = at.and_then(|at| Some((at, self.methods.0.get(at)?)));
        if found.is_none() && self.lost.insert(&link.at) {
            complain(link, self.messages);
        }
        found
    }
}

/// The operations that links may lead to.
struct Targets<'a> {
    ids: HashMap<&'a str, &'a Pointer>,
    places: HashMap<&'a str, &'a Pointer>,
}

impl<'a> Targets<'a> {
    fn of(resolved: &'a Resolved) -> Self {
        let operations = || resolved.operations.iter().rev();
        let ids = operations().filter_map(|one| Some((one.id.as_deref()?, &one.at)));
        let places = operations().map(|one| (one.at.as_str(), &one.at));
        Self { ids: ids.collect(), places: places.collect() }
    }

    fn at(&self, target: &Target) -> Option<&'a Pointer> {
        match target {
            Target::Id(id) => self.ids.get(id.as_str()).copied(),
            Target::Reference(reference) => {
                let at = Pointer::parse(&decoded(reference))?;
                self.places.get(at.as_str()).copied()
            }
        }
    }
}

/// ```text
/// - [`Books::get`](crate::books::Books::get) takes `id` of the reply as `book_id`
/// - `Shelf::list` takes `id` of the reply as `book`
/// ```
fn lines(link: &Link, method: &Method, is_here: bool) -> Docs {
    let Method { path, module, .. } = method;
    let named = match is_here {
        true => format!("[`{path}`](crate::{module}::{path})"),
        false => format!("`{path}`"),
    };
    let parameters = link.parameters.iter();
    let parameters = parameters
        .map(|(name, value)| format!("{} as {}", value_words(value), method.parameter(name)));
    let body = link.body.iter().map(|body| format!("{} as its body", value_words(body)));
    let taken: Vec<String> = parameters.chain(body).collect();
    let mut lines = match taken.as_slice() {
        [] => vec![format!("- Goes with {named}")],
        taken => documentation::wrapped(&format!("- {named} takes"), taken),
    };
    let said = link.description.as_deref().map(docs::sentence).filter(|text| !text.is_empty());
    if let (Some(said), Some(last)) = (said, lines.last_mut()) {
        last.push('.');
        lines.push(format!("  {said}"));
    }
    lines
}

fn complain(link: &Link, messages: &mut Messages) {
    let (word, to) = match &link.to {
        Target::Id(id) => ("operationId", id),
        Target::Reference(reference) => ("operationRef", reference),
    };
    messages.not_generated(&link.at.at(word), format!("no operation here is `{to}`"));
}

/// What an expression stands for (OpenAPI 3.1.0, 4.8.20.3), or a value.
///
/// `$response.body#/owner/id` → `` `owner.id` of the reply ``
fn value_words(value: &Value) -> String {
    let Some(text) = value.as_str() else { return code(&value.to_string()) };
    let Some((source, rest)) = text.strip_prefix('$').and_then(|text| text.split_once('.')) else {
        return code(text);
    };
    let whose = match source {
        "response" => "of the reply",
        "request" => "of this request",
        _ => return code(text),
    };
    match rest.split_once(['.', '#']) {
        Some(("body", pointer)) => {
            let steps = Pointer::parse(&format!("#{pointer}"));
            let steps: Vec<_> = steps.iter().flat_map(Pointer::steps).collect();
            match steps.as_slice() {
                [] => format!("the body {whose}"),
                steps => format!("{} {whose}", code(&steps.join("."))),
            }
        }
        Some(("header", name)) => format!("the header {} {whose}", code(name)),
        Some(("path" | "query", name)) => format!("{} {whose}", code(name)),
        None if rest == "body" => format!("the body {whose}"),
        _ => code(text),
    }
}

fn code(text: &str) -> String {
    format!("`{}`", docs::inside_code(text))
}

#[cfg(test)]
mod tests {
    use super::value_words;

    #[test]
    fn expressions_are_told_in_words() {
        let table = [
            ("$response.body#/id", "`id` of the reply"),
            ("$response.body#/owner/user~1name", "`owner.user/name` of the reply"),
            ("$response.body", "the body of the reply"),
            ("$response.body#", "the body of the reply"),
            ("$response.header.Location", "the header `Location` of the reply"),
            ("$request.path.book_id", "`book_id` of this request"),
            ("$request.body#/isbn", "`isbn` of this request"),
            ("$url", "`$url`"),
            ("prefix-{$response.body#/id}", "`prefix-{$response.body#/id}`"),
            ("a`b", "`a'b`"),
        ];
        for (expression, words) in table {
            assert_eq!(value_words(&expression.into()), words, "{expression}");
        }
        assert_eq!(value_words(&5.into()), "`5`");
    }
}
