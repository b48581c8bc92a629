//! Queries: functions that look something up in a model and change nothing.

mod lookups;
mod runtime_needs;
pub mod schema_values;
pub mod used_types;

pub use runtime_needs::{Need, RuntimeNeeds};
