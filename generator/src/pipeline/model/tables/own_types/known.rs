//! What is known of widely used crates, so that their types need no settings.

use serde_json::{Value, json};

use crate::pipeline::model::{Bridge, IntegerType, JsonKind, Ty};
use crate::rust::path::RustPath;

/// The formats that a word of `use` stands for, and their types.
pub const SETS: [(&str, &[(&str, &str)]); 4] = [
    ("chrono", &[("date-time", "chrono::DateTime<chrono::Utc>"), ("date", "chrono::NaiveDate")]),
    ("decimal", &[("decimal", "rust_decimal::Decimal")]),
    ("time", &[("date-time", "time::OffsetDateTime"), ("date", "time::Date")]),
    ("uuid", &[("uuid", "uuid::Uuid")]),
];

/// The crates that every client has, and the paths that need none.
const ALWAYS: [&str; 6] = ["alloc", "core", "crate", "jiff", "serde_json", "std"];

/// Types that the generator writes itself, or that are read and written in a way of their own.
const WRITTEN: [&str; 9] =
    ["BTreeMap", "Box", "Cow", "Ipv4Addr", "Map", "Option", "Rc", "String", "Vec"];

/// What the manifest says of a crate; `None` if it is not known.
pub fn dependency(name: &str) -> Option<Value> {
    Some(match name {
        "bigdecimal" => json!("0.4"),
        "chrono" => {
            json!({"version": "0.4", "default-features": false, "features": ["serde", "std"]})
        }
        "rust_decimal" => {
            json!({"version": "1", "default-features": false, "features": ["std"]})
        }
        "time" => {
            let features = ["serde-human-readable", "std"];
            json!({"version": "0.3", "default-features": false, "features": features})
        }
        "url" => json!("2"),
        "uuid" => json!({"version": "1", "default-features": false, "features": ["std"]}),
        _ => return None,
    })
}

/// Whether a crate needs no dependency of its own.
pub fn is_there(name: &str) -> bool {
    ALWAYS.contains(&name)
}

/// How the values of a type are read and written if nothing else is said.
pub fn bridge(path: &RustPath, kind: JsonKind) -> Bridge {
    let is_number = matches!(kind, JsonKind::Integer | JsonKind::Number);
    match path.as_str() {
        "rust_decimal::Decimal" | "bigdecimal::BigDecimal" if is_number => Bridge::Number,
        // By these, no feature of the crate has to be on.
        "rust_decimal::Decimal" | "bigdecimal::BigDecimal" | "uuid::Uuid" | "url::Url" => {
            Bridge::Text
        }
        "time::OffsetDateTime" => {
            RustPath::read("time::serde::rfc3339").map_or(Bridge::Serde, Bridge::Module)
        }
        path if path.starts_with("jiff::") => Bridge::Text,
        _ => Bridge::Serde,
    }
}

/// A type that needs no crate: another integer type for an integer, or the text that a value came as. `None` for types
/// of crates.
pub fn plain(path: &RustPath, kind: JsonKind) -> Option<Result<Ty, String>> {
    if path.as_str() == "serde_json::Value" {
        return Some(Ok(Ty::Json));
    }
    let is_standard =
        path.crates().next().is_some_and(|name| ["alloc", "core", "std"].contains(&name));
    if (is_standard || path.as_str().starts_with("serde_json::")) && WRITTEN.contains(&path.last())
    {
        return Some(Err(format!(
            "`{path}` is one of the types that the generator writes itself; name a type of your own"
        )));
    }
    if !path.is_word() {
        return None;
    }
    let is_number = matches!(kind, JsonKind::Integer | JsonKind::Number);
    let scalar = match path.as_str() {
        "String" if kind == JsonKind::String => Some(Ty::String),
        "f64" if is_number => Some(Ty::Float),
        word if is_number => integer(word).map(Ty::Integer),
        _ => None,
    };
    Some(scalar.ok_or_else(|| {
        format!("`{path}` is not a type for this schema; write the whole path, such as `rust_decimal::Decimal`")
    }))
}

fn integer(word: &str) -> Option<IntegerType> {
    use IntegerType::{I8, I16, I32, I64, U8, U16, U32, U64};
    [I8, I16, I32, I64, U8, U16, U32, U64].into_iter().find(|integer| integer.rust() == word)
}
