//! Webhooks, and the callbacks that operations declare.

use std::collections::HashMap;
use std::ops::Range;

use openapiv3::{Callback, Operation, PathItem, ReferenceOr};
use serde_json::Value;

use super::operations::Reader;
use super::{Webhook, components};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize;
use crate::pipeline::normalize::kept_facts::KeptFact;
use crate::pointer::Pointer;

impl<'a> Reader<'a> {
    /// Webhooks in the order of the description, then callbacks in the order of the operations.
    pub fn webhooks(&mut self, webhooks: &'a normalize::Webhooks) -> Vec<Webhook> {
        let mut found = Vec::new();
        for (at, item) in webhooks {
            let name = at.steps().next_back().unwrap_or_default();
            match item {
                ReferenceOr::Item(item) => found.extend(self.requests(&name, &name, item, at)),
                ReferenceOr::Reference { reference } => self.context.dangling(at, reference),
            }
        }
        found.extend(self.callbacks());
        found
    }

    fn callbacks(&mut self) -> Vec<Webhook> {
        let mut found: Vec<Webhook> = Vec::new();
        // A callback that several operations declare is one.
        let mut met: HashMap<Pointer, Range<usize>> = HashMap::new();
        for (declaring, operation) in self.declaring_operations() {
            for (name, callback, at) in self.callbacks_of(operation, &declaring.at("callbacks")) {
                let start = found.len();
                let known = met.entry(at.clone()).or_insert_with(|| {
                    found.extend(self.callback(&name, callback, &at));
                    start..found.len()
                });
                for one in found.get_mut(known.clone()).into_iter().flatten() {
                    one.declared_by.push(declaring.clone());
                }
            }
        }
        found
    }

    /// The operations that may declare callbacks.
    fn declaring_operations(&self) -> Vec<(Pointer, &'a Operation)> {
        let mut found = Vec::new();
        for (path, item) in &self.openapi.paths.paths {
            let at = Pointer::root().at("paths").at(path);
            let operations = item.as_item().into_iter().flat_map(|item| self.described(item, &at));
            found.extend(operations.map(|(at, _, operation)| (at, operation)));
        }
        found
    }

    /// The callbacks of an operation, with their names and their own places.
    fn callbacks_of(
        &mut self,
        operation: &'a Operation,
        at: &Pointer,
    ) -> Vec<(String, &'a Callback, Pointer)> {
        let own = operation.callbacks.iter();
        let mut found: Vec<_> =
            own.map(|(name, callback)| (name.clone(), callback, at.at(name))).collect();
        let all = self.openapi.components.as_ref().map(|components| &components.callbacks);
        for (name, reference) in references(operation) {
            match components::named(reference, "callbacks", all) {
                Some((place, stands)) => {
                    let end = components::follow(place, stands, "callbacks", all, self.context);
                    found.extend(end.map(|(callback, at)| (name.clone(), callback, at)));
                }
                None => self.context.dangling(&at.at(name), reference),
            }
        }
        found
    }

    fn callback(&mut self, name: &str, callback: &'a Callback, at: &Pointer) -> Vec<Webhook> {
        let items = callback.iter();
        items.flat_map(|(url, item)| self.requests(name, url, item, &at.at(url))).collect()
    }

    /// The requests of a path item that the service sends.
    fn requests(
        &mut self,
        name: &str,
        path: &str,
        item: &'a PathItem,
        at: &Pointer,
    ) -> Vec<Webhook> {
        for (at, _, operation) in self.described(item, at) {
            self.report_the_rest(operation, &at);
        }
        let requests = self.path_item(path, item, at).into_iter();
        let webhook = |request| Webhook { name: name.to_owned(), declared_by: Vec::new(), request };
        requests.map(webhook).collect()
    }

    /// Reports what a receiver of the request has to take care of.
    fn report_the_rest(&mut self, operation: &Operation, at: &Pointer) {
        if operation.security.iter().flatten().any(|set| !set.is_empty()) {
            let message = "how the service proves who it is is left to who receives its requests";
            self.context.report(DiagnosticCode::NotGenerated, &at.at("security"), message);
        }
        if !operation.callbacks.is_empty() || references(operation).next().is_some() {
            let message = "no code is made of a callback of a request that the service sends";
            self.context.report(DiagnosticCode::NotGenerated, &at.at("callbacks"), message);
        }
    }
}

/// The references of an operation to callbacks.
fn references(operation: &Operation) -> impl Iterator<Item = (&String, &str)> {
    let references = KeptFact::CallbackReferences.find_among(&operation.extensions);
    let references = references.and_then(Value::as_object);
    references.into_iter().flatten().filter_map(|(name, to)| Some((name, to.as_str()?)))
}
