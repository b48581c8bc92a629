//! A table is read and written, looked up, and its schemas are schemas.

use lantern_operations::{PageStyle, Retry, Status, Table};
use serde_json::{Value, json};

fn books() -> Table {
    Table::from_json(include_str!("tables/books.json")).expect("a table")
}

#[test]
fn what_is_written_is_read_again_and_each_operation_is_a_line() {
    let table = books();
    let text = table.to_json();
    assert_eq!(Table::from_json(&text).expect("a table"), table);
    let lines = text.lines().filter(|line| line.starts_with(r#"{"id":"#)).count();
    assert_eq!(lines, table.operations.len());
    assert_eq!(text, include_str!("tables/books.json"), "the file is as it would be written");
}

#[test]
fn a_table_of_another_format_is_refused() {
    let text = include_str!("tables/books.json").replace(r#""format":1"#, r#""format":99"#);
    let error = Table::from_json(&text).expect_err("an error").to_string();
    assert!(error.contains("format 99"), "{error}");
}

#[test]
fn operations_are_found() {
    let table = books();
    let lend = table.operation("lend_book").expect("by id");
    assert_eq!(Some(lend), table.command("books", "lend"));
    assert_eq!(lend.policy.retry, Retry::ByKey("reader".to_owned()));
    assert_eq!(table.rate_limit(lend).map(|group| group.name.as_str()), Some("lending"));
    assert!(table.command("books", "burn").is_none());
    assert_eq!(
        table.group("batches").and_then(|group| group.title.as_deref()),
        Some("Batch Agents")
    );
    let list = table.operation("list_books").expect("by id");
    let style = list.pagination.as_ref().map(|pagination| &pagination.style);
    assert!(matches!(style, Some(PageStyle::Page { first: 1, .. })));
}

#[test]
fn the_response_to_a_status_is_the_most_exact_one() {
    let table = books();
    let lend = table.operation("lend_book").expect("the operation");
    let status = |code| lend.response(code).map(|response| response.status);
    assert_eq!(status(201), Some(Status::Code(201)));
    assert_eq!(status(404), Some(Status::Class(4)));
    assert_eq!(status(500), Some(Status::Default));
    assert_eq!(lend.success().map(|response| response.status), Some(Status::Code(201)));
}

#[test]
fn every_reference_leads_to_a_schema_and_a_closed_schema_validates() {
    let table = books();
    assert_eq!(table.dangling(), []);
    let list = table.operation("list_books").expect("the operation");
    let media = &list.success().expect("a response").content[0];
    let closed = table.closed(media.schema.as_ref().expect("a schema"));
    assert_eq!(closed["$defs"].as_object().map(|defs| defs.len()), Some(2), "what it needs alone");
    let validator = jsonschema::draft202012::new(&closed).expect("a schema");
    let book = |id: Value| json!([{"id": id, "title": "Emma", "sequel": {"id": 8, "title": "x"}}]);
    assert!(validator.is_valid(&book(json!(7))));
    assert!(!validator.is_valid(&book(json!("7"))));
}

#[test]
fn a_reference_to_nothing_is_told_with_what_has_it() {
    let mut table = books();
    table.definitions.shift_remove("Genre");
    let genre = "#/$defs/Genre".to_owned();
    let expected = [("list_books".to_owned(), genre.clone()), ("#/$defs/Book".to_owned(), genre)];
    assert_eq!(table.dangling(), expected);
}

#[test]
fn references_are_followed_even_in_a_circle() {
    let mut table = books();
    let reference = json!({"$ref": "#/$defs/Genre"});
    assert_eq!(table.follow(&reference)["type"], "string");
    table.definitions.insert("Genre".to_owned(), reference.clone());
    assert_eq!(table.follow(&reference), &reference);
}
