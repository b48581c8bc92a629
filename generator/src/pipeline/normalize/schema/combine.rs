//! `allOf`, `oneOf` and `anyOf`: one of them, alone.

use serde_json::{Map, Value, json};

use super::super::json_schema::marks::TYPELESS;
use super::super::keywords::{self, is_annotation, is_combinator};
use super::nullable::take_type;
use super::{Context, Schema, enums, infer};
use crate::diagnostics::code::DiagnosticCode;

/// Leaves a schema with at most one combinator and nothing but annotations beside it.
///
/// `properties: …, oneOf: […]` → `allOf: [{properties: …}, {oneOf: […]}]`
pub(super) fn fold(schema: &mut Schema, context: &mut Context) {
    without_empty(schema, context);
    single_alternative(schema, context);
    not_beside_others(schema, context);
    if !schema.keys().any(|keyword| is_combinator(keyword)) {
        return;
    }
    null_of_the_whole(schema);
    push_type_down(schema);
    push_down_by_type(schema, context);
    let own: Vec<String> = own_keywords(schema);
    let combinators = schema.keys().filter(|keyword| is_combinator(keyword)).count();
    if combinators + usize::from(!own.is_empty()) > 1 {
        into_all_of(schema, &own, context);
    }
}

fn own_keywords(schema: &Schema) -> Vec<String> {
    let own = |keyword: &&String| !is_annotation(keyword) && !is_combinator(keyword);
    schema.keys().filter(own).cloned().collect()
}

fn without_empty(schema: &mut Schema, context: &mut Context) {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            context.warn(
                DiagnosticCode::Corrected,
                keyword,
                format!("an empty `{keyword}` is left out"),
            );
            schema.shift_remove(keyword);
        }
    }
}

/// `oneOf: [a]` → `allOf: [a]`
fn single_alternative(schema: &mut Schema, context: &mut Context) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(members)) = schema.get_mut(keyword) else { continue };
        if members.len() != 1 {
            continue;
        }
        let Some(only) = members.pop() else { continue };
        schema.shift_remove(keyword);
        if let Value::Array(members) = schema.entry("allOf").or_insert(json!([])) {
            context.moved(&[keyword, "0"], &["allOf", &members.len().to_string()]);
            members.push(only);
        }
    }
}

/// `not` is kept only where it is all that a schema says, and allows nothing.
fn not_beside_others(schema: &mut Schema, context: &mut Context) {
    let others = |keyword: &String| keyword != "not" && !is_annotation(keyword);
    let is_nothing = |not: &Value| *not == json!({}) || *not == json!(true);
    if schema.keys().any(others) || !schema.get("not").is_none_or(is_nothing) {
        let why = "the client does not look at it";
        context.set_aside(schema, DiagnosticCode::WidenedKeyword, "not", why);
    }
}

/// Null is a value of the whole, and not of the part that the schema's own keywords become.
fn null_of_the_whole(schema: &mut Schema) {
    if let Some(kind) = take_type(schema) {
        schema.insert("type".to_owned(), kind.into());
    }
}

/// `type: string, anyOf: [{format: uuid}, {$ref: …}]` → `anyOf: [{type: string, format: uuid}, {$ref: …}]`
fn push_type_down(schema: &mut Schema) {
    if own_keywords(schema) != ["type"] {
        return;
    }
    let Some(kind) = schema.shift_remove("type") else { return };
    for (_, members) in schema.iter_mut().filter(|(keyword, _)| is_combinator(keyword)) {
        let members = members.as_array_mut().into_iter().flatten();
        members.filter_map(Value::as_object_mut).for_each(|member| give_type(member, &kind));
    }
}

fn give_type(member: &mut Map<String, Value>, kind: &Value) {
    let tells = ["type", "$ref", "allOf", "oneOf", "anyOf", "not", "enum", "const"];
    if !tells.iter().any(|keyword| member.contains_key(*keyword)) {
        member.insert("type".to_owned(), kind.clone());
    }
}

