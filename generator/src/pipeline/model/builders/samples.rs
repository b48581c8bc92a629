//! The description's own examples of bodies, replies and schemas, with the types that read them.

use std::collections::HashSet;

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Sample, Shape, Ty};
use crate::pipeline::resolve::Media;

/// All examples: those of bodies and replies, and then those of types.
pub fn samples(table: &TypeTable<'_>, definitions: &[Definition]) -> Vec<Sample> {
    let mut samples = samples_of_messages(table);
    samples.extend(samples_of_types(definitions));
    samples
}

/// All examples of bodies and replies in JSON, in the order of the operations.
fn samples_of_messages(table: &TypeTable<'_>) -> Vec<Sample> {
    let resolved = table.resolved;
    let mut samples = Vec::new();
    let mut met = HashSet::new();
    let received = resolved.incoming.iter().map(|incoming| &incoming.request);
    for operation in resolved.operations.iter().chain(received) {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let replies = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(replies).filter(|media| media.media_type.is_json()) {
            // A response that several operations share is met several times.
            if met.insert(&media.at) {
                samples.extend(samples_of_media(media, table));
            }
        }
    }
    samples
}

fn samples_of_media(media: &Media, table: &TypeTable<'_>) -> Vec<Sample> {
    let Some(schema) = &media.schema else { return Vec::new() };
    let ty = table.rust_type_of(schema);
    let sample = |value: &serde_json::Value| Sample {
        at: media.at.clone(),
        schema: schema.clone(),
        ty: ty.clone(),
        value: value.clone(),
    };
    media.examples.iter().map(sample).collect()
}

/// The examples of types that are written as JSON; null is known to what holds a type, not to the type.
fn samples_of_types(definitions: &[Definition]) -> Vec<Sample> {
    let is_json = |shape: &Shape| match shape {
        Shape::Struct(object) => object.written.is_json(),
        _ => true,
    };
    let written = definitions.iter().filter(|found| is_json(&found.shape));
    let sample = |found: &Definition| {
        Some(Sample {
            at: found.at.clone(),
            schema: found.at.clone(),
            ty: Ty::Named(found.name.clone()),
            value: found.example.clone().filter(|example| !example.is_null())?,
        })
    };
    written.filter_map(sample).collect()
}
