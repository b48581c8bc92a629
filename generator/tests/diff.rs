//! What a change of the description means to callers, one idea at a time.
//!
//! Each idea is an overlay on `fixtures/diff/shop.yaml`: the shop is the old description, the shop with the overlay
//! the new one. `x-step` is the verdict that Rust's rules ask for; a snapshot is what callers are told.

use std::path::{Path, PathBuf};

use lantern_generator::diff::{self, Surface};
use lantern_generator::model::Api;
use lantern_generator::{Input, Source, decide};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff")
}

fn source(path: &Path) -> Source {
    let text = std::fs::read_to_string(path).expect("a fixture").replace("\r\n", "\n");
    let file = path.file_name().and_then(|file| file.to_str()).expect("a name").to_owned();
    Source::new(file, text)
}

fn shop(overlay: Option<&Path>) -> Api {
    let description = source(&folder().join("shop.yaml"));
    let overlays = overlay.map(source).into_iter().collect();
    let api = decide(Input { description, overlays, crate_name: "shop-client".to_owned() });
    api.unwrap_or_else(|complaints| panic!("{overlay:?}: {complaints}", overlay = folder())).value
}

/// The ideas by name, and the step that each asks for.
fn ideas() -> Vec<(String, PathBuf, String)> {
    let entries = std::fs::read_dir(folder()).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut ideas: Vec<_> = paths
        .filter_map(|path| {
            let file = path.file_name()?.to_str()?.strip_suffix(".overlay.yaml")?.to_owned();
            let overlay: serde_json::Value =
                serde_yaml::from_str(&source(&path).text).expect("YAML");
            let step = overlay.get("x-step").and_then(|step| step.as_str()).expect("a step");
            Some((file, path.clone(), step.to_owned()))
        })
        .collect();
    ideas.sort();
    ideas
}

#[test]
fn each_change_gets_its_verdict() {
    let ideas = ideas();
    assert!(ideas.len() >= 60, "{} ideas", ideas.len());
    let old = shop(None);
    for (name, path, step) in ideas {
        let changes = diff::diff(&old, &shop(Some(&path)));
        let told = diff::text(&changes);
        assert_eq!(changes.step().as_str(), step, "{name}:\n{told}");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("diff@{name}"), told);
        });
    }
}

#[test]
fn nothing_changes_between_a_client_and_itself() {
    for (name, path, _) in ideas() {
        let api = shop(Some(&path));
        assert_eq!(diff::diff(&api, &api).iter().count(), 0, "{name}");
    }
}

#[test]
fn a_change_and_its_reverse_are_told_of_the_same_items() {
    let old = shop(None);
    for (name, path, step) in ideas() {
        let new = shop(Some(&path));
        let back = diff::diff(&new, &old);
        assert_eq!(back.iter().count() == 0, step == "none", "{name}: {}", diff::text(&back));
    }
}

#[test]
fn a_client_that_no_longer_asks_for_tokens_breaks_its_callers() {
    let asking = shop(Some(&folder().join("client_credentials_added.overlay.yaml")));
    let changes = diff::diff(&asking, &shop(None));
    let gone: Vec<_> = changes.of(diff::Effect::Breaking).map(|change| &*change.path).collect();
    let setters = ["client_credentials", "token_url", "scopes"];
    assert_eq!(gone, setters.map(|setter| format!("ClientBuilder::{setter}")));
}

#[test]
fn a_surface_survives_being_written_down() {
    for (name, path, _) in ideas() {
        let surface = Surface::of(&shop(Some(&path)));
        let text = serde_yaml::to_string(&surface).expect("YAML");
        let read: Surface = serde_yaml::from_str(&text).expect("a surface");
        assert_eq!(read, surface, "{name}");
    }
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
        let input = Input { description, overlays: Vec::new(), crate_name: "hostile".to_owned() };
        decide(input).unwrap_or_else(|complaints| panic!("{complaints}")).value
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
    let overlay = folder().join("member_of_extra_named.overlay.yaml");
    let changes = diff::diff(&shop(None), &shop(Some(&overlay)));
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
        let input = Input { description, overlays: Vec::new(), crate_name: "it".to_owned() };
        decide(input).unwrap_or_else(|complaints| panic!("{complaints}")).value
    };
    let (old, new) = (both("a: {type: string}"), both("a: {type: string}, b: {type: string}"));
    let told = diff::text(&diff::diff(&old, &new));
    assert!(told.contains("`value.extra[\"b\"]` → `value.b`"), "{told}");
}
