//! A part of a description gives a part of its client: the same names, and nothing that nobody asked for.

use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::diagnostics::{Diagnostics, WithWarnings};
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source, write_crate};

use crate::fixture;

const SHOP: &str = include_str!("selection/shop.yaml");

fn selected(
    text: &str,
    tags: &[&str],
    operations: &[&str],
) -> Result<WithWarnings<Api>, Diagnostics> {
    selected_by(Generator::new("shop-client"), text, tags, operations)
}

fn selected_by(
    generator: Generator,
    text: &str,
    tags: &[&str],
    operations: &[&str],
) -> Result<WithWarnings<Api>, Diagnostics> {
    let generator = tags.iter().copied().fold(generator, Generator::only_tag);
    let generator = operations.iter().copied().fold(generator, Generator::only_operation);
    generator.api(&Source::new("shop.yaml", text))
}

fn api(text: &str, tags: &[&str], operations: &[&str]) -> Api {
    selected(text, tags, operations).unwrap_or_else(|found| panic!("{found}")).value
}

fn operations(api: &Api) -> Vec<&str> {
    api.operations().map(|one| one.id.as_str()).collect()
}

fn types(api: &Api) -> Vec<&str> {
    api.types.iter().map(|definition| definition.name.rust()).collect()
}

fn codes(found: &Diagnostics) -> Vec<DiagnosticCode> {
    found.iter().map(|one| one.code).collect()
}

/// The files that depend on the operations and types alone, by path.
fn file(api: &Api, path: &str) -> String {
    let written = write_crate(api).checked();
    let files = written.unwrap_or_else(|found| panic!("{found}")).value.files;
    let found = files.into_iter().find(|file| file.path == path);
    found.unwrap_or_else(|| panic!("no {path}")).text
}

#[test]
fn a_tag_brings_its_operations_and_the_types_that_they_lead_to_in_order() {
    let care = api(SHOP, &["Customer Care"], &[]);
    assert_eq!(operations(&care), ["get_customer"]);
    assert_eq!(types(&care), ["Customer", "Address"]);
    let both = api(SHOP, &["stock", "Orders"], &[]);
    assert_eq!(operations(&both), ["list_orders", "add_order", "list_items"]);
    assert_eq!(care.headers.len(), 1, "the header of another reply");
}

#[test]
fn each_form_of_a_body_brings_its_types() {
    let json = "content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}";
    let form = "application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Item'}}";
    let both = SHOP.replace(json, &json.replace("{application", &format!("{{{form}, application")));
    let brought = |text: &str| types(&api(text, &[], &["add_order"])).contains(&"Item");
    assert_eq!((brought(SHOP), brought(&both)), (false, true));
}

#[test]
fn tags_and_operations_add_up() {
    let found = api(SHOP, &["stock"], &["add_order"]);
    assert_eq!(operations(&found), ["add_order", "list_items"]);
}

#[test]
fn names_are_those_of_the_description_or_of_the_code() {
    for tag in ["Customer Care", "customer_care", "CustomerCare"] {
        assert_eq!(operations(&api(SHOP, &[tag], &[])), ["get_customer"], "{tag}");
    }
    for operation in ["get_customer", "GetCustomer"] {
        assert_eq!(operations(&api(SHOP, &[], &[operation])), ["get_customer"], "{operation}");
    }
}

#[test]
fn a_name_that_nothing_has_is_refused_with_the_one_that_was_meant() {
    let found = selected(SHOP, &["Ordres"], &["add_ordr", "nothing like it"]).unwrap_err();
    assert_eq!(codes(&found), [DiagnosticCode::UnmatchedSelection; 3]);
    let help: Vec<_> = found.iter().map(|one| one.help.as_deref()).collect();
    assert_eq!(
        help,
        [Some("did you mean `Orders`?"), Some("did you mean `add_order`?"), None],
        "{found}"
    );
}

#[test]
fn the_rest_of_a_description_is_not_reported() {
    let warnings = |tag| selected(SHOP, &[tag], &[]).expect("a client").warnings;
    assert_eq!(codes(&warnings("stock")), [DiagnosticCode::UnknownKeyword]);
    assert_eq!(codes(&warnings("Orders")), []);
}

#[test]
fn an_operation_that_is_lost_is_told_of_where_it_was_asked_for() {
    let no_method = "    additionalOperations:\n     NO METHOD:\n      operationId: add";
    let lost = SHOP.replace("    post:\n      operationId: add", no_method);
    let warnings = |tag| codes(&selected(&lost, &[tag], &[]).expect("a client").warnings);
    assert_eq!(warnings("Orders"), [DiagnosticCode::NotGenerated]);
    assert_eq!(warnings("Customer Care"), []);
}

