//! What reads a description or a model, and never changes it: hints, differences, releases, coverage, values of
//! unions.

pub mod coverage;
pub mod diff;
#[cfg(feature = "lint")]
pub mod lint;
pub mod live;
pub mod release;
pub mod variants;
