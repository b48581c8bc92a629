//! Schemas that all hold for one value, with their keywords side by side.

use indexmap::IndexMap;
use lantern_operations::Table;
use serde_json::{Map, Value};

use super::types::Types;

/// As many schemas are put together for one value.
const MOST_SCHEMAS: usize = 2_000;

/// What holds for one value: the keywords of its schemas, references and `allOf` followed.
#[derive(Clone, Default)]
pub struct Flat<'a> {
    /// The schemas themselves, without references.
    pub schemas: Vec<&'a Map<String, Value>>,
    /// Whether a schema is `false`, or they are too many.
    pub is_impossible: bool,
    /// The branches of each `anyOf` and `oneOf`, one of which has to be added.
    pub choices: Vec<&'a [Value]>,
    /// Schemas with keywords that only a validator can judge.
    pub judged: Vec<&'a Value>,
    seen: Vec<&'a str>,
}

/// Keywords whose fulfilment is not seen from the way a value is made.
const JUDGED: &[&str] = &["oneOf", "not", "if", "contains", "dependentSchemas", "propertyNames"];

impl<'a> Flat<'a> {
    /// Adds a schema, and those that it refers to.
    pub fn add(&mut self, table: &'a Table, schema: &'a Value) {
        let mut work = vec![schema];
        while let Some(next) = work.pop() {
            let members = match next {
                Value::Object(members) if self.schemas.len() < MOST_SCHEMAS => members,
                Value::Bool(true) => continue,
                _ => return self.is_impossible = true,
            };
            if let Some(target) = self.reference(members) {
                work.extend(table.definition(target));
            }
            work.extend(list(members, "allOf").iter().rev());
            let choices = ["anyOf", "oneOf"].into_iter().map(|keyword| list(members, keyword));
            self.choices.extend(choices.filter(|branches| !branches.is_empty()));
            if JUDGED.iter().any(|keyword| members.contains_key(*keyword)) {
                self.judged.push(next);
            }
            self.schemas.push(members);
        }
    }

    /// A reference that was not followed before.
    fn reference(&mut self, members: &'a Map<String, Value>) -> Option<&'a str> {
        let reference = members.get("$ref")?.as_str()?;
        let is_new = !self.seen.contains(&reference);
        is_new.then(|| self.seen.push(reference));
        is_new.then_some(reference)
    }

    /// The values of a keyword, of all schemas that have it.
    pub fn all<'s>(&'s self, keyword: &'s str) -> impl Iterator<Item = &'a Value> + 's {
        self.schemas.iter().filter_map(move |members| members.get(keyword))
    }

    /// The types that all schemas allow.
    pub fn types(&self) -> Types {
        self.all("type").map(Types::named).fold(Types::ALL, |all, one| all & one)
    }

    /// The largest of the figures of a keyword.
    pub fn most(&self, keyword: &str) -> Option<usize> {
        self.all(keyword).filter_map(count).max()
    }

    /// The smallest of the figures of a keyword.
    pub fn least(&self, keyword: &str) -> Option<usize> {
        self.all(keyword).filter_map(count).min()
    }

    /// The properties, each with all schemas that are stated for it by name.
    pub fn properties(&self) -> IndexMap<&'a str, Vec<&'a Value>> {
        let mut properties: IndexMap<&str, Vec<&Value>> = IndexMap::new();
        for (name, schema) in self.all("properties").filter_map(Value::as_object).flatten() {
            properties.entry(name).or_default().push(schema);
        }
        properties
    }

    /// The names of the properties that have to be there, each once.
    pub fn required(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        let listed = self.all("required").filter_map(Value::as_array).flatten();
        for name in listed.filter_map(Value::as_str) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// A list of schemas.
pub fn list<'a>(members: &'a Map<String, Value>, keyword: &str) -> &'a [Value] {
    members.get(keyword).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A figure, such as that of `minItems`; FastAPI writes `1.0`, too.
fn count(keyword: &Value) -> Option<usize> {
    let figure = keyword.as_u64().or_else(|| keyword.as_f64().map(|figure| figure as u64))?;
    usize::try_from(figure).ok()
}
