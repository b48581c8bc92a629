//! Values of path, query, header and cookie parameters.

use serde_json::Value;

use super::json::Json;

/// A value that a parameter can carry: a scalar, or a list of them.
pub trait Parameter {
    /// Gives each of the texts that the value stands for: one for a scalar, one per item for
    /// a list.
    fn each(&self, give: &mut dyn FnMut(String));
}

macro_rules! displayed {
    ($($type:ty)*) => {
        $(impl Parameter for $type {
            fn each(&self, give: &mut dyn FnMut(String)) {
                give(self.to_string());
            }
        })*
    };
}

displayed!(bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 str String);
displayed!(jiff::Timestamp jiff::civil::Date std::net::Ipv4Addr);

/// Free JSON: a text as it is, anything else as JSON text.
impl Parameter for Value {
    fn each(&self, give: &mut dyn FnMut(String)) {
        match self {
            Self::Null => {}
            Self::String(text) => give(text.clone()),
            Self::Array(items) => items.iter().for_each(|item| item.each(give)),
            other => give(other.to_string()),
        }
    }
}

/// The members of an object in turn: `R`, `100`, `G`, `200` (OpenAPI 3.1.0, 4.8.12.4).
pub(crate) struct Members<'a, T>(pub &'a T);

impl<T: Json> Parameter for Members<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        for (name, value) in pairs("", Writing::Fields, self.0) {
            give(name);
            give(value);
        }
    }
}

/// The members of an object as assignments: `R=100`, `G=200` (OpenAPI 3.1.0, 4.8.12.4).
pub(crate) struct Assignments<'a, T>(pub &'a T);

impl<T: Json> Parameter for Assignments<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        for (name, value) in pairs("", Writing::Fields, self.0) {
            give(format!("{name}={value}"));
        }
    }
}

/// A value of any shape: a text as it is, a list item by item, an object as JSON text.
pub(crate) struct Loose<'a, T>(pub &'a T);

impl<T: Json> Parameter for Loose<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        if let Ok(value) = serde_json::to_value(super::json::Ref(self.0)) {
            value.each(give);
        }
    }
}

/// `content: application/json` (OpenAPI 3.1.0, 4.8.12.2): JSON text.
pub(crate) struct JsonText<'a, T>(pub &'a T);

impl<T: Json> Parameter for JsonText<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        give(serde_json::to_string(&super::json::Ref(self.0)).unwrap_or_default());
    }
}

/// How the members of an object become pairs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// `R=100&G=200`; what is nested is JSON text.
    Fields,
    /// `color[R]=100&color[G]=200`, and so on below.
    Deep,
}

/// The pairs of names and texts that an object stands for.
pub(crate) fn pairs(name: &str, writing: Writing, value: &impl Json) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    match serde_json::to_value(super::json::Ref(value)) {
        Ok(Value::Object(members)) if writing == Writing::Fields => {
            for (name, value) in members {
                value.each(&mut |text| pairs.push((name.clone(), text)));
            }
        }
        Ok(value) => deep(name.to_owned(), value, &mut pairs),
        Err(_) => {}
    }
    pairs
}

/// `a: {b: 1, c: [2, 3]}` → `a[b]=1`, `a[c][]=2`, `a[c][]=3`; items that are objects are numbered,
/// so that their members stay together.
pub(crate) fn deep(name: String, value: Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            members
                .into_iter()
                .for_each(|(key, value)| deep(format!("{name}[{key}]"), value, pairs));
        }
        Value::Array(items) => items.into_iter().enumerate().for_each(|(index, item)| {
            let name = match item {
                Value::Object(_) | Value::Array(_) => format!("{name}[{index}]"),
                _ => format!("{name}[]"),
            };
            deep(name, item, pairs);
        }),
        scalar => scalar.each(&mut |text| pairs.push((name.clone(), text))),
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each(give));
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each(give));
    }
}

impl<T: Parameter + ?Sized> Parameter for &T {
    fn each(&self, give: &mut dyn FnMut(String)) {
        (**self).each(give);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Assignments, Members, Parameter, Writing, pairs};

    fn written(value: &Value, writing: Writing) -> String {
        let pairs = pairs("color", writing, value).into_iter();
        pairs.map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&")
    }

    #[test]
    fn objects_become_pairs() {
        let color = json!({"B": null, "G": "a b", "R": 100});
        assert_eq!(written(&color, Writing::Fields), "G=a b&R=100");
        assert_eq!(written(&color, Writing::Deep), "color[G]=a b&color[R]=100");
        let nested = json!({"a": {"b": [1, 2]}, "c": [{"d": true}, {"d": false}]});
        let deep = "color[a][b][]=1&color[a][b][]=2&color[c][0][d]=true&color[c][1][d]=false";
        assert_eq!(written(&nested, Writing::Deep), deep);
    }

    #[test]
    fn objects_become_lists() {
        let color = json!({"G": 200, "R": 100});
        let mut texts = Vec::new();
        Members(&color).each(&mut |text| texts.push(text));
        Assignments(&color).each(&mut |text| texts.push(text));
        assert_eq!(texts, ["G", "200", "R", "100", "G=200", "R=100"]);
    }
}
