//! Questions that are asked of a model, and that change nothing.

mod lookups;
mod runtime_needs;
pub mod used_types;

pub use runtime_needs::{Need, RuntimeNeeds};
