//! A description in several files: diagnostics speak of the file, the line and the column that a person wrote.

use std::path::Path;

use lantern_generator::diagnostics::draw::{Style, draw};
use lantern_generator::diagnostics::source_map::Sources;
use lantern_generator::diagnostics::{Diagnostics, WithWarnings, json};
use lantern_generator::pipeline::load;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};
use serde_json::Value;

fn description(file: &str) -> Source {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/several_files");
    load::read(&folder.join(file)).expect("a text").value
}

/// What is made of a description.
fn api(file: &str) -> WithWarnings<Api> {
    let made = Generator::new("several").api(&description(file));
    made.unwrap_or_else(|found| panic!("{found}"))
}

/// All that is said of a description, and its texts.
fn diagnostics(file: &str) -> (Diagnostics, Sources) {
    let mut description = description(file);
    // As if it were read from the folder above.
    description.file = format!("specs/{file}");
    let sources = Sources::new([description.clone()]);
    let generated = Generator::new("several").run(&description);
    (generated.map(|_| ()).expect_err("refused"), sources)
}

/// The code, file, line and column of each diagnostic as machines read it; the same is drawn for people.
fn places((found, sources): (Diagnostics, Sources)) -> Vec<(String, String, u64, u64)> {
    let place = |one| {
        let told: Value = serde_json::from_str(&json::line(one, &sources)).expect("JSON");
        let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| told[key].as_u64().unwrap_or_default();
        let place = (text("code"), text("file"), number("line"), number("column"));
        let drawn = draw(one, &sources, Style::Plain);
        assert!(drawn.contains(&format!("{}:{}:{}", place.1, place.2, place.3)), "{drawn}");
        place
    };
    found.iter().map(place).collect()
}

