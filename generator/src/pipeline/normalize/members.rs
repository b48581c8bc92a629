//! The members of one object: each of the kind that OpenAPI asks for, and none dropped.

use serde_json::{Map, Number, Value};

use super::diagnostic_sink::DiagnosticSink;
use super::kept_facts::extension;
use super::keywords::{is_annotation, widening};
use super::object_kind::{MemberKind, ObjectKind};
use super::object_schema;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Puts every member of an object right. What is not known is left out of a schema, and kept as an extension of any other
/// object.
///
/// `{title: 5, termsOfService: null, summary: a, foo: 1}` →
/// `{title: "5", x-kept-summary: a, x-kept-foo: 1}` for an Info Object
pub(super) fn normalize(
    object: ObjectKind,
    members: &mut Map<String, Value>,
    at: &Pointer,
    diagnostics: &mut DiagnosticSink,
) {
    if members.iter().all(|(key, value)| is_kept(object, key, value)) {
        return;
    }
    for (key, value) in std::mem::take(members) {
        let found = Member { object, key, value, at };
        if object == ObjectKind::Schema {
            found.warn_if_widening(diagnostics);
        }
        let kept = match object_schema::member(object, &found.key) {
            None if found.key.starts_with("x-") || found.key == "$ref" => found.kept(),
            None => found.unknown(diagnostics),
            Some(MemberKind::Aside) => found.aside(),
            Some(MemberKind::NotGenerated) => found.not_generated(diagnostics),
            Some(MemberKind::Any) => found.kept(),
            // An absent member and a null are the same to OpenAPI.
            Some(_) if found.value.is_null() => None,
            Some(member) => found.fitted(member, diagnostics),
        };
        members.extend(kept);
    }
}

/// Whether a member stays as it is, as nearly all do.
fn is_kept(object: ObjectKind, key: &str, value: &Value) -> bool {
    match object_schema::member(object, key) {
        None => key.starts_with("x-") || key == "$ref",
        Some(MemberKind::Aside | MemberKind::NotGenerated) => false,
        Some(MemberKind::Any) => true,
        Some(_) if object == ObjectKind::Schema && widening(key) => false,
        Some(member) => fits(member, value),
    }
}

/// A member of an object.
struct Member<'a> {
    object: ObjectKind,
    key: String,
    value: Value,
    /// The place of the object.
    at: &'a Pointer,
}

impl Member<'_> {
    fn kept(self) -> Option<(String, Value)> {
        Some((self.key, self.value))
    }

    /// No code is made of it, or it is looked for among the extensions.
    fn aside(self) -> Option<(String, Value)> {
        let is_kept = self.object != ObjectKind::Schema;
        is_kept.then(|| (extension(&self.key), self.value))
    }

    fn unknown(self, diagnostics: &mut DiagnosticSink) -> Option<(String, Value)> {
        let message = format!("OpenAPI does not know `{}` here", self.key);
        let help = diagnostics.like(&self.key, || object_schema::words(self.object));
        let code = DiagnosticCode::UnknownKeyword;
        diagnostics.warn_with_help(code, &self.at.at(&self.key), message, help);
        self.aside()
    }

    fn not_generated(self, diagnostics: &mut DiagnosticSink) -> Option<(String, Value)> {
        let message = format!("no code is made of `{}`", self.key);
        diagnostics.warn(DiagnosticCode::NotGenerated, &self.at.at(&self.key), message);
        self.aside()
    }

    fn warn_if_widening(&self, diagnostics: &mut DiagnosticSink) {
        let Self { key, value, .. } = self;
        if widening(key) && !is_of_any_name(key, value) {
            let message =
                format!("the client does not look at `{key}`: it takes more than allowed");
            diagnostics.warn(DiagnosticCode::WidenedKeyword, &self.at.at(key), message);
        }
    }

    fn fitted(
        self,
        member: MemberKind,
        diagnostics: &mut DiagnosticSink,
    ) -> Option<(String, Value)> {
        let Self { object, key, value, at } = self;
        match fit(member, value) {
            Fit::Same(value) => Some((key, value)),
            Fit::Corrected(value) => {
                let message = format!("`{key}` was read as {}", member.expected());
                diagnostics.warn(DiagnosticCode::Corrected, &at.at(&key), message);
                Some((key, value))
            }
            Fit::Misfit(value) => {
                let message = format!("`{key}` was set aside: it is not {}", member.expected());
                diagnostics.warn(DiagnosticCode::Corrected, &at.at(&key), message);
                Self { object, key, value, at }.aside()
            }
        }
    }
}

/// `propertyNames: {type: string}`: every name is a text, so it says nothing.
fn is_of_any_name(key: &str, value: &Value) -> bool {
    let says_nothing = |(keyword, value): (&String, &Value)| {
        is_annotation(keyword) || (keyword == "type" && value == "string")
    };
    key == "propertyNames" && value.as_object().is_some_and(|it| it.iter().all(says_nothing))
}

enum Fit {
    Same(Value),
    Corrected(Value),
    Misfit(Value),
}

impl Fit {
    fn corrected(value: Option<Value>, original: Value) -> Self {
        value.map_or(Self::Misfit(original), Self::Corrected)
    }
}

