//! The description's own examples of bodies and replies, with the types that read them.

use std::collections::HashSet;

use super::Sample;
use super::messages::Messages;
use super::replies::is_json;
use super::types::Types;
use crate::resolve::{Media, Resolved};

/// All examples in JSON, in the order of the operations.
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
