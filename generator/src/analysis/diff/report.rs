//! Changes as text, Markdown and JSON.

use anstyle::AnsiColor;
use serde_json::{Value, json as value};

use super::changes::{Change, Changes, Effect};
use crate::diagnostics::draw::Style;
use lines::lines;

mod lines;

/// The sections of a report, and their colours. Changes of words are counted only.
const SECTIONS: [(Effect, &str, AnsiColor); 4] = [
    (Effect::Breaking, "Breaking", AnsiColor::Red),
    (Effect::Addition, "Added", AnsiColor::Green),
    (Effect::Deprecation, "Deprecated", AnsiColor::Yellow),
    (Effect::Behaviour, "Behaviour", AnsiColor::Cyan),
];

/// How much a report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Changes that say the same of many things are one line, and so is what follows from another change.
    Short,
    /// Each change is a line.
    All,
}

/// For the terminal: what is in Markdown, without its marks for headings.
///
/// ```text
/// breaking
///   - `credits().usage` is gone (`GET /v1/credits/usage`)
/// 3 items are described in other words
/// ```
#[must_use]
pub fn text(changes: &Changes, detail: Detail, style: Style) -> String {
    report(changes, detail, |title, colour, lines| {
        let mark = painted("-", colour.on_default(), style);
        let title = painted(&title.to_lowercase(), colour.on_default().bold(), style);
        let lines = lines.iter().map(|line| format!("  {mark} {line}\n"));
        format!("{title}\n{}", lines.collect::<String>())
    })
}

/// For a review or a changelog.
#[must_use]
pub fn markdown(changes: &Changes, detail: Detail) -> String {
    report(changes, detail, |title, _, lines| {
        let lines = lines.iter().map(|line| format!("- {line}"));
        format!("### {title}\n\n{}\n\n", lines.collect::<Vec<_>>().join("\n"))
    })
}

fn painted(text: &str, colour: anstyle::Style, style: Style) -> String {
    match style {
        Style::Plain => text.to_owned(),
        Style::Coloured => format!("{colour}{text}{colour:#}"),
    }
}

fn report(
    changes: &Changes,
    detail: Detail,
    section: impl Fn(&str, AnsiColor, &[String]) -> String,
) -> String {
    if changes.worst().is_none() {
        return "Nothing changes for callers.\n".to_owned();
    }
    let mut report = String::new();
    for (effect, title, colour) in SECTIONS {
        let lines = lines(changes, effect, detail);
        if !lines.is_empty() {
            report += &section(title, colour, &lines);
        }
    }
    match changes.of(Effect::Documentation).count() {
        0 => report.trim_end().to_owned() + "\n",
        1 => report + "1 item is described in other words.\n",
        reworded => report + &format!("{reworded} items are described in other words.\n"),
    }
}

/// Whether a short report has fewer lines than one of all changes.
#[must_use]
pub fn is_shortened(changes: &Changes) -> bool {
    let count = |effect, detail| lines(changes, effect, detail).len();
    let shorter =
        |(effect, ..): &(Effect, _, _)| count(*effect, Detail::Short) < count(*effect, Detail::All);
    SECTIONS.iter().any(shorter)
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
