//! Every style of a parameter with every type, beside what another implementation sends.
//!
//! `parameter_styles.tsv` has the values and what the other sends; where this differs on purpose, the row says what is
//! sent and why.

use std::fmt::Write;

use lantern_generator::{Crate, File, Generator, Source};
use serde_json::{Value, json};

const TABLE: &str = include_str!("parameter_styles.tsv");

/// A parameter with a value, and what is sent.
struct Row {
    location: &'static str,
    style: &'static str,
    explode: bool,
    ty: &'static str,
    value: Value,
    /// A string in JSON, `nothing` or `refused`.
    sent: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Self {
        let columns: Vec<&str> = line.split('\t').collect();
        let [location, style, explode, ty, value, theirs, rest @ ..] = columns.as_slice() else {
            panic!("{line} has too few columns")
        };
        let sent = match rest {
            [] => theirs,
            [ours, why] if !why.is_empty() && ours != theirs => ours,
            _ => panic!("{line} does not say why it differs"),
        };
        let value = serde_json::from_str(value).expect(line);
        Self { location, style, explode: *explode == "true", ty, value, sent }
    }

    fn operation(&self) -> String {
        let style = self.style.replace("Delimited", "").replace("Object", "");
        let explode = if self.explode { "exploded" } else { "joined" };
        format!("{}_{style}_{explode}_{}", self.location, self.ty)
    }

    fn schema(&self) -> Value {
        match self.ty {
            "array" => json!({"type": "array", "items": {"type": "string"}}),
            "object" => json!({"type": "object", "additionalProperties": {"type": "string"}}),
            "nested" => json!({"type": "object", "additionalProperties": true}),
            ty => json!({ "type": ty }),
        }
    }

    fn path_item(&self) -> (String, Value) {
        let name = if self.location == "header" { "X-P" } else { "p" };
        let parameter = json!({
            "name": name, "in": self.location, "required": true, "style": self.style,
            "explode": self.explode, "schema": self.schema(),
        });
        // The path is only the parameter, so what is before it in the URL tells the operations apart.
        let path = if self.location == "path" { "/{p}" } else { "/" };
        let operation = json!({
            "operationId": self.operation(), "tags": ["rows"], "parameters": [parameter],
            "responses": {"204": {"description": "Taken"}},
        });
        (format!("/{}{path}", self.operation()), json!({ "get": operation }))
    }

    /// The call of the operation with the value, as Rust.
    fn call(&self) -> String {
        let json = self.value.to_string();
        let value = match self.ty {
            "string" => format!("value::<String>(r###\"{json}\"###)"),
            "array" => format!("value::<Vec<String>>(r###\"{json}\"###)"),
            "object" => format!("value::<BTreeMap<String, String>>(r###\"{json}\"###)"),
            "nested" => {
                format!("value::<serde_json::Map<String, serde_json::Value>>(r###\"{json}\"###)")
            }
            _ => json,
        };
        format!("client.rows().{}({value}).send_blocking()", self.operation())
    }
}

/// The client of all rows, with the test that sends them.
pub fn client() -> Crate {
    let rows: Vec<Row> =
        TABLE.lines().filter(|line| !line.starts_with('#')).map(Row::read).collect();
    let paths: serde_json::Map<_, _> = rows.iter().map(Row::path_item).collect();
    let description = json!({
        "openapi": "3.0.3", "info": {"title": "Styles", "version": "1.0.0"}, "paths": paths,
    });
    let source = Source::new("styles.json", description.to_string());
    let mut client = Generator::new("wire-styles").run(&source).expect("a client").value;
    let mut calls = String::new();
    for (index, row) in rows.iter().enumerate() {
        let (location, operation, sent, call) =
            (row.location, row.operation(), row.sent, row.call());
        writeln!(
            calls,
            "    rows.try_one({index}, \"{location}\", \"{operation}\", r###\"{sent}\"###, |client| {call}.map(drop));"
        )
        .expect("a text");
    }
    let test = include_str!("style_rows.rs").replace("    // The rows.\n", &calls);
    client.files.push(File { path: "tests/wire.rs".to_owned(), text: test });
    client.files.push(File {
        path: "tests/service/mod.rs".to_owned(),
        text: include_str!("service.rs").to_owned(),
    });
    client
}
