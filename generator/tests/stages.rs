//! What the stages make of one idea at a time.
//!
//! Each fixture is a description with one idea; its name is the idea. A snapshot is a page that
//! somebody reviews: what a fixture's 3.1 becomes in 3.0, and the code that comes of it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use lantern_generator::catalogue::Code;
use lantern_generator::diagnostics::draw::{Style, draw};
use lantern_generator::diagnostics::{Diagnostics, Severity};
use lantern_generator::model::{Api, Shape, model};
use lantern_generator::places::Sources;
use lantern_generator::resolve::resolve;
use lantern_generator::{Crate, Input, Source, generate, lint, load, normalize};

mod outline;

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = std::fs::read_dir(&folder).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = paths.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned()
}

/// Under its file's name alone, so that no snapshot says where the project lies.
fn source(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).expect("a fixture").replace("\r\n", "\n");
    let file = path.file_name().and_then(|file| file.to_str()).expect("a name").to_owned();
    Source::new(file, text)
}

/// The overlay beside a description, if there is one: `a.overlay.yaml` beside `a.yaml`.
fn overlays(path: &Path) -> Vec<Source> {
    let overlay = path.with_extension("overlay.yaml");
    overlay.is_file().then(|| source(&overlay)).into_iter().collect()
}

fn generated(path: &Path) -> Result<(Crate, Diagnostics), Diagnostics> {
    let (description, overlays) = (source(path), overlays(path));
    let input = Input { description, overlays, crate_name: "fixture".to_owned() };
    generate(input).map(|generated| (generated.value, generated.warnings))
}

/// Complaints as they are shown.
fn drawn(complaints: &Diagnostics, path: &Path) -> String {
    let sources = Sources::new([source(path)].into_iter().chain(overlays(path)));
    let drawn = complaints.iter().map(|one| draw(one, &sources, Style::Plain) + "\n");
    drawn.collect::<Vec<_>>().join("\n")
}

/// The code that depends on the description, and the warnings above it.
fn page(generated: &Crate, warnings: &Diagnostics) -> String {
    let depends = |path: &str| {
        path.starts_with("src/") && !path.starts_with("src/runtime/") && path != "src/lib.rs"
    };
    let files = generated.files.iter().filter(|file| depends(&file.path));
    let files = files.map(|file| format!("==> {} <==\n{}", file.path, file.text));
    format!("{warnings}{}", files.collect::<Vec<_>>().join("\n"))
}

#[test]
fn each_idea_becomes_a_client() {
    let fixtures = fixtures("fixtures");
    assert!(fixtures.len() >= 20, "{} fixtures", fixtures.len());
    for path in fixtures {
        let name = name(&path);
        let (client, warnings) =
            generated(&path).unwrap_or_else(|complaints| panic!("{name}:\n{complaints}"));
        let again = generated(&path).unwrap_or_else(|complaints| panic!("{name}:\n{complaints}"));
        assert_eq!(client, again.0, "{name}: two runs differ");
        let paths: HashSet<_> = client.files.iter().map(|file| &file.path).collect();
        assert_eq!(paths.len(), client.files.len(), "{name}: a path stands twice");
        for file in client.files.iter().filter(|file| file.path.ends_with(".rs")) {
            assert!(syn::parse_file(&file.text).is_ok(), "{name}: {} is no Rust", file.path);
            assert!(!file.path.contains(".."), "{name}: {}", file.path);
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("render@{name}"), page(&client, &warnings));
        });
    }
}

#[test]
fn each_idea_is_put_into_flat_3_0_words() {
    for path in fixtures("fixtures") {
        let name = name(&path);
        let loaded = load::parse(&source(&path)).checked().expect("a document").value;
        let normalized = normalize::normalize(loaded, Vec::new())
            .checked()
            .unwrap_or_else(|complaints| panic!("{name}:\n{complaints}"));
        let openapi = &normalized.value.openapi;
        let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
        for (key, _) in schemas {
            assert!(key.starts_with('/'), "{name}: {key} is no pointer");
        }
        let yaml = serde_yaml::to_string(openapi).expect("YAML");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("normalize@{name}"), yaml);
        });
    }
}

fn decided(description: &Path, overlay: Option<&Path>, crate_name: &str) -> Api {
    let parse = |path: &Path| load::parse(&source(path)).checked().expect("a document").value;
    normalize::normalize(parse(description), overlay.map(parse).into_iter().collect())
        .then(resolve)
        .then(|resolved| model(resolved, crate_name))
        .checked()
        .unwrap_or_else(|complaints| panic!("{}:\n{complaints}", description.display()))
        .value
}

#[test]
fn each_idea_is_resolved() {
    for path in fixtures("fixtures") {
        let name = name(&path);
        let loaded = load::parse(&source(&path)).checked().expect("a document").value;
        let resolved = normalize::normalize(loaded, Vec::new())
            .then(resolve)
            .checked()
            .unwrap_or_else(|complaints| panic!("{name}:\n{complaints}"))
            .value;
        for schema in resolved.schemas.values() {
            let folded = !matches!(schema.kind, lantern_generator::resolve::Kind::AllOf(_));
            assert!(folded, "{name}: {} is still an allOf", schema.at);
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("resolve@{name}"), outline::resolved(&resolved));
        });
    }
}

