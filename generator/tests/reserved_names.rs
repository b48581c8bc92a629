//! Generated methods of the runtime's types never have the name of a method that the runtime has: rustc refuses two
//! methods with one name, also if one of them is private.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use lantern_generator::{Generator, Source};
use serde_json::{Map, Value, json};
use syn::{ImplItem, Item, Type};

use crate::rust_sources::rust_files;

/// The types of the runtime to which a client adds methods.
const EXTENDED: [&str; 4] = ["Call", "Client", "ClientBuilder", "Meta"];

/// The names of the methods of each type.
type Methods = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_generated_method_has_the_name_of_one_of_the_runtime() {
    let runtime = methods_of_runtime();
    let generated = Generator::new("names").run(&Source::new("names.json", description(&runtime)));
    let files = generated.unwrap_or_else(|found| panic!("{found}")).value.files;
    let sources = files
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !file.path.starts_with("src/runtime/"));
    let mut found = Methods::new();
    sources.for_each(|file| add_methods(&file.text, &mut found));
    for name in EXTENDED {
        let clashing: Vec<_> = found[name].intersection(&runtime[name]).collect();
        assert!(clashing.is_empty(), "{name}: {clashing:?}");
        assert!(found[name].len() >= runtime[name].len(), "the description asks for all of {name}");
    }
}

fn methods_of_runtime() -> Methods {
    let mut methods = Methods::new();
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/src/runtime"))
    {
        add_methods(&fs::read_to_string(file).expect("a readable file"), &mut methods);
    }
    methods
}

/// Adds the inherent methods of a file.
fn add_methods(text: &str, methods: &mut Methods) {
    for item in syn::parse_file(text).expect("Rust").items {
        let Item::Impl(block) = item else { continue };
        let Type::Path(path) = &*block.self_ty else { continue };
        let name = path.path.segments.last().expect("a name").ident.to_string();
        if block.trait_.is_none() {
            let names = block.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            methods.entry(name).or_default().extend(names);
        }
    }
}

/// A description that asks for a parameter, a tag, a security scheme and a header of each name.
fn description(runtime: &Methods) -> String {
    let parameters: Vec<_> = runtime["Call"].iter().map(|name| parameter(name)).collect();
    let tags: Vec<_> = runtime["Client"].iter().map(|name| json!({"name": name})).collect();
    let schemes: Map<_, _> =
        runtime["ClientBuilder"].iter().map(|name| (name.clone(), scheme(name))).collect();
    let headers: Map<_, _> = runtime["Meta"].iter().map(|name| (name.clone(), header())).collect();
    let responses = json!({"200": {"description": "", "headers": headers}});
    let mut paths = Map::new();
    for (index, tag) in runtime["Client"].iter().enumerate() {
        let operation = json!({
            "operationId": format!("operation{index}"),
            "tags": [tag],
            "parameters": if index == 0 { json!(parameters) } else { json!([]) },
            "responses": responses,
            "security": schemes.keys().map(|name| json!({name: []})).collect::<Vec<_>>(),
        });
        paths.insert(format!("/{index}"), json!({"get": operation}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "tags": tags,
        "paths": paths,
        "components": {"securitySchemes": schemes},
    })
    .to_string()
}

fn parameter(name: &str) -> Value {
    json!({"name": name, "in": "query", "schema": {"type": "string"}})
}

fn scheme(name: &str) -> Value {
    json!({"type": "apiKey", "in": "header", "name": format!("X-{name}"), "x-rust-name": name})
}

fn header() -> Value {
    json!({"schema": {"type": "integer"}})
}
