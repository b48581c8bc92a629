//! Values of path, query, header and cookie parameters.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use super::json::{Json, Ref};

/// A value that a parameter can carry: a scalar, or a list of them.
pub trait Parameter {
    /// Gives each of the texts that the value stands for: one for a scalar, one per item for
    /// a list.
    fn each(&self, give: &mut dyn FnMut(String));

    /// The same with each text encoded. Signs that belong to the style, and not to the value, are not encoded.
    fn each_encoded(&self, encode: &dyn Fn(&str) -> String, give: &mut dyn FnMut(String)) {
        self.each(&mut |text| give(encode(&text)));
    }

    /// Whether the value is a list or an object, which may stand for several texts.
    fn is_list(&self) -> bool {
        false
    }

    /// Why the value cannot be sent, where it cannot.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// A value that an argument stands for, or why it stands for none.
pub(crate) struct Tried<T>(Result<T, String>);

/// Reads an argument, which may be a text. What is not a value is a fault of the parameter.
pub(crate) fn tried<T>(argument: impl TryInto<T, Error: Display>) -> Tried<T> {
    Tried(argument.try_into().map_err(|error| error.to_string()))
}

impl<T: Parameter> Parameter for Tried<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        if let Ok(value) = &self.0 {
            value.each(give);
        }
    }

    fn is_list(&self) -> bool {
        self.0.as_ref().is_ok_and(Parameter::is_list)
    }

    fn fault(&self) -> Option<String> {
        match &self.0 {
            Ok(value) => value.fault(),
            Err(why) => Some(why.clone()),
        }
    }
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

displayed!(bool i8 i16 i32 i64 u8 u16 u32 u64 str String);
displayed!(std::net::Ipv4Addr);

macro_rules! floats {
    ($($type:ty)*) => {
        $(impl Parameter for $type {
            fn each(&self, give: &mut dyn FnMut(String)) {
                give(self.to_string());
            }

            fn fault(&self) -> Option<String> {
                (!self.is_finite()).then(|| format!("{self} is not a number"))
            }
        })*
    };
}

floats!(f32 f64);

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

    fn is_list(&self) -> bool {
        self.is_array()
    }
}

/// The same of JSON text, in which numbers have every digit.
impl Parameter for RawValue {
    fn each(&self, give: &mut dyn FnMut(String)) {
        let text = self.get();
        match text.as_bytes().first() {
            Some(b'n') => {}
            Some(b'"') => give(serde_json::from_str(text).unwrap_or_default()),
            Some(b'[') => items(self).into_iter().for_each(|item| item.each(give)),
            _ => give(text.to_owned()),
        }
    }

    fn is_list(&self) -> bool {
        self.get().starts_with('[')
    }
}

/// The items of a list in JSON text.
pub(crate) fn items(list: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(list.get()).unwrap_or_default()
}

/// The members of an object in JSON text; `None` where it is no object.
fn members(value: &RawValue) -> Option<BTreeMap<String, &RawValue>> {
    value.get().starts_with('{').then(|| serde_json::from_str(value.get()).unwrap_or_default())
}

/// The members of an object as texts; `None` where it is no object.
pub(crate) fn members_of(value: &impl Json) -> Option<Vec<(String, String)>> {
    let value = to_raw_value(&Ref(value)).ok()?;
    let mut pairs = Vec::new();
    fields(members(&value)?, &[], &mut pairs);
    Some(pairs)
}

/// Why a value cannot be written as JSON.
fn fault_of(value: &impl Json) -> Option<String> {
    to_raw_value(&Ref(value)).err().map(|error| error.to_string())
}

/// The members of an object in turn: `R`, `100`, `G`, `200` (OpenAPI 3.1.0, 4.8.12.4). Any other value of a union is
/// as in [`Loose`].
pub(crate) struct Members<'a, T>(pub &'a T);

impl<T: Json> Parameter for Members<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        let Some(pairs) = members_of(self.0) else { return Loose(self.0).each(give) };
        for (name, value) in pairs {
            give(name);
            give(value);
        }
    }

    fn is_list(&self) -> bool {
        members_of(self.0).is_some() || Loose(self.0).is_list()
    }

    fn fault(&self) -> Option<String> {
        fault_of(self.0)
    }
}

/// The members of an object as assignments: `R=100`, `G=200` (OpenAPI 3.1.0, 4.8.12.4). Any other value of a union is
/// as in [`Loose`].
pub(crate) struct Assignments<'a, T>(pub &'a T);

impl<T: Json> Parameter for Assignments<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.each_encoded(&str::to_owned, give);
    }

    fn each_encoded(&self, encode: &dyn Fn(&str) -> String, give: &mut dyn FnMut(String)) {
        let Some(pairs) = members_of(self.0) else {
            return Loose(self.0).each_encoded(encode, give);
        };
        for (name, value) in pairs {
            give(format!("{}={}", encode(&name), encode(&value)));
        }
    }

    fn is_list(&self) -> bool {
        members_of(self.0).is_some() || Loose(self.0).is_list()
    }

    fn fault(&self) -> Option<String> {
        fault_of(self.0)
    }
}

/// A value of any shape: a text as it is, a list item by item, an object as JSON text.
pub(crate) struct Loose<'a, T>(pub &'a T);

impl<T: Json> Parameter for Loose<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        if let Ok(value) = to_raw_value(&Ref(self.0)) {
            value.each(give);
        }
    }

    fn is_list(&self) -> bool {
        to_raw_value(&Ref(self.0)).is_ok_and(|value| value.is_list())
    }

    fn fault(&self) -> Option<String> {
        fault_of(self.0)
    }
}

