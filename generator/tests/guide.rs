//! The guide of a client: which pages it has. That their examples compile is in `fixtures_compile.rs`.

use std::path::Path;

use lantern_generator::{Crate, Generator, Source};
use serde_json::json;

fn client(name: &str, text: String) -> Crate {
    let made = Generator::new(name).run(&Source::new("description.yaml", text));
    made.unwrap_or_else(|refused| panic!("{refused}")).value
}

/// The pages of a client, in the order of its guide.
fn pages(client: &Crate) -> Vec<&str> {
    let paths = client.files.iter().map(|file| file.path.as_str());
    paths.filter_map(|path| path.strip_prefix("src/guide/")?.strip_suffix(".md")).collect()
}

fn specimen() -> Crate {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/specimen.yaml");
    client("templates", std::fs::read_to_string(path).expect("the specimen"))
}

fn with_paths(paths: &serde_json::Value) -> Crate {
    let info = json!({"title": "Shop", "version": "1"});
    client("shop", json!({"openapi": "3.1.0", "info": info, "paths": paths}).to_string())
}

#[test]
fn a_client_has_the_pages_that_concern_it() {
    let all = [
        "calls",
        "errors",
        "credentials",
        "limits",
        "credits",
        "bulk",
        "batches",
        "pages",
        "results",
        "downloads",
        "validation",
        "drift",
        "operations",
        "tests",
    ];
    assert_eq!(pages(&specimen()), all);
    let few = with_paths(&json!({"/a": {"get": {"responses": {"204": {"description": ""}}}}}));
    assert_eq!(pages(&few), ["calls", "errors", "limits", "drift", "operations", "tests"]);
}

#[test]
fn a_client_without_operations_has_no_guide() {
    let none = with_paths(&json!({}));
    assert_eq!(pages(&none), Vec::<&str>::new());
    assert!(none.files.iter().all(|file| !file.path.contains("guide")));
    let root = none.files.iter().find(|file| file.path == "src/lib.rs").expect("a root");
    assert!(!root.text.contains("guide"), "{}", root.text);
}

#[test]
fn the_examples_of_a_page_call_an_operation_that_it_is_about() {
    let client = specimen();
    let calls = [
        ("bulk", "client.books().add_all([body])"),
        ("batches", "client.books().import(body)"),
        ("credits", "client.books().add(body)"),
        ("results", "client.desk().take_inventory()"),
        ("downloads", "client.desk().print_catalogue()"),
        ("pages", "client.books().list()"),
    ];
    for (page, call) in calls {
        let path = format!("src/guide/{page}.md");
        let file = client.files.iter().find(|file| file.path == path).expect(page);
        assert!(file.text.contains(call), "{page} has no {call}:\n{}", file.text);
    }
}

fn text<'c>(client: &'c Crate, path: &str) -> &'c str {
    let file = client.files.iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("no {path}")).text
}

#[test]
fn one_page_has_a_call_of_each_operation() {
    let client = specimen();
    let page = text(&client, "src/guide/operations.md");
    let operations = page.lines().filter(|line| line.contains("/v1/") && line.starts_with("// "));
    assert_eq!((operations.count(), page.matches(".await?;").count()), (14, 14), "{page}");
    assert!(
        page.contains("// GET /v1/books: Lists the books that the library holds, newest first.\n"),
        "{page}"
    );
    assert!(page.contains("Pages: items, pages."), "{page}");
    assert!(page.contains("For many requests: add_all."), "{page}");
}

#[test]
fn a_list_for_language_models_names_all_pages() {
    let client = specimen();
    let list = text(&client, "llms.txt");
    let (mark, rest) = list.split_once("\n\n").expect("a mark");
    assert!(mark.starts_with("<!-- @generated"), "{mark}");
    assert!(
        rest.starts_with("# templates\n\n> A client of the Library API, version 2.1.0.\n"),
        "{rest}"
    );
    for page in pages(&client) {
        assert!(rest.contains(&format!("](src/guide/{page}.md): ")), "{page} is not in {rest}");
    }
}

#[test]
fn no_build_but_that_of_the_documentation_reads_the_guide() {
    let client = specimen();
    let root = client.files.iter().find(|file| file.path == "src/lib.rs").expect("a root");
    assert!(root.text.contains("#[cfg(all(doc, feature = \"client\"))]\npub mod guide;"));
}

#[test]
fn the_front_page_lists_each_feature_of_the_manifest() {
    let few = with_paths(&json!({"/a": {"get": {"responses": {"204": {"description": ""}}}}}));
    for client in [specimen(), few] {
        let manifest = text(&client, "Cargo.toml");
        let (_, features) = manifest.split_once("\n[features]\n").expect("features");
        let features = features.split("\n[").next().unwrap_or_default().lines();
        let features = features.filter_map(|line| Some(line.split_once(" = ")?.0));
        let features: Vec<_> = features.filter(|name| !name.starts_with([' ', '#'])).collect();
        assert!(features.contains(&"rustls"), "{features:?}");
        let page = text(&client, "src/lib.rs");
        for feature in features.iter().filter(|name| **name != "default") {
            assert!(page.contains(&format!("\n//! | `{feature}` | ")), "{feature} is not there");
        }
    }
}
