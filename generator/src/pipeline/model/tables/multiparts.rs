//! Multipart bodies (OpenAPI 3.1.0, 4.8.14.4): which schemas they have, and where else those are used.

use std::collections::HashMap;

use super::own_types::OwnTypes;
use super::schema_usage;
use crate::pipeline::resolve::{Media, MediaClass, Operation, Resolved};
use crate::pointer::Pointer;

/// The schemas of multipart bodies.
#[derive(Debug)]
pub struct Multiparts<'a> {
    bodies: HashMap<Pointer, Multipart<'a>>,
}

/// The schema of a multipart body.
#[derive(Debug)]
pub struct Multipart<'a> {
    /// Where it is used.
    pub used: MultipartUse,
    /// The bodies that have it.
    pub media: Vec<&'a Media>,
}

/// Where the schema of a multipart body is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MultipartUse {
    /// Nowhere else: its type is never written as JSON.
    Alone,
    /// In other bodies of requests, too.
    InRequests,
    /// In replies or parameters, too, which cannot have files.
    Elsewhere,
}

impl<'a> Multiparts<'a> {
    /// Finds the multipart bodies.
    pub fn new(resolved: &'a Resolved, own: &OwnTypes) -> Self {
        let mut bodies: HashMap<Pointer, Multipart<'a>> = HashMap::new();
        let contents = resolved.operations.iter().flat_map(|operation| &operation.body);
        for media in contents.flat_map(|body| &body.content) {
            let end = media.schema.as_ref().and_then(|at| resolved.follow_aliases(at));
            let is_form_data = media.media_type.class() == MediaClass::FormData;
            let Some(end) = end.filter(|_| is_form_data) else { continue };
            let found = bodies.entry(end.at.clone());
            let new = || Multipart { used: MultipartUse::Alone, media: Vec::new() };
            found.or_insert_with(new).media.push(media);
        }
        let sent = resolved.operations.iter().flat_map(written_from_types);
        let sent = sent.filter_map(|media| media.schema.as_ref()).collect();
        let sent = schema_usage::reached(resolved, sent, own);
        let elsewhere = schema_usage::reached(resolved, elsewhere(resolved, &bodies), own);
        for (at, found) in &mut bodies {
            found.used = match (elsewhere.contains(at), sent.contains(at)) {
                (true, _) => MultipartUse::Elsewhere,
                (false, true) => MultipartUse::InRequests,
                (false, false) => MultipartUse::Alone,
            };
        }
        Self { bodies }
    }

    /// The body that a schema is.
    pub fn get(&self, at: &Pointer) -> Option<&Multipart<'a>> {
        self.bodies.get(at)
    }

    /// Whether a schema is used in multipart bodies only.
    pub fn are_alone(&self, at: &Pointer) -> bool {
        self.get(at).is_some_and(|found| found.used == MultipartUse::Alone)
    }

    /// Whether a schema may have files.
    pub fn take_files(&self, at: &Pointer) -> bool {
        self.get(at).is_some_and(|found| found.used != MultipartUse::Elsewhere)
    }
}

/// The media types of an operation's body that are written from a type: as JSON or as a form.
fn written_from_types(operation: &Operation) -> impl Iterator<Item = &Media> {
    let content = operation.body.iter().flat_map(|body| &body.content);
    content
        .filter(|media| media.media_type.class() == MediaClass::Form || media.media_type.is_json())
}

/// The schemas of replies, of parameters, and within parts.
fn elsewhere<'a>(
    resolved: &'a Resolved,
    bodies: &HashMap<Pointer, Multipart<'_>>,
) -> Vec<&'a Pointer> {
    let inner = bodies.keys().filter_map(|at| resolved.schemas.get(at));
    let inner = inner.flat_map(|schema| schema.kind.pointers());
    let parameters = resolved.operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.map(|parameter| &parameter.schema);
    inner.chain(parameters).chain(schema_usage::received(resolved)).collect()
}
