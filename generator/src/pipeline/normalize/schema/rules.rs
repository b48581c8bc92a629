//! Rules about which members an object has to have: they choose no type, so they are no union.

use serde_json::{Map, Value, json};

use super::super::json_schema::marks::MEMBER_RULES;
use super::super::keywords::is_annotation;
use super::{Context, Schema};
use crate::diagnostics::code::DiagnosticCode;
use crate::member_rule::MemberRule;

const KEYWORDS: [&str; 4] = ["anyOf", "oneOf", "not", "dependentRequired"];

/// Takes such rules out of an object's combinators, and marks them as what they are.
///
/// `properties: …, anyOf: [{required: [a]}, {required: [b]}]` →
/// `properties: …, MEMBER_RULES: [{anyOf: [{required: [a]}, {required: [b]}]}]`
pub(super) fn normalize(schema: &mut Schema, context: &mut Context) {
    let has_properties =
        schema.get("properties").and_then(Value::as_object).is_some_and(|it| !it.is_empty());
    let is_told_elsewhere = schema.contains_key("$ref") || holds_more(schema);
    if !(has_properties || is_told_elsewhere) || schema.contains_key("discriminator") {
        return;
    }
    forget_null(schema, context);
    let mut rules: Vec<Value> = Vec::new();
    for keyword in KEYWORDS {
        let alone = schema.get(keyword).map(|value| json!({ keyword: value }));
        if let Some(rule) = alone.filter(is_rule) {
            schema.shift_remove(keyword);
            rules.push(rule);
        }
    }
    // Each member stays in its place, so that references still lead to the others.
    let members = schema.get_mut("allOf").and_then(Value::as_array_mut);
    for member in members.into_iter().flatten().filter(|member| is_rule_alone(member)) {
        *member = json!({ "type": "object", MEMBER_RULES: [member.take()] });
    }
    if rules.is_empty() {
        return;
    }
    let part = json!({ "type": "object", MEMBER_RULES: rules });
    match (is_told_elsewhere, schema.entry("allOf")) {
        // What is the same as another schema has that one's type, which has no rules.
        (true, members) => {
            if let Value::Array(members) = members.or_insert(json!([])) {
                members.push(part);
            }
        }
        (false, _) => drop(schema.insert(MEMBER_RULES.to_owned(), rules.into())),
    }
}

/// Makes a rule of alternatives that ask for members which are not null. `validate` takes null, too.
///
/// `properties: {a: {type: [string, 'null']}, …}, anyOf: [{required: [a], properties: {a: {type: string}}}, …]` →
/// `properties: …, anyOf: [{required: [a]}, …]`
fn forget_null(schema: &mut Schema, context: &mut Context) {
    let Some(own) = schema.get("properties").and_then(Value::as_object) else { return };
    let alternatives = schema.get("anyOf").and_then(Value::as_array);
    let rules = alternatives.and_then(|found| {
        found.iter().map(|alternative| without_types(alternative, own)).collect::<Option<Value>>()
    });
    let Some(rules) = rules.filter(|rules| is_rule(&json!({ "anyOf": rules }))) else { return };
    let message =
        "which of these members have to be there is checked, but not that they are not null";
    context.warn(DiagnosticCode::WidenedKeyword, "anyOf", message);
    schema.insert("anyOf".to_owned(), rules);
}

/// An alternative without the types of the members that it requires, if an object has these types or null there.
fn without_types(alternative: &Value, own: &Map<String, Value>) -> Option<Value> {
    let mut alternative = alternative.as_object()?.clone();
    let members = alternative.shift_remove("properties")?;
    let required = alternative.get("required")?.as_array()?;
    let is_told = |(name, member): (&String, &Value)| {
        let is_required = required.iter().any(|required| required == name);
        is_required && own.get(name).is_some_and(|own| is_own_without_null(member, own))
    };
    members.as_object()?.iter().all(is_told).then(|| alternative.into())
}

/// `{type: string}`, where the object's own member is a string or null
fn is_own_without_null(member: &Value, own: &Value) -> bool {
    let Some(members) = member.as_object() else { return false };
    let is_type_alone = members.keys().all(|keyword| keyword == "type" || is_annotation(keyword));
    let is_own = match (&member["type"], &own["type"]) {
        (Value::String(kind), Value::Array(own)) => {
            own.iter().all(|own| own == kind || own == "null") && own.contains(&member["type"])
        }
        (kind @ Value::String(_), own) => kind == own,
        _ => false,
    };
    is_type_alone && is_own
}

/// Whether an `allOf` has anything beside rules.
fn holds_more(schema: &Schema) -> bool {
    let members = schema.get("allOf").and_then(Value::as_array);
    members.is_some_and(|members| members.iter().any(|member| !is_rule_alone(member)))
}

fn is_rule(schema: &Value) -> bool {
    MemberRule::read(schema).is_some_and(|rule| rule.says_something())
}

/// A member of `allOf` that is a rule. What only requires says more of fields, which folding sees to.
fn is_rule_alone(member: &Value) -> bool {
    KEYWORDS.iter().any(|keyword| member.get(keyword).is_some()) && is_rule(member)
}
