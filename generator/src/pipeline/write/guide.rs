//! The pages of the guide, which `guide.rs` includes.

use crate::File;
use crate::pipeline::model::{Api, RuntimeNeeds};
use crate::pipeline::render::Documentation;

/// A file for each page.
pub fn files(api: &Api, needs: &RuntimeNeeds, banner: &str) -> Vec<File> {
    let documentation = Documentation::new(api);
    let pages = documentation.guide(needs).into_iter();
    let files = pages.map(|page| File {
        path: format!("src/guide/{}.md", page.name),
        text: format!("<!-- {banner} -->\n\n{}", documentation.guide_text(page)),
    });
    files.collect()
}
