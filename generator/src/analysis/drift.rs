//! What a service sends otherwise than described, as clients with the feature `drift` have seen it, and the overlay
//! actions that bring the description up to it.
//!
//! ```text
//! events ──► groups: one a change ──► places in the description ──► actions, and what no action can say
//! ```

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::Source;
use crate::diagnostics::{Diagnostics, WithWarnings};
use crate::pipeline::load;
use crate::pipeline::normalize;
use crate::pipeline::resolve::{self, Resolved};
use crate::pointer::Pointer;
use change::Change;

mod change;
mod event;
mod kinds;
mod places;
mod written;

pub use super::action::Action;
pub use event::{Event, Kind, Unreadable, read};

/// What becomes of events.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What the API is called.
    pub title: String,
    /// The actions of an overlay that is applied after all others.
    pub actions: Vec<Action>,
    /// What no action can say, and why.
    pub left: Vec<Left>,
    /// How many differences the description no longer has.
    pub settled: usize,
}

impl Report {
    /// The overlay as YAML (OpenAPI Overlay 1.0.0). An earlier one, which was applied to the description, keeps its actions.
    #[must_use]
    pub fn overlay(&self, earlier: Option<&Source>) -> String {
        let earlier =
            earlier.and_then(|earlier| serde_yaml::from_str::<Value>(earlier.text()).ok());
        let earlier = earlier.as_ref().and_then(|earlier| earlier["actions"].as_array());
        let new = self.actions.iter().map(Action::value);
        let actions: Vec<_> = earlier.into_iter().flatten().cloned().chain(new).collect();
        let title = format!("What was seen of the {}", self.title);
        let overlay = json!({
            "overlay": "1.0.0",
            "info": { "title": title, "version": "1" },
            "actions": actions,
        });
        // Plain values with text keys can always be written as YAML.
        serde_yaml::to_string(&overlay).unwrap_or_default()
    }
}

/// A difference that no action can put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// What was seen.
    pub seen: String,
    /// Why no action is written, and what to do.
    pub reason: String,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.seen, self.reason)
    }
}

/// A description, seen as it was written and as it is read.
struct Subject {
    /// With its overlays applied.
    document: Value,
    resolved: Resolved,
}

impl Subject {
    fn at(&self, at: &Pointer) -> Option<&Value> {
        self.document.pointer(at.as_str())
    }

    /// Where something stands in the document.
    fn written(&self, at: &Pointer) -> Pointer {
        self.resolved.origins.written_at(at)
    }
}

/// Finds the actions that bring a description up to what was seen of its service.
///
/// # Errors
/// All diagnostics of the stages up to the resolved description.
pub fn report(
    description: &Source,
    overlays: &[Source],
    events: &[Event],
) -> Result<WithWarnings<Report>, Diagnostics> {
    let subject = load::parse(description).with(overlays.iter().map(load::parse)).then(
        |(description, overlays)| {
            normalize::normalize(description, overlays).then(resolve::resolve)
        },
    );
    Ok(subject.checked()?.map(|resolved| {
        let document = normalize::written(&resolved.origins);
        changes(&Subject { document, resolved }, events)
    }))
}

fn changes(subject: &Subject, events: &[Event]) -> Report {
    let mut report = Report { title: subject.resolved.info.title.clone(), ..Report::default() };
    for group in groups(events) {
        let seen = event::told(&group);
        match change::change(subject, &group, &seen) {
            Change::Actions(actions) => report.actions.extend(actions),
            Change::None => report.settled += group.len(),
            Change::Left(reason) => report.left.push(Left { seen, reason }),
        }
    }
    report
}

/// The events that lead to the same change, in their order: those of one place of the description.
fn groups(events: &[Event]) -> Vec<Vec<&Event>> {
    let mut groups: IndexMap<_, Vec<&Event>> = IndexMap::new();
    for event in events {
        groups.entry(event.place()).or_default().push(event);
    }
    groups.into_values().collect()
}

#[cfg(test)]
mod tests;
