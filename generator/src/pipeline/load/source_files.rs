//! The files that a description was put together from, so that diagnostics speak of what a person wrote.

use std::collections::HashMap;
use std::sync::Arc;

use super::files::Target;
use crate::Source;
use crate::diagnostics::{Diagnostics, Location};
use crate::pointer::Pointer;

/// The files of a description in several; none of one that is a single file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFiles(Option<Arc<FileOrigins>>);

/// What is known of files once their texts were put together. A file is known by its path below the folder of the
/// description, and the description's own by none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FileOrigins {
    /// The files as they were read.
    pub(super) texts: Vec<Source>,
    /// From where something stands in the whole to where it was written.
    pub(super) origins: HashMap<Pointer, Target>,
    /// What is wrong with the way from file to file.
    pub(super) found: Diagnostics,
}

impl SourceFiles {
    pub(super) fn of(pieces: FileOrigins) -> Self {
        Self(Some(Arc::new(pieces)))
    }

    /// Where something was written that stands at a place in the whole.
    ///
    /// `api.yaml` at `/components/schemas/pet/type` → `models/pet.yml` at `/type`
    pub(crate) fn origin(&self, place: Location) -> Location {
        let Some(pieces) = &self.0 else { return place };
        let mut around = Some(place.pointer.clone());
        while let Some(outer) = around {
            if let Some(target) = pieces.origins.get(&outer) {
                let file = name(&place.file, &target.file);
                return match place.pointer.moved(&outer, &target.at) {
                    Some(pointer) => Location { file, pointer, spot: place.spot },
                    None => place,
                };
            }
            around = outer.parent();
        }
        place
    }

    /// What was found wrong while the files were put together, given the name of the description's.
    pub(super) fn found(&self, description: &str) -> Diagnostics {
        let mut found = self.0.as_ref().map(|pieces| pieces.found.clone()).unwrap_or_default();
        found.relocate(|place| Location { file: name(description, &place.file), ..place.clone() });
        found
    }

    /// The files by the names under which diagnostics speak of them, given the name of the description's; none of a
    /// single file.
    pub(crate) fn texts(&self, description: &str) -> Vec<Source> {
        let texts = self.0.iter().flat_map(|pieces| &pieces.texts);
        texts.map(|text| Source { file: name(description, &text.file), ..text.clone() }).collect()
    }
}

/// `specs/api.yaml` and `models/pet.yml` → `specs/models/pet.yml`
fn name(description: &str, part: &str) -> String {
    let folder = description.rfind(['/', '\\']).map_or("", |end| &description[..=end]);
    if part.is_empty() { description.to_owned() } else { format!("{folder}{part}") }
}
