//! Changes as text, Markdown and JSON.

use serde_json::{Value, json as value};

use super::changes::{Change, Changes, Effect};

/// The sections of a report. Changes of words are counted only.
const SECTIONS: [(Effect, &str); 4] = [
    (Effect::Breaking, "Breaking"),
    (Effect::Addition, "Added"),
    (Effect::Deprecation, "Deprecated"),
    (Effect::Behaviour, "Behaviour"),
];

/// For the terminal: what is in Markdown, without its marks for headings.
///
/// ```text
/// breaking
///   - `credits().usage` is gone (`GET /v1/credits/usage`)
/// 3 items are described in other words
/// ```
#[must_use]
pub fn text(changes: &Changes) -> String {
    report(changes, |title, lines| {
        let title = title.to_lowercase();
        let lines = lines.iter().map(|line| format!("  {line}\n"));
        format!("{title}\n{}", lines.collect::<String>())
    })
}

/// For a review or a changelog.
#[must_use]
pub fn markdown(changes: &Changes) -> String {
    report(changes, |title, lines| format!("### {title}\n\n{}\n\n", lines.join("\n")))
}

fn report(changes: &Changes, section: impl Fn(&str, &[String]) -> String) -> String {
    if changes.worst().is_none() {
        return "Nothing changes for callers.\n".to_owned();
    }
    let mut report = String::new();
    for (effect, title) in SECTIONS {
        let lines: Vec<_> = changes.of(effect).map(line).collect();
        if !lines.is_empty() {
            report += &section(title, &lines);
        }
    }
    match changes.of(Effect::Documentation).count() {
        0 => report.trim_end().to_owned() + "\n",
        1 => report + "1 item is described in other words.\n",
        reworded => report + &format!("{reworded} items are described in other words.\n"),
    }
}

fn line(change: &Change) -> String {
    format!("- {}", change.text)
}

/// For programs: the version step, the number of changes by effect, and every change.
#[must_use]
pub fn json(changes: &Changes) -> Value {
    let all: Vec<&Change> = changes.iter().collect();
    value!({
        "step": changes.step(),
        "breaking": changes.of(Effect::Breaking).count(),
        "additions": changes.of(Effect::Addition).count(),
        "deprecations": changes.of(Effect::Deprecation).count(),
        "behaviour": changes.of(Effect::Behaviour).count(),
        "documentation": changes.of(Effect::Documentation).count(),
        "changes": all,
    })
}
