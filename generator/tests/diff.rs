//! What a change of the description means to callers, where the fixtures of `fixtures/diff` cannot show it.

use lantern_generator::analysis::diff::{self, Changes, Detail};
use lantern_generator::diagnostics::draw::Style;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};

use crate::fixture;

fn all(changes: &Changes) -> String {
    diff::text(changes, Detail::All, Style::Plain)
}

fn short(changes: &Changes) -> String {
    diff::text(changes, Detail::Short, Style::Plain)
}

/// A client of operations `GET /0`, `GET /1`, …: what each of them has, and the schemas.
fn client(operations: &[String], schemas: &str) -> Api {
    let operation = |(index, has): (usize, &String)| {
        format!("  /{index}:\n    get: {{operationId: get_{index}, {has}}}\n")
    };
    let paths: String = operations.iter().enumerate().map(operation).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}components:\n  schemas: {{{schemas}}}\n"
    );
    let api = Generator::new("it").api(&Source::new("it.yaml", text));
    api.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
}

fn five(has: impl Fn(usize) -> String) -> Vec<String> {
    (0..5).map(has).collect()
}

/// The shop of `fixtures/diff`, changed by one of its ideas.
fn shop(idea: Option<&str>) -> Api {
    let folder = fixture::folder("diff");
    let overlays = idea.map(|idea| fixture::source(&folder.join(format!("{idea}.overlay.yaml"))));
    let description = fixture::source(&folder.join("shop.yaml"));
    let api = Generator::new("shop-client").overlays(overlays).api(&description);
    api.unwrap_or_else(|errors| panic!("{errors}")).value
}

#[test]
fn a_client_that_no_longer_asks_for_tokens_breaks_its_callers() {
    let asking = shop(Some("client_credentials_added"));
    let changes = diff::diff(&asking, &shop(None));
    let gone: Vec<_> = changes.of(diff::Effect::Breaking).map(|change| &*change.path).collect();
    let setters = ["client_credentials", "token_url", "scopes"];
    assert_eq!(gone, setters.map(|setter| format!("ClientBuilder::{setter}")));
}

#[test]
fn no_text_of_a_description_is_more_than_text_in_a_report() {
    let hostile = "`<script>alert(1)</script>`\n\n# X\u{202e}";
    let of = |words: &str| {
        let (words, path) = (serde_json::json!(words), serde_json::json!(format!("/a/{words}")));
        let description = format!(
            r#"{{"openapi": "3.1.0", "info": {{"title": {words}, "version": {words}}}, "tags": [{{"name": {words}}}],
              "paths": {{{path}: {{"get": {{"tags": [{words}], "operationId": {words}, "parameters": [
                {{"name": {words}, "in": "query", "schema": {{"type": "string", "pattern": {words}, "default": {words}}}}}],
                "responses": {{"200": {{"description": {words}, "content": {{"application/json": {{"schema":
                  {{"type": "object", "properties": {{{words}: {{"enum": ["a", {words}]}}}}}}}}}}}}}}}}}}}}}}"#
        );
        let description = Source::new("hostile.json", description);
        let api = Generator::new("hostile").api(&description);
        api.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
    };
    let (old, new) = (of("harmless"), of(hostile));
    let changes = [(&old, &new), (&new, &old)].map(|(old, new)| diff::diff(old, new));
    for changes in changes {
        assert!(changes.iter().count() > 3, "{}", all(&changes));
        for line in diff::markdown(&changes, Detail::All).lines() {
            assert!(
                line.starts_with("- ") || line.starts_with("### ") || !line.contains('<'),
                "{line}"
            );
            assert!(!line.contains('\u{202e}'), "{line}");
            for event in pulldown_cmark::Parser::new(line) {
                use pulldown_cmark::Event::{Html, InlineHtml};
                assert!(!matches!(event, Html(_) | InlineHtml(_)), "{line}");
            }
        }
    }
}

#[test]
fn a_member_that_moves_out_of_extra_is_told_with_the_line_to_change() {
    let changes = diff::diff(&shop(None), &shop(Some("member_of_extra_named")));
    let told: Vec<_> = changes.of(diff::Effect::Behaviour).collect();
    let [change] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(change.path, "types::Order::type_");
    assert!(change.text.contains("`reply.extra[\"type\"]` → `reply.type_`"), "{}", change.text);
    assert!(change.text.contains("`member(\"type\")`"), "{}", change.text);
}

