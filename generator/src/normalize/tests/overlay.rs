//! OpenAPI Overlay 1.0.0.

use super::super::effective;
use super::{codes, loaded, refusal, yaml};
use crate::catalogue::Code;

fn applied(description: &str, actions: &str) -> serde_json::Value {
    let overlay = format!("{{overlay: 1.0.0, info: {{}}, actions: {actions}}}");
    let overlay = loaded("overlay.yaml", &overlay);
    match effective(loaded("test.yaml", description), Some(overlay)) {
        Ok(effective) => effective.value.value,
        Err(complaints) => panic!("{complaints}"),
    }
}

#[test]
fn an_update_is_merged_and_a_removal_removes() {
    let rules = [
        ("a: {b: 1}", "[{target: $.a, update: {c: 2}}]", "a: {b: 1, c: 2}"),
        ("a: {b: {c: 1}}", "[{target: $, update: {a: {b: {d: 2}}}}]", "a: {b: {c: 1, d: 2}}"),
        ("a: {b: 1}", "[{target: $.a, update: {b: 2}}]", "a: {b: 2}"),
        ("a: {b: [1]}", "[{target: $.a, update: {b: [2]}}]", "a: {b: [1, 2]}"),
        ("a: [1]", "[{target: $.a, update: 2}]", "a: [1, 2]"),
        ("a: [{b: 1}]", "[{target: $.a, update: {b: 2}}]", "a: [{b: 1}, {b: 2}]"),
        ("a: {b: 1, c: 2}", "[{target: $.a.b, remove: true}]", "a: {c: 2}"),
        ("a: [1, 2, 3, 4]", "[{target: '$.a[0,2]', remove: true}]", "a: [2, 4]"),
        ("a: [1, 2]", "[{target: '$.a[*]', remove: true}]", "a: []"),
        ("a/b: {c~d: 1}", "[{target: \"$['a/b']['c~d']\", remove: true}]", "a/b: {}"),
        (
            "a: {}",
            "[{target: $.a, update: {b: {}}}, {target: $.a.b, update: {c: 1}}]",
            "a: {b: {c: 1}}",
        ),
        (
            "a: [{b: [{x: 1}, {x: 2}]}, {x: 1}]",
            "[{target: '$..[?@.x == 1]', remove: true}]",
            "a: [{b: [{x: 2}]}]",
        ),
    ];
    for (before, actions, after) in rules {
        assert_eq!(applied(before, actions), yaml(after), "{before} {actions}");
    }
}

#[test]
fn a_wrong_overlay_is_refused() {
    let wrong = [
        ("{overlay: 2.0.0, actions: []}", vec![Code::InvalidOverlay]),
        ("{overlay: 1.0.0}", vec![Code::InvalidOverlay]),
        ("{overlay: 1.0.0, acts: 1, actions: []}", vec![Code::InvalidOverlay]),
        ("{overlay: 1.0.0, actions: [5]}", vec![Code::InvalidOverlay]),
        ("{overlay: 1.0.0, actions: [{target: $.a}]}", vec![Code::InvalidOverlay]),
        ("{overlay: 1.0.0, actions: [{target: a, remove: true}]}", vec![Code::InvalidOverlay]),
        (
            "{overlay: 1.0.0, actions: [{target: $.a, remov: true, update: 1}]}",
            vec![Code::InvalidOverlay],
        ),
        (
            "{overlay: 1.0.0, actions: [{target: $.x, remove: true}, {target: $.y, update: 1}]}",
            vec![Code::UnmatchedAction; 2],
        ),
    ];
    for (overlay, expected) in wrong {
        let overlay_file = loaded("overlay.yaml", overlay);
        let refusal = refusal(effective(loaded("test.yaml", "a: 1"), Some(overlay_file)));
        assert_eq!(codes(&refusal), expected, "{overlay}");
    }
}

#[test]
fn an_unmatched_action_is_named() {
    let overlay = "{overlay: 1.0.0, actions: [{target: $.a, update: 2}, {target: $.x, description: Why, update: 1}]}";
    let overlay = loaded("overlay.yaml", overlay);
    let refusal = refusal(effective(loaded("test.yaml", "a: 1"), Some(overlay))).to_string();
    assert!(refusal.contains("action 2 changes nothing: `$.x` (Why)"), "{refusal}");
    assert!(refusal.contains("overlay.yaml at /actions/1"), "{refusal}");
}
