//! Enums of objects and of lists are types, and what is constant is set by `new`.

use client::types::{Rule, RuleRange, RuleSize, RuleSizeWidth, RuleTarget, RuleTargetDeep};
use serde_json::{Value, json};

#[test]
fn new_sets_constants_of_every_type() {
    let size = RuleSize::new(RuleSizeWidth::N2);
    let rule = Rule::new(RuleTarget::new(RuleTargetDeep::default()), size, vec![RuleRange::N3]);
    let expected = json!({
        "version": 3, "strict": true, "level": 7, "size": {"width": 2}, "range": [3],
        "target": {"kind": "page", "deep": {"open": true}},
    });
    assert_eq!(serde_json::to_value(&rule).expect("JSON"), expected);
}

#[test]
fn each_value_of_the_enums_comes_back() {
    let jsons = [
        json!({"size": {"width": 1, "unit": "px"}, "range": [1, 2], "edge": {"at": "top"}, "either": "none"}),
        json!({"size": {"width": 2}, "range": [3], "edge": null, "either": {"some": 1}}),
        json!({"size": {"width": 5, "more": 1}, "range": [], "sides": ["left"], "nothing": {}}),
    ];
    for mut json in jsons {
        let all = json!({"version": 4, "strict": false, "level": 8, "target": {"kind": "site", "deep": {"open": false}}});
        let (Value::Object(json), Value::Object(all)) = (&mut json, all) else { panic!("objects") };
        json.extend(all);
        let read: Rule = serde_json::from_value(Value::Object(json.clone())).expect("a rule");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), Value::Object(json.clone()));
    }
}
