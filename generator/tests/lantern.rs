//! The Lantern client, generated from the description in `spec/`.

use std::path::Path;

use lantern_generator::analysis::release::{CHANGELOG, History, RECORD};
use lantern_generator::pipeline::model::{Direction, IntegerType, Presence, Shape, Ty, TypeDef};
use lantern_generator::pipeline::write::manifest;
use lantern_generator::{Crate, Generator, Source};

fn source(path: &str) -> Source {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = std::fs::read_to_string(&full)
        .unwrap_or_else(|error| panic!("{}: {error}", full.display()));
    Source::new(path, text)
}

fn lantern() -> Crate {
    let generator = Generator::new("lantern-client").overlay(source("spec/overlay.yaml"));
    let generated = generator.run(&source("spec/lantern.yaml"));
    let generated = generated.unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert_eq!(generated.warnings.iter().count(), 0, "{}", generated.warnings);
    history().onto(generated.value)
}

/// The releases so far, as the crate's folder keeps them.
fn history() -> History {
    let kept = |file: &str| {
        let path = format!("generated/lantern-client/{file}");
        let is_there = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(&path).is_file();
        is_there.then(|| source(&path))
    };
    let history = History::read(kept(RECORD).as_ref(), kept(CHANGELOG).as_ref());
    history.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
}

#[test]
fn the_committed_client_is_current() {
    for file in lantern().files {
        let committed =
            source(&format!("generated/lantern-client/{}", file.path)).text().to_owned();
        let committed = committed.replace("\r\n", "\n");
        let fresh = match file.path.as_str() {
            "Cargo.toml" => manifest::merge(&committed, &file.text, false).expect("two manifests"),
            _ => file.text,
        };
        assert!(committed == fresh, "{} is stale; run: cargo xtask generate", file.path);
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert_eq!(lantern(), lantern());
}

/// How many operations a module has.
fn operations(text: &str) -> usize {
    text.matches("\nimpl Operation for ").count()
}

#[test]
fn every_operation_of_every_family_has_a_method() {
    let families = [
        ("enrichment", "phone email company person ai research"),
        ("matching", "objects"),
        ("salesforce", "convert"),
        ("routing", "assign"),
        ("triggers", "salesforce"),
        ("logs", "routing"),
        ("batches", "phone phone_and_email email"),
        ("credits", "usage remaining"),
        ("workflows", "trigger"),
        ("forms", "submit"),
    ];
    let files = lantern().files;
    for (family, methods) in families {
        let path = format!("src/{family}.rs");
        let file = files.iter().find(|file| file.path == path).expect("a module per family");
        assert_eq!(operations(&file.text), methods.split(' ').count(), "{family}");
        for method in methods.split(' ') {
            assert!(file.text.contains(&format!("    pub fn {method}(")), "{family}::{method}");
        }
    }
}

#[test]
fn every_method_has_an_example() {
    for file in lantern().files.iter().filter(|file| !file.path.starts_with("src/runtime/")) {
        let examples = file.text.matches("    /// ```no_run\n").count();
        let bulk = file.text.matches("_all<'r").count();
        assert_eq!(examples, operations(&file.text) + bulk, "{}", file.path);
    }
}

#[test]
fn no_code_is_unsafe() {
    for file in lantern().files.iter().filter(|file| file.path.ends_with(".rs")) {
        assert!(!file.text.contains("unsafe "), "{}", file.path);
    }
}

/// The description as it is, with further overlays.
fn modelled(overlays: &[&str]) -> lantern_generator::pipeline::model::Api {
    let overlays = overlays.iter().map(|path| source(path));
    let api = Generator::new("lantern-client").overlays(overlays).api(&source("spec/lantern.yaml"));
    api.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
}

/// The types of a field, with the names of those that have it.
fn fields(api: &lantern_generator::pipeline::model::Api, field: &str) -> Vec<(String, Ty)> {
    let of_type = |found: &TypeDef| {
        let Shape::Struct(object) = &found.shape else { return None };
        let field = object.fields.iter().find(|one| one.name.wire() == field)?;
        Some((found.name.rust().to_owned(), field.ty.clone()))
    };
    api.types.iter().filter_map(of_type).collect()
}

#[test]
fn answers_require_only_what_the_pages_document() {
    let api = modelled(&["spec/overlay.yaml"]);
    let documented = ["CreditUsageResponse", "RemainingCreditsResponse", "DeepResearchResponse"];
    // The members of a documented answer, of a row of CSV, and of a body that tells an error.
    let within = ["TokenUsage", "PhoneBatchRow", "PhoneAndEmailBatchRow"];
    let errors = ["EnrichmentErrorResponse", "CreditsErrorResponse", "ValidationError"];
    for found in &api.types {
        let Shape::Struct(object) = &found.shape else { continue };
        let name = found.name.rust();
        let is_documented = documented.iter().chain(&within).chain(&errors).any(|it| *it == name);
        if object.direction == Direction::Response && !is_documented {
            let required = object.fields.iter().filter(|it| it.presence == Presence::Required);
            let required: Vec<_> = required.map(|field| field.name.rust()).collect();
            assert_eq!(required, Vec::<&str>::new(), "{name}");
        }
    }
}

#[test]
fn credits_are_decimals_except_where_the_pages_show_integers() {
    let api = modelled(&["spec/overlay.yaml"]);
    for field in ["credits_consumed", "credits_remaining", "credits_required"] {
        for (name, ty) in fields(&api, field) {
            let is_shown = name == "DeepResearchResponse";
            assert_eq!(ty == Ty::Integer(IntegerType::I64), is_shown, "{name}: {field} is {ty:?}");
        }
    }
    let research = modelled(&["spec/overlay.yaml", "spec/research_credits.overlay.yaml"]);
    for field in ["credits_consumed", "credits_remaining"] {
        for (name, ty) in fields(&research, field) {
            assert_eq!(ty, Ty::Float, "{name}: {field}");
        }
    }
    let action = source("spec/research_credits.overlay.yaml").text().to_owned();
    assert_eq!(action.matches("\n  - target: ").count(), 1, "one action will do");
}

#[test]
fn one_of_several_groups_is_enough_for_all_of_them() {
    let api = modelled(&["spec/overlay.yaml"]);
    let any: Vec<_> = fields(&api, "any").into_iter().map(|(name, _)| name).collect();
    assert_eq!(any, ["MatchRules"]);
    let groups: Vec<_> = fields(&api, "groups").into_iter().map(|(name, _)| name).collect();
    assert_eq!(groups, any);
}