/// Gives keywords of one type to the alternatives of that type: they say nothing of the others (JSON Schema 2020-12
/// Core, 7.6.1).
///
/// `minLength: 2, oneOf: [{type: string}, {type: integer}]` → `oneOf: [{type: string, minLength: 2}, {type: integer}]`
fn push_down_by_type(schema: &mut Schema, context: &mut Context) {
    let combinators: Vec<&str> =
        ["allOf", "oneOf", "anyOf"].into_iter().filter(|key| schema.contains_key(*key)).collect();
    let ([combinator], false) = (combinators.as_slice(), schema.contains_key("type")) else {
        return;
    };
    let Some(alternatives) = schema.get(*combinator).and_then(Value::as_array) else { return };
    let kinds: Vec<Option<String>> = alternatives.iter().map(plain_type).collect();
    if *combinator == "allOf" || kinds.iter().any(Option::is_none) {
        return;
    }
    for keyword in own_keywords(schema) {
        let Some(value) = schema.get(&keyword).cloned() else { continue };
        let fits = |kind: &Option<String>| {
            kind.as_deref().is_some_and(|kind| infer::applies(&keyword, &value, kind))
        };
        let is_of_some = keyword == "format" || !keywords::types(&keyword).is_empty();
        let alternatives = schema.get_mut(*combinator).and_then(Value::as_array_mut);
        let Some(alternatives) = alternatives.filter(|_| is_of_some) else { continue };
        let meant: Vec<usize> = (0..kinds.len()).filter(|at| fits(&kinds[*at])).collect();
        if meant.iter().any(|at| alternatives[*at].get(&keyword).is_some()) {
            continue;
        }
        for at in meant {
            let Some(value) = of_type(&keyword, &value, kinds[at].as_deref()) else { continue };
            if let Some(members) = alternatives[at].as_object_mut() {
                members.insert(keyword.clone(), value);
                context.moved(&[&keyword], &[combinator, &at.to_string(), &keyword]);
            }
        }
        schema.shift_remove(&keyword);
    }
}

/// What a keyword says about a type: of an enum, the values of this type.
fn of_type(keyword: &str, value: &Value, kind: Option<&str>) -> Option<Value> {
    let (Some(values), "enum") = (value.as_array(), keyword) else { return Some(value.clone()) };
    let values = values.iter().filter(|value| enums::is_of_type(value, kind.unwrap_or_default()));
    let values: Vec<Value> = values.cloned().collect();
    (!values.is_empty()).then(|| values.into())
}

/// The type of a schema that says it and refers to no other.
fn plain_type(schema: &Value) -> Option<String> {
    let members = schema.as_object()?;
    let is_alone = !members.keys().any(|keyword| is_combinator(keyword) || keyword == "$ref");
    members.get("type").and_then(Value::as_str).filter(|_| is_alone).map(str::to_owned)
}

fn into_all_of(schema: &mut Schema, own: &[String], context: &mut Context) {
    let mut members = match schema.shift_remove("allOf") {
        Some(Value::Array(members)) => members,
        _ => Vec::new(),
    };
    let (is_one_of, is_any_of) = (schema.contains_key("oneOf"), schema.contains_key("anyOf"));
    let mut append = |members: &mut Vec<Value>, keywords: &[String]| {
        let index = members.len().to_string();
        let mut part = Map::new();
        for keyword in keywords {
            if let Some(value) = schema.shift_remove(keyword) {
                context.moved(&[keyword], &["allOf", &index, keyword]);
                part.insert(keyword.clone(), value);
            }
        }
        if !part.is_empty() {
            members.push(part.into());
        }
    };
    append(&mut members, own);
    let is_typeless = (is_one_of || is_any_of) && !own.iter().any(|keyword| keyword == "type");
    if let Some(part) = members.last_mut().filter(|_| is_typeless && !own.is_empty()) {
        part[TYPELESS] = true.into();
    }
    // A discriminator is about the alternatives beside it.
    append(
        &mut members,
        &["oneOf".to_owned(), "discriminator".to_owned()][..1 + usize::from(is_one_of)],
    );
    append(
        &mut members,
        &["anyOf".to_owned(), "discriminator".to_owned()][..1 + usize::from(is_any_of)],
    );
    schema.insert("allOf".to_owned(), members.into());
}
