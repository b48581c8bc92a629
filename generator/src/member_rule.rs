//! Which members an object has to have together, instead of each other, or not at all.

use serde::Serialize;
use serde_json::{Map, Value};

/// A rule about the members of an object: the part of JSON Schema 2020-12 that speaks of nothing but `required`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum MemberRule {
    /// All of these are there.
    Required(Vec<String>),
    /// All of these hold.
    AllOf(Vec<MemberRule>),
    /// At least one of these holds.
    AnyOf(Vec<MemberRule>),
    /// Exactly one of these holds.
    OneOf(Vec<MemberRule>),
    /// This does not hold.
    Not(Box<MemberRule>),
}

impl MemberRule {
    /// Reads a schema; `None` where it speaks of anything else, too.
    ///
    /// `anyOf: [{required: [email]}, {required: [phone]}]`
    #[must_use]
    pub fn read(schema: &Value) -> Option<Self> {
        let schema = match schema {
            Value::Bool(true) => return Some(Self::Required(Vec::new())),
            Value::Bool(false) => return Some(Self::never()),
            Value::Object(schema) => schema,
            _ => return None,
        };
        let mut rules = Vec::new();
        for (keyword, value) in schema {
            rules.extend(of_keyword(keyword, value)?);
        }
        Some(all_of(rules))
    }

    fn never() -> Self {
        Self::Not(Box::new(Self::Required(Vec::new())))
    }

    /// Whether it names a member.
    #[must_use]
    pub fn says_something(&self) -> bool {
        match self {
            Self::Required(names) => !names.is_empty(),
            Self::AllOf(rules) | Self::AnyOf(rules) | Self::OneOf(rules) => {
                rules.iter().any(Self::says_something)
            }
            Self::Not(rule) => rule.says_something(),
        }
    }

    /// Whether an object that has these members follows it.
    pub fn holds(&self, has: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::Required(names) => names.iter().all(|name| has(name)),
            Self::AllOf(rules) => rules.iter().all(|rule| rule.holds(has)),
            Self::AnyOf(rules) => rules.iter().any(|rule| rule.holds(has)),
            Self::OneOf(rules) => rules.iter().filter(|rule| rule.holds(has)).count() == 1,
            Self::Not(rule) => !rule.holds(has),
        }
    }

    /// The members that it names, in their order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Required(names) => names.iter().map(String::as_str).collect(),
            Self::AllOf(rules) | Self::AnyOf(rules) | Self::OneOf(rules) => {
                rules.iter().flat_map(Self::names).collect()
            }
            Self::Not(rule) => rule.names(),
        }
    }
}

/// Nothing is asked for where there is no rule.
fn all_of(mut rules: Vec<MemberRule>) -> MemberRule {
    match rules.len() {
        0 => MemberRule::Required(Vec::new()),
        1 => rules.swap_remove(0),
        _ => MemberRule::AllOf(rules),
    }
}

fn of_keyword(keyword: &str, value: &Value) -> Option<Option<MemberRule>> {
    let list = || {
        let rules = value.as_array().filter(|rules| !rules.is_empty())?;
        rules.iter().map(MemberRule::read).collect::<Option<Vec<_>>>()
    };
    Some(Some(match keyword {
        "required" => MemberRule::Required(texts(value)?),
        "allOf" => MemberRule::AllOf(list()?),
        "anyOf" => MemberRule::AnyOf(list()?),
        "oneOf" => MemberRule::OneOf(list()?),
        "not" => MemberRule::Not(Box::new(MemberRule::read(value)?)),
        "dependentRequired" => all_of(dependent(value.as_object()?)?),
        "properties" => all_of(forbidden(value.as_object()?)?),
        "type" if value == "object" => return Some(None),
        "additionalProperties" if *value == true => return Some(None),
        "title" | "description" | "$comment" => return Some(None),
        extension if extension.starts_with("x-") => return Some(None),
        _ => return None,
    }))
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

/// `dependentRequired: {a: [b]}`: without `a`, or with `b`.
fn dependent(needs: &Map<String, Value>) -> Option<Vec<MemberRule>> {
    let rule = |(name, needed): (&String, &Value)| {
        let absent = MemberRule::Not(Box::new(MemberRule::Required(vec![name.clone()])));
        Some(MemberRule::AnyOf(vec![absent, MemberRule::Required(texts(needed)?)]))
    };
    needs.iter().map(rule).collect()
}

/// `properties: {a: false}`: without `a`. Any other schema of a member speaks of its value, or names a field.
fn forbidden(members: &Map<String, Value>) -> Option<Vec<MemberRule>> {
    let rule = |(name, schema): (&String, &Value)| {
        let is_forbidden = MemberRule::read(schema)? == MemberRule::never();
        let named = MemberRule::Required(vec![name.clone()]);
        is_forbidden.then(|| MemberRule::Not(Box::new(named)))
    };
    members.iter().map(rule).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// All objects of three members, judged as `jsonschema` judges them.
    #[test]
    fn rules_hold_as_jsonschema_says() {
        let schemas = [
            json!({"anyOf": [{"required": ["a"]}, {"required": ["b", "c"]}]}),
            json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}, {"required": ["c"]}]}),
            json!({"not": {"required": ["a", "b"]}}),
            json!({"allOf": [{"anyOf": [{"required": ["a"]}, {}]}, {"not": {"required": ["c"]}}]}),
            json!({"oneOf": [{"required": ["a"], "not": {"required": ["b"]}}, {"required": ["c"]}]}),
            json!({"dependentRequired": {"a": ["b", "c"], "b": []}, "required": ["c"]}),
            json!({"anyOf": [{"properties": {"a": false}}, {"required": ["b"]}]}),
            json!({"anyOf": [{"properties": {"a": {"not": {}}}}, {"type": "object", "required": ["b"]}]}),
            json!({"anyOf": [true, false]}),
        ];
        for schema in schemas {
            let rule = MemberRule::read(&schema).expect("a rule");
            let validator = jsonschema::validator_for(&schema).expect("a schema");
            for bits in 0..8 {
                let names = ["a", "b", "c"].into_iter().enumerate();
                let there = names.filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| name);
                let object: Map<_, _> = there.map(|name| (name.to_owned(), json!(null))).collect();
                let holds = rule.holds(&|name| object.contains_key(name));
                assert_eq!(holds, validator.is_valid(&json!(object)), "{schema} {object:?}");
            }
        }
    }

    #[test]
    fn what_speaks_of_values_is_no_rule() {
        for schema in [
            json!({"anyOf": [{"required": ["a"]}, {"properties": {"a": {"type": "string"}}}]}),
            json!({"anyOf": [{"$ref": "#/components/schemas/A"}]}),
            json!({"anyOf": []}),
            json!({"required": ["a"], "minProperties": 1}),
            json!({"required": [1]}),
            json!({"type": "string"}),
            json!({"properties": {"a": {"required": ["b"]}}}),
            json!({"anyOf": [{"properties": {"a": {}}}, {"required": ["b"]}]}),
            json!(7),
        ] {
            assert_eq!(MemberRule::read(&schema), None, "{schema}");
        }
    }
}
