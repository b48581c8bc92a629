//! The schemas of a table, and the validators that are made of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Keyword, PatternOptions, ValidationError, Validator};
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
    let mut schema = schema.clone();
    limit_integers(&mut schema);
    let patterns = PatternOptions::fancy_regex().backtrack_limit(MOST_STEPS_BACK);
    let options = jsonschema::draft202012::options();
    let options = options.should_validate_formats(true).should_ignore_unknown_formats(true);
    let options = options.with_keyword(EXACT, |_, _, _| Ok(Box::new(Exact)));
    options.offline().with_pattern_options(patterns).build(&schema).ok().map(Arc::new)
}

/// A keyword of our own: the value is none that was rounded to the least integer. What is less by one is read as that, as it has
/// no place in 64 bits, and would be within the range.
const EXACT: &str = "x-exact-integer";

struct Exact;

impl<'i> Keyword<'i> for Exact {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        let least = i64::MIN.to_string();
        let why =
            || ValidationError::custom(format!("Input should be greater than or equal to {least}"));
        self.is_valid(instance).then_some(()).ok_or_else(why)
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        !instance.is_f64() || instance.as_f64() != Some(i64::MIN as f64)
    }
}

/// Says in words of JSON Schema what `int32` and `int64` say, as validators know formats of texts alone.
fn limit_integers(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(limit_integers),
        Value::Object(members) => {
            let is_integer = members.get("type").is_some_and(|kind| kind == "integer");
            let format = members.get("format").and_then(Value::as_str).filter(|_| is_integer);
            let range = match format {
                Some("int32") => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
                Some("int64") => Some((i64::MIN, i64::MAX)),
                _ => None,
            };
            if let Some((least, most)) = range {
                members.entry("minimum").or_insert_with(|| least.into());
                members.entry("maximum").or_insert_with(|| most.into());
                members.insert(EXACT.to_owned(), true.into());
            }
            members.values_mut().for_each(limit_integers);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn integers_have_the_range_of_their_format() {
        let schemas = Schemas::new(Arc::new(Table::new("T", "1")));
        let fits = |format: &str, value: Value| {
            schemas.fits(&json!({"items": {"type": "integer", "format": format}}), &json!([value]))
        };
        assert!(fits("int64", json!(i64::MAX)) && !fits("int64", json!(u64::MAX)));
        assert!(fits("int32", json!(i32::MIN)) && !fits("int32", json!(i64::MIN)));
        assert!(!fits("int64", json!(1e30)) && fits("unknown", json!(1e30)));
        let read = |text| serde_json::from_str(text).expect("a number");
        assert!(fits("int64", read("-9223372036854775808")));
        assert!(!fits("int64", read("-9223372036854775809")));
    }
}
