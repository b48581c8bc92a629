//! `allOf`, `oneOf` and `anyOf`: one of them, alone.

use serde_json::{Map, Value, json};

use super::super::keywords::{is_annotation, is_combinator};
use super::{Context, Schema};
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
    push_type_down(schema);
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

/// `not` is kept only where it is all that a schema says.
fn not_beside_others(schema: &mut Schema, context: &mut Context) {
    let others = |keyword: &String| keyword != "not" && !is_annotation(keyword);
    if schema.keys().any(others) {
        let why = "the client does not look at it";
        context.set_aside(schema, DiagnosticCode::WidenedKeyword, "not", why);
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

fn into_all_of(schema: &mut Schema, own: &[String], context: &mut Context) {
    let mut members = match schema.shift_remove("allOf") {
        Some(Value::Array(members)) => members,
        _ => Vec::new(),
    };
    let mut append = |keywords: &[String]| {
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
    append(own);
    append(&["oneOf".to_owned()]);
    append(&["anyOf".to_owned()]);
    schema.insert("allOf".to_owned(), members.into());
}
