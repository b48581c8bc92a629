//! Values of schemas fit them, repeat by their seed, and come in bounded time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use lantern_mock::{Direction, Schemas, ValueMaker};
use lantern_operations::Table;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn schemas(definitions: Value) -> Schemas {
    let Value::Object(definitions) = definitions else { panic!("no object") };
    Schemas::new(Arc::new(Table { definitions, ..Table::new("Test", "1") }))
}

fn made(defs: Value, schema: &Value, seed: u64) -> Option<Value> {
    let schemas = schemas(defs);
    ValueMaker::new(&schemas, Direction::Response).value(schema, seed)
}

#[test]
fn values_fit_their_schemas() {
    let table = [
        json!(true),
        json!({}),
        json!({"type": "null"}),
        json!({"type": ["string", "null"], "minLength": 3, "maxLength": 5}),
        json!({"type": "string", "pattern": "^[A-Z]{2}-\\d+$", "minLength": 8, "maxLength": 8}),
        json!({"type": "string", "pattern": "^(foo|bar)?/x.*$", "maxLength": 4}),
        json!({"type": "integer", "minimum": 10, "exclusiveMaximum": 12, "multipleOf": 11}),
        json!({"type": "integer", "minimum": 0.5, "maximum": 1.5}),
        json!({"type": "integer", "minimum": 18446744073709551615u64}),
        json!({"type": "integer", "maximum": -9223372036854775807i64}),
        json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001}),
        json!({"type": "number", "multipleOf": 0.25, "minimum": 7.1, "maximum": 7.4}),
        json!({"enum": ["a", 1, null], "type": "integer"}),
        json!({"const": {"a": [1]}}),
        json!({"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                         {"properties": {"a": {"minimum": 7}, "b": {"const": true}}, "required": ["b"]}]}),
        json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
               "anyOf": [{"required": ["a"]}, {"required": ["b"]}], "additionalProperties": false}),
        json!({"oneOf": [{"type": "object", "properties": {"k": {"const": "a"}, "v": {"type": "integer"}}, "required": ["k"]},
                         {"type": "object", "properties": {"k": {"const": "b"}, "v": {"type": "string"}}, "required": ["k"]}]}),
        json!({"type": "object", "minProperties": 4, "maxProperties": 5, "additionalProperties": {"type": "integer"}}),
        json!({"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^x[a-z]{5}$"}}),
        json!({"type": "object", "patternProperties": {"^n_[a-z]{6}": {"type": "integer"}}, "additionalProperties": false, "minProperties": 2}),
        json!({"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 5}, "uniqueItems": true, "minItems": 4}),
        json!({"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": true, "minItems": 2}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false, "minItems": 2}),
        json!({"type": "array", "contains": {"const": 7}, "minContains": 2, "minItems": 3, "items": {"type": "integer"}}),
        json!({"type": "object", "properties": {"a": true, "b": true}, "required": ["a"], "dependentRequired": {"a": ["b"]}}),
        json!({"type": "string", "pattern": "^(?![0-9a-f]{8}-[()])[a-z][a-z0-9-]*$", "maxLength": 63}),
        json!({"type": "string", "format": "date-time"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"type": "string", "format": "ipv6"}),
        json!({"not": {"type": "string"}}),
        json!({"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["a"],
               "if": {"properties": {"a": {"const": true}}}, "then": {"required": ["a"]}}),
    ];
    for (number, schema) in table.iter().enumerate() {
        for seed in 0..20 {
            let value = made(json!({}), schema, seed);
            let value = value.unwrap_or_else(|| panic!("nothing made of {number}: {schema}"));
            assert!(schemas(json!({})).fits(schema, &value), "{schema}: {value}");
            assert_eq!(made(json!({}), schema, seed), Some(value), "the same seed, the same value");
        }
    }
}

#[test]
fn members_stand_in_the_order_of_the_description_and_the_other_sides_are_left_out() {
    let schema = json!({
        "type": "object",
        "properties": {"z": {"type": "integer"}, "secret": {"type": "string", "writeOnly": true}, "a": {"type": "integer"}},
        "required": ["a"],
    });
    let value = made(json!({}), &schema, 1).expect("a value");
    let names: Vec<&String> = value.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["z", "a"]);
}

#[test]
fn examples_of_schemas_are_taken_where_they_fit() {
    let schema = json!({"type": "object", "properties": {
        "fits": {"type": "string", "examples": ["ada"]},
        "fits_not": {"type": "integer", "examples": ["ada"]},
    }});
    let value = made(json!({}), &schema, 1).expect("a value");
    assert_eq!(value["fits"], "ada");
    assert!(value["fits_not"].is_i64());
}

