//! A client as a module of another crate: its sources, as they are to be there.
//!
//! The sources of a crate speak of its root (`crate::types`), and ask which features are on. In a module, the root is its
//! own (`crate::shop::types`), and features are chosen when it is generated, because those of the crate around it are for
//! its own code. What differs is found by tokens, in rendered files and in those of the runtime alike.

use std::collections::HashSet;

use super::manifest::{self, Enabled};
use crate::File;
use crate::pipeline::model::{Api, Bridge, Derive, Module, RuntimeNeeds, own_types};
use crate::rust::path::RustPath;
use attributes::Off;
use edits::Edits;
use tokens::Tokens;

mod attributes;
mod docs;
mod edits;
mod paths;
mod predicate;
mod tokens;

#[cfg(test)]
mod tests;

/// What the dependencies of a module are, and whether there are the features that it is to have.
pub fn enabled(api: &Api, needs: &RuntimeNeeds) -> Enabled {
    let features = api.module.as_ref().and_then(|module| module.features.clone());
    Enabled::of(&manifest::document(api, needs), features)
}

/// Where the sources of a client are brought to.
pub struct Place {
    /// What is between `crate` and what the root of the client has: `::clients::shop`.
    way: String,
    enabled: Enabled,
    /// The paths that the description has of the crate around the module: `crate::money::Money`.
    around: HashSet<Vec<String>>,
}

impl Place {
    /// The place of a module.
    pub fn new(module: &Module, api: &Api, needs: &RuntimeNeeds) -> Self {
        let way = module.path.iter().map(|name| format!("::{name}")).collect();
        Self { way, enabled: enabled(api, needs), around: around(api) }
    }

    /// The sources of a crate as those of the module, without the files of what is off.
    pub fn files(&self, files: impl IntoIterator<Item = File>) -> Vec<File> {
        let mut off = Off::default();
        let mut placed = Vec::new();
        for File { path, text } in files {
            let path = path_of(&path);
            let text = self.source(&path, &text, &mut off);
            placed.push(File { path, text });
        }
        placed.retain(|file| !off.has(&file.path));
        placed
    }

    /// A source, in its place. Its modules that are off are noted.
    fn source(&self, path: &str, text: &str, off: &mut Off) -> String {
        let tokens = Tokens::of(text);
        let mut edits = Edits::default();
        attributes::resolve(&tokens, &self.enabled, path, off, &mut edits);
        paths::lead(&tokens, &self.way, &self.around, &mut edits);
        docs::lead(&tokens, &self.way, &mut edits);
        edits.apply(text)
    }
}

/// `src/lib.rs` → `mod.rs`; `src/types/common.rs` → `types/common.rs`
fn path_of(path: &str) -> String {
    match path.strip_prefix("src/").unwrap_or(path) {
        "lib.rs" => "mod.rs".to_owned(),
        path => path.to_owned(),
    }
}

/// The types, modules and macros of the crate around the module that types of the description stand for or use.
fn around(api: &Api) -> HashSet<Vec<String>> {
    let types = own_types(api).into_iter();
    let types = types.flat_map(|own| {
        let module = match &own.bridge {
            Bridge::Module(module) => Some(module),
            Bridge::Serde | Bridge::Text | Bridge::Number => None,
        };
        [Some(&own.path), module].into_iter().flatten()
    });
    let derives = api.types.iter().flat_map(|definition| &definition.derives);
    let derives = derives.filter_map(|derive| match derive {
        Derive::Macro(path) => Some(path),
        Derive::PartialOrd | Derive::Eq | Derive::Ord | Derive::Hash => None,
    });
    let texts = types.chain(derives).map(RustPath::as_str);
    texts.flat_map(|text| paths::of_crate(&Tokens::of(text))).map(|path| path.names).collect()
}
