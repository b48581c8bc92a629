//! What makes a description hard to use: each fixture breaks the rule that it is named after.

use std::path::Path;

use datatest_stable::Result;
use lantern_generator::Source;
use lantern_generator::analysis::lint::{self, Finding};
use serde_json::{Value, json};

use super::{fixture, snapshot};

/// How often the actions are applied: an example is told of one fault at a time.
const ROUNDS: usize = 4;

pub fn lint(path: &Path) -> Result<()> {
    let (description, overlays) = (fixture::source(path), fixture::overlays(path));
    let findings = lint::lint(&description, &overlays)?.value;
    assert!(!findings.is_empty(), "nothing found");
    for finding in &findings {
        let rule = finding.diagnostic.code.as_str().replace('-', "_");
        assert!(fixture::name(path).starts_with(&rule), "{}", finding.diagnostic);
    }
    assert_actions_help(&description, overlays, &findings)?;
    snapshot::check("lint", path, &page(&findings));
    Ok(())
}

/// The actions leave only what none was proposed for, and reasons, which a person has to give.
fn assert_actions_help(
    description: &Source,
    mut overlays: Vec<Source>,
    findings: &[Finding],
) -> Result<()> {
    let without = findings.iter().filter(|finding| finding.action.is_none());
    let without: Vec<_> = without.map(at).collect();
    let mut left = findings.to_vec();
    for _ in 0..ROUNDS {
        if left.iter().any(|finding| finding.action.is_some()) {
            overlays.push(overlay(&left));
            left = lint::lint(description, &overlays)?.value;
        }
    }
    let left = left.iter().map(at);
    let left: Vec<_> = left.filter(|(code, _)| code != "missing-reason").collect();
    assert!(left.iter().all(|place| without.contains(place)), "{left:?}");
    Ok(())
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

fn at(finding: &Finding) -> (String, String) {
    let diagnostic = &finding.diagnostic;
    (diagnostic.code.as_str().to_owned(), diagnostic.place.pointer.as_str().to_owned())
}
