//! What schemas say of the parts of a value, whichever of them holds for it.

use indexmap::IndexSet;
use lantern_operations::{Schema, Table};
use serde_json::{Map, Value, json};

use crate::values::{Types, types_of};

/// As many schemas are looked at for one value.
const MOST_SCHEMAS: usize = 200;

/// The schemas of one value: references, and all branches of combinators, are followed.
#[derive(Clone)]
pub struct Parts<'a> {
    table: &'a Table,
    /// The schemas that the others are branches and parts of.
    stated: Vec<&'a Schema>,
    schemas: Vec<&'a Map<String, Value>>,
}

impl<'a> Parts<'a> {
    pub fn new(table: &'a Table, schemas: impl IntoIterator<Item = &'a Schema>) -> Self {
        let stated: Vec<&Value> = schemas.into_iter().collect();
        let mut work: Vec<&Value> = stated.iter().rev().copied().collect();
        let mut parts = Self { table, stated, schemas: Vec::new() };
        while let Some(members) = work.pop().filter(|_| parts.schemas.len() < MOST_SCHEMAS) {
            let Value::Object(members) = members else { continue };
            parts.schemas.push(members);
            let branches = ["anyOf", "oneOf", "allOf"].into_iter();
            work.extend(branches.filter_map(|it| members.get(it)?.as_array()).flatten().rev());
            let target = members.get("$ref").and_then(Value::as_str);
            work.extend(target.and_then(|it| table.definition(it)));
        }
        parts
    }

    /// The values of a keyword.
    pub fn all(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.schemas.iter().filter_map(move |members| members.get(keyword))
    }

    /// The parts of a member.
    pub fn member(&self, name: &str) -> Self {
        Self::new(self.table, self.all("properties").filter_map(|all| all.get(name)))
    }

    /// The parts of a member that no property is about.
    pub fn further(&self) -> Self {
        Self::new(self.table, self.all("additionalProperties").filter(|it| it.is_object()))
    }

    /// The names of the properties, each once.
    pub fn properties(&self) -> IndexSet<&'a str> {
        let all = self.all("properties").filter_map(Value::as_object);
        all.flat_map(Map::keys).map(String::as_str).collect()
    }

    /// The types that a value can have: any, if nothing is stated.
    pub fn types(&self) -> Types {
        let types = self.stated.iter().map(|schema| types_of(self.table, schema));
        types.reduce(|all, one| all | one).unwrap_or(Types::ALL)
    }

    /// One schema for the value.
    pub fn schema(&self) -> Schema {
        match self.stated.as_slice() {
            [] => Value::Bool(true),
            [only] => (*only).clone(),
            several => json!({ "anyOf": several }),
        }
    }

    /// The parts of an item.
    pub fn item(&self) -> Self {
        Self::new(self.table, self.all("items"))
    }
}
