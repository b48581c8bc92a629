//! Replies as people and programs want them.

use std::io::{self, IsTerminal};

use clap::{ArgMatches, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use lantern_operations::{cell, columns};
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::failure::Failure;
use crate::request::text_of;

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for a list, and a line for each member of an object
    Table,
    /// JSON, indented
    Json,
    /// A line of JSON for each item
    Jsonl,
    /// Rows of comma-separated values
    Csv,
    /// YAML
    Yaml,
}

/// How replies are printed.
#[derive(Clone, Debug)]
pub struct Output {
    /// The form.
    pub format: Format,
    query: Option<JsonPath>,
}

impl Output {
    /// What the arguments say; on a terminal, people read it.
    pub fn from_arguments(matches: &ArgMatches) -> Result<Self, Failure> {
        let usual = if io::stdout().is_terminal() { Format::Table } else { Format::Json };
        let format = matches.get_one::<Format>("output").copied().unwrap_or(usual);
        let query = text_of(matches, "query").map(|text| {
            let path = JsonPath::parse(&text);
            path.map_err(|why| Failure::usage(format!("--query: {text} is not a JSONPath: {why}")))
        });
        Ok(Self { format, query: query.transpose()? })
    }

    /// A value as text.
    pub fn text(&self, value: &Value) -> Result<String, Failure> {
        let selected = self.query.as_ref().map(|path| select(path, value));
        let value = selected.as_ref().unwrap_or(value);
        match self.format {
            Format::Table => Ok(table(value)),
            Format::Json => Ok(format!("{value:#}\n")),
            Format::Jsonl => Ok(items(value).iter().map(|item| format!("{item}\n")).collect()),
            Format::Csv => csv(value),
            Format::Yaml => {
                serde_yaml::to_string(value).map_err(|why| Failure::other(why.to_string()))
            }
        }
    }
}

/// What a path leads to: the value if it leads to one place, and else a list.
fn select(path: &JsonPath, value: &Value) -> Value {
    let found = path.query(value).all();
    let text = path.to_string();
    let leads_to_one = !["*", "..", "?", ":", ","].iter().any(|sign| text.contains(sign));
    match found.as_slice() {
        [only] if leads_to_one => (*only).clone(),
        several => several.iter().map(|one| (*one).clone()).collect(),
    }
}

/// The items of a list, or the only list in an object, or the value itself.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    }
}

fn table(value: &Value) -> String {
    let items = items(value);
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size() {
        table.set_width(width);
    }
    let columns = columns(&items);
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                table.add_row([visible(name), visible(&cell(Some(value)))]);
            }
        }
        Value::Array(_) if columns.is_empty() => {
            return items.iter().map(|item| format!("{}\n", visible(&cell(Some(item))))).collect();
        }
        Value::Array(_) => {
            table.set_header(columns.iter().map(|name| visible(&name.to_uppercase())));
            for item in items {
                table.add_row(columns.iter().map(|name| visible(&cell(item.get(*name)))));
            }
        }
        scalar => return format!("{}\n", visible(&cell(Some(scalar)))),
    }
    if table.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}

/// A text of the service cannot steer a terminal.
fn visible(text: &str) -> String {
    let escaped = |char: char| -> String {
        match char {
            '\n' | '\t' => " ".to_owned(),
            hidden if hidden.is_control() => hidden.escape_unicode().to_string(),
            other => other.to_string(),
        }
    };
    text.chars().map(escaped).collect()
}

fn csv(value: &Value) -> Result<String, Failure> {
    let items = items(value);
    let columns = columns(&items);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |why: csv::Error| Failure::other(why.to_string());
    if columns.is_empty() {
        for item in items {
            writer.write_record([cell(Some(item))]).map_err(fault)?;
        }
    } else {
        writer.write_record(&columns).map_err(fault)?;
        for item in items {
            let row = columns.iter().map(|name| cell(item.get(*name)));
            writer.write_record(row).map_err(fault)?;
        }
    }
    let bytes = writer.into_inner().map_err(|why| Failure::other(why.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use serde_json_path::JsonPath;

    use super::{Format, Output};

    fn text(format: Format, query: Option<&str>, value: &Value) -> String {
        let query = query.map(|query| JsonPath::parse(query).expect("a path"));
        Output { format, query }.text(value).expect("a text")
    }

    #[test]
    fn lists_are_columns_and_objects_are_lines() {
        let list = json!([{"id": 1, "name": "Ada"}, {"id": 20, "tags": ["a"]}]);
        let expected = " ID  NAME  TAGS\n 1   Ada\n 20        [\"a\"]\n";
        assert_eq!(text(Format::Table, None, &list), expected);
        assert_eq!(text(Format::Csv, None, &list), "id,name,tags\n1,Ada,\n20,,\"[\"\"a\"\"]\"\n");
        assert_eq!(text(Format::Jsonl, None, &list).lines().count(), 2);
        let object = json!({"id": 1, "name": null});
        assert_eq!(text(Format::Table, None, &object), " id    1\n name\n");
        assert_eq!(text(Format::Yaml, None, &object), "id: 1\nname: null\n");
    }

    #[test]
    fn a_query_gives_a_value_or_a_list() {
        let value = json!({"rows": [{"id": 1}, {"id": 2}]});
        assert_eq!(text(Format::Json, Some("$.rows[0].id"), &value), "1\n");
        assert_eq!(text(Format::Jsonl, Some("$.rows[*].id"), &value), "1\n2\n");
        assert_eq!(text(Format::Jsonl, Some("$.none"), &value), "");
    }

    #[test]
    fn a_reply_cannot_steer_the_terminal() {
        let value = json!([{"a\u{1b}[2J": "x\u{1b}]0;y\u{7}\r\nz"}]);
        let shown = text(Format::Table, None, &value);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\r']), "{shown:?}");
    }

    proptest! {
        /// What is printed as JSON is the value again, and CSV has a row an item.
        #[test]
        fn nothing_is_lost(rows in prop::collection::vec((any::<i64>(), ".*"), 1..6)) {
            let list: Value = rows.iter().map(|(id, text)| json!({"id": id, "text": text})).collect();
            let json: Value = serde_json::from_str(&text(Format::Json, None, &list)).expect("JSON");
            prop_assert_eq!(&json, &list);
            let csv = text(Format::Csv, None, &list);
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let read: Vec<(i64, String)> = reader.deserialize().map(|row| row.expect("a row")).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