#[test]
fn what_is_sent_and_received_is_looked_at_as_received() {
    let both = |properties: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Shop, version: 1.0.0}}\npaths:\n  /it:\n    put:\n      \
             operationId: put_it\n      requestBody: {{content: {{application/json: {{schema: \
             {{$ref: '#/components/schemas/It'}}}}}}}}\n      responses: {{'200': {{description: It, \
             content: {{application/json: {{schema: {{type: array, items: \
             {{$ref: '#/components/schemas/It'}}}}}}}}}}}}\ncomponents:\n  schemas:\n    It: \
             {{type: object, properties: {{{properties}}}}}\n"
        );
        let description = Source::new("it.yaml", text);
        let api = Generator::new("it").api(&description);
        api.unwrap_or_else(|diagnostics| panic!("{diagnostics}")).value
    };
    let (old, new) = (both("a: {type: string}"), both("a: {type: string}, b: {type: string}"));
    let told = all(&diff::diff(&old, &new));
    assert!(told.contains("`value.extra[\"b\"]` → `value.b`"), "{told}");
}

#[test]
fn what_is_said_of_many_operations_is_one_line() {
    let errors = |errors: &str| format!("responses: {{'204': {{description: Done}}{errors}}}");
    let error = |status: usize| format!(", '{status}': {{description: Wrong}}");
    let before = client(&five(|_| errors("")), "");
    let alike = diff::diff(&before, &client(&five(|_| errors(&error(422))), ""));
    assert_eq!(alike.iter().count(), 5);
    assert_eq!(all(&alike).lines().count(), 6, "{}", all(&alike));
    let line = "`api().get_0`, `api().get_1`, `api().get_2` and 2 more: documented errors: nothing became `422`";
    assert_eq!(short(&alike), format!("behaviour\n  - {line}\n"));
    let several = diff::diff(&before, &client(&five(|index| errors(&error(400 + index))), ""));
    let line = "5 changes of documented errors, the first: `api().get_0`: documented errors: nothing became `400`";
    assert_eq!(short(&several), format!("behaviour\n  - {line}\n"));
    let json = diff::json(&several);
    assert_eq!(json["changes"].as_array().map(Vec::len), Some(5), "{json}");
}

#[test]
fn a_tag_with_another_name_is_one_line() {
    let tagged = |tag: &str| {
        let done = "responses: {'204': {description: Done}}";
        client(&five(|_| format!("tags: [{tag}], {done}")), "")
    };
    let changes = diff::diff(&tagged("orders"), &tagged("purchases"));
    assert_eq!(changes.of(diff::Effect::Breaking).count(), 11, "{}", all(&changes));
    let line =
        "the group `orders::Orders` is now `purchases::Purchases`, and so are 10 paths in it";
    let reworded = "1 item is described in other words.";
    assert_eq!(short(&changes), format!("breaking\n  - {line}\n{reworded}\n"));
    assert!(diff::is_shortened(&changes));
}

#[test]
fn a_type_with_another_name_is_found_by_what_uses_it() {
    let reply = |name: &str| {
        let json = format!("application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}");
        vec![format!("responses: {{'200': {{description: It, content: {{{json}}}}}}}")]
    };
    let old = "Order: {type: object, properties: {id: {type: string}, items: {type: array, items: \
               {$ref: '#/components/schemas/Item'}}}}, Item: {type: object, properties: {sku: {type: string}}}";
    let new = "Purchase: {type: object, properties: {id: {type: string}, items: {type: array, items: \
               {$ref: '#/components/schemas/Good'}}, at: {type: string}}}, \
               Good: {type: object, properties: {sku: {type: string}, count: {type: integer}}}";
    let other = "Other: {type: object, properties: {nothing: {type: string}}}";
    let client = |name: &str, schemas: &str| client(&reply(name), schemas);
    let changes = diff::diff(&client("Order", old), &client("Purchase", new));
    let told: Vec<_> = changes.of(diff::Effect::Breaking).map(|change| &*change.text).collect();
    let [order, item] = [("Order", "Purchase"), ("Item", "Good")]
        .map(|(old, new)| format!("`types::{old}` is now called `types::{new}`"));
    assert_eq!(told, [order, item]);
    let changes = diff::diff(&client("Order", old), &client("Other", other));
    assert!(all(&changes).contains("`types::Order` is gone"), "{}", all(&changes));
}

#[test]
fn the_list_of_changes_has_colours_only_where_they_are_asked_for() {
    let changes = diff::diff(&shop(None), &shop(Some("operation_removed")));
    assert!(!all(&changes).contains('\u{1b}'));
    let coloured = diff::text(&changes, Detail::All, Style::Coloured);
    assert!(coloured.starts_with("\u{1b}[1m\u{1b}[31mbreaking\u{1b}[0m\n"), "{coloured:?}");
}
