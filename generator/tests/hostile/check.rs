//! What is promised of any description.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::diagnostics::source_map::Sources;
use lantern_generator::diagnostics::{Diagnostics, WithWarnings, json};
use lantern_generator::{Crate, Generator, Source};

/// Of so many diagnostics it is seen that they can be shown; it takes longer than to find them.
const MOST_DRAWN: usize = 2;

/// What became of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// A crate was made of it.
    Generated,
    /// It was refused with at least one diagnostic.
    Refused,
}

/// Generates from a text, and checks all that is promised for any bytes.
///
/// `Err` says which promise was broken.
pub fn hold(text: &str) -> Result<Fate, String> {
    let source = Source::new("hostile.yaml", text);
    let generator = Generator::new("hostile");
    let generated = catch_unwind(AssertUnwindSafe(|| generator.run(&source)));
    let generated = generated.map_err(|panic| format!("it panics: {}", message(&*panic)))?;
    check_diagnostics(&generated, source)?;
    match generated {
        Ok(generated) => check_crate(&generated.value).map(|()| Fate::Generated),
        Err(_) => Ok(Fate::Refused),
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

/// A refusal has a diagnostic, none is a fault of the generator's own, and each can be shown.
fn check_diagnostics(
    generated: &Result<WithWarnings<Crate>, Diagnostics>,
    source: Source,
) -> Result<(), String> {
    let found = match generated {
        Ok(generated) => &generated.warnings,
        Err(diagnostics) => diagnostics,
    };
    if generated.is_err() && found.iter().next().is_none() {
        return Err("it is refused without a word".to_owned());
    }
    let sources = Sources::new([source]);
    if let Some(fault) = found.iter().find(|one| one.code == DiagnosticCode::RendererFault) {
        return Err(fault.to_string());
    }
    for one in found.iter().take(MOST_DRAWN) {
        // What is told in JSON is drawn too.
        let told = catch_unwind(AssertUnwindSafe(|| json::line(one, &sources)));
        let told =
            told.map_err(|panic| format!("it cannot be told: {}: {one}", message(&*panic)))?;
        if told.is_empty() {
            return Err(format!("nothing is told of {one}"));
        }
    }
    Ok(())
}

/// All files have places of their own in the crate, and what is Rust or TOML is so.
fn check_crate(generated: &Crate) -> Result<(), String> {
    let mut paths: Vec<_> = generated.files.iter().map(|file| file.path.to_lowercase()).collect();
    paths.sort();
    paths.dedup();
    if paths.len() != generated.files.len() {
        return Err("two files have one place".to_owned());
    }
    for file in &generated.files {
        let plain = file.path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !plain || file.path.contains('\\') || file.path == "build.rs" {
            return Err(format!("{} is no place for a file", file.path));
        }
        if file.path.starts_with("src/runtime/") || !file.path.ends_with(".rs") {
            continue;
        }
        syn::parse_file(&file.text).map_err(|why| format!("{} is no Rust: {why}", file.path))?;
    }
    let manifest = generated.files.iter().find(|file| file.path == "Cargo.toml");
    check_manifest(manifest.map(|file| file.text.as_str()).unwrap_or_default())
}

/// The tables that a manifest may have.
fn check_manifest(text: &str) -> Result<(), String> {
    let manifest: toml_edit::DocumentMut =
        text.parse().map_err(|why| format!("Cargo.toml is no TOML: {why}"))?;
    let known = [
        "package",
        "lib",
        "dependencies",
        "features",
        "lints",
        "target",
        "workspace",
        "dev-dependencies",
    ];
    let targets = manifest.get("target").and_then(toml_edit::Item::as_table_like);
    let targets = targets.into_iter().flat_map(toml_edit::TableLike::iter);
    let tables = manifest.iter().filter(|(key, _)| !known.contains(key));
    let other = targets.filter(|(key, _)| *key != r#"cfg(target_arch = "wasm32")"#);
    match tables.chain(other).next() {
        Some((key, _)) => Err(format!("Cargo.toml has a table `{key}`")),
        None => Ok(()),
    }
}
