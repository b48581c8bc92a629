//! OpenAPI Overlay 1.0 and 1.1.

use super::super::effective;
use super::{codes, loaded, refusal, yaml};
use crate::diagnostics::WithDiagnostics;
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::load::Loaded;

fn run(description: &str, version: &str, actions: &str) -> WithDiagnostics<Loaded> {
    let overlay =
        format!("{{overlay: {version}, info: {{title: T, version: '1'}}, actions: {actions}}}");
    let overlay = loaded("overlay.yaml", &overlay);
    effective(loaded("test.yaml", description), vec![overlay])
}

fn assert_rules(versions: &[&str], rules: &[(&str, &str, &str)]) {
    for version in versions {
        for (before, actions, after) in rules {
            match run(before, version, actions).checked() {
                Ok(found) => {
                    assert_eq!(found.value.value, yaml(after), "{version}: {before} {actions}");
                    assert_eq!(found.warnings.iter().count(), 0, "{actions}: {}", found.warnings);
                }
                Err(diagnostics) => panic!("{version}: {before} {actions}\n{diagnostics}"),
            }
        }
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
        (
            "a: [{b: [{x: 1}, {x: 2}]}, {b: []}, {x: 1}]",
            "[{target: '$.a[0, 0].b[0]', remove: true}]",
            "a: [{b: [{x: 2}]}, {b: []}, {x: 1}]",
        ),
        ("a: [[1, 2], 3]", "[{target: '$.a[0, 0][1]', remove: true}]", "a: [[1], 3]"),
        ("a: [{x: [{x: 1}, 2]}, 3]", "[{target: '$..[?@.x]', remove: true}]", "a: [3]"),
        ("a: {b: 1}", "[{target: $.a, remove: false, update: {c: 2}}]", "a: {b: 1, c: 2}"),
        ("a: {b: 1}", "[{target: $.a, x-why: it is ours, update: {c: 2}}]", "a: {b: 1, c: 2}"),
        ("a: {b: null}", "[{target: $.a, update: {b: 2}}]", "a: {b: 2}"),
        ("a: {b: 1}", "[{target: $.a.b, update: 2}]", "a: {b: 2}"),
        ("a: 1", "[{target: $, update: {b: null}}]", "{a: 1, b: null}"),
    ];
    assert_rules(&["1.0.0", "1.0.1", "1.1.0"], &rules);
}

#[test]
fn a_list_updates_a_list_as_its_version_says() {
    let nested = ("a: [1]", "[{target: $.a, update: [2, 3]}]", "a: [1, [2, 3]]");
    assert_rules(&["1.0.0"], &[nested]);
    let appended = ("a: [1]", "[{target: $.a, update: [2, 3]}]", "a: [1, 2, 3]");
    assert_rules(&["1.1.0"], &[appended]);
}

#[test]
fn a_copy_takes_one_value_of_the_description_as_it_is_by_then() {
    let rules = [
        ("{a: {b: 1}, c: {d: 2}}", "[{target: $.c, copy: $.a}]", "{a: {b: 1}, c: {d: 2, b: 1}}"),
        ("{a: [1], c: [2]}", "[{target: $.c, copy: $.a}]", "{a: [1], c: [2, 1]}"),
        ("{a: 1, c: [2]}", "[{target: $.c, copy: $.a}]", "{a: 1, c: [2, 1]}"),
        ("{a: 1, c: 2}", "[{target: $.c, copy: $.a}]", "{a: 1, c: 1}"),
        ("{a: 1, c: 2}", "[{target: $.a, update: 3}, {target: $.c, copy: $.a}]", "{a: 3, c: 3}"),
        (
            "p: {/items: {get: 1}}",
            "[{target: $.p, update: {/new: {}}}, {target: \"$.p['/new']\", copy: \"$.p['/items']\"}, \
             {target: \"$.p['/items']\", remove: true}]",
            "p: {/new: {get: 1}}",
        ),
    ];
    assert_rules(&["1.1.0"], &rules);
    let wrong = [
        ("1.0.0", "[{target: $.c, copy: $.a}]", DiagnosticCode::InvalidOverlay),
        ("1.1.0", "[{target: $.c, copy: $.x}]", DiagnosticCode::UnmatchedAction),
        ("1.1.0", "[{target: $.c, copy: $.*}]", DiagnosticCode::UnmatchedAction),
        ("1.1.0", "[{target: $.c, copy: a}]", DiagnosticCode::InvalidOverlay),
        ("1.1.0", "[{target: $.c, copy: 1}]", DiagnosticCode::InvalidOverlay),
        ("1.1.0", "[{target: $.c, copy: $.a, update: 1}]", DiagnosticCode::InvalidOverlay),
        ("1.1.0", "[{target: $.c, copy: $.a, remove: true}]", DiagnosticCode::InvalidOverlay),
    ];
    for (version, actions, code) in wrong {
        let diagnostics = refusal(run("{a: 1, c: 2}", version, actions));
        assert_eq!(codes(&diagnostics), [code], "{actions}\n{diagnostics}");
    }
}

