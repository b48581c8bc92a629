//! What is written is read again, and what is wrong is told with its place.

use std::sync::Arc;

use lantern_operations::Table;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::values::{Direction, ValueMaker};
use crate::xml::document;

fn read(schema: &Value, document: &str) -> Result<Value, Problem> {
    let schemas = Schemas::new(Arc::new(Table::new("T", "1")));
    value(&schemas, schema, document.as_bytes())
}

/// A schema with all that an `xml` object can say.
fn shelf() -> Value {
    let item = |xml: Value| json!({"type": "string", "minLength": 1, "xml": xml});
    let list = |items: Value, xml: Value| json!({"type": "array", "items": items, "xml": xml});
    json!({"type": "object", "xml": {"name": "shelf"}, "required": ["id", "plain"], "properties": {
        "id": {"type": "integer", "xml": {"attribute": true}},
        "open": {"type": "boolean", "xml": {"name": "is-open", "attribute": true}},
        "title": {"type": "string", "xml": {"prefix": "x", "namespace": "https://x.example/", "name": "t"}},
        "note": {"type": ["string", "null"], "minLength": 1},
        "share": {"type": "number"},
        "plain": list(item(json!({})), json!({})),
        "named": list(item(json!({"name": "one"})), json!({"name": "ignored"})),
        "around": list(item(json!({})), json!({"wrapped": true})),
        "both": list(item(json!({"name": "one-of-both"})), json!({"name": "all", "wrapped": true})),
        "books": list(json!({"type": "object", "xml": {"name": "book"}, "properties": {
            "pages": {"type": "integer"}, "isbn": {"type": "string", "xml": {"attribute": true}},
        }}), json!({"wrapped": true})),
    }})
}

proptest! {
    #[test]
    fn a_value_that_is_written_is_read_again(seed: u64) {
        let (schema, table) = (shelf(), Arc::new(Table::new("T", "1")));
        let schemas = Schemas::new(table.clone());
        let made = ValueMaker::new(&schemas, Direction::Request).value(&schema, seed);
        let made = made.expect("a value");
        let document = document(&Parts::new(&table, [&schema]), "root", &made);
        prop_assert_eq!(value(&schemas, &schema, document.as_bytes()), Ok(made), "{}", document);
    }
}

#[test]
fn what_stands_in_a_document_is_read_by_its_schema() {
    let any = json!({"type": "object"});
    let cases = [
        ("<shelf id='7'><plain>a</plain><plain/></shelf>", json!({"id": 7, "plain": ["a", ""]})),
        ("<shelf is-open='1'/>", json!({"open": "1", "plain": []})),
        ("<shelf>\n</shelf>", json!({"plain": []})),
        ("<shelf>a</shelf>", json!("a")),
        ("<shelf><around>a</around></shelf>", json!({"around": "a", "plain": []})),
        ("<shelf id=' 7 '/>", json!({"id": 7, "plain": []})),
        ("<shelf><note/><around/></shelf>", json!({"note": null, "around": [], "plain": []})),
        ("<s:shelf xmlns:s='u'><t>a</t></s:shelf>", json!({"t": "a", "plain": []})),
        (
            "<shelf xmlns:y='https://x.example/'><y:t><![CDATA[<]]><!-- c -->b</y:t></shelf>",
            json!({"title": "<b", "plain": []}),
        ),
        ("<shelf><share> 0.5\n</share></shelf>", json!({"share": 0.5, "plain": []})),
        ("<shelf><share>1</share><share>2</share></shelf>", json!({"share": [1, 2], "plain": []})),
        (
            "<shelf new='a'><more><b>c</b></more></shelf>",
            json!({"more": {"b": "c"}, "new": "a", "plain": []}),
        ),
    ];
    for (document, expected) in cases {
        assert_eq!(read(&shelf(), document), Ok(expected), "{document}");
    }
    assert_eq!(
        read(&any, "<any xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>"),
        Ok(Value::Null)
    );
    assert_eq!(read(&json!({"type": "string"}), "<a>b</a>"), Ok(json!("b")));
    assert_eq!(read(&json!({"type": "string"}), "<a><b/></a>"), Ok(json!("<a><b/></a>")));
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let deep = format!("<shelf>{}{}</shelf>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let entities = "<!DOCTYPE shelf [<!ENTITY a 'aaaa'>]><shelf>&a;</shelf>";
    let cases = [
        ("<shelf", json!([]), "cannot be read"),
        ("<box/>", json!([]), "should be `shelf`"),
        ("<shelf><share>x</share></shelf>", json!(["share"]), "valid number"),
        ("<shelf><around><b/></around></shelf>", json!(["around"]), "should be `around`"),
        (
            "<shelf><books><book><pages/></book><book><pages>x</pages></book></books></shelf>",
            json!(["books", 1, "pages"]),
            "valid integer",
        ),
        (&deep, Value::Null, "too deeply"),
        (entities, json!([]), "cannot be read"),
    ];
    for (document, place, part) in cases {
        let problem = read(&shelf(), document).expect_err(document);
        assert!(problem.msg.contains(part), "{problem:?}");
        assert!(place.is_null() || place == json!(problem.loc), "{problem:?}");
    }
}
