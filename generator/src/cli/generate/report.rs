//! What a run says about the files.

use std::iter;
use std::time::Duration;

use crate::analysis::coverage::Coverage;
use crate::analysis::diff::{Changes, Effect};
use crate::analysis::release::Advice;
use clap::ValueEnum;
use indexmap::IndexMap;
use similar::TextDiff;

use crate::cli::plan::{Change, Plan};

/// The most lines of differences that are shown.
const MOST_LINES: usize = 200;

/// The most files of one part of a crate that are named: more would hide warnings.
const MOST_FILES: usize = 8;

/// The longest time in which the shortest difference between two texts is looked for.
const LONGEST_SEARCH: Duration = Duration::from_secs(1);

/// How the coverage is told.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A table for people
    Text,
    /// One JSON object
    Json,
}

/// How much of a description its client covers.
pub fn coverage(coverage: &Coverage, form: Form) -> String {
    match form {
        Form::Text => coverage.to_string(),
        Form::Json => serde_json::to_string(coverage).unwrap_or_default(),
    }
}

/// ```text
/// created src/credits.rs
/// removed src/usage.rs
/// updated 86 files in src/runtime
/// 1 created, 86 updated, 1 removed, 27 unchanged
/// ```
pub fn written(plan: &Plan) -> String {
    let mut changed: IndexMap<(&str, &str), Vec<&str>> = IndexMap::new();
    for change in &plan.changes {
        let what = match change {
            Change::Create(_) => "created",
            Change::Update { .. } => "updated",
            Change::Remove { .. } => "removed",
        };
        changed.entry((what, part_of(change.path()))).or_default().push(change.path());
    }
    let files = changed.into_iter().flat_map(|((what, part), paths)| match paths.len() {
        many if many > MOST_FILES => vec![format!("{what} {many} files in {part}")],
        _ => paths.iter().map(|path| format!("{what} {path}")).collect(),
    });
    lines(files.chain([counts(plan)]))
}

/// The part of a crate that a file belongs to: `src/runtime/json/enum.rs` → `src/runtime`, `src/lib.rs` → `src`
fn part_of(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
    let end = folder.match_indices('/').nth(1).map_or(folder.len(), |(end, _)| end);
    &folder[..end]
}

/// `generated/lantern-client is current: 29 files`
pub fn current(plan: &Plan) -> String {
    format!("{} is current: {} files", plan.folder.display(), plan.unchanged)
}

/// The files that differ, and then how.
///
/// ```text
/// missing src/credits.rs
/// orphan src/usage.rs
/// --- /dev/null
/// +++ src/credits.rs
/// …
/// ```
pub fn stale(plan: &Plan) -> String {
    let files = plan.changes.iter().map(|change| match change {
        Change::Create(file) => format!("missing {}", file.path),
        Change::Update { file, .. } => format!("stale {}", file.path),
        Change::Remove { path, .. } => format!("orphan {path}"),
    });
    lines(files.chain(shortened(plan.changes.iter().map(difference))))
}

/// `since 1.4.1: 2 breaking changes, 1 addition; the next version is 2.0.0 at the least`
pub fn advice(advice: Advice) -> String {
    let Advice { since, changes, version } = advice;
    match changes.worst() {
        None => format!("nothing has changed for callers since {since}\n"),
        Some(_) => format!(
            "since {since}: {}; the next version is {version} at the least (--release makes it)\n",
            effects(&changes)
        ),
    }
}

/// `2 breaking changes, 1 addition`
pub fn effects(changes: &Changes) -> String {
    let words = [
        (Effect::Breaking, "breaking change", "breaking changes"),
        (Effect::Addition, "addition", "additions"),
        (Effect::Deprecation, "deprecation", "deprecations"),
        (Effect::Behaviour, "change of behaviour", "changes of behaviour"),
        (Effect::Documentation, "change of words", "changes of words"),
    ];
    let counted =
        words.into_iter().map(|(effect, one, several)| (changes.of(effect).count(), one, several));
    let said = counted
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }));
    said.collect::<Vec<_>>().join(", ")
}

fn counts(plan: &Plan) -> String {
    let (mut created, mut updated, mut removed) = (0, 0, 0);
    for change in &plan.changes {
        match change {
            Change::Create(_) => created += 1,
            Change::Update { .. } => updated += 1,
            Change::Remove { .. } => removed += 1,
        }
    }
    let changed = [(created, "created"), (updated, "updated"), (removed, "removed")];
    let changed = changed.into_iter().filter(|(count, _)| *count > 0);
    let all = changed.chain(iter::once((plan.unchanged, "unchanged")));
    all.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

/// The change as a unified difference.
fn difference(change: &Change) -> String {
    const NOTHING: &str = "/dev/null";
    let (from, before, to, after) = match change {
        Change::Create(file) => (NOTHING, "", file.path.as_str(), file.text.as_str()),
        Change::Update { file, before } => (&*file.path, &**before, &*file.path, &*file.text),
        Change::Remove { path, before } => (&**path, &**before, NOTHING, ""),
    };
    let difference = TextDiff::configure().timeout(LONGEST_SEARCH).diff_lines(before, after);
    difference.unified_diff().header(from, to).to_string()
}

fn shortened(differences: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let all = lines(differences);
    let mut all: Vec<_> = all.lines().map(str::to_owned).collect();
    let hidden = all.len().saturating_sub(MOST_LINES);
    all.truncate(MOST_LINES);
    let rest = (hidden > 0).then(|| format!("… and {hidden} more lines"));
    all.into_iter().chain(rest)
}

fn lines(parts: impl Iterator<Item = String>) -> String {
    parts.map(|part| part.trim_end_matches('\n').to_owned() + "\n").collect()
}
