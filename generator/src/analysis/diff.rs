//! What a change of the description changes for those who use the generated crate.
//!
//! Two models are compared by their [`Surface`]: what a caller can name, and what the service is told or promises
//! besides. The verdict follows Rust's rules (The Cargo Book, "SemVer Compatibility") for the code that `render`
//! makes, in which every type is `#[non_exhaustive]`, optional things are setters, and types are reached as
//! `types::Name` wherever they live.

use crate::pipeline::model::Api;

mod changes;
mod compare;
mod extract;
mod report;
mod sentence;
mod signature;
mod surface;

pub use changes::{Change, Changes, Effect, Item, Step, What};
pub(crate) use compare::nameless;
pub(crate) use extract::fingerprint;
pub use report::{Detail, is_shortened, json, markdown, text};
pub use signature::Signature;
pub use surface::{Call, Group, Member, Presence, Shape, Surface, Type};

/// What changes for callers from one client to another.
#[must_use]
pub fn diff(old: &Api, new: &Api) -> Changes {
    between(&Surface::of(old), &Surface::of(new))
}

/// What changes for callers from one surface to another.
#[must_use]
pub fn between(old: &Surface, new: &Surface) -> Changes {
    compare::surfaces(old, new)
}
