//! Requests have `validate` where it is asked for and there is something to check, and nothing comes with it
//! elsewhere.

use lantern_generator::diagnostics::{Diagnostics, WithWarnings};
use lantern_generator::pipeline::model::{Api, CheckKind, Shape};
use lantern_generator::pipeline::render::Documentation;
use lantern_generator::{Crate, Generator, Source};

const CONSTRAINTS: &str = include_str!("fixtures/clients/schemas/constraints.yaml");

fn generate(text: &str) -> Result<WithWarnings<Crate>, Diagnostics> {
    Generator::new("constraints").run(&Source::new("constraints.yaml", text))
}

fn model(text: &str) -> WithWarnings<Api> {
    let api = Generator::new("constraints").api(&Source::new("constraints.yaml", text));
    api.expect("a client")
}

fn generated(text: &str) -> Crate {
    generate(text).unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
}

fn manifest(generated: &Crate) -> &str {
    generated.files.iter().find(|file| file.path == "Cargo.toml").map_or("", |file| &file.text)
}

fn has_file(generated: &Crate, path: &str) -> bool {
    generated.files.iter().any(|file| file.path == format!("src/runtime/{path}"))
}

#[test]
fn only_what_callers_send_and_has_limits_is_checked() {
    let api = model(CONSTRAINTS).value;
    let checked = api.types.iter().filter(|found| !found.checks.is_empty());
    let checked: Vec<_> = checked.map(|found| found.name.rust()).collect();
    assert_eq!(checked, ["Order", "Line", "Payment", "Card"]);
    let order = api.types.iter().find(|found| found.name.rust() == "Order").expect("a type");
    let within = order.checks.iter().filter(|check| check.kind == CheckKind::Nested);
    let within: Vec<_> = within.filter_map(|check| Some(check.part.as_ref()?.wire())).collect();
    assert_eq!(within, ["lines", "parts", "payment"]);
    let parts = order.checks.iter().filter_map(|check| Some(check.part.as_ref()?.wire()));
    let missing: Vec<_> = parts.filter(|part| ["id", "unread", "small"].contains(part)).collect();
    assert!(missing.is_empty(), "{missing:?}: the service's own, unreadable, or told by the type");
}

#[test]
fn the_feature_and_its_files_come_where_they_are_needed() {
    let whole = generated(CONSTRAINTS);
    assert!(manifest(&whole).contains("validate = [\"dep:regress\"]\n"));
    assert!(has_file(&whole, "pattern.rs"));
    let without_patterns = generated(&CONSTRAINTS.replace("pattern:", "x-pattern:"));
    assert!(manifest(&without_patterns).contains("validate = []\n"));
    assert!(!manifest(&without_patterns).contains("regress"));
    assert!(
        has_file(&without_patterns, "validate/limit.rs")
            && !has_file(&without_patterns, "pattern.rs")
    );
    let unasked =
        generated(&CONSTRAINTS.replace("x-client-validate: true", "x-client-validate: false"));
    assert!(!manifest(&unasked).contains("validate = ") && !manifest(&unasked).contains("regress"));
    assert!(!has_file(&unasked, "validate/mod.rs"));
    for file in &unasked.files {
        assert!(
            !file.text.contains("limits!") && !file.text.contains("Violation"),
            "{}",
            file.path
        );
    }
}

#[test]
fn the_wish_is_yes_or_no() {
    let diagnostics =
        generate(&CONSTRAINTS.replace("x-client-validate: true", "x-client-validate: maybe"));
    let diagnostics = diagnostics.expect_err("no answer");
    let codes: Vec<_> = diagnostics.iter().map(|found| found.code.as_str()).collect();
    assert!(codes.contains(&"invalid-extension"), "{codes:?}");
}

#[test]
fn rules_about_members_make_no_union_and_examples_follow_them() {
    let rules = include_str!("fixtures/clients/schemas/member_rules.yaml");
    let api = model(rules);
    let warnings: Vec<_> = api.warnings.iter().map(|one| one.place.pointer.as_str()).collect();
    assert_eq!(warnings, ["/components/schemas/Change/anyOf"], "{}", api.warnings);
    let types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    assert_eq!(types, ["Contact", "Order", "Change", "Seller", "Shop"]);
    for found in &api.value.types[..4] {
        let Shape::Struct(object) = &found.shape else { panic!("{}", found.name.rust()) };
        assert!(!object.rules.is_empty() && found.validates, "{}", found.name.rust());
    }
    let documentation = Documentation::new(&api.value);
    let tag = api.value.tags.first().expect("a tag");
    let mut operations = tag.operations.iter();
    let mut example = || documentation.operation(tag, operations.next().expect("one")).join("\n");
    assert!(example().contains("types::Contact::new(\"id-1\").type_(\"type\")"));
    let seller = "types::Seller::new(\"shop\").city(\"London\")";
    let order = example();
    assert!(order.contains(seller) && order.contains(".card(\"card\")"), "{order}");
}

#[test]
fn every_request_has_validate_and_no_answer_has() {
    let api = model(CONSTRAINTS).value;
    let asked: Vec<_> = api.types.iter().filter(|found| found.validates).collect();
    let asked: Vec<_> = asked.iter().map(|found| found.name.rust()).collect();
    assert_eq!(asked, ["Order", "Line", "Payment", "Card", "Free"]);
    let unasked = CONSTRAINTS.replace("x-client-validate: true", "x-client-validate: false");
    let api = model(&unasked).value;
    assert!(api.types.iter().all(|found| !found.validates));
}
