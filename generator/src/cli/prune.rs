//! Overlay actions that match nothing: they are taken out of their files, of which all else stays as it is.

use std::fmt;
use std::path::PathBuf;

use super::input::Input;
use super::update::replace::replace;
use super::{Failure, console};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostics, WithWarnings};
use crate::pointer::Pointer;
use crate::{Generator, Source};
use edit::Edit;

mod edit;

/// What a command prints if it was refused because of such actions.
const HINT: &str = "--prune takes actions that match nothing out of the overlay";

/// The overlays without the actions that match nothing.
#[derive(Default)]
pub struct Pruned {
    /// All overlays, in their order.
    pub overlays: Vec<Source>,
    files: Vec<File>,
}

/// A file of which actions are taken out.
struct File {
    path: PathBuf,
    edit: Edit,
}

impl Pruned {
    /// Takes actions out that match nothing, in memory. `inputs` are the files of the first overlays.
    pub fn new(
        generator: Generator,
        description: &Source,
        overlays: Vec<Source>,
        inputs: &[Input],
    ) -> Result<Self, Failure> {
        let found = generator.overlays(overlays.clone()).api(description);
        let found = found.map_or_else(|errors| errors, |fine| fine.warnings);
        let mut pruned = Self::default();
        for (index, overlay) in overlays.into_iter().enumerate() {
            let dead = dead_actions(&found, &overlay);
            let path = inputs.get(index).and_then(Input::file);
            let Some(path) = path.filter(|_| !dead.is_empty()) else {
                pruned.overlays.push(overlay);
                continue;
            };
            let edit = Edit::new(&overlay, &dead).ok_or_else(|| cannot_edit(&overlay, &dead))?;
            pruned.overlays.push(Source::new(overlay.file, edit.text.clone()));
            pruned.files.push(File { path: path.clone(), edit });
        }
        Ok(pruned)
    }

    /// Writes the files.
    pub fn write(&self) -> Result<(), Failure> {
        self.files.iter().try_for_each(|file| replace(&file.path, &file.edit.text))
    }
}

/// ```text
/// spec/overlay.yaml: lines 12 to 15 match nothing and are taken out:
/// - target: $.paths['/pong'].get
/// …
/// ```
impl fmt::Display for Pruned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for File { path, edit, .. } in &self.files {
            for (lines, text) in &edit.removed {
                let path = path.display();
                let (first, last) = (lines.start(), lines.end());
                writeln!(f, "{path}: lines {first} to {last} match nothing and are taken out:")?;
                writeln!(f, "{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

/// The places in the list of actions of those that match nothing.
fn dead_actions(found: &Diagnostics, overlay: &Source) -> Vec<usize> {
    let actions = Pointer::root().at("actions");
    let of_file = found.iter().filter(|one| {
        one.code == DiagnosticCode::UnmatchedAction && one.place.file == overlay.file
    });
    // A `copy` that matches nothing is told at its member, and may be meant otherwise.
    let whole = of_file.filter(|one| one.place.pointer.parent().as_ref() == Some(&actions));
    whole.filter_map(|one| one.place.pointer.steps().last()?.parse().ok()).collect()
}

fn cannot_edit(overlay: &Source, dead: &[usize]) -> Failure {
    let numbers: Vec<_> = dead.iter().map(|index| (index + 1).to_string()).collect();
    let (file, numbers) = (&overlay.file, numbers.join(", "));
    Failure::Usage(format!("{file}: take actions {numbers} out by hand; they match nothing"))
}

/// Whether a description is refused because of actions that match nothing.
pub fn has_dead_actions<T>(checked: &Result<WithWarnings<T>, Diagnostics>) -> bool {
    let is_dead =
        |found: &Diagnostics| found.iter().any(|one| one.code == DiagnosticCode::UnmatchedAction);
    checked.as_ref().is_err_and(is_dead)
}

/// Shows how to take them out.
pub fn show_hint(has_dead_actions: bool) {
    if has_dead_actions {
        console::print_stderr(HINT);
    }
}
