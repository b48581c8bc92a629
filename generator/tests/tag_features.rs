//! A feature a tag: the module of the tag and the types that only it uses come and go with it.

use lantern_generator::diagnostics::{Diagnostics, WithWarnings};
use lantern_generator::pipeline::model::{Api, TypeModule};
use lantern_generator::{Generator, Source, TagFeatures, write_crate};

const SHOP: &str = include_str!("selection/shop.yaml");

fn model(text: &str, tag_features: TagFeatures) -> Result<WithWarnings<Api>, Diagnostics> {
    let generator = Generator::new("shop-client").tag_features(tag_features);
    generator.api(&Source::new("shop.yaml", text))
}

fn api(text: &str, tag_features: TagFeatures) -> Api {
    model(text, tag_features).unwrap_or_else(|found| panic!("{found}")).value
}

fn file(api: &Api, path: &str) -> String {
    let written = write_crate(api).checked();
    let files = written.unwrap_or_else(|found| panic!("{found}")).value.files;
    files.into_iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text
}

fn module_of<'a>(api: &'a Api, name: &str) -> Option<&'a str> {
    let found = api.types.iter().find(|definition| definition.name.rust() == name);
    api.feature_of(&found.unwrap_or_else(|| panic!("no {name}")).type_module)
}

/// The lines that a condition stands above.
fn gated<'t>(text: &'t str, condition: &str) -> Vec<&'t str> {
    let lines: Vec<_> =
        text.lines().map(str::trim).filter(|it| *it != "#[rustfmt::skip]").collect();
    let pairs = lines.windows(2).filter(|pair| pair.first() == Some(&condition));
    pairs.filter_map(|pair| pair.get(1).copied()).collect()
}

#[test]
fn each_tag_gates_its_module_its_accessor_and_its_own_types() {
    let api = api(SHOP, TagFeatures::Always);
    let with_client = r#"#[cfg(all(feature = "client", feature = "stock"))]"#;
    assert_eq!(gated(&file(&api, "src/lib.rs"), with_client), ["pub mod stock;"]);
    let alone = r#"#[cfg(feature = "stock")]"#;
    assert_eq!(gated(&file(&api, "src/types.rs"), alone), ["mod stock;", "pub use stock::*;"]);
    let accessor = "pub fn stock(&self) -> stock::Stock<'_> {";
    assert_eq!(gated(&file(&api, "src/client.rs"), alone), ["use crate::stock;", accessor]);
    assert_eq!(module_of(&api, "Item"), Some("stock"));
    assert_eq!(module_of(&api, "Address"), None, "two tags use it");
}

#[test]
fn all_tags_are_on_by_default() {
    let manifest = file(&api(SHOP, TagFeatures::Always), "Cargo.toml");
    let lines = [
        r#"default = ["rustls", "all-tags"]"#,
        r#"all-tags = ["orders", "customer_care", "stock"]"#,
        "stock = []",
    ];
    for line in lines {
        assert!(manifest.lines().any(|found| found == line), "{line}:\n{manifest}");
    }
    assert!(file(&api(SHOP, TagFeatures::Always), "README.md").contains(r#"["rustls", "orders"]"#));
}

#[test]
fn a_tag_takes_no_feature_that_every_client_has() {
    let names = ["tracing", "Blocking", "s3", "default", "client", "rustls"];
    for name in names {
        let text = SHOP.replace("stock", name);
        let api = api(&text, TagFeatures::Always);
        let features: Vec<_> = api.features().collect();
        assert!(!features.contains(&name.to_lowercase().as_str()), "{features:?}");
        assert_eq!(features.len(), 3);
    }
}

#[test]
fn a_type_of_no_tag_has_what_it_leads_to_beside_it() {
    let wish = "    Wish: {type: object, properties: {what: {$ref: '#/components/schemas/Item'}, \
                other: {$ref: '#/components/schemas/item'}}}\n";
    let api = api(&format!("{SHOP}{wish}"), TagFeatures::Always);
    assert_eq!(module_of(&api, "Wish"), None);
    assert!(api.types.iter().all(|found| found.type_module != TypeModule::Tag(String::new())));
    assert_eq!(module_of(&api, "Item"), None, "it is there whatever features are on");
}

#[test]
fn only_large_clients_have_them_by_themselves() {
    let many = |count: usize| {
        let path =
            |number| format!("  /more/{number}: {{get: {{tags: [more], responses: {{}}}}}}\n");
        let paths: String = (0..count).map(path).collect();
        SHOP.replace("components:\n", &format!("{paths}components:\n"))
    };
    let features = |count, wish| api(&many(count), wish).features().count();
    assert_eq!(features(196, TagFeatures::Auto), 0, "200 operations");
    assert_eq!(features(197, TagFeatures::Auto), 4, "201 operations");
    assert_eq!(features(197, TagFeatures::Never), 0);
}
