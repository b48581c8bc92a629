//! `$dynamicRef`: a generic schema has a type for each use of it.

use lantern_generator::Crate;

use crate::fixture;

/// The text of a struct.
fn definition<'a>(client: &'a Crate, name: &str) -> &'a str {
    let start = format!("pub struct {name} {{");
    let texts = client.files.iter().map(|file| file.text.as_str());
    let found = texts.filter_map(|text| text.split(&start).nth(1)).next();
    found.and_then(|rest| rest.split("\n}").next()).unwrap_or_else(|| panic!("{name} is no struct"))
}

#[test]
fn each_use_of_a_generic_schema_has_its_own_items() {
    let generated = fixture::generate(&fixture::path("generics_by_dynamic_reference"));
    let generated = generated.unwrap_or_else(|found| panic!("{found}"));
    assert!(generated.warnings.iter().next().is_none(), "{}", generated.warnings);
    for (name, field) in [
        ("UserPage", "pub items: Vec<User>,"),
        ("BookPage", "pub items: Vec<BookPageBook>,"),
        ("BookPage", "pub shelf: Option<String>,"),
        ("Page", "pub items: Vec<serde_json::Value>,"),
        ("NamedTree", "pub children: Option<Vec<NamedTree>>,"),
        ("NamedTree", "pub name: Option<String>,"),
        ("Tree", "pub children: Option<Vec<Tree>>,"),
        ("Folder", "pub kids: Option<Vec<Folder>>,"),
    ] {
        let found = definition(&generated.value, name);
        assert!(found.contains(field), "{name}: {found}");
    }
}
