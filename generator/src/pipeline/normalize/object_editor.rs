//! Changes to one object, and what is said about them.

use serde_json::{Map, Value};

use super::diagnostic_sink::DiagnosticSink;
use super::kept_facts::extension;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// An object that is put right: its members and what is said about them.
pub(super) struct ObjectEditor<'a> {
    /// Its members.
    pub(super) members: &'a mut Map<String, Value>,
    /// Its place.
    pub(super) at: &'a Pointer,
    /// What is said.
    pub(super) diagnostics: &'a mut DiagnosticSink,
}

impl ObjectEditor<'_> {
    /// Says that a member was put right.
    pub(super) fn corrected(&mut self, key: &str, message: impl Into<String>) {
        self.diagnostics.warn(DiagnosticCode::Corrected, &self.at.at(key), message);
    }

    /// Inserts a member that OpenAPI 3.1 may leave out and 3.0 may not.
    pub(super) fn require(&mut self, key: &str, value: Value) {
        self.members.entry(key).or_insert(value);
    }

    /// Inserts a member that every description must have.
    pub(super) fn supply(&mut self, key: &str, value: Value) {
        if !self.members.contains_key(key) {
            self.corrected(key, format!("`{key}` is absent; taken as {value}"));
            self.members.insert(key.to_owned(), value);
        }
    }

    /// Keeps a member as an extension, which no code is made of.
    pub(super) fn set_aside(&mut self, key: &str, why: &str) {
        if let Some(value) = self.members.shift_remove(key) {
            self.corrected(key, format!("`{key}` was set aside: {why}"));
            self.members.insert(extension(key), value);
        }
    }
}
