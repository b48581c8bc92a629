//! The schemas of a table, and the validators that are made of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{PatternOptions, Validator};
use lantern_operations::{Schema, Table};
use serde_json::Value;

/// A pattern gives up after as many steps back.
const MOST_STEPS_BACK: usize = 100_000;

/// The schemas of a table, and the validators that were made of them.
///
/// Validators are made when they are first needed, so that a table with a thousand operations is ready at once.
#[derive(Debug)]
pub struct Schemas {
    table: Arc<Table>,
    validators: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

impl Schemas {
    /// The schemas of a table.
    #[must_use]
    pub fn new(table: Arc<Table>) -> Self {
        Self { table, validators: Mutex::default() }
    }

    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// Whether a value fits a schema. A schema that no validator can be made of fits everything.
    #[must_use]
    pub fn fits(&self, schema: &Schema, value: &Value) -> bool {
        self.validator(schema).is_none_or(|validator| validator.is_valid(value))
    }

    /// The validator of a schema, unless the schema is not a valid one.
    pub(crate) fn validator(&self, schema: &Schema) -> Option<Arc<Validator>> {
        let key = schema.to_string();
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        validators.entry(key).or_insert_with(|| compile(&self.table.closed(schema))).clone()
    }
}

fn compile(schema: &Schema) -> Option<Arc<Validator>> {
    let patterns = PatternOptions::fancy_regex().backtrack_limit(MOST_STEPS_BACK);
    let options = jsonschema::draft202012::options();
    let options = options.should_validate_formats(true).should_ignore_unknown_formats(true);
    options.offline().with_pattern_options(patterns).build(schema).ok().map(Arc::new)
}
