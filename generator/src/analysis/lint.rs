//! What makes a description hard to use, though a client can be made of it.
//!
//! Each rule is a file. A finding has its place and, where a change of the description would help that can be
//! written down without knowing more, the action of an overlay that makes it.

use serde_json::Value;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Diagnostics, Location, WithWarnings};
use crate::pipeline::load::{self, Loaded, SourceFiles};
use crate::pipeline::model::{self, Api};
use crate::pipeline::normalize;
use crate::pipeline::resolve::{self, Resolved};
use crate::pointer::Pointer;
use crate::{Options, Source};

mod error_bodies;
mod examples;
mod name_clashes;
mod operation_ids;
mod pagination;
mod polling;
mod reasons;
mod security;
mod stuttering;
mod untyped_replies;

pub use super::action::Action;

/// Something that makes a description hard to use.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What it is, where it stands, and what would help.
    pub diagnostic: Diagnostic,
    /// The action of an overlay that puts it right.
    pub action: Option<Action>,
}

/// A description, seen by each stage.
struct Subject {
    file: String,
    parts: SourceFiles,
    /// The description with its overlays applied.
    document: Value,
    resolved: Resolved,
    api: Api,
    overlays: Vec<Loaded>,
}

impl Subject {
    fn place(&self, at: &Pointer) -> Location {
        self.parts.origin(Location::new(&self.file, at.clone()))
    }

    fn finding(&self, code: DiagnosticCode, at: &Pointer, message: impl Into<String>) -> Finding {
        Finding { diagnostic: Diagnostic::new(code, self.place(at), message), action: None }
    }

    fn at(&self, at: &Pointer) -> Option<&Value> {
        self.document.pointer(at.as_str())
    }
}

/// Finds what makes a description hard to use once its overlays are applied.
///
/// # Errors
/// All diagnostics of the stages up to the model: what no client can be made of is beyond advice.
pub fn lint(
    description: &Source,
    overlays: &[Source],
) -> Result<WithWarnings<Vec<Finding>>, Diagnostics> {
    let subject = load::parse(description).with(overlays.iter().map(load::parse)).then(
        |(description, overlays)| {
            let Source { file, parts, .. } = description.source.clone();
            // What is wrong with the overlays is reported by `normalize`.
            let effective = normalize::effective(description.clone(), overlays.clone()).checked();
            let document = effective.map_or(Value::Null, |effective| effective.value.value);
            let normalized = normalize::normalize(description, overlays.clone());
            normalized.then(resolve::resolve).then(|resolved| {
                let output = model::model(&resolved, "linted", &Options::default());
                output.map(|output| Subject {
                    file,
                    parts,
                    document,
                    resolved,
                    api: output.api,
                    overlays,
                })
            })
        },
    );
    Ok(subject.checked()?.map(|subject| findings(&subject)))
}

fn findings(subject: &Subject) -> Vec<Finding> {
    let rules = [
        untyped_replies::find,
        examples::find,
        operation_ids::find,
        error_bodies::find,
        name_clashes::find,
        pagination::find,
        polling::find,
        security::find,
        stuttering::find,
        reasons::find,
    ];
    rules.iter().flat_map(|find| find(subject)).collect()
}
