//! The examples in the description of bodies, replies and schemas, with the types that read them.

use std::collections::HashSet;

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{SchemaExample, Shape, Ty};
use crate::pipeline::resolve::Media;

/// All examples: those of bodies and replies, and then those of types.
pub fn schema_examples(table: &TypeTable<'_>, definitions: &[Definition]) -> Vec<SchemaExample> {
    let mut examples = examples_of_messages(table);
    examples.extend(examples_of_types(definitions));
    examples
}

/// All examples of bodies and replies in JSON, in the order of the operations.
fn examples_of_messages(table: &TypeTable<'_>) -> Vec<SchemaExample> {
    let resolved = table.resolved;
    let mut examples = Vec::new();
    let mut met = HashSet::new();
    let received = resolved.webhooks.iter().map(|webhook| &webhook.request);
    for operation in resolved.operations.iter().chain(received) {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let replies = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(replies).filter(|media| media.media_type.is_json()) {
            // Several operations may share a response.
            if met.insert(&media.at) {
                examples.extend(examples_of_media(media, table));
            }
        }
    }
    examples
}

fn examples_of_media(media: &Media, table: &TypeTable<'_>) -> Vec<SchemaExample> {
    let Some(schema) = &media.schema else { return Vec::new() };
    let ty = table.rust_type_of(schema);
    let example = |value: &serde_json::Value| SchemaExample {
        at: media.at.clone(),
        schema: schema.clone(),
        ty: ty.clone(),
        value: value.clone(),
    };
    media.examples.iter().map(example).collect()
}

/// The examples of types that are written as JSON. A null is read by the field that has a type, not by the type.
fn examples_of_types(definitions: &[Definition]) -> Vec<SchemaExample> {
    let is_json = |shape: &Shape| match shape {
        Shape::Struct(object) => object.written.is_json(),
        _ => true,
    };
    let written = definitions.iter().filter(|found| is_json(&found.shape));
    let example = |found: &Definition| {
        Some(SchemaExample {
            at: found.at.clone(),
            schema: found.at.clone(),
            ty: Ty::Named(found.name.clone()),
            value: found.example.clone().filter(|example| !example.is_null())?,
        })
    };
    written.filter_map(example).collect()
}