#[test]
fn each_idea_is_decided() {
    for path in fixtures("fixtures") {
        let name = name(&path);
        let api = decided(&path, None, "fixture");
        let names: Vec<_> = api.types.iter().map(|found| found.name.rust()).collect();
        let distinct: HashSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{name}: {names:?}");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("model@{name}"), outline::modelled(&api));
        });
    }
}

#[test]
fn members_that_nobody_named_are_kept_unless_forbidden() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let api = decided(&folder.join("unknown_members.yaml"), None, "fixture");
    let kept = api.types.iter().filter_map(|found| match &found.shape {
        Shape::Struct(object) => {
            let extra = object.extra.as_ref().map(|extra| extra.name.rust());
            Some((found.name.rust(), extra))
        }
        _ => None,
    });
    let kept: Vec<_> = kept.collect();
    let expected = [("Note", Some("extra2")), ("Extra", Some("extra")), ("Closed", None)];
    assert_eq!(kept, expected);
}

#[test]
fn usual_errors_are_told_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let api = decided(&folder.join("usual_errors.yaml"), None, "fixture");
    assert_eq!(api.usual_errors.len(), 2, "{:?}", api.usual_errors);
    let told = api.tags.iter().flat_map(|tag| &tag.operations).map(|operation| {
        let links = operation.docs.iter().any(|line| line.contains("(crate#usual-errors)"));
        let own = operation.docs.iter().filter(|line| line.contains("It failed")).count();
        (operation.name.rust(), links, own)
    });
    let told: Vec<_> = told.collect();
    let expected = [
        ("usual", true, 0),
        ("more", true, 0),
        ("also_usual", true, 0),
        ("less", false, 1),
        ("none", false, 0),
    ];
    assert_eq!(told, expected);
}

#[test]
fn lantern_is_decided() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let overlay = spec.join("overlay.yaml");
    let api = decided(&spec.join("lantern.yaml"), Some(&overlay), "lantern-client");
    let operations = api.tags.iter().map(|tag| tag.operations.len()).sum::<usize>();
    assert_eq!((api.tags.len(), operations), (10, 18));
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("model@lantern", outline::modelled(&api));
    });
}

#[test]
fn refused_descriptions_say_where_and_why() {
    let fixtures_and_codes = [
        ("cyclic_reference", "cyclic-reference"),
        ("dangling_reference", "dangling-reference"),
        ("faulty_batch", "invalid-extension"),
        ("faulty_overlay", "invalid-overlay"),
        ("mutual_all_of", "cyclic-reference"),
        ("neither_yaml_nor_json", "syntax"),
        ("nested_without_end", "too-deep"),
        ("nothing_to_describe", "invalid-description"),
        ("reference_to_another_file", "external-reference"),
        ("repeated_key", "repeated-key"),
        ("repeated_key_in_json", "repeated-key"),
        ("several_documents", "syntax"),
        ("something_else_at_a_reference", "dangling-reference"),
        ("swagger_two", "unsupported-version"),
        ("two_complaints_at_once", "dangling-reference"),
        ("undeclared_parameter", "undeclared-parameter"),
        ("unknown_rate_limit", "invalid-extension"),
        ("unknown_retry", "invalid-extension"),
        ("unknown_retry_in_overlay", "invalid-extension"),
        ("unknown_security_scheme", "unknown-security-scheme"),
        ("unmatched_overlay_action", "unmatched-action"),
    ];
    let mut refused = fixtures("fixtures/refused");
    refused.retain(|path| !name(path).ends_with(".overlay"));
    assert_eq!(refused.len(), fixtures_and_codes.len(), "each refused fixture has its code here");
    for (path, (expected, code)) in refused.iter().zip(fixtures_and_codes) {
        assert_eq!(name(path), expected);
        let complaints = generated(path).expect_err(expected);
        let errors = complaints.iter().filter(|found| found.severity() == Severity::Error);
        for error in errors {
            assert_eq!(error.code.as_str(), code, "{expected}");
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("refused@{expected}"), drawn(&complaints, path));
        });
    }
}

#[test]
fn each_code_has_a_fixture() {
    // No description leads to these: they are about the file, the crate's name, its releases and the generator
    // itself, and an overlay that is tried on a description it was not made for.
    let mut met = HashSet::from([
        Code::UnreadableFile,
        Code::TooLarge,
        Code::InvalidName,
        Code::RendererFault,
        Code::SkippedAction,
        Code::UnreadableRecord,
        // A matter of the command line.
        Code::UnmatchedSelection,
    ]);
    for path in fixtures("fixtures").into_iter().chain(fixtures("fixtures/refused")) {
        let found = generated(&path).map_or_else(|refused| refused, |(_, warnings)| warnings);
        met.extend(found.iter().map(|one| one.code));
    }
    for path in fixtures("fixtures/lint") {
        let findings = lint::lint(&source(&path), &overlays(&path));
        let findings = findings.into_iter().flat_map(|found| found.value);
        met.extend(findings.map(|finding| finding.diagnostic.code));
    }
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !met.contains(code)).collect();
    assert!(missing.is_empty(), "no fixture leads to {missing:?}");
    let names: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len(), "a code's name stands for one code");
}

#[test]
fn a_missing_file_says_so() {
    let complaints = load::read(Path::new("no-such.yaml")).expect_err("no file");
    let codes: Vec<_> = complaints.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["unreadable-file"]);
}
