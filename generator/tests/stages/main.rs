//! What each stage makes of one idea: a test for each stage and fixture.
//!
//! A fixture is a description of one idea, and its name is the idea. A snapshot is a page that somebody reviews.

use std::collections::HashSet;
use std::path::Path;

use datatest_stable::Result;
use lantern_generator::diagnostics::draw::{Style, draw};
use lantern_generator::diagnostics::source_map::Sources;
use lantern_generator::diagnostics::{Diagnostics, Severity};
use lantern_generator::pipeline::load;
use lantern_generator::pipeline::model::Api;
use lantern_generator::pipeline::normalize::Description;
use lantern_generator::pipeline::resolve::Kind;
use lantern_generator::{Crate, Generator};

use diff::diff;
use lint::lint;

mod diff;
mod drift;
#[path = "../fixture/mod.rs"]
mod fixture;
mod lint;
mod outline;
mod resolved_outline;
mod snapshot;

datatest_stable::harness! {
    { test = normalize, root = "tests/fixtures/clients", pattern = r"^[^.]+\.yaml$" },
    { test = resolve, root = "tests/fixtures/clients", pattern = r"^[^.]+\.yaml$" },
    { test = model, root = "tests/fixtures/clients", pattern = r"^[^.]+\.yaml$" },
    { test = model_of_lantern, root = "../spec", pattern = r"^lantern\.yaml$" },
    { test = render, root = "tests/fixtures/clients", pattern = r"^[^.]+\.yaml$" },
    { test = refuse, root = "tests/fixtures/refused", pattern = r"^[^.]+\.(yaml|json)$" },
    { test = lint, root = "tests/fixtures/lint", pattern = r"^[^.]+\.yaml$" },
    { test = diff, root = "tests/fixtures/diff", pattern = r"\.overlay\.yaml$" },
}

/// Files that look alike for most ideas, and the folders of the ideas that they show something of.
const SHOWN_FOR: [(&str, &[&str]); 4] = [
    ("src/client.rs", &["extensions", "names", "references", "security", "servers"]),
    ("src/drift.json", &["replies"]),
    ("src/mock.rs", &["examples"]),
    ("src/types.rs", &["names"]),
];

fn normalize(path: &Path) -> Result<()> {
    snapshot::check("normalize", path, &serde_yaml::to_string(&normalized(path)?)?);
    Ok(())
}

fn resolve(path: &Path) -> Result<()> {
    let resolved =
        lantern_generator::pipeline::resolve::resolve(normalized(path)?).checked()?.value;
    for schema in resolved.schemas.values() {
        assert!(!matches!(schema.kind, Kind::AllOf(_)), "{} is still an allOf", schema.at);
    }
    let outline = resolved_outline::outline(&resolved);
    for line in outline.lines() {
        assert!(line.chars().count() <= 120, "too long to read: {line}");
    }
    snapshot::check("resolve", path, &outline);
    Ok(())
}

fn model(path: &Path) -> Result<()> {
    let api = fixture::model(path)?.value;
    assert_names_are_unique(&api);
    snapshot::check("model", path, &outline::modelled(&api));
    Ok(())
}

fn model_of_lantern(path: &Path) -> Result<()> {
    let overlay = fixture::source(&path.with_file_name("overlay.yaml"));
    let api = Generator::new("lantern-client").overlay(overlay).api(&fixture::source(path))?;
    assert_names_are_unique(&api.value);
    snapshot::check("model", path, &outline::modelled(&api.value));
    Ok(())
}

fn render(path: &Path) -> Result<()> {
    let client = fixture::generate(path)?;
    let again = fixture::generate(path)?;
    assert_eq!(client.value, again.value, "two runs differ");
    assert_is_a_crate(&client.value);
    drift::assert_leads_back(&client.value, path);
    snapshot::check("render", path, &page(&client.value, &client.warnings, path));
    Ok(())
}

fn refuse(path: &Path) -> Result<()> {
    let found = fixture::generate(path).expect_err("a refusal");
    let source = fixture::source(path);
    let text = source.text();
    let code = expected_code(text);
    for error in found.iter().filter(|one| one.severity() == Severity::Error) {
        assert_eq!(error.code.as_str(), code);
    }
    snapshot::check("refused", path, &drawn(&found, path));
    Ok(())
}

fn normalized(path: &Path) -> std::result::Result<Description, Diagnostics> {
    let loaded = load::parse(&fixture::source(path));
    let normalized =
        loaded.then(|loaded| lantern_generator::pipeline::normalize::normalize(loaded, Vec::new()));
    normalized.checked().map(|found| found.value)
}

fn assert_names_are_unique(api: &Api) {
    let mut seen = HashSet::new();
    for found in &api.types {
        assert!(seen.insert(found.name.rust()), "{} is there twice", found.name.rust());
    }
}

fn assert_is_a_crate(client: &Crate) {
    let mut seen = HashSet::new();
    for file in &client.files {
        assert!(seen.insert(&file.path), "{} is there twice", file.path);
        assert!(!file.path.contains(".."), "{} leads out", file.path);
        let is_rust = file.path.ends_with(".rs");
        assert!(!is_rust || syn::parse_file(&file.text).is_ok(), "{} is no Rust", file.path);
    }
}

/// The warnings, and the code that depends on the idea.
fn page(client: &Crate, warnings: &Diagnostics, path: &Path) -> String {
    let files = client.files.iter().filter(|file| is_shown(&file.path, path));
    let files = files.map(|file| format!("==> {} <==\n{}", file.path, file.text));
    format!("{warnings}{}", files.collect::<Vec<_>>().join("\n"))
}

fn is_shown(file: &str, fixture: &Path) -> bool {
    let is_in = |folder: &&str| fixture.parent().is_some_and(|parent| parent.ends_with(folder));
    match SHOWN_FOR.iter().find(|(path, _)| *path == file) {
        Some((_, folders)) => folders.iter().any(is_in),
        None => {
            let is_runtime = file.starts_with("src/runtime/");
            file.starts_with("src/")
                && !is_runtime
                && file != "src/lib.rs"
                && !file.starts_with("src/guide")
        }
    }
}

/// The code that a refused description says it is refused with: in a comment, or in JSON, which has none, in `x-refused`.
fn expected_code(text: &str) -> &str {
    let comment = text.lines().find_map(|line| line.strip_prefix("# refused: "));
    let member = || text.split_once("\"x-refused\": \"")?.1.split('"').next();
    comment.or_else(member).expect("a fixture that states its code")
}

/// Diagnostics as users see them.
fn drawn(found: &Diagnostics, path: &Path) -> String {
    let texts = [fixture::source(path)].into_iter().chain(fixture::overlays(path));
    let sources = Sources::new(texts);
    let drawn = found.iter().map(|one| draw(one, &sources, Style::Plain) + "\n");
    drawn.collect::<Vec<_>>().join("\n")
}
