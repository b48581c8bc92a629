//! Schemas, and what they refer to.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::{Operation, Table};

/// A schema of JSON Schema 2020-12: an object, or a truth value. A `$ref` in it leads into the table's `$defs`.
pub type Schema = Value;

/// The schemas that others refer to, by name.
pub type Definitions = Map<String, Value>;

/// What a reference to a definition begins with.
const PREFIX: &str = "#/$defs/";

impl Table {
    /// The definition that a reference leads to: `#/$defs/Book`.
    #[must_use]
    pub fn definition(&self, reference: &str) -> Option<&Schema> {
        self.definitions.get(reference.strip_prefix(PREFIX)?)
    }

    /// The schema at the end of a chain of references, which may have no other keyword beside them. A chain that ends
    /// nowhere, or not at all, is returned as it is.
    #[must_use]
    pub fn follow<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let mut found = schema;
        for _ in 0..=self.definitions.len() {
            let reference = found.get("$ref").and_then(Value::as_str);
            match reference.and_then(|reference| self.definition(reference)) {
                Some(next) => found = next,
                None => break,
            }
        }
        found
    }

    /// A schema as a document of its own: with the definitions that it refers to, and no others.
    ///
    /// The references of the table are valid in it, so a validator can be made of it.
    #[must_use]
    pub fn closed(&self, schema: &Schema) -> Schema {
        let definitions = self.needed(schema).into_iter().filter_map(|name| {
            self.definitions.get(name).map(|schema| (name.to_owned(), schema.clone()))
        });
        let definitions: Map<_, _> = definitions.collect();
        match schema {
            _ if definitions.is_empty() => schema.clone(),
            Value::Object(keywords) => {
                let mut closed = keywords.clone();
                closed.insert("$defs".to_owned(), Value::Object(definitions));
                Value::Object(closed)
            }
            other => json!({ "allOf": [other], "$defs": definitions }),
        }
    }

    /// The names of definitions that a schema refers to, in the order in which they are found.
    fn needed<'a>(&'a self, schema: &'a Schema) -> Vec<&'a str> {
        let (mut needed, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![schema]);
        while let Some(schema) = open.pop() {
            let names = references(schema).into_iter().filter_map(|to| to.strip_prefix(PREFIX));
            for name in names.filter(|name| seen.insert(*name)) {
                needed.push(name);
                open.extend(self.definitions.get(name));
            }
        }
        needed
    }

    /// The references that lead nowhere, with the operation or the definition that has them. A table of the generator
    /// has none.
    #[must_use]
    pub fn dangling(&self) -> Vec<(String, String)> {
        let of_operations = self.operations.iter().flat_map(|operation| {
            let schemas = operation.schemas().into_iter().flat_map(references);
            schemas.map(|reference| (operation.id.clone(), reference))
        });
        let of_definitions = self.definitions.iter().flat_map(|(name, schema)| {
            references(schema)
                .into_iter()
                .map(move |reference| (format!("{PREFIX}{name}"), reference))
        });
        let all = of_operations.chain(of_definitions);
        let dangling = all.filter(|(_, reference)| self.definition(reference).is_none());
        dangling.map(|(from, to)| (from, to.to_owned())).collect()
    }
}

impl Operation {
    /// All schemas of parameters, bodies, headers and batches.
    #[must_use]
    pub fn schemas(&self) -> Vec<&Schema> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.schema);
        let replies = self.responses.iter().flat_map(|response| &response.content);
        let media = self.body.iter().flat_map(|body| &body.content).chain(replies);
        let media = media.flat_map(|media| media.schema.iter().chain(&media.item_schema));
        let headers = self.responses.iter().flat_map(|response| &response.headers);
        let headers = headers.filter_map(|header| header.schema.as_ref());
        let batch = self.batch.iter().flat_map(|batch| batch.row.iter().chain(&batch.charge));
        parameters.chain(media).chain(headers).chain(batch).collect()
    }
}

/// The references in a schema. Values, such as examples, are not looked into.
fn references(schema: &Schema) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let Value::Object(keywords) = schema else { continue };
        found.extend(keywords.get("$ref").and_then(Value::as_str));
        for (keyword, value) in keywords {
            match (keyword.as_str(), value) {
                ("const" | "default" | "enum" | "examples", _) => {}
                ("properties" | "patternProperties" | "$defs" | "dependentSchemas", value) => {
                    open.extend(value.as_object().into_iter().flat_map(Map::values));
                }
                (_, Value::Array(schemas)) => open.extend(schemas),
                (_, other) => open.push(other),
            }
        }
    }
    found
}
