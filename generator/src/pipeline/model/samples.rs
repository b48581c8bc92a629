//! The description's own examples of bodies, replies and schemas, with the types that read them.

use std::collections::HashSet;

use super::messages::Messages;
use super::replies::is_json;
use super::types::Types;
use super::{Sample, Shape, Ty, TypeDef};
use crate::pipeline::resolve::{Media, Resolved};

/// All examples of bodies and replies in JSON, in the order of the operations.
pub fn samples(resolved: &Resolved, types: &mut Types<'_>, messages: &mut Messages) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut met = HashSet::new();
    let received = resolved.incoming.iter().map(|incoming| &incoming.request);
    for operation in resolved.operations.iter().chain(received) {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let replies = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(replies).filter(|media| is_json(&media.media_type)) {
            // A response that several operations share is met several times.
            if met.insert(&media.at) {
                samples.extend(of_media(media, types, messages));
            }
        }
    }
    samples
}

fn of_media(media: &Media, types: &mut Types<'_>, messages: &mut Messages) -> Vec<Sample> {
    let Some(schema) = &media.schema else { return Vec::new() };
    let ty = types.ty(schema, messages);
    let sample = |value: &serde_json::Value| Sample {
        at: media.at.clone(),
        schema: schema.clone(),
        ty: ty.clone(),
        value: value.clone(),
    };
    media.examples.iter().map(sample).collect()
}

/// The examples of types that are written as JSON; null is known to what holds a type, not to the type.
pub fn of_types(types: &[TypeDef]) -> Vec<Sample> {
    let is_json = |shape: &Shape| match shape {
        Shape::Struct(object) => object.written.is_json(),
        _ => true,
    };
    let written = types.iter().filter(|found| is_json(&found.shape));
    let sample = |found: &TypeDef| {
        Some(Sample {
            at: found.at.clone(),
            schema: found.at.clone(),
            ty: Ty::Named(found.name.clone()),
            value: found.example.clone().filter(|example| !example.is_null())?,
        })
    };
    written.filter_map(sample).collect()
}
