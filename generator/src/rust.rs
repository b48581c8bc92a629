//! Rust as text: names, documentation comments, layout.

pub mod format;
pub mod literal;
pub mod names;
pub mod path;
pub mod rustdoc;
