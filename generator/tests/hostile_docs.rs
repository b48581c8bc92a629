//! What cargo and rustdoc make of the documentation of a crate whose description has code and HTML in every text:
//! nothing of it is run as a test, and nothing of it is live in a browser.

use std::path::Path;
use std::process::Output;

use lantern_generator::{Crate, Generator, Source};
use serde_json::{Map, Value, json};

use crate::{texts, workspace};

/// A crate with a schema and an operation for each text, documented by it in every place.
fn documented(texts: &[&str], name: &str) -> Crate {
    let (mut schemas, mut paths) = (Map::new(), Map::new());
    for (number, text) in texts.iter().enumerate() {
        let field = json!({ "type": "string", "description": text, "example": text });
        schemas.insert(
            format!("Thing{number}"),
            json!({ "type": "object", "description": text, "properties": { "field": field } }),
        );
        let thing = json!({ "$ref": format!("#/components/schemas/Thing{number}") });
        let parameter = json!({
            "name": "a", "in": "query", "description": text, "schema": { "type": "string" },
        });
        let found =
            json!({ "description": text, "content": { "application/json": { "schema": thing } } });
        let get = json!({
            "operationId": format!("get_{number}"), "tags": ["things"], "summary": text,
            "description": text, "parameters": [parameter], "responses": { "200": found },
        });
        paths.insert(format!("/{number}"), json!({ "get": get }));
    }
    let all = texts.join("\n\n");
    let description = json!({
        "openapi": "3.1.0",
        "info": { "title": all, "version": "1", "description": all },
        "tags": [{ "name": "things", "description": all }],
        "paths": paths,
        "components": { "schemas": schemas },
    });
    made(&description, name)
}

fn made(description: &Value, name: &str) -> Crate {
    let description = Source::new("docs.json", description.to_string());
    Generator::new(name)
        .run(&description)
        .map(|made| made.value)
        .unwrap_or_else(|refused| panic!("{refused}"))
}

fn hostile() -> Crate {
    documented(&[texts::CODE, texts::HTML].concat(), "hostile-docs")
}

fn succeeded(output: Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// The files in which cargo finds tests in a crate's documentation, a test a line.
fn doc_tests(workspace: &Path, name: &str) -> Vec<String> {
    // The types alone: to link the client takes a minute, and its documentation is made by the same words.
    let package = ["test", "--doc", "--no-default-features", "--package", name];
    let told = succeeded(workspace::cargo(workspace, &package, &["--", "--list"]));
    let tests = told.lines().filter_map(|line| line.strip_suffix(": test"));
    // `member0/src/lib.rs - (line 63)` → `src/lib.rs -`
    let place = |test: &str| {
        let place = test.split(" (line ").next().unwrap_or_default();
        place.split_once('/').map_or(place, |(_, path)| path).to_owned()
    };
    tests.map(place).collect()
}

#[test]
fn g03_cargo_finds_no_test_in_the_code_of_a_description() {
    let benign = vec!["Benign words."; texts::CODE.len() + texts::HTML.len()];
    let crates = [hostile(), documented(&benign, "benign-docs")];
    let workspace = workspace::lay_out("hostile-doc-tests", &crates);
    let [found, expected] = ["hostile-docs", "benign-docs"].map(|name| doc_tests(&workspace, name));
    assert_eq!(expected, ["src/lib.rs -"], "the example of every crate is found");
    assert_eq!(found, expected);
}

#[test]
fn g04_nothing_of_a_description_is_live_in_the_pages_of_rustdoc() {
    let workspace = workspace::lay_out("hostile-docs", &[hostile()]);
    let features = ["--no-default-features", "--features", "client"];
    let doc = [&["doc", "--quiet", "--no-deps", "--package", "hostile-docs"][..], &features];
    succeeded(workspace::cargo(&workspace, &doc.concat(), &[]));
    let mut pages = Vec::new();
    read_pages(&workspace::target().join("doc/hostile_docs"), &mut pages);
    for page in ["index.html", "types/index.html", "things/struct.Things.html"] {
        let is_shown = |(path, text): &(String, String)| {
            path.ends_with(page) && text.contains("&lt;script&gt;evil()")
        };
        assert!(pages.iter().any(is_shown), "the texts are not in {page}");
    }
    for (path, text) in &pages {
        let live = live_parts(text);
        assert_eq!(live, Vec::<&str>::new(), "{path}");
    }
}

fn read_pages(folder: &Path, pages: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of pages") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_pages(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let text = std::fs::read_to_string(&path).expect("a page");
            pages.push((path.display().to_string(), text));
        }
    }
}

/// The tags, comments and scripts of a page in which a hostile text stands, but for what search engines are told.
fn live_parts(page: &str) -> Vec<&str> {
    let mut live = Vec::new();
    let mut rest = page;
    while let Some((_, markup)) = rest.split_once('<') {
        let end = match markup {
            comment if comment.starts_with("!--") => "-->",
            script if script.starts_with("script") => "</script>",
            _ => ">",
        };
        let (part, after) = markup.split_once(end).unwrap_or((markup, ""));
        if part.contains("evil") && !is_description(part) {
            live.push(part);
        }
        rest = after;
    }
    live
}

/// `meta name="description" content="…"`, whose text is quoted.
fn is_description(part: &str) -> bool {
    let text = part.strip_prefix("meta name=\"description\" content=\"");
    let text = text.and_then(|text| text.strip_suffix('"'));
    text.is_some_and(|text| !text.contains(['"', '<']))
}

#[test]
fn what_is_live_is_seen() {
    let live = [
        "<script>evil()</script>",
        "<script src=\"a.js\"></script><SCRIPT>a</SCRIPT><script>evil()</script>",
        "<img src=x onerror=evil()>",
        "<a href=\"javascript:evil()\">a</a>",
        "<!-- evil -->",
        "<meta name=\"description\" content=\"a\" onload=\"evil()\">",
    ];
    for page in live {
        assert_eq!(live_parts(page).len(), 1, "{page}");
    }
    let dead =
        ["&lt;script&gt;evil()", "<p>evil()</p>", "<meta name=\"description\" content=\"evil\">"];
    for page in dead {
        assert!(live_parts(page).is_empty(), "{page}");
    }
}