#[test]
fn each_diagnostic_is_about_the_file_that_was_written() {
    let expected = [
        ("unknown-keyword", "specs/faulty/pet.yml", 5, 5),
        ("unknown-security-scheme", "specs/faulty/operations.yml", 13, 7),
        ("invalid-extension", "specs/faulty.yaml", 9, 23),
    ];
    let mut found = places(diagnostics("faulty.yaml"));
    found.retain(|place| expected.iter().any(|expected| expected.0 == place.0));
    let found: Vec<_> =
        found.iter().map(|(code, file, line, column)| (&**code, &**file, *line, *column)).collect();
    for place in expected {
        assert!(found.contains(&place), "{place:?} is not in {found:?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
}

#[test]
fn what_is_wrong_between_the_files_has_its_place_too() {
    let found = places(diagnostics("unreadable.yaml"));
    let found: Vec<_> =
        found.iter().map(|(code, file, line, column)| (&**code, &**file, *line, *column)).collect();
    let expected = [
        ("external-reference", "specs/unreadable.yaml", 5, 11),
        ("external-reference", "specs/unreadable.yaml", 7, 11),
        ("external-reference", "specs/unreadable.yaml", 9, 11),
        ("syntax", "specs/faulty/no_yaml.yml", 3, 4),
    ];
    assert_eq!(found, expected);
}

#[test]
fn references_where_openapi_knows_none_are_followed_or_left_out() {
    let api = api("whole_maps.yaml");
    let warnings: Vec<_> = api.warnings.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(warnings.len(), 3, "{warnings:#?}");
    assert!(warnings[0].starts_with("`#/components/parameters/Limit` is not in this file"));
    assert!(warnings[1].ends_with("`example` is left out"));
    assert_eq!(warnings[2], "`Book` was read as `#/components/schemas/Book`");
    let types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    assert_eq!(types, ["Book", "Author"]);
    let operations: Vec<_> = api.value.operations().map(|found| found.id.as_str()).collect();
    assert_eq!(operations, ["list_books", "add_book"]);
    let options = api.value.operations().next().expect("an operation").options.len();
    assert_eq!(options, 1, "the limit");
    assert_eq!(api.value.description.as_deref(), Some("About *books*: lending and keeping.\n"));
    assert_eq!(api.value.tags[0].description.as_deref(), Some("What can be lent"));
}

#[test]
fn references_in_the_place_of_whole_lists_are_followed() {
    let api = api("whole_lists.yaml");
    let warnings: Vec<_> = api.warnings.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(warnings.len(), 3, "{warnings:#?}");
    assert_eq!(warnings[0], "a schema is there, and its `enum` was read");
    assert!(warnings[1].ends_with("`enum` is left out"), "{warnings:#?}");
    assert_eq!(warnings[2], "`allOf` was read as a list");
    let written = format!("{:?}", api.value.types);
    for value in ["de", "newest", "hard", "red"] {
        assert!(written.contains(&format!("\"{value}\"")), "{value} is not in {written}");
    }
    assert!(!written.contains("$ref"), "{written}");
    assert_eq!(api.value.tags[0].name.rust(), "books");
    assert_eq!(api.value.base_url.as_deref(), Some("https://books.example/v1"));
}

#[test]
fn references_from_the_folder_above_are_followed_with_a_warning() {
    let api = api("parts/index.yaml");
    let warnings: Vec<_> = api.warnings.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(warnings.len(), 5, "{warnings:#?}");
    assert!(warnings.contains(&"`./parts/tags.yml` is not there; `tags.yml` was read"));
    let types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    assert_eq!(types, ["Book"]);
    assert_eq!(api.value.tags[0].description.as_deref(), Some("What can be lent"));
}

/// What is said of a description whose only schema has these properties, with these files beside it.
fn diagnostics_of(properties: &str, files: &[(String, String)]) -> String {
    let name = format!("copies-{}-{}", std::process::id(), properties.len());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    let top = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n\
         components: {{schemas: {{A: {{type: object, properties: {properties}}}}}}}\n"
    );
    std::fs::write(folder.join("top.yaml"), top).expect("a file");
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let read = load::read(&folder.join("top.yaml")).expect("a text").value;
    std::fs::remove_dir_all(folder).expect("no folder");
    match Generator::new("it").api(&read) {
        Ok(api) => api.warnings.to_string(),
        Err(refused) => refused.to_string(),
    }
}

#[test]
fn copies_in_copies_have_an_end() {
    let twice = |next: &str| {
        let more = ", x".repeat(20_000);
        let next = format!("{{type: object, properties: {{$ref: '{next}'}}}}");
        format!("a: {next}\nb: {next}\nc: {{enum: [x{more}]}}")
    };
    let circle = [("circle.yml".to_owned(), twice("circle.yml"))];
    let said = diagnostics_of("{$ref: circle.yml}", &circle);
    assert!(said.contains("error[cyclic-reference]"), "{said}");
    let doubled: Vec<_> =
        (0..8).map(|n| (format!("{n}.yml"), twice(&format!("{}.yml", n + 1)))).collect();
    let said = diagnostics_of("{$ref: 0.yml}", &doubled);
    assert!(said.contains("error[too-large]"), "{said}");
    for properties in [
        "{a: {type: object, properties: {$ref: '#/components/schemas/A/properties'}}}",
        "{$ref: '#/components/schemas/A/properties'}",
        "{a: {properties: {$ref: '#/components/x/a'}}}}}, \
         x: {b: {d: {properties: {$ref: '#/components/x/a'}}}, \
         a: {c: {properties: {$ref: '#/components/x/b'}}",
    ] {
        let said = diagnostics_of(properties, &[]);
        assert!(said.contains("error[cyclic-reference]"), "{said}");
    }
}

#[test]
fn circles_by_way_of_components_and_long_chains_are_followed() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let files = [
        file("members.yml", "child: {$ref: child.yml}"),
        file("child.yml", "{type: object, properties: {$ref: members.yml}}"),
    ];
    assert_eq!(diagnostics_of("{$ref: members.yml}", &files), "");
    let link = |n: usize| {
        let properties = format!("{{next: {{$ref: '{}.yml'}}}}", n + 1);
        (format!("{n}.yml"), format!("{{type: object, properties: {properties}}}"))
    };
    let mut files: Vec<_> = (0..600).map(link).collect();
    files.push(file("600.yml", "type: string"));
    assert_eq!(diagnostics_of("{first: {$ref: 0.yml}}", &files), "");
}

