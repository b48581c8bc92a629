//! The member of an object that holds what was asked for.

use crate::pipeline::resolve::{Field, Object};

/// Names of such members, which say nothing of what they hold.
const PAYLOADS: &[&str] =
    &["content", "data", "items", "payload", "record", "result", "results", "value"];

/// Whether a member of this name holds what was asked for.
pub fn is_payload(name: &str) -> bool {
    PAYLOADS.contains(&name)
}

/// The member of an object that holds what was asked for.
pub fn payload(object: &Object) -> Option<&Field> {
    object.fields.iter().find(|field| is_payload(&field.name))
}