fn fit(member: MemberKind, value: Value) -> Fit {
    match member {
        MemberKind::Text => fit_text(value),
        MemberKind::Texts => fit_texts(value),
        MemberKind::TextMap => fit_text_map(value),
        MemberKind::Flag => fit_flag(value),
        MemberKind::Count => fit_count(value),
        MemberKind::One(object) => fit_one(object, value),
        MemberKind::SchemaOrFlag => fit_one(ObjectKind::Schema, value),
        MemberKind::Each(_) => fit_list(value),
        MemberKind::Named(_) | MemberKind::Patterned(_) => fit_map(value),
        MemberKind::Any | MemberKind::Aside | MemberKind::NotGenerated => Fit::Same(value),
    }
}

/// Whether a value is of the kind already.
fn fits(member: MemberKind, value: &Value) -> bool {
    match member {
        MemberKind::Text => value.is_string(),
        MemberKind::Texts => {
            value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
        }
        MemberKind::TextMap => {
            value.as_object().is_some_and(|entries| entries.values().all(Value::is_string))
        }
        MemberKind::Flag => value.is_boolean(),
        MemberKind::Count => value.is_u64(),
        MemberKind::One(_) | MemberKind::Named(_) | MemberKind::Patterned(_) => value.is_object(),
        MemberKind::SchemaOrFlag => value.is_object() || value.is_boolean(),
        MemberKind::Each(_) => value.is_array(),
        MemberKind::Any | MemberKind::Aside | MemberKind::NotGenerated => true,
    }
}

impl MemberKind {
    fn expected(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::TextMap => "a map of strings",
            Self::Flag => "true or false",
            Self::Count => "a whole number",
            Self::One(_) | Self::SchemaOrFlag => "an object",
            Self::Each(_) => "a list",
            Self::Named(_) | Self::Patterned(_) => "a map",
            Self::Any | Self::Aside | Self::NotGenerated => "a value",
        }
    }
}

fn fit_text(value: Value) -> Fit {
    match value {
        Value::String(_) => Fit::Same(value),
        _ => Fit::corrected(text(&value), value),
    }
}

/// A scalar as a string: `5` → `"5"`.
pub(super) fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(value.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn fit_texts(value: Value) -> Fit {
    match &value {
        Value::Array(items) if items.iter().all(Value::is_string) => Fit::Same(value),
        Value::Array(items) => {
            Fit::corrected(items.iter().map(text).collect::<Option<Value>>(), value)
        }
        Value::String(_) => Fit::Corrected(vec![value].into()),
        _ => Fit::Misfit(value),
    }
}

fn fit_text_map(value: Value) -> Fit {
    let Value::Object(entries) = &value else { return fit_map(value) };
    if entries.values().all(Value::is_string) {
        return Fit::Same(value);
    }
    let texts = entries.iter().map(|(key, entry)| {
        let entry = if entry.is_null() { Some("".into()) } else { text(entry) };
        Some((key.clone(), entry?))
    });
    Fit::corrected(texts.collect::<Option<Map<_, _>>>().map(Value::from), value)
}

fn fit_flag(value: Value) -> Fit {
    match value.as_str() {
        Some("true") => Fit::Corrected(true.into()),
        Some("false") => Fit::Corrected(false.into()),
        _ if value.is_boolean() => Fit::Same(value),
        _ => Fit::Misfit(value),
    }
}

fn fit_count(value: Value) -> Fit {
    if value.is_u64() {
        return Fit::Same(value);
    }
    match whole(&value).filter(|count| *count >= 0) {
        Some(count) => Fit::Same(count.into()),
        None => {
            let read = value.as_str().and_then(|text| text.trim().parse::<u64>().ok());
            Fit::corrected(read.map(Value::from), value)
        }
    }
}

/// A number without a fraction as an integer: `3.0` → `3`.
pub(super) fn whole(value: &Value) -> Option<i64> {
    if let Some(whole) = value.as_i64() {
        return Some(whole);
    }
    let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
    // 2^63 is the first float beyond i64; -2^63 is in it.
    let edge = 9_223_372_036_854_775_808.0;
    (-edge..edge).contains(&number).then_some(number as i64)
}

/// `"5"` → `5`
pub(super) fn number(value: &Value) -> Option<Value> {
    match value {
        Value::Number(_) => Some(value.clone()),
        Value::String(text) => text.trim().parse::<Number>().ok().map(Value::Number),
        _ => None,
    }
}

fn fit_one(object: ObjectKind, value: Value) -> Fit {
    let schema = object == ObjectKind::Schema && value.is_boolean();
    if value.is_object() || schema { Fit::Same(value) } else { Fit::Misfit(value) }
}

fn fit_list(value: Value) -> Fit {
    match value {
        Value::Array(_) => Fit::Same(value),
        Value::Object(_) => Fit::Corrected(vec![value].into()),
        _ => Fit::Misfit(value),
    }
}

/// Some writers of JSON cannot tell an empty map from an empty list.
fn fit_map(value: Value) -> Fit {
    match &value {
        Value::Object(_) => Fit::Same(value),
        Value::Array(items) if items.is_empty() => Fit::Corrected(Map::new().into()),
        _ => Fit::Misfit(value),
    }
}
