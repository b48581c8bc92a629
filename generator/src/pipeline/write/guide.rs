//! The pages of the guide, which `guide.rs` includes.

use crate::File;
use crate::pipeline::model::{Api, RuntimeNeeds};
use crate::pipeline::render::Documentation;

/// A file for each page.
pub fn files(api: &Api, needs: &RuntimeNeeds, banner: &str) -> Vec<File> {
    let texts = Documentation::new(api).guide(needs).into_iter();
    let files = texts.map(|found| File {
        path: format!("src/guide/{}.md", found.page.name),
        text: format!("<!-- {banner} -->\n\n{}", found.text),
    });
    files.collect()
}
