//! The codes of diagnostics, and the words of overlays.

use std::collections::HashSet;
use std::path::Path;

use lantern_generator::analysis::lint;
use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::pipeline::load;

use crate::fixture;

#[test]
fn each_code_has_a_fixture() {
    // No description leads to these: they are about the file, the crate's name, its releases and the generator
    // itself, and an overlay that is tried on a description it was not made for.
    let mut met = HashSet::from([
        DiagnosticCode::UnreadableFile,
        DiagnosticCode::TooLarge,
        DiagnosticCode::InvalidName,
        DiagnosticCode::RendererFault,
        DiagnosticCode::SkippedAction,
        DiagnosticCode::UnreadableRecord,
        // A matter of the command line.
        DiagnosticCode::UnmatchedSelection,
    ]);
    for path in fixture::all("clients").into_iter().chain(fixture::all("refused")) {
        let made = fixture::generate(&path);
        let found = made.map_or_else(|refused| refused, |client| client.warnings);
        met.extend(found.iter().map(|one| one.code));
    }
    for path in fixture::all("lint") {
        let findings = lint::lint(&fixture::source(&path), &fixture::overlays(&path));
        let findings = findings.into_iter().flat_map(|found| found.value);
        met.extend(findings.map(|finding| finding.diagnostic.code));
    }
    let missing: Vec<_> = DiagnosticCode::ALL.iter().filter(|code| !met.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture leads to {missing:?}");
    let names: HashSet<_> = DiagnosticCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), DiagnosticCode::ALL.len(), "a code's name stands for one code");
}

/// `UPDATE_DOCS=1 cargo test -p lantern-generator --test integration codes` writes the page.
#[test]
fn each_code_is_explained_in_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("a page that can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, page, "docs/diagnostics.md differs from diagnostics/code.rs; see above");
}

#[test]
fn each_word_of_an_overlay_is_explained_in_the_documentation() {
    let generator = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(generator.join(file)).expect(file);
    let words = read("src/pipeline/resolve/resolved/extensions.rs");
    let words: Vec<_> = words.split('"').filter(|text| text.starts_with("x-")).collect();
    assert!(words.len() > 20, "{words:?}");
    let page = read("../docs/overlays.md");
    let missing: Vec<_> =
        words.iter().filter(|word| !page.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "docs/overlays.md does not say what these are: {missing:?}");
}

fn page() -> String {
    let rows = DiagnosticCode::ALL.iter().map(|code| {
        let name = code.as_str();
        let severity = match code.is_tolerated() {
            true => "warning; error by `Generator::strict`",
            false => code.severity().as_str(),
        };
        format!("| `{name}` | {severity} | {} | {} |\n", code.meaning(), code.help())
    });
    let rows: String = rows.collect();
    format!(
        "# Diagnostics\n\n\
         Each error and warning has a code: `error[dangling-reference]: …`. An error stops the generator; a warning \
         does not, unless\n`--deny-warnings` is given. A message often knows more than this page: what was probably \
         meant, and where.\n\n\
         | code | severity | what it means | what helps |\n|---|---|---|---|\n{rows}"
    )
}

#[test]
fn a_missing_file_says_so() {
    let diagnostics = load::read(Path::new("no-such.yaml")).expect_err("no file");
    let codes: Vec<_> = diagnostics.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["unreadable-file"]);
}