#[test]
fn a_fault_elsewhere_stops_nothing_and_a_fault_in_what_is_needed_does() {
    let faults = [
        // In a component that others lead to, by way of the parameters of a path.
        ("Shop: {name: shop, in: query", "Shop: {name: shop, in: nowhere"),
        // In an operation.
        ("requestBody:\n        required: true", "requestBody:\n        $ref: '#/nothing'"),
        // In the path that operations share.
        ("/orders:", "/orders/{nothing}:"),
        // In a schema that a schema refers to.
        ("city: {type: string}", "city: {$ref: '#/components/schemas/Adress'}"),
    ];
    for (good, bad) in faults {
        assert!(SHOP.contains(good), "{good}");
        let faulty = SHOP.replace(good, bad);
        let strict =
            |tags: &[&str]| selected_by(Generator::new("shop-client").strict(), &faulty, tags, &[]);
        assert!(strict(&[]).is_err(), "{bad} is no fault");
        assert!(strict(&["Orders"]).is_err(), "{bad} goes unnoticed");
        assert!(strict(&["stock"]).is_ok(), "{bad} stops others");
    }
}

#[test]
fn a_fault_of_the_whole_description_is_one_of_each_part() {
    let faulty = SHOP.replace("components:\n", "security: [{nothing: []}]\ncomponents:\n");
    let strict = Generator::new("shop-client").strict();
    assert!(selected_by(strict, &faulty, &["stock"], &[]).is_err());
}

#[test]
fn a_part_has_the_names_that_the_whole_has() {
    let fixtures = fixture::all("clients").into_iter();
    let fixtures = fixtures.map(|path| std::fs::read_to_string(path).expect("a fixture"));
    for text in fixtures.chain([SHOP.to_owned()]) {
        let whole = selected(&text, &[], &[]).expect("a client");
        for tag in &whole.value.tags {
            let part = api(&text, &[tag.name.wire()], &[]);
            let place = format!("{}: {}", whole.value.title, tag.name.wire());
            let module = format!("src/{}.rs", tag.name.rust());
            assert_eq!(file(&part, &module), file(&whole.value, &module), "{place}");
            let kept = types(&part);
            let mut all = types(&whole.value);
            all.retain(|name| kept.contains(name));
            assert_eq!(kept, all, "{place}");
        }
        for id in operations(&whole.value) {
            assert!(operations(&api(&text, &[], &[id])).contains(&id), "{id}");
        }
    }
}

#[test]
fn a_part_asks_for_the_scopes_that_it_needs() {
    let scheme = "  securitySchemes:\n    staff: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}\n";
    let shop = SHOP.replace("components:\n", &format!("components:\n{scheme}"));
    let needing = |operation: &str, scope: &str, shop: String| {
        let id = format!("operationId: {operation}\n");
        assert!(shop.contains(&id), "{operation}");
        shop.replace(&id, &format!("{id}      security: [{{staff: [{scope}]}}]\n"))
    };
    let shop = needing("add_order", "write", needing("list_orders", "read", shop));
    let scopes = |operations: &[&str]| {
        let api = api(&shop, &[], operations);
        let needed = api.grants().map(|(_, grant)| grant.needed.clone());
        needed.collect::<Vec<_>>()
    };
    assert_eq!(scopes(&[]), [["read", "write"]]);
    assert_eq!(scopes(&["add_order"]), [["write"]]);
    assert_eq!(scopes(&["list_items"]), [[""; 0]], "the setters stay");
}

#[test]
fn tags_that_differ_in_case_and_separators_are_one_group() {
    let api = fixture::api("tags_spelled_differently");
    let methods = |tag: &str| {
        let tag = api.tags.iter().find(|found| found.name.rust() == tag).expect(tag);
        let names = tag.operations.iter().map(|found| found.name.rust().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(api.tags.len(), 2);
    assert_eq!(methods("user_groups"), ["list_groups", "create_group", "add_member"]);
    assert_eq!(methods("events"), ["get_events_by_id", "find_day_of_event"]);
}

#[test]
fn what_a_description_begins_with_is_said_once() {
    let client = fixture::client("tags_spelled_differently");
    let module = fixture::text(&client, "src/user_groups.rs");
    assert_eq!(module.matches("/// List groups.\n    ///\n    /// The newest first.").count(), 1);
    assert_eq!(module.matches("List groups").count(), 1, "{module}");
    assert_eq!(module.matches("Create groups").count(), 1, "{module}");
}