#[test]
fn files_above_the_description_are_read_only_where_their_folder_is_allowed() {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/several_files/above");
    let shop = above.join("specs/shop.yaml");
    let refused = load::read(&shop).expect("a text").value;
    let refused = Generator::new("above").api(&refused).map(|_| ()).expect_err("refused");
    let told: Vec<_> = refused.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("`../shared/book.yml` leads out of the folder"), "{told:?}");
    assert!(told[0].contains("`--root FOLDER`"), "{told:?}");

    let allowed = load::read_within(&above, &shop).expect("a text").value;
    let api = Generator::new("above").api(&allowed).unwrap_or_else(|found| panic!("{found}"));
    let types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    assert_eq!(types, ["Price", "Book"], "each file is one schema, whichever way leads there");
    let files: Vec<_> = api.warnings.iter().map(|one| one.place.file.clone()).collect();
    assert!(files[0].ends_with("specs/../shared/book.yml"), "{files:?}");
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_an_allowed_folder_is_read() {
    let folder = std::env::temp_dir().join(format!("allowed-root-{}", std::process::id()));
    let (root, outside) = (folder.join("root"), folder.join("secret.yml"));
    std::fs::create_dir_all(root.join("specs")).expect("a folder");
    std::fs::write(&outside, "type: object\nproperties: {secret: {type: string}}").expect("a file");
    std::os::unix::fs::symlink(&outside, root.join("link.yml")).expect("a link");
    std::os::unix::fs::symlink(&folder, root.join("up")).expect("a link");
    let shop = root.join("specs/shop.yaml");
    for reference in ["../../secret.yml", "../link.yml", "../up/secret.yml", "../../nothing.yml"] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n\
             components: {{schemas: {{A: {{$ref: '{reference}'}}}}}}\n"
        );
        std::fs::write(&shop, text).expect("a file");
        let read = load::read_within(&root, &shop).expect("a text").value;
        assert!(!read.text().contains("secret:"), "{reference}");
        let refused = Generator::new("it").api(&read).map(|_| ()).expect_err(reference);
        let told = refused.to_string();
        assert!(told.contains("leads out of the folder that `--root` names"), "{told}");
    }
    std::fs::remove_dir_all(folder).expect("no folder");
}

#[test]
fn schemas_are_referred_to_by_their_names_across_files() {
    let api = api("named/shop.yaml");
    assert!(api.warnings.iter().next().is_none(), "{}", api.warnings);
    let mut types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    types.sort_unstable();
    assert_eq!(types, ["Author", "AuthorName", "Book", "Price", "Shelf"]);
}

#[test]
fn components_in_files_of_files_have_one_name_each() {
    let api = api("nested/shop.yaml");
    let warnings: Vec<_> = api.warnings.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(warnings, ["`/components/schemas/Book` was read as `#/components/schemas/Book`"]);
    let mut types: Vec<_> = api.value.types.iter().map(|found| found.name.rust()).collect();
    types.sort_unstable();
    assert_eq!(types, ["Author", "Book"]);
    let options = api.value.operations().next().expect("an operation").options.len();
    assert_eq!(options, 1, "the limit");
}

#[test]
fn a_file_that_is_not_there_costs_only_what_refers_to_it() {
    let api = api("absent.yaml");
    let operations: Vec<_> = api.value.operations().map(|found| found.id.as_str()).collect();
    assert_eq!(operations, ["list_books"]);
    let told: Vec<_> = api.warnings.iter().map(|one| one.message.as_str()).collect();
    for (place, cost) in [
        ("`#/whole/parameters.yml#/nothing`", "it is left out"),
        ("`#/gone.yml#/limit`", "it is left out"),
        ("`#/gone.yml`", "any value is taken"),
        ("`#/whole/gone.yml#/NotFound`", "it is left out"),
    ] {
        let expected = format!("nothing is at {place}; {cost}");
        assert!(told.contains(&&*expected), "{expected} is not in {told:#?}");
    }
    let left_out = "nothing is at `#/gone.yml`; it is left out";
    assert_eq!(told.iter().filter(|told| **told == left_out).count(), 3, "{told:#?}");
    assert!(Generator::new("absent").strict().api(&description("absent.yaml")).is_err());
}
