//! The modules that the owner of a crate adds to it.

use std::path::Path;

use crate::cli::Failure;
use crate::cli::plan::{entries, is_by_hand};

/// Files in `src` that are no modules.
const ROOTS: [&str; 2] = ["lib", "main"];

/// The names of the modules in a folder of sources that a person wrote, sorted: `orders_by_day.rs`, `report/mod.rs`.
pub fn find(sources: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in entries(sources)? {
        let path = entry.path();
        let file = if path.is_dir() { path.join("mod.rs") } else { path.clone() };
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_rust(&file))
        else {
            continue;
        };
        if is_module(name) && is_by_hand(&file)? {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn is_rust(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "rs")
}

/// Whether a file of this name can be declared as a module.
fn is_module(name: &str) -> bool {
    !ROOTS.contains(&name) && syn::parse_str::<syn::Ident>(name).is_ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_modules_that_a_person_wrote_are_found() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(find(&folder.path().join("src")).ok(), Some(Vec::new()));
        for (path, text) in [
            ("src/lib.rs", "//! Own.\n"),
            ("src/main.rs", "fn main() {}\n"),
            ("src/orders.rs", "// @generated\n"),
            ("src/types/mod.rs", "// @generated\n"),
            ("src/report.rs", "//! Own.\n"),
            ("src/by_day/mod.rs", "//! Own.\n"),
            ("src/bin/tool.rs", "fn main() {}\n"),
            ("src/not-a-module.rs", "//! Own.\n"),
            ("src/fn.rs", "//! Own.\n"),
            ("src/notes.md", "own"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(path, text).expect("a file");
        }
        assert_eq!(
            find(&folder.path().join("src")).ok(),
            Some(vec!["by_day".to_owned(), "report".to_owned()])
        );
    }
}
