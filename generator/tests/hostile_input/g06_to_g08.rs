//! G06 to G08: names, places of files, and the manifest.

use super::*;

#[test]
fn g06_names_are_unique_the_same_every_time_and_keep_their_wire_form() {
    let long = "long".repeat(2_500);
    let names = [
        "", "type", "self", "Self", "1a", "B", "b", "+1", "-1", "=", "!=", &long, "Option",
        "Result", "String", "Vec", "extra", "new", "clone", "r#type", "a b", "a_b", "aB", "A-B",
        "日本", "é", "\u{200b}", "..", "\"", "\n",
    ];
    let properties: serde_json::Map<_, _> =
        names.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
    let values: Vec<_> = names.iter().collect();
    let mut schemas: serde_json::Map<_, _> = names
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
            )
        })
        .collect();
    schemas.insert("Holder".to_owned(), json!({ "type": "object", "properties": properties }));
    schemas.insert("Values".to_owned(), json!({ "type": "string", "enum": values }));
    let text = described(
        answering(json!({ "$ref": "#/components/schemas/Holder" })),
        json!({ "schemas": schemas }),
    );
    let first = generated(&text);
    assert_eq!(first, generated(&text));
    let code: String =
        own_files(&first).filter(|(path, _)| path.ends_with(".rs")).map(|(_, text)| text).collect();
    for name in names {
        let wire = proc_macro2::Literal::string(name).to_string();
        assert!(
            code.contains(&wire) || code.contains(&format!("r{wire}")),
            "{name:?} is not in the code"
        );
    }
    assert_items_are_distinct(&first);
}

/// No two types, fields or variants of one scope have one name.
fn assert_items_are_distinct(generated: &Crate) {
    for (path, text) in own_files(generated).filter(|(path, _)| path.ends_with(".rs")) {
        let file = syn::parse_file(text).expect(path);
        let mut names = BTreeSet::new();
        for item in &file.items {
            let (name, parts): (_, Vec<String>) = match item {
                syn::Item::Struct(item) => (
                    &item.ident,
                    item.fields
                        .iter()
                        .filter_map(|field| field.ident.as_ref())
                        .map(ToString::to_string)
                        .collect(),
                ),
                syn::Item::Enum(item) => (
                    &item.ident,
                    item.variants.iter().map(|variant| variant.ident.to_string()).collect(),
                ),
                _ => continue,
            };
            assert!(names.insert(name.to_string()), "{path}: {name} stands twice");
            let distinct: BTreeSet<_> = parts.iter().collect();
            assert_eq!(distinct.len(), parts.len(), "{path}: {name}: {parts:?}");
        }
    }
}

#[test]
fn g07_no_name_leads_out_of_the_crate_or_into_a_build_script() {
    let names = [
        "../../x",
        "..",
        ".",
        "/etc/x",
        "a/b",
        "a\\b",
        "C:\\x",
        "build",
        "lib",
        "main",
        "mod",
        "types",
        "client",
        "runtime",
        "CON",
        "nul",
        "aux.rs",
        "x\0y",
        "",
        " ",
        "Cargo.toml",
        "Build",
        "LIB",
    ];
    let paths: serde_json::Map<_, _> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let operation = json!({ "operationId": name, "tags": [name], "responses": {} });
            (format!("/{number}"), json!({ "get": operation }))
        })
        .collect();
    let generated = generated(&described(paths.into(), json!({})));
    let mut met = BTreeSet::new();
    for file in &generated.files {
        let path = file.path.to_lowercase();
        let known =
            ["cargo.toml", "llms.txt", "readme.md"].contains(&&*path) || path.starts_with("src/");
        assert!(known && path.split('/').all(|part| !["", ".", ".."].contains(&part)), "{path}");
        let stem =
            path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        assert!(!["con", "prn", "aux", "nul", "build", "main"].contains(&stem), "{path}");
        assert!(met.insert(path.clone()), "{path} stands twice");
    }
    assert!(!manifest_keys(&generated).iter().any(|key| key.starts_with("package.build")));
}

/// The keys of a crate's manifest, tables included: `package.name`.
pub fn manifest_keys(generated: &Crate) -> Vec<String> {
    fn keys(at: &str, table: &dyn toml_edit::TableLike, found: &mut Vec<String>) {
        for (key, item) in table.iter() {
            let at = format!("{at}{key}");
            match item.as_table() {
                Some(table) => keys(&format!("{at}."), table, found),
                None => found.push(at),
            }
        }
    }
    let manifest =
        generated.files.iter().find(|file| file.path == "Cargo.toml").expect("a manifest");
    let manifest: toml_edit::DocumentMut = manifest.text.parse().expect("TOML");
    let mut found = Vec::new();
    keys("", manifest.as_table(), &mut found);
    found
}

#[test]
fn g08_no_text_becomes_a_table_of_the_manifest() {
    let hostile = [
        "\"\n[dependencies]\nevil = \"1\"",
        "'''\n[build-dependencies]\nevil = '1'",
        "\"\"\"\n[patch.crates-io]\n",
        "x\"\nbuild = \"evil.rs\"\n#",
        "\\\"\n[package.metadata]\n",
        "1.0.0\"\n[features]",
        "\r\n[dependencies]\r\nevil = \"1\"",
    ];
    let info = |text: &str| json!({ "title": text, "version": text, "description": text, "license": { "name": text, "identifier": text } });
    let description = |text: &str| {
        let mut description: Value =
            serde_json::from_str(&described(json!({}), json!({}))).expect("JSON");
        description["info"] = info(text);
        description.to_string()
    };
    let expected = manifest_keys(&generated(&description("Benign")));
    for text in hostile {
        let mut found = manifest_keys(&generated(&description(text)));
        found.retain(|key| !expected.contains(key));
        assert_eq!(found, Vec::<String>::new(), "{text:?}");
    }
}
