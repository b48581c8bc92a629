//! What reads a description or a model, and never changes it: hints, differences, releases, coverage, values of
//! unions.

mod action;
pub mod coverage;
pub mod diff;
pub mod drift;
#[cfg(feature = "lint")]
pub mod lint;
pub mod live;
pub mod release;
pub mod variants;
