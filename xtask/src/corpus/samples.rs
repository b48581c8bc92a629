//! The program that reads each example with the client's types, and what its output says.

use std::collections::BTreeMap;

use lantern_generator::pipeline::model::{SchemaExample, Ty};
use serde_json::{Map, Number, Value};

/// A program for the examples of one client: it reads a JSON list of pairs (the number of a type,
/// an example) and prints for each what comes out, or why nothing does.
pub struct Program {
    pub source: String,
    pub input: String,
}

/// The program for some examples. Those of types that are no more than JSON are left out.
pub fn program(samples: &[&SchemaExample], crate_path: &str) -> (Program, Vec<usize>) {
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    let mut kept = Vec::new();
    for (index, sample) in samples.iter().enumerate() {
        let Some(ty) = written(&sample.ty, crate_path) else { continue };
        let next = types.len();
        let number = *types.entry(ty).or_insert(next);
        pairs.push(Value::from(vec![Value::from(number), sample.value.clone()]));
        kept.push(index);
    }
    let mut by_number: Vec<_> = types.into_iter().map(|(ty, number)| (number, ty)).collect();
    by_number.sort();
    let entries = by_number.iter().map(|(_, ty)| format!("    trip::<{ty}>,\n"));
    let source = format!(
        "const TYPES: &[fn(Value) -> Result<(String, Value), String>] = &[\n{}];\n{MAIN}",
        entries.collect::<String>()
    );
    (Program { source, input: Value::from(pairs).to_string() }, kept)
}

const MAIN: &str = r#"
use serde_json::Value;

fn trip<T>(value: Value) -> Result<(String, Value), String>
where
    T: serde::Serialize + serde::de::DeserializeOwned + std::fmt::Debug,
{
    let read: T = serde_json::from_str(&value.to_string()).map_err(|why| why.to_string())?;
    let written = serde_json::to_value(&read).map_err(|why| why.to_string())?;
    let mut name = Name(String::new());
    let _ = std::fmt::write(&mut name, format_args!("{read:?}"));
    Ok((name.0, written))
}

/// The name that the debug output of a value begins with.
struct Name(String);

impl std::fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = text.find(|it: char| !it.is_alphanumeric() && it != '_');
        self.0.push_str(&text[..end.unwrap_or(text.len())]);
        if end.is_some() { Err(std::fmt::Error) } else { Ok(()) }
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("the file of the examples");
    let text = std::fs::read_to_string(path).expect("the examples");
    let pairs: Vec<(usize, Value)> = serde_json::from_str(&text).expect("pairs");
    for (number, value) in pairs {
        match TYPES[number](value) {
            Ok((name, value)) => println!("+{name} {value}"),
            Err(why) => println!("-{}", why.replace('\n', " ")),
        }
    }
}
"#;

/// A type as the program writes it; `None` where it has no serde traits of its own.
fn written(ty: &Ty, crate_path: &str) -> Option<String> {
    Some(match ty {
        Ty::Named(name) | Ty::Boxed(name) => format!("{crate_path}::types::{}", name.rust()),
        Ty::Bool => "bool".to_owned(),
        Ty::Integer(integer) => integer.rust().to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Json => "Value".to_owned(),
        Ty::JsonObject => "serde_json::Map<String, Value>".to_owned(),
        Ty::List(item) => format!("Vec<{}>", written(item, crate_path)?),
        Ty::Tuple(items) => {
            let items: Option<Vec<_>> = items.iter().map(|it| written(it, crate_path)).collect();
            format!("({},)", items?.join(", "))
        }
        Ty::Map(value) => {
            format!("std::collections::BTreeMap<String, {}>", written(value, crate_path)?)
        }
        Ty::Nullable(value) => format!("Option<{}>", written(value, crate_path)?),
        _ => return None,
    })
}

/// What became of an example.
pub enum Trip {
    Equal,
    /// It was read and came out otherwise: at this place.
    Changed(String),
    /// It was not read, for this reason.
    Unread(String),
}

/// What the program says of a value: the name of the variant that it was read as, and what was written; or why it was
/// not read.
pub fn printed(line: &str) -> Result<(&str, Value), String> {
    let (sign, text) = line.split_at_checked(1).unwrap_or_default();
    let written = text.split_once(' ').filter(|_| sign == "+");
    let parsed = written.and_then(|(name, json)| Some((name, serde_json::from_str(json).ok()?)));
    parsed.ok_or_else(|| text.to_owned())
}

/// Compares a line of the program's output with the example.
pub fn judge(line: &str, sample: &Value) -> Trip {
    match printed(line) {
        Err(why) => Trip::Unread(why),
        Ok((_, value)) => match difference(sample, &value, "") {
            None => Trip::Equal,
            Some(place) => Trip::Changed(place),
        },
    }
}

/// Where two values differ. Null is as good as absent, `1.0` as `1`, and a moment is the same in any
/// zone.
pub fn difference(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => of_members(one, other, at),
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| difference(one, other, &format!("{at}/{index}")))
        }
        (Value::Number(one), Value::Number(other)) if same_number(one, other) => None,
        (Value::String(one), Value::String(other)) if same_text(one, other) => None,
        _ => (one != other).then(|| format!("{at}: {one} became {other}")),
    }
}

fn of_members(one: &Map<String, Value>, other: &Map<String, Value>, at: &str) -> Option<String> {
    let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key)));
    let value = |members: &Map<String, Value>, key: &String| {
        members.get(key).cloned().unwrap_or(Value::Null)
    };
    keys.into_iter()
        .find_map(|key| difference(&value(one, key), &value(other, key), &format!("{at}/{key}")))
}

fn same_number(one: &Number, other: &Number) -> bool {
    one == other || one.as_f64() == other.as_f64()
}

/// The same text, or the same moment: `2024-01-01T02:00:00+02:00` and `2024-01-01T00:00:00Z`.
fn same_text(one: &str, other: &str) -> bool {
    let moment = |text: &str| {
        let zoned = text.parse::<jiff::Timestamp>();
        zoned.or_else(|_| format!("{text}Z").parse::<jiff::Timestamp>()).ok()
    };
    one == other || (moment(one).is_some() && moment(one) == moment(other))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_means_the_same_is_equal() {
        let same = [
            (json!({"a": null}), json!({})),
            (json!(1), json!(1.0)),
            (json!("2024-01-01T02:00:00+02:00"), json!("2024-01-01T00:00:00Z")),
            (json!([{"a": [1, null]}]), json!([{"a": [1, null]}])),
        ];
        for (one, other) in same {
            assert_eq!(difference(&one, &other, ""), None, "{one} {other}");
        }
        let different = [
            (json!({"a": 1}), json!({})),
            (json!([1]), json!([1, 2])),
            (json!("a"), json!("b")),
            (json!("1"), json!(1)),
        ];
        for (one, other) in different {
            assert!(difference(&one, &other, "").is_some(), "{one} {other}");
        }
    }
}
