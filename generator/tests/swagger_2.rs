//! Swagger 2.0: the same client as of OpenAPI 3.0, and diagnostics at the places in the file that was written.

use std::path::Path;

use lantern_generator::pipeline::load;
use lantern_generator::{Crate, Generator, Source};

use crate::fixture;

fn shop(version: &str) -> Crate {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/swagger_2");
    let mut source = fixture::source(&folder.join(format!("shop.{version}.yaml")));
    source.file = "shop.yaml".to_owned();
    let generated = Generator::new("shop").run(&source);
    let generated = generated.unwrap_or_else(|found| panic!("{version}: {found}"));
    assert!(generated.warnings.iter().next().is_none(), "{version}: {}", generated.warnings);
    generated.value
}

#[test]
fn both_versions_of_a_description_give_the_same_client() {
    let (two, three) = (shop("2"), shop("3"));
    let paths =
        |found: &Crate| found.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&two), paths(&three));
    for (two, three) in two.files.iter().zip(&three.files) {
        assert_eq!(two.text, three.text, "{}", two.path);
    }
}

#[test]
fn parameters_and_forms_are_sent_as_their_formats_say() {
    let shop = shop("2");
    for (file, calls) in [
        (
            "src/items.rs",
            &[
                r#".query_joined("ids", ",""#,
                r#".query("colours", colours)"#,
                r#".query_joined("sizes", "|""#,
                r#".query_joined("words", " ""#,
                r#".multipart("#,
                r#".at("http://api.shop.example/v1")"#,
            ][..],
        ),
        ("src/orders.rs", &[r#".styled_form(&body, &[], &[("ids", ",")])"#]),
    ] {
        let text = fixture::text(&shop, file).replace("\n            ", "");
        for call in calls {
            assert!(text.contains(call), "{call} is not in\n{text}");
        }
    }
}

/// A description with what stands in its root, and an operation with these members.
fn description(root: &str, operation: &str) -> String {
    format!(
        "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\nhost: a.example\nschemes: [https]\n{root}\n\
         paths: {{/a: {{post: {{operationId: a, {operation}}}}}}}\n"
    )
}

#[test]
fn diagnostics_have_the_places_of_what_was_written() {
    let responses = "responses: {200: {description: ok}}";
    let parameter = |text: &str| format!("parameters: [{{name: p, {text}}}], {responses}");
    let cases = [
        (
            "",
            parameter("in: query, type: array, items: {type: string}, collectionFormat: tsv"),
            "/paths/~1a/post/parameters/0/collectionFormat",
            "`tsv`",
        ),
        (
            "",
            parameter("in: header, type: array, items: {type: string}, collectionFormat: multi"),
            "/paths/~1a/post/parameters/0/collectionFormat",
            "joined by commas",
        ),
        (
            "",
            parameter("in: query, type: array, items: {type: array, items: {type: string}}"),
            "/paths/~1a/post/parameters/0/items",
            "each item",
        ),
        (
            "",
            parameter("in: query, type: string, collectionFormat: csv"),
            "/paths/~1a/post/parameters/0/collectionFormat",
            "applies only to lists",
        ),
        (
            "",
            parameter("in: query, type: string, foo: 1, uniqueItems: true"),
            "/paths/~1a/post/parameters/0/uniqueItems",
            "`uniqueItems`",
        ),
        (
            "",
            parameter("in: body, schema: {type: string, minimum: 1}"),
            "/paths/~1a/post/parameters/0/schema/minimum",
            "`minimum`",
        ),
        (
            "",
            parameter("in: formData, type: string, minimum: 1"),
            "/paths/~1a/post/parameters/0/minimum",
            "`minimum`",
        ),
        (
            "consumes: [application/json]",
            parameter("in: formData, type: string"),
            "/paths/~1a/post/parameters/0",
            "names no form",
        ),
        (
            "",
            "responses: {200: {description: ok, schema: {type: string, minimum: 1}}}".to_owned(),
            "/paths/~1a/post/responses/200/schema/minimum",
            "`minimum`",
        ),
        (
            "",
            "responses: {200: {description: ok, headers: {X: {type: string, minimum: 1}}}}"
                .to_owned(),
            "/paths/~1a/post/responses/200/headers/X/minimum",
            "`minimum`",
        ),
        (
            "",
            "responses: {200: {description: ok, schema: {type: string}, examples: {a: 1}}}"
                .to_owned(),
            "/paths/~1a/post/responses/200/examples/a",
            "no reply",
        ),
        (
            "definitions: {A: {type: object, properties: {b: {type: string, minimum: 1}}}}",
            "responses: {200: {description: ok, schema: {$ref: '#/definitions/A'}}}".to_owned(),
            "/definitions/A/properties/b/minimum",
            "`minimum`",
        ),
        (
            "definitions: {Item: {type: object}}",
            "responses: {200: {description: ok, schema: {$ref: '#/definitions/Itme'}}}".to_owned(),
            "/paths/~1a/post/responses/200/schema/$ref",
            "`#/definitions/Itme`",
        ),
        (
            "parameters: {P: {name: p, in: query, type: string, minimum: 1}}",
            format!("parameters: [{{$ref: '#/parameters/P'}}], {responses}"),
            "/parameters/P/minimum",
            "`minimum`",
        ),
        (
            "parameters: {P: {name: p, in: body, schema: {type: string, minimum: 1}}}",
            format!(
                "consumes: [text/plain], parameters: [{{$ref: '#/parameters/P'}}], {responses}"
            ),
            "/parameters/P/schema/minimum",
            "`minimum`",
        ),
        (
            "responses: {R: {description: ok, schema: {type: string, minimum: 1}}}",
            "produces: [text/plain], responses: {200: {$ref: '#/responses/R'}}".to_owned(),
            "/responses/R/schema/minimum",
            "`minimum`",
        ),
        (
            "securityDefinitions: {s: {type: oauth2, flow: other, scopes: {}}}",
            format!("security: [{{s: []}}], {responses}"),
            "/securityDefinitions/s/flow",
            "`flow`",
        ),
    ];
    for (root, operation, place, words) in cases {
        let text = description(root, &operation);
        let found = Generator::new("it").run(&Source::new("it.yaml", &*text));
        let found = found.unwrap_or_else(|found| panic!("{text}{found}")).warnings;
        let is_there = found
            .iter()
            .any(|one| one.place.pointer.as_str() == place && one.message.contains(words));
        assert!(is_there, "{place} {words}\n{text}{found}");
        let written: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        for one in found.iter() {
            let pointer = one.place.pointer.as_str();
            assert!(written.pointer(pointer).is_some(), "nothing was written at {pointer}\n{text}");
        }
    }
}

#[test]
fn a_like_name_is_proposed_in_the_words_of_the_file() {
    let text = description(
        "definitions: {Item: {type: object}}",
        "responses: {200: {description: ok, schema: {$ref: '#/definitions/Itme'}}}",
    );
    let found = Generator::new("it").run(&Source::new("it.yaml", text)).expect("a client").warnings;
    let help: Vec<_> = found.iter().filter_map(|one| one.help.as_deref()).collect();
    assert_eq!(help, ["did you mean `#/definitions/Item`?"]);
}

#[test]
fn the_scheme_is_the_safest_that_is_stated() {
    for (root, base_url) in [
        ("host: a.example\nbasePath: /v1\nschemes: [http, https]", Some("https://a.example/v1")),
        ("host: a.example\nschemes: [http]", Some("http://a.example")),
        ("host: a.example\nschemes: [wss]", Some("https://a.example")),
        ("host: a.example", Some("https://a.example")),
        ("host: http://a.example/", Some("http://a.example")),
        ("basePath: /v1", None),
    ] {
        let text = format!("swagger: 2.0\ninfo: {{title: T, version: '1'}}\n{root}\npaths: {{}}\n");
        let api = Generator::new("it").api(&Source::new("it.yaml", text)).expect(root).value;
        assert_eq!(api.base_url.as_deref(), base_url, "{root}");
    }
}

#[test]
fn several_files_are_one_description_with_the_places_of_each() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/swagger_2/several");
    let source = load::read(&folder.join("shop.yaml")).expect("a text").value;
    let generated = Generator::new("shop").run(&source).unwrap_or_else(|found| panic!("{found}"));
    let places: Vec<_> = generated
        .warnings
        .iter()
        .map(|one| {
            (one.place.file.rsplit('/').next().unwrap_or_default(), one.place.pointer.as_str())
        })
        .collect();
    for place in [
        ("shared.yaml", "/parameters/Limit/pattern"),
        ("shared.yaml", "/shapes/Fault/properties/message/minimum"),
        ("item.yaml", "/properties/name/minimum"),
    ] {
        assert!(places.contains(&place), "{place:?} is not in {places:?}");
    }
    for code in ["types::Item", "pub struct Fault"] {
        let is_there = generated.value.files.iter().any(|file| file.text.contains(code));
        assert!(is_there, "{code}");
    }
}
