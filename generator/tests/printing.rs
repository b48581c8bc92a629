//! The text of a file is what prettyplease alone would make of it, and holds the same syntax tree: for all fixtures.

use lantern_generator::pipeline::model::RuntimeNeeds;
use lantern_generator::pipeline::render;
use lantern_generator::rust::format;

use crate::fixture;

#[test]
fn files_are_printed_as_prettyplease_prints_them() {
    for path in fixture::all("clients") {
        let Ok(found) = fixture::model(&path) else { continue };
        let needs = RuntimeNeeds::new(&found.value);
        for file in render::render(&found.value, &needs) {
            if let Err(error) = format::checked("// banner", file.code()) {
                panic!("{}, {}: {error}", path.display(), file.path);
            }
        }
    }
}