/// `content: application/json` (OpenAPI 3.1.0, 4.8.12.2): JSON text.
pub(crate) struct JsonText<'a, T>(pub &'a T);

impl<T: Json> Parameter for JsonText<'_, T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        give(serde_json::to_string(&Ref(self.0)).unwrap_or_default());
    }

    fn fault(&self) -> Option<String> {
        fault_of(self.0)
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
pub(crate) fn pairs(
    name: &str,
    writing: Writing,
    value: &impl Json,
) -> serde_json::Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let value = to_raw_value(&Ref(value))?;
    match members(&value).filter(|_| writing == Writing::Fields) {
        Some(members) => fields(members, &[], &mut pairs),
        None => deep(name.to_owned(), &value, &mut pairs),
    }
    Ok(pairs)
}

/// The pairs of the fields of an object, of which some are written as `a[b]=1`.
pub(crate) fn form_pairs(
    value: &impl Json,
    deep: &[&str],
) -> serde_json::Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    let value = to_raw_value(&Ref(value))?;
    fields(members(&value).unwrap_or_default(), deep, &mut pairs);
    Ok(pairs)
}

fn fields(
    members: BTreeMap<String, &RawValue>,
    nested: &[&str],
    pairs: &mut Vec<(String, String)>,
) {
    for (name, value) in members {
        match nested.contains(&name.as_str()) {
            true => deep(name, value, pairs),
            false => value.each(&mut |text| pairs.push((name.clone(), text))),
        }
    }
}

/// `a: {b: 1, c: [2, 3]}` → `a[b]=1`, `a[c][]=2`, `a[c][]=3`; items that are objects are numbered,
/// so that their members stay together.
pub(crate) fn deep(name: String, value: &RawValue, pairs: &mut Vec<(String, String)>) {
    if let Some(members) = members(value) {
        for (key, value) in members {
            deep(format!("{name}[{key}]"), value, pairs);
        }
    } else if value.get().starts_with('[') {
        for (index, item) in items(value).into_iter().enumerate() {
            let name = match item.get().starts_with(['{', '[']) {
                true => format!("{name}[{index}]"),
                false => format!("{name}[]"),
            };
            deep(name, item, pairs);
        }
    } else {
        value.each(&mut |text| pairs.push((name.clone(), text)));
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each(give));
    }

    fn each_encoded(&self, encode: &dyn Fn(&str) -> String, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each_encoded(encode, give));
    }

    fn is_list(&self) -> bool {
        true
    }

    fn fault(&self) -> Option<String> {
        self.iter().find_map(Parameter::fault)
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each(give));
    }

    fn each_encoded(&self, encode: &dyn Fn(&str) -> String, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each_encoded(encode, give));
    }

    fn is_list(&self) -> bool {
        self.as_ref().is_some_and(Parameter::is_list)
    }

    fn fault(&self) -> Option<String> {
        self.iter().find_map(Parameter::fault)
    }
}

impl<T: Parameter + ?Sized> Parameter for &T {
    fn each(&self, give: &mut dyn FnMut(String)) {
        (**self).each(give);
    }

    fn each_encoded(&self, encode: &dyn Fn(&str) -> String, give: &mut dyn FnMut(String)) {
        (**self).each_encoded(encode, give);
    }

    fn is_list(&self) -> bool {
        (**self).is_list()
    }

    fn fault(&self) -> Option<String> {
        (**self).fault()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Assignments, JsonText, Loose, Members, Parameter, Writing, form_pairs, pairs};

    fn written(value: &Value, writing: Writing) -> String {
        let pairs = pairs("color", writing, value).expect("pairs").into_iter();
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
    fn numbers_keep_every_digit() {
        let text = r#"{"error":"a","big":123456789012345678901234567890,"of":{"sum":[1.10]}}"#;
        let read: crate::types::Problem = serde_json::from_str(text).expect("a problem");
        let written = |writing| {
            let pairs = pairs("p", writing, &read).expect("pairs").into_iter();
            pairs.map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&")
        };
        let big = "123456789012345678901234567890";
        let fields = format!("big={big}&error=a&of={{\"sum\":[1.10]}}");
        assert_eq!(written(Writing::Fields), fields);
        let deep = format!("p[big]={big}&p[error]=a&p[of][sum][]=1.10");
        assert_eq!(written(Writing::Deep), deep);
    }

    #[test]
    fn what_is_no_number_is_a_fault() {
        let one = f64::NAN;
        let object = std::collections::BTreeMap::from([("a".to_owned(), vec![f64::INFINITY])]);
        let faults = [
            one.fault(),
            f32::INFINITY.fault(),
            vec![1.0, one].fault(),
            Some(&one).fault(),
            Members(&object).fault(),
            Assignments(&object).fault(),
            Loose(&object).fault(),
            JsonText(&one).fault(),
        ];
        for (index, fault) in faults.into_iter().enumerate() {
            assert!(fault.is_some_and(|fault| fault.contains("number")), "of {index}");
        }
        assert!(pairs("", Writing::Fields, &object).is_err());
        assert!(form_pairs(&object, &["a"]).is_err());
        let none = [1.5_f64.fault(), Loose(&1.5_f64).fault(), Vec::<f64>::new().fault()];
        assert_eq!(none, [None, None, None]);
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
