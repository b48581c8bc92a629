//! Says where the templates are: beside this package in its repository, and in this package where it is published.
//!
//! `templates/` in this package has links to them, because a published package has only files of its own folder. Not all
//! systems have links, so that in the repository nothing but `cargo package` follows them.

use std::path::Path;

fn main() {
    let package = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let beside = Path::new(&package).join("../templates");
    let within = Path::new(&package).join("templates");
    let (folder, manifest) = match beside.join("src/runtime").is_dir() {
        true => (beside, "Cargo.toml"),
        false => (within, "Cargo.toml.in"),
    };
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=TEMPLATES={}", folder.display());
    println!("cargo::rustc-env=TEMPLATES_MANIFEST={}", folder.join(manifest).display());
}
