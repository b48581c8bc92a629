//! What schemas say of the parts of a value, whichever of them holds for it.

use lantern_operations::{Schema, Table};
use serde_json::{Map, Value};

/// As many schemas are looked at for one value.
const MOST_SCHEMAS: usize = 200;

/// The schemas of one value: references, and all branches of combinators, are followed.
#[derive(Clone)]
pub struct Parts<'a> {
    table: &'a Table,
    schemas: Vec<&'a Map<String, Value>>,
}

impl<'a> Parts<'a> {
    pub fn new(table: &'a Table, schemas: impl IntoIterator<Item = &'a Schema>) -> Self {
        let mut work: Vec<&Value> = schemas.into_iter().collect();
        work.reverse();
        let mut parts = Self { table, schemas: Vec::new() };
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

    /// The parts of an item.
    pub fn item(&self) -> Self {
        Self::new(self.table, self.all("items"))
    }
}