#[test]
fn values_that_do_not_fit_are_refused_with_the_place() {
    let wrong = [
        ("a: {b: {c: 1}}", "[{target: $.a, update: {b: 2}}]", "an object is at /a/b"),
        ("a: {b: 1}", "[{target: $.a, update: {b: [2]}}]", "a plain value is at /a/b"),
        ("a: {b: [1]}", "[{target: $.a, update: {b: {c: 2}}}]", "a list is at /a/b"),
        ("a: {b: 1}", "[{target: $.a, update: 2}]", "an object is at /a, which"),
        ("{a: {}, b: []}", "[{target: $.*, update: {c: 2}}]", "values of several kinds"),
        ("a: 1", "[{target: $, remove: true}]", "the whole description cannot be removed"),
        ("a: 1", "[{target: $.a, remove: 'yes'}]", "this is not an overlay action"),
    ];
    for (before, actions, part) in wrong {
        let diagnostics = refusal(run(before, "1.1.0", actions));
        assert_eq!(
            codes(&diagnostics),
            [DiagnosticCode::InvalidOverlay],
            "{actions}\n{diagnostics}"
        );
        assert!(diagnostics.to_string().contains(part), "{part}: {diagnostics}");
    }
}

#[test]
fn what_is_odd_about_an_overlay_is_told() {
    let told = [
        ("overlay: 1.0.0, info: {title: T}", "does not say its `version`"),
        (
            "overlay: 1.0.0, info: {title: T, version: '1'}, extends: a/b.yaml",
            "made for `a/b.yaml`",
        ),
    ];
    for (frame, part) in told {
        let overlay = format!("{{{frame}, actions: [{{target: $.a, update: 2}}]}}");
        let overlay = loaded("overlay.yaml", &overlay);
        let found =
            effective(loaded("test.yaml", "a: 1"), vec![overlay]).checked().expect("no error");
        assert_eq!(codes(&found.warnings), [DiagnosticCode::DoubtfulOverlay], "{}", found.warnings);
        assert!(found.warnings.to_string().contains(part), "{part}: {}", found.warnings);
    }
    let overlay = "{overlay: 1.0.0, info: {title: T, version: '1'}, extends: 'http://x/test.yaml', \
                   actions: [{target: $.a, update: 2}, {target: $.a, update: 2}]}";
    let overlay = loaded("overlay.yaml", overlay);
    let found =
        effective(loaded("specs/test.yaml", "a: 1"), vec![overlay]).checked().expect("no error");
    let told = found.warnings.to_string();
    assert!(told.contains("this says the same as action 1"), "{told}");
    let first = found.warnings.iter().find_map(|one| one.related.as_ref());
    let first = first.map(|(place, how)| (place.pointer.as_str(), how.as_str()));
    assert_eq!(first, Some(("/actions/0", "it stands here first")));
    assert_eq!(found.warnings.iter().count(), 1, "{told}");
}

#[test]
fn a_name_of_several_that_matches_nothing_is_told() {
    let found = run("p: {/a: {x: 1}}", "1.0.0", "[{target: \"$.p['/a', '/b'].x\", update: 2}]");
    let found = found.checked().expect("one of the names matches");
    assert_eq!(codes(&found.warnings), [DiagnosticCode::DoubtfulOverlay]);
    assert!(found.warnings.to_string().contains("`/b` in the target"), "{}", found.warnings);
}

#[test]
fn a_wrong_overlay_is_refused() {
    const INFO: &str = "info: {title: T, version: '1'}";
    let wrong = [
        ("overlay: 2.0.0, actions: []", vec![DiagnosticCode::InvalidOverlay]),
        ("overlay: 1.2.0, actions: []", vec![DiagnosticCode::InvalidOverlay]),
        ("overlay: 1.0, actions: []", vec![DiagnosticCode::InvalidOverlay]),
        ("overlay: 1.0.0", vec![DiagnosticCode::InvalidOverlay]),
        ("overlay: 1.0.0, acts: 1, actions: []", vec![DiagnosticCode::InvalidOverlay]),
        ("overlay: 1.0.0, actions: [5]", vec![DiagnosticCode::InvalidOverlay]),
        ("overlay: 1.0.0, actions: [{target: $.a}]", vec![DiagnosticCode::InvalidOverlay]),
        (
            "overlay: 1.0.0, actions: [{target: a, remove: true}]",
            vec![DiagnosticCode::InvalidOverlay],
        ),
        (
            "overlay: 1.0.0, actions: [{target: $.a, remov: true, update: 1}]",
            vec![DiagnosticCode::InvalidOverlay],
        ),
        (
            "overlay: 1.0.0, actions: [{target: $.x, remove: true}, {target: $.y, update: 1}]",
            vec![DiagnosticCode::UnmatchedAction; 2],
        ),
    ];
    for (overlay, expected) in wrong {
        let overlay_file = loaded("overlay.yaml", &format!("{{{overlay}, {INFO}}}"));
        let refusal = refusal(effective(loaded("test.yaml", "a: 1"), vec![overlay_file]));
        assert_eq!(codes(&refusal), expected, "{overlay}");
    }
}

