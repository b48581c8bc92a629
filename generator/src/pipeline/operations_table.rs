//! The table of operations: what companions of the client, such as a command line or a mock server, read.
//!
//! Names, policies and security are those of the model. Parameters, bodies and responses are those of the description,
//! their schemas in the words of JSON Schema 2020-12.

use lantern_operations::{Group, Table};

use crate::pipeline::model::{Api, Tag};
use crate::pipeline::normalize::Schemas;
use crate::pipeline::resolve::Resolved;
use operations::OperationWriter;
use schemas::SchemaWriter;

mod operations;
mod plain_text;
mod schemas;
mod service;

/// The table of the operations of a client. `schemas` are those of the normalized description.
#[must_use]
pub fn operations_table(schemas: &Schemas, resolved: &Resolved, api: &Api) -> Table {
    let mut schemas = SchemaWriter::new(schemas);
    let mut writer = OperationWriter::new(resolved, api, &mut schemas);
    let operations = api.tags.iter().flat_map(|tag| writer.tag(tag)).collect();
    Table {
        description: plain_text::paragraphs(api.description.as_deref()),
        servers: service::servers(resolved),
        base_url_variable: Some(api.base_url_variable.clone()),
        security_schemes: service::security_schemes(api),
        rate_limits: service::rate_limits(api),
        conventions: service::conventions(api),
        groups: api.tags.iter().filter(|tag| !tag.operations.is_empty()).map(group).collect(),
        operations,
        definitions: schemas.definitions(),
        ..Table::new(api.title.clone(), api.version.clone())
    }
}

fn group(tag: &Tag) -> Group {
    let name = command_word(tag.name.rust());
    let title = plain_text::line(Some(tag.name.wire())).filter(|title| *title != name);
    Group { name, title, description: plain_text::paragraphs(tag.description.as_deref()) }
}

/// A name in Rust as the word of a command: `phone_and_email` → `phone-and-email`.
fn command_word(rust: &str) -> String {
    rust.trim_start_matches("r#").trim_end_matches('_').replace('_', "-")
}
