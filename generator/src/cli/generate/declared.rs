//! Whether the crate around a module declares it.

use std::path::{Path, PathBuf};

/// The line that declares a module and the file that it belongs to, if none declares it.
///
/// `root` is the file of the crate's root, and `sources` its folder.
pub fn hint(sources: &Path, root: &Path, module: &[String], shown_from: &Path) -> String {
    let Some((name, around)) = module.split_last() else { return String::new() };
    let files = files(sources, root, around);
    if files.iter().any(|file| declares(file, name)) {
        return String::new();
    }
    let file = files.iter().find(|file| file.is_file()).unwrap_or(&files[0]);
    let file = file.strip_prefix(shown_from).unwrap_or(file);
    format!("declare the module: `pub mod {name};` in {}\n", file.display())
}

/// The files that can declare it.
fn files(sources: &Path, root: &Path, around: &[String]) -> Vec<PathBuf> {
    if around.is_empty() {
        return vec![root.to_owned(), sources.join("main.rs")];
    }
    let folder = around.iter().fold(sources.to_owned(), |folder, name| folder.join(name));
    vec![folder.with_extension("rs"), folder.join("mod.rs")]
}

fn declares(file: &Path, name: &str) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let items = syn::parse_file(&text).map(|file| file.items).unwrap_or_default();
    items.iter().any(|item| matches!(item, syn::Item::Mod(module) if module.ident == name))
}
