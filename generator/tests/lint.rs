//! What makes a description hard to use, a rule a fixture, and the overlay actions that put it right.

use std::path::{Path, PathBuf};

use lantern_generator::Source;
use lantern_generator::lint::{Finding, lint};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint")
}

fn source(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).expect("a fixture").replace("\r\n", "\n");
    let file = path.file_name().and_then(|file| file.to_str()).expect("a name").to_owned();
    Source::new(file, text)
}

/// The descriptions by name, each with the overlay beside it if there is one.
fn fixtures() -> Vec<(String, Source, Vec<Source>)> {
    let entries = std::fs::read_dir(folder()).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> =
        paths.filter(|path| !path.with_extension("").ends_with(".overlay")).collect();
    paths.sort();
    let descriptions = paths.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".yaml")?.to_owned();
        let overlay = path.with_extension("overlay.yaml");
        let overlay = overlay.is_file().then(|| source(&overlay)).into_iter().collect();
        (!name.ends_with(".overlay")).then(|| (name, source(&path), overlay))
    });
    descriptions.collect()
}

fn found(name: &str, description: &Source, overlays: &[Source]) -> Vec<Finding> {
    let found = lint(description, overlays);
    found.unwrap_or_else(|complaints| panic!("{name}: {complaints}")).value
}

/// A line for each finding, and its action below.
fn page(findings: &[Finding]) -> String {
    let one = |finding: &Finding| {
        let action = finding.action.as_ref().map(|action| format!("{action}\n"));
        format!("{}\n{}", finding.diagnostic, action.unwrap_or_default())
    };
    findings.iter().map(one).collect()
}

/// An overlay with the actions of findings.
fn overlay(findings: &[Finding]) -> Source {
    let actions = findings.iter().filter_map(|finding| finding.action.as_ref());
    let actions: Vec<Value> = actions.map(|action| action.value()).collect();
    let info = json!({ "title": "Put right", "version": "1.0.0" });
    let overlay = json!({ "overlay": "1.0.0", "info": info, "actions": actions });
    Source::new("overlay.json", overlay.to_string())
}

#[test]
fn each_rule_finds_what_it_is_named_after() {
    let fixtures = fixtures();
    assert_eq!(fixtures.len(), 7);
    for (name, description, overlays) in fixtures {
        let findings = found(&name, &description, &overlays);
        assert!(!findings.is_empty(), "{name}: nothing found");
        for finding in &findings {
            let rule = finding.diagnostic.code.as_str().replace('-', "_");
            assert!(name.starts_with(&rule), "{name}: {}", finding.diagnostic);
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("lint@{name}"), page(&findings));
        });
    }
}

#[test]
fn each_action_puts_right_what_it_is_for() {
    for (name, description, mut overlays) in fixtures() {
        let findings = found(&name, &description, &overlays);
        let without: Vec<_> =
            findings.iter().filter(|finding| finding.action.is_none()).map(at).collect();
        overlays.push(overlay(&findings));
        let mut left = found(&name, &description, &overlays);
        // An example is told of one fault at a time.
        for _ in 0..3 {
            if left.iter().any(|finding| finding.action.is_some()) {
                overlays.push(overlay(&left));
                left = found(&name, &description, &overlays);
            }
        }
        let left: Vec<_> = left.iter().map(at).collect();
        let reasons = |place: &(String, String)| place.0 == "missing-reason";
        assert!(
            left.iter().all(|place| reasons(place) || without.contains(place)),
            "{name}: {left:?}"
        );
    }
}

fn at(finding: &Finding) -> (String, String) {
    let diagnostic = &finding.diagnostic;
    (diagnostic.code.as_str().to_owned(), diagnostic.place.pointer.as_str().to_owned())
}

fn lantern(file: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(file);
    source(&path)
}

#[test]
fn lanterns_own_file_has_the_example_that_the_overlay_corrects() {
    let (description, overlay) = (lantern("lantern.yaml"), lantern("overlay.yaml"));
    let alone = found("lantern", &description, &[]);
    let told: Vec<_> = alone.iter().map(|finding| finding.diagnostic.message.as_str()).collect();
    assert_eq!(told, ["the example has no `total_credits`, which is required"]);
    let corrected = found("lantern", &description, &[overlay]);
    assert_eq!(corrected.len(), 0, "{}", page(&corrected));
}

#[test]
fn what_no_client_can_be_made_of_is_refused() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n".to_owned();
    let nothing = Source::new("nothing.yaml", text);
    assert!(lint(&nothing, &[]).is_err());
}