#[test]
fn an_unmatched_action_says_where_it_stopped_and_what_is_near() {
    let table = [
        ("$.x", "action 2 on `$.x` (Why) changes nothing: its target matches nothing"),
        ("$.x", "overlay.yaml at /actions/1"),
        ("$.x", "`$` has no `x`"),
        ("$.paths['/pong'].get", "did you mean `$.paths['/ping'].get`?"),
        ("$.paths[\"/pong\"]['get']", "did you mean `$.paths['/ping']['get']`?"),
        ("$.paths['/ping'].gat.x", "`$.paths['/ping']` has no `gat`"),
        ("$.tags[?@.name == 'b']", "`$.tags` matches, and nothing in it is `[?@.name == 'b']`"),
        ("$.tags[3]", "nothing in it is `[3]`"),
        ("$.x-limits.a", "help: write `$['x-limits'].a`"),
        ("$..nowhere", "`$` matches, and nothing in it is `..nowhere`"),
    ];
    let description = "{a: 1, tags: [{name: a}], paths: {/ping: {get: {}}}}";
    for (target, part) in table {
        let target = serde_json::Value::from(target);
        let actions = format!(
            "[{{target: $.a, update: 2}}, {{target: {target}, description: Why, update: 1}}]"
        );
        let refusal = refusal(run(description, "1.0.0", &actions)).to_string();
        assert!(refusal.contains(part), "{part}: {refusal}");
    }
}

fn numbered(number: usize, actions: &str) -> Loaded {
    let text =
        format!("{{overlay: 1.1.0, info: {{title: T, version: '1'}}, actions: [{actions}]}}");
    loaded(&format!("{number}.yaml"), &text)
}

#[test]
fn overlays_are_applied_one_after_the_other() {
    let table = [
        (["{target: $.a, update: {b: 2}}", "{target: '$.a[?@ == 2]', remove: true}"], "{a: {}}"),
        (["{target: $.a, update: {b: 2}}", "{target: $.a, update: {b: 3}}"], "{a: {b: 3}}"),
    ];
    for (actions, after) in table {
        let overlays = actions.iter().enumerate().map(|(at, actions)| numbered(at, actions));
        let found = effective(loaded("test.yaml", "{a: {}}"), overlays.collect()).checked();
        assert_eq!(found.expect("no error").value.value, yaml(after), "{actions:?}");
    }
}

#[test]
fn the_faults_of_all_overlays_are_told() {
    let overlays = (0..3).map(|number| numbered(number, "{target: $.nowhere, remove: true}"));
    let refusal = refusal(effective(loaded("test.yaml", "{a: {}}"), overlays.collect()));
    let files: Vec<_> = refusal.iter().map(|one| one.place.file.as_str()).collect();
    assert_eq!(files, ["0.yaml", "1.yaml", "2.yaml"]);
}

#[test]
fn an_action_on_something_that_is_missing_shows_the_one_that_adds_it() {
    let long = format!("{{target: $.a.colour, update: {{x: {}}}}}", "y".repeat(300));
    for (action, expected) in [
        (
            "{target: $.tags, update: [{name: x}]}",
            r#"to add it: `- {"target":"$","update":{"tags":[{"name":"x"}]}}`"#,
        ),
        (
            "{target: \"$['a']['b c']\", update: {d: 1}}",
            r#"to add it: `- {"target":"$['a']","update":{"b c":{"d":1}}}`"#,
        ),
        (&long, "to add it, make `$.a` the target, and put `colour` into `update`"),
        ("{target: $.a.colour, remove: true}", "take the action out"),
    ] {
        let found = refusal(run("a: {z: 1}", "1.0.0", &format!("[{action}]"))).to_string();
        assert!(found.contains(expected), "{action}: {found}");
        // What is shown does what was meant.
        if let Some((_, shown)) = found.split_once("`- ") {
            let shown = shown.split_once('`').expect("an end").0;
            assert!(run("a: {z: 1}", "1.0.0", &format!("[{shown}]")).checked().is_ok(), "{shown}");
        }
    }
}
