//! The tests that compile generated crates. All of these share what they depend on, and wait for each other.

mod fixture;
mod fixtures_compile;
mod guide_examples;
mod hostile;
mod hostile_compile;
mod hostile_docs;
mod module_compile;
mod tag_features_compile;
#[path = "hostile/texts.rs"]
mod texts;
mod unions_compile;
mod values_compile;
mod wire_compile;
#[path = "hostile/workspace.rs"]
mod workspace;
