//! What a change of the description means to callers, where the fixtures of `fixtures/diff` cannot show it.

use lantern_generator::analysis::diff;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};

mod fixture;

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
        assert!(changes.iter().count() > 3, "{}", diff::text(&changes));
        for line in diff::markdown(&changes).lines() {
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
    let told = diff::text(&diff::diff(&old, &new));
    assert!(told.contains("`value.extra[\"b\"]` → `value.b`"), "{told}");
}
