//! Links: what the values of a reply are good for (OpenAPI 3.1.0, 4.8.20).

use std::collections::{HashMap, HashSet};

use super::messages::Messages;
use super::{Api, Link, LinkValue, MethodPath, Operation, Tag};
use crate::pipeline::normalize::references::decoded;
use crate::pipeline::resolve::{self, Resolved, Target};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// What methods are called, those among them that a selection leaves out.
pub struct Methods(HashMap<Pointer, Method>);

/// A method and its parameters, as links speak of them.
struct Method {
    path: MethodPath,
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
            path: MethodPath::new(tag, operation),
            parameters: parameters.map(|parameter| parameter.name.clone()).collect(),
        }
    }

    /// What a parameter is called in Rust; its name may say where it goes: `path.id`.
    fn parameter(&self, name: &str) -> String {
        let places = ["path.", "query.", "header.", "cookie."];
        let bare = places.into_iter().find_map(|place| name.strip_prefix(place)).unwrap_or(name);
        let known = self.parameters.iter().find(|known| [name, bare].contains(&known.wire()));
        known.map_or(name, Name::rust).to_owned()
    }
}

/// Finds the links of each operation.
pub fn add_links(api: &mut Api, methods: &Methods, resolved: &Resolved, messages: &mut Messages) {
    let described = resolved.operations.iter().map(|operation| (&operation.at, operation));
    let described: HashMap<_, _> = described.collect();
    let mut finder =
        Finder { methods, targets: Targets::of(resolved), lost: HashSet::new(), messages };
    for operation in api.tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        let found = described.get(&operation.at).map(|described| finder.links(described));
        operation.docs.links = found.unwrap_or_default();
    }
}

/// Finds links, and reports those that lead nowhere.
struct Finder<'a> {
    methods: &'a Methods,
    targets: Targets<'a>,
    /// A link that several operations share is reported once.
    lost: HashSet<&'a Pointer>,
    messages: &'a mut Messages,
}

impl<'a> Finder<'a> {
    /// The links of an operation, each once.
    fn links(&mut self, described: &'a resolve::Operation) -> Vec<Link> {
        let mut links = Vec::new();
        for stated in described.responses.iter().flat_map(|response| &response.links) {
            let Some((at, method)) = self.target(stated) else { continue };
            let link = link(stated, at, method);
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    fn target(&mut self, link: &'a resolve::Link) -> Option<(&'a Pointer, &'a Method)> {
        let at = self.targets.at(&link.to);
        let found = at.and_then(|at| Some((at, self.methods.0.get(at)?)));
        if found.is_none() && self.lost.insert(&link.at) {
            report(link, self.messages);
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

fn link(stated: &resolve::Link, at: &Pointer, method: &Method) -> Link {
    let parameters = stated.parameters.iter();
    let parameters =
        parameters.map(|(name, value)| (method.parameter(name), LinkValue::new(value)));
    Link {
        to: at.clone(),
        method: method.path.clone(),
        parameters: parameters.collect(),
        body: stated.body.as_ref().map(LinkValue::new),
        description: stated.description.clone(),
    }
}

fn report(link: &resolve::Link, messages: &mut Messages) {
    let (word, to) = match &link.to {
        Target::Id(id) => ("operationId", id),
        Target::Reference(reference) => ("operationRef", reference),
    };
    messages.not_generated(&link.at.at(word), format!("no operation here is `{to}`"));
}
