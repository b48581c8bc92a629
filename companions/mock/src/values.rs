//! Values that schemas of JSON Schema 2020-12 describe.
//!
//! ```text
//! schema ── flatten ──► Flat ── a branch of each choice ──► object, list, text, number
//!                                                              │ judged by `jsonschema`
//!                              the next attempt ◄── no ────────┴──── yes ──► value
//! ```
//!
//! Nothing in it grows with what a schema asks for: a value has a largest number of parts and a largest depth, and what
//! cannot be made within them is not made.

mod flat;
mod lists;
mod maker;
mod numbers;
mod objects;
mod patterns;
mod texts;
mod types;

pub use maker::{Direction, ValueMaker};
pub(crate) use types::{Types, types_of};
