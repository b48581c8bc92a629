//! Actions that can be pasted into an overlay.

use std::fmt;

use serde_json::{Value, json};

use crate::pointer::Pointer;

/// An action of an overlay (OpenAPI Overlay 1.0.0 and 1.1.0, "Action Object").
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    target: String,
    description: String,
    change: Change,
}

#[derive(Clone, Debug, PartialEq)]
enum Change {
    Update(Value),
    Remove,
}

impl Action {
    /// An update of a place; `None` where what is there cannot take it.
    pub(in crate::analysis) fn update(
        at: &Pointer,
        document: &Value,
        description: &str,
        value: Value,
    ) -> Option<Self> {
        let fits = fits(document.pointer(at.as_str())?, &value);
        let (target, description) = (path(at, document), description.to_owned());
        fits.then(|| Self { target, description, change: Change::Update(value) })
    }

    /// An update of a place whose members were taken out before.
    pub(in crate::analysis) fn set(target: String, description: &str, value: Value) -> Self {
        Self { target, description: description.to_owned(), change: Change::Update(value) }
    }

    pub(in crate::analysis) fn remove(target: String, description: impl Into<String>) -> Self {
        Self { target, description: description.into(), change: Change::Remove }
    }

    /// The action as it stands in an overlay.
    #[must_use]
    pub fn value(&self) -> Value {
        let (target, description) = (&self.target, &self.description);
        match &self.change {
            Change::Update(value) => {
                json!({ "target": target, "description": description, "update": value })
            }
            Change::Remove => {
                json!({ "target": target, "description": description, "remove": true })
            }
        }
    }
}

/// ```text
/// - target: $.paths['/users'].get
///   description: The id is what the method is named after.
///   update:
///     operationId: list_users
/// ```
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Plain values with text keys can always be written as YAML.
        f.write_str(serde_yaml::to_string(&[self.value()]).unwrap_or_default().trim_end())
    }
}

/// Whether an update can be merged into a value (OpenAPI Overlay 1.1.0, "Action Object").
fn fits(there: &Value, update: &Value) -> bool {
    match (there, update) {
        (Value::Object(there), Value::Object(update)) => update
            .iter()
            .all(|(key, update)| there.get(key).is_none_or(|there| fits(there, update))),
        (Value::Array(_), _) => true,
        (there, update) => [there, update].iter().all(|one| !one.is_object() && !one.is_array()),
    }
}

/// The JSONPath (RFC 9535) of a place in a document.
///
/// `/paths/~1users/get` → `$.paths['/users'].get`; an item of a list goes by its name where it has one:
/// `/tags/0` → `$.tags[?@.name == 'users']`
pub(in crate::analysis) fn path(at: &Pointer, document: &Value) -> String {
    let mut path = "$".to_owned();
    let mut here = Some(document);
    for step in at.steps() {
        let item = here.and_then(|here| match here {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            here => here.get(&step),
        });
        path += &match (here, item.and_then(|item| item.get("name")).and_then(Value::as_str)) {
            (Some(Value::Array(items)), Some(name)) if is_only(name, items) => {
                format!("[?@.name == {}]", quoted(name))
            }
            (Some(Value::Array(_)), _) => format!("[{step}]"),
            _ if is_plain(&step) => format!(".{step}"),
            _ => format!("[{}]", quoted(&step)),
        };
        here = item;
    }
    path
}

fn is_only(name: &str, items: &[Value]) -> bool {
    let named = |item: &&Value| item.get("name").and_then(Value::as_str) == Some(name);
    items.iter().filter(named).count() == 1
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A text as a literal of JSONPath: `it's` → `'it\'s'`
pub(in crate::analysis) fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|character| match character {
        '\'' | '\\' => format!("\\{character}"),
        control if control.is_control() => format!("\\u{:04x}", u32::from(control)),
        other => other.to_string(),
    });
    format!("'{}'", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use serde_json_path::JsonPath;

    use super::*;

    #[test]
    fn places_become_paths_that_lead_there() {
        let document = json!({
            "paths": {"/a/{b}": {"get": {"parameters": [{"name": "it's"}, {"name": "x"}]}}},
            "a b": [1, 2],
            "tags": [{"name": "x"}, {"name": "x"}],
            "line\nbreak": 1,
            "200": {},
        });
        let table = [
            ("", "$"),
            ("/paths/~1a~1{b}/get", "$.paths['/a/{b}'].get"),
            (
                "/paths/~1a~1{b}/get/parameters/0",
                "$.paths['/a/{b}'].get.parameters[?@.name == 'it\\'s']",
            ),
            ("/a b/1", "$['a b'][1]"),
            ("/tags/1", "$.tags[1]"),
            ("/line\nbreak", "$['line\\u000abreak']"),
            ("/200", "$['200']"),
        ];
        for (pointer, expected) in table {
            let at = Pointer::parse(pointer).expect("a pointer");
            let path = path(&at, &document);
            assert_eq!(path, expected);
            let parsed = JsonPath::parse(&path).expect("a path");
            assert_eq!(
                parsed.query(&document).exactly_one().ok(),
                document.pointer(pointer),
                "{path}"
            );
        }
    }
}