#[test]
fn hostile_schemas_end_in_time() {
    let table = [
        // Without an end.
        (json!({"A": {"$ref": "#/$defs/A"}}), json!({"$ref": "#/$defs/A"})),
        (
            json!({"A": {"allOf": [{"$ref": "#/$defs/A"}, {"type": "string"}]}}),
            json!({"$ref": "#/$defs/A"}),
        ),
        (
            json!({"A": {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "string"}]}}),
            json!({"$ref": "#/$defs/A"}),
        ),
        (
            json!({"A": {"type": "object", "required": ["l", "r"], "properties": {"l": {"$ref": "#/$defs/A"}, "r": {"$ref": "#/$defs/A"}}}}),
            json!({"$ref": "#/$defs/A"}),
        ),
        (
            json!({"A": {"type": "array", "minItems": 9, "items": {"$ref": "#/$defs/A"}}}),
            json!({"$ref": "#/$defs/A"}),
        ),
        // More than fits anywhere.
        (json!({}), json!({"type": "array", "minItems": 4_000_000_000u64})),
        (
            json!({}),
            json!({"type": "array", "minItems": 4000, "items": {"type": "array", "minItems": 4000, "items": {"type": "string", "minLength": 9999}}}),
        ),
        (json!({}), json!({"type": "string", "minLength": 4_000_000_000u64})),
        (json!({}), json!({"type": "object", "minProperties": 4_000_000_000u64})),
        (json!({}), json!({"type": "string", "pattern": "^(((a{900}){900}){900}){2}$"})),
        (json!({}), json!({"type": "string", "pattern": "^(((((a*)*)*)*)*)*$", "minLength": 9000})),
        (json!({}), json!({"type": "string", "pattern": "(?<!a)(?=b)c\\1"})),
        // Nothing at all.
        (json!({}), json!(false)),
        (json!({}), json!({"type": "integer", "minimum": 3, "maximum": 2})),
        (json!({}), json!({"type": "string", "const": 1})),
        (
            json!({}),
            json!({"type": "array", "items": {"type": "boolean"}, "uniqueItems": true, "minItems": 5}),
        ),
        (json!({}), json!({"allOf": [{"type": "string"}, {"type": "integer"}]})),
    ];
    for (defs, schema) in table {
        let start = Instant::now();
        let value = made(defs.clone(), &schema, 1);
        let size = value.map_or(0, |value| value.to_string().len());
        assert!(start.elapsed() < Duration::from_secs(5), "{schema} took {:?}", start.elapsed());
        assert!(size < 1_000_000, "{schema} has {size} bytes");
    }
}

#[test]
fn a_recursive_type_comes_to_its_end() {
    let defs = json!({"Node": {"type": "object", "required": ["left", "right", "name"], "properties": {
        "left": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
        "right": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
        "name": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
    }}});
    let value = made(defs, &json!({"$ref": "#/$defs/Node"}), 3).expect("a value");
    assert!(value.to_string().len() < 100_000);
}

/// A schema that has a value: it is made together with one.
fn satisfiable() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({"type": "null"})),
        Just(json!({"type": "boolean"})),
        (-1000i64..1000, 0i64..50).prop_map(
            |(least, more)| json!({"type": "integer", "minimum": least, "maximum": least + more})
        ),
        (-100.0..100.0f64, 0.1..9.0f64).prop_map(
            |(least, more)| json!({"type": "number", "minimum": least, "maximum": least + more})
        ),
        (0usize..9, 0usize..9).prop_map(
            |(least, more)| json!({"type": "string", "minLength": least, "maxLength": least + more})
        ),
        "[a-z]{1,3}".prop_map(|text| json!({"enum": [text, "x"]})),
        Just(json!({"type": "string", "format": "date"})),
        "\\^[a-z]{1,4}\\[0-9\\]\\{2,4\\}\\$"
            .prop_map(|pattern| json!({"type": "string", "pattern": pattern})),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (inner.clone(), 0usize..4).prop_map(
                |(items, least)| json!({"type": "array", "items": items, "minItems": least})
            ),
            prop::collection::vec(("[a-z]{1,4}", inner.clone(), any::<bool>()), 0..4)
                .prop_map(object),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|branches| json!({"anyOf": branches})),
            inner.clone().prop_map(|one| json!({"allOf": [one, {"description": "all"}]})),
            inner.prop_map(|one| json!({"anyOf": [one, {"type": "null"}]})),
        ]
    })
}

fn object(members: Vec<(String, Value, bool)>) -> Value {
    let required: Vec<&String> = members.iter().filter(|it| it.2).map(|it| &it.0).collect();
    let required = json!(required);
    let properties: Map<String, Value> =
        members.iter().map(|(name, schema, _)| (name.clone(), schema.clone())).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_can_be_fitted_is_fitted(schema in satisfiable(), seed in any::<u64>()) {
        let value = made(json!({}), &schema, seed);
        let value = value.unwrap_or_else(|| panic!("nothing made of {schema}"));
        prop_assert!(schemas(json!({})).fits(&schema, &value), "{schema}: {value}");
        prop_assert_eq!(made(json!({}), &schema, seed), Some(value));
    }
}
