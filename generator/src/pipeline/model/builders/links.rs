//! Links: operations that take values of a reply (OpenAPI 3.1.0, 4.8.20).

use std::collections::{HashMap, HashSet};

use super::methods::{ClientMethod, Methods};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Link, LinkValue};
use crate::pipeline::resolve::{self, Resolved, Target};
use crate::pointer::{Pointer, percent_decoded};
use crate::rust::names::Name;

/// Finds links, and reports those whose operation does not exist.
pub struct LinkFinder<'a> {
    methods: &'a Methods<'a>,
    targets: Targets<'a>,
    /// A link that several operations share is reported once.
    lost: HashSet<&'a Pointer>,
}

impl<'a> LinkFinder<'a> {
    pub fn new(methods: &'a Methods<'a>, resolved: &'a Resolved) -> Self {
        Self { methods, targets: Targets::new(resolved), lost: HashSet::new() }
    }

    /// The links of an operation, each once.
    pub fn links(
        &mut self,
        described: &'a resolve::Operation,
        diagnostics: &mut DiagnosticSink,
    ) -> Vec<Link> {
        let mut links = Vec::new();
        for stated in described.responses.iter().flat_map(|response| &response.links) {
            let Some(method) = self.target(stated, diagnostics) else { continue };
            let link = link(stated, method);
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    fn target(
        &mut self,
        link: &'a resolve::Link,
        diagnostics: &mut DiagnosticSink,
    ) -> Option<&'a ClientMethod<'a>> {
        let found = self.targets.at(&link.to).and_then(|at| self.methods.get(at));
        if found.is_none() && self.lost.insert(&link.at) {
            report(link, diagnostics);
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
    fn new(resolved: &'a Resolved) -> Self {
        let operations = || resolved.operations.iter().rev();
        let ids = operations().filter_map(|one| Some((one.id.as_deref()?, &one.at)));
        let places = operations().map(|one| (one.at.as_str(), &one.at));
        Self { ids: ids.collect(), places: places.collect() }
    }

    fn at(&self, target: &Target) -> Option<&'a Pointer> {
        match target {
            Target::Id(id) => self.ids.get(id.as_str()).copied(),
            Target::Reference(reference) => {
                let at = Pointer::parse(&percent_decoded(reference))?;
                self.places.get(at.as_str()).copied()
            }
        }
    }
}

fn link(stated: &resolve::Link, method: &ClientMethod<'_>) -> Link {
    let parameters = stated.parameters.iter();
    let parameters =
        parameters.map(|(name, value)| (rust_name(name, method), LinkValue::new(value)));
    Link {
        to: method.described.at.clone(),
        method: method.path.clone(),
        parameters: parameters.collect(),
        body: stated.body.as_ref().map(LinkValue::new),
        description: stated.description.clone(),
    }
}

/// The name of a parameter in Rust; its name in a link may have its location: `path.id`.
fn rust_name(name: &str, method: &ClientMethod<'_>) -> String {
    let places = ["path.", "query.", "header.", "cookie."];
    let bare = places.into_iter().find_map(|place| name.strip_prefix(place)).unwrap_or(name);
    let mut names = method.arguments.iter().chain(&method.options).map(|one| &one.name);
    let known = names.find(|known| [name, bare].contains(&known.wire()));
    known.map_or(name, Name::rust).to_owned()
}

fn report(link: &resolve::Link, diagnostics: &mut DiagnosticSink) {
    let (word, to) = match &link.to {
        Target::Id(id) => ("operationId", id),
        Target::Reference(reference) => ("operationRef", reference),
    };
    diagnostics.not_generated(&link.at.at(word), format!("no operation here is `{to}`"));
}
