//! Rules about which members an object has to have: they choose no type, so they are no union.

use serde_json::{Value, json};

use super::super::json_schema::marks::MEMBER_RULES;
use super::Schema;
use crate::member_rule::MemberRule;

const KEYWORDS: [&str; 4] = ["anyOf", "oneOf", "not", "dependentRequired"];

/// Takes such rules out of an object's combinators, and marks them as what they are.
///
/// `properties: …, anyOf: [{required: [a]}, {required: [b]}]` →
/// `properties: …, MEMBER_RULES: [{anyOf: [{required: [a]}, {required: [b]}]}]`
pub(super) fn normalize(schema: &mut Schema) {
    let has_properties =
        schema.get("properties").and_then(Value::as_object).is_some_and(|it| !it.is_empty());
    let is_told_elsewhere = schema.contains_key("$ref") || holds_more(schema);
    if !(has_properties || is_told_elsewhere) || schema.contains_key("discriminator") {
        return;
    }
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
