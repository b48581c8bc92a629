//! The types that a value of a schema can have.

use std::ops::{BitAnd, BitOr};

use lantern_operations::Table;
use serde_json::Value;

/// No further schemas are looked at.
const MOST_LOOKED_AT: usize = 200;

/// A set of the types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    pub const NONE: Self = Self(0);
    pub const NULL: Self = Self(1);
    pub const BOOLEAN: Self = Self(2);
    pub const INTEGER: Self = Self(4);
    /// Numbers that are no integers, too.
    pub const NUMBER: Self = Self(4 | 8);
    pub const STRING: Self = Self(16);
    pub const ARRAY: Self = Self(32);
    pub const OBJECT: Self = Self(64);
    pub const ALL: Self = Self(127);

    /// Whether each type of another set is in this one.
    pub fn has(self, others: Self) -> bool {
        self & others == others
    }

    /// The types that the keyword `type` names.
    pub fn named(keyword: &Value) -> Self {
        match keyword {
            Value::String(name) => Self::of_name(name),
            Value::Array(names) => {
                let names = names.iter().filter_map(Value::as_str).map(Self::of_name);
                names.fold(Self::NONE, Self::bitor)
            }
            _ => Self::ALL,
        }
    }

    fn of_name(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    /// The type of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.is_f64() => Self::NUMBER,
            Value::Number(_) => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }
}

impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The types that a schema allows, as far as its keywords say it.
pub fn types_of(table: &Table, schema: &Value) -> Types {
    allowed(table, schema, &mut MOST_LOOKED_AT.clone())
}

fn allowed(table: &Table, schema: &Value, left: &mut usize) -> Types {
    let members = match schema {
        Value::Object(members) if *left > 0 => members,
        Value::Bool(false) => return Types::NONE,
        _ => return Types::ALL,
    };
    *left -= 1;
    let mut types = members.get("type").map_or(Types::ALL, Types::named);
    if let Some(options) = members.get("enum").and_then(Value::as_array) {
        types = types & options.iter().map(Types::of).fold(Types::NONE, Types::bitor);
    }
    if let Some(only) = members.get("const") {
        types = types & Types::of(only);
    }
    let target = members.get("$ref").and_then(Value::as_str).and_then(|it| table.definition(it));
    if let Some(target) = target {
        types = types & allowed(table, target, left);
    }
    for part in listed(members.get("allOf")) {
        types = types & allowed(table, part, left);
    }
    for keyword in ["anyOf", "oneOf"].into_iter().filter_map(|it| members.get(it)) {
        let branches = listed(Some(keyword)).iter();
        let branches = branches.map(|branch| allowed(table, branch, left));
        types = types & branches.fold(Types::NONE, Types::bitor);
    }
    types
}

fn listed(keyword: Option<&Value>) -> &[Value] {
    keyword.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
