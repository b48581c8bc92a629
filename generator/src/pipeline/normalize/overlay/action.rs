//! An action: what it says, and what it changes.

use serde_json::{Value, json};
use serde_json_path::JsonPath;

use super::super::diagnostic_sink::DiagnosticSink;
use super::change::{self, Kind};
use super::{Additions, Version, target};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// An Action Object (OpenAPI Overlay 1.1.0, "Action Object").
pub(super) struct Action<'a> {
    target: &'a str,
    description: Option<&'a str>,
    change: Change<'a>,
    version: Version,
    number: usize,
    at: &'a Pointer,
}

/// The longest action that is written out in a message.
const LONGEST_ACTION: usize = 300;

enum Change<'a> {
    Update(&'a Value),
    /// From where the value comes.
    Copy(&'a str),
    Remove,
}

impl<'a> Action<'a> {
    pub(super) fn read(
        action: &'a Value,
        version: Version,
        number: usize,
        at: &'a Pointer,
        diagnostics: &mut DiagnosticSink,
    ) -> Option<Self> {
        let members = action.as_object()?;
        for key in members.keys() {
            let known = ["target", "description", "update", "copy", "remove"];
            if !known.contains(&key.as_str()) && !key.starts_with("x-") {
                let message = format!("an overlay action has no member `{key}`");
                diagnostics.error(DiagnosticCode::InvalidOverlay, &at.at(key), message);
            }
        }
        let remove = match members.get("remove") {
            None => false,
            Some(remove) => remove.as_bool()?,
        };
        let (update, copy) = (members.get("update"), members.get("copy"));
        if copy.is_some() && version == Version::V1_0 {
            let help = "begin the file with `overlay: 1.1.0`";
            let message = "overlay 1.0 has no `copy`";
            diagnostics.error_with_help(
                DiagnosticCode::InvalidOverlay,
                &at.at("copy"),
                message,
                help,
            );
        }
        if usize::from(remove) + usize::from(update.is_some()) + usize::from(copy.is_some()) > 1 {
            let message = "an action has one of `update`, `copy` and `remove`";
            diagnostics.error(DiagnosticCode::InvalidOverlay, at, message);
        }
        let change = match (remove, update, copy) {
            (true, _, _) => Change::Remove,
            (false, Some(update), _) => Change::Update(update),
            (false, None, copy) => Change::Copy(copy?.as_str()?),
        };
        let target = members.get("target")?.as_str()?;
        let description = members.get("description").and_then(Value::as_str);
        Some(Self { target, description, change, version, number, at })
    }

    pub(super) fn apply(
        &self,
        document: &mut Value,
        additions: &mut Additions,
        diagnostics: &mut DiagnosticSink,
    ) {
        let Some(places) = places(self.target, &self.at.at("target"), document, diagnostics) else {
            return;
        };
        if places.is_empty() {
            return self.unmatched(document, diagnostics);
        }
        for name in target::unmatched_names(self.target, document) {
            let message = format!("`{name}` in the target of {self} matches nothing");
            diagnostics.warn(DiagnosticCode::DoubtfulOverlay, &self.at.at("target"), message);
        }
        match self.change {
            Change::Remove => self.remove(document, &places, diagnostics),
            Change::Update(update) => {
                self.note(document, &places, update, additions);
                self.update(document, &places, update, diagnostics);
            }
            Change::Copy(source) => {
                if let Some(value) = self.source(source, document, diagnostics) {
                    self.update(document, &places, &value, diagnostics);
                }
            }
        }
    }

    fn unmatched(&self, document: &Value, diagnostics: &mut DiagnosticSink) {
        let message = format!("{self} changes nothing: its target matches nothing");
        let help = target::explain(self.target, document).unwrap_or_else(|| {
            "the description may have changed: correct the target or take the action out".to_owned()
        });
        let help = match (self.way_out(document), help.contains("did you mean")) {
            (Some(way_out), false) => format!("{help}; {way_out}"),
            _ => help,
        };
        diagnostics.error_with_help(DiagnosticCode::UnmatchedAction, self.at, message, help);
    }

    /// The action that does what this one is meant to do.
    ///
    /// `{target: $.tags, update: […]}` → `{target: $, update: {tags: […]}}`, if there are no tags
    fn way_out(&self, document: &Value) -> Option<String> {
        let update = match self.change {
            Change::Update(update) => update,
            Change::Remove => {
                return Some("there is nothing to remove: take the action out".to_owned());
            }
            Change::Copy(_) => return None,
        };
        let (target, name) = target::missing_member(self.target, document)?;
        let action = json!({ "target": target, "update": { &name: update } }).to_string();
        match action.chars().count() <= LONGEST_ACTION {
            true => Some(format!("to add it: `- {action}`")),
            false => Some(format!(
                "to add it, make `{target}` the target, and put `{name}` into `update`"
            )),
        }
    }

    fn remove(&self, document: &mut Value, places: &[Pointer], diagnostics: &mut DiagnosticSink) {
        if places.contains(&Pointer::root()) {
            let message = "the whole description cannot be removed";
            diagnostics.error(DiagnosticCode::InvalidOverlay, self.at, message);
            return;
        }
        change::remove(document, places);
    }

    /// Notes where the values come from that an update brings.
    fn note(
        &self,
        document: &Value,
        places: &[Pointer],
        update: &Value,
        additions: &mut Additions,
    ) {
        let from = self.at.at("update");
        for place in places {
            match (document.pointer(place.as_str()), self.version) {
                (Some(Value::Array(items)), Version::V1_0) => {
                    additions.note(&Value::Null, update, &place.at(items.len()), &from);
                }
                (Some(target), _) => additions.note(target, update, place, &from),
                (None, _) => {}
            }
        }
    }

    fn update(
        &self,
        document: &mut Value,
        places: &[Pointer],
        update: &Value,
        diagnostics: &mut DiagnosticSink,
    ) {
        let kinds = places.iter().filter_map(|place| document.pointer(place.as_str()));
        let kinds: Vec<_> = kinds.map(Kind::of).collect();
        if kinds.iter().any(|kind| Some(kind) != kinds.first()) {
            let message = format!("the target of {self} matches values of several kinds");
            let help = "give objects, lists and all other values an action each";
            diagnostics.error_with_help(
                DiagnosticCode::InvalidOverlay,
                &self.at.at("target"),
                message,
                help,
            );
            return;
        }
        for place in places {
            let Some(value) = document.pointer_mut(place.as_str()) else { continue };
            let mut clashes = Vec::new();
            match (value, self.version) {
                (Value::Array(items), Version::V1_0) => items.push(update.clone()),
                (value, _) => change::update(value, update, place, &mut clashes),
            }
            for clash in clashes {
                let message = format!("{self} does not fit: {clash}");
                let help = "take out what is there by a `remove` first";
                diagnostics.error_with_help(DiagnosticCode::InvalidOverlay, self.at, message, help);
            }
        }
    }

    /// The value to copy; a source that is not exactly one value is reported.
    fn source(
        &self,
        path: &str,
        document: &Value,
        diagnostics: &mut DiagnosticSink,
    ) -> Option<Value> {
        let at = self.at.at("copy");
        let places = places(path, &at, document, diagnostics)?;
        if let [only] = places.as_slice() {
            return document.pointer(only.as_str()).cloned();
        }
        let message = format!("`{path}` matches {} values; `copy` takes one", places.len());
        match target::explain(path, document).filter(|_| places.is_empty()) {
            Some(help) => {
                diagnostics.error_with_help(DiagnosticCode::UnmatchedAction, &at, message, help)
            }
            None => diagnostics.error(DiagnosticCode::UnmatchedAction, &at, message),
        }
        None
    }
}

impl std::fmt::Display for Action<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "action {} on `{}`", self.number, self.target)?;
        self.description.map_or(Ok(()), |description| write!(f, " ({})", description.trim()))
    }
}

/// The places that a JSONPath (RFC 9535) matches, each once; `None` where it is none.
fn places(
    path: &str,
    at: &Pointer,
    document: &Value,
    diagnostics: &mut DiagnosticSink,
) -> Option<Vec<Pointer>> {
    match JsonPath::parse(path) {
        Ok(parsed) => {
            let found = parsed.query_located(document).dedup();
            let places = found.locations().map(|place| place.to_json_pointer());
            Some(places.filter_map(|place| Pointer::parse(&place)).collect())
        }
        Err(why) => {
            let message = format!("`{path}` is not a valid JSONPath: {why}");
            match target::respelled(path) {
                Some(help) => {
                    diagnostics.error_with_help(DiagnosticCode::InvalidOverlay, at, message, help)
                }
                None => diagnostics.error(DiagnosticCode::InvalidOverlay, at, message),
            }
            None
        }
    }
}
