//! Queries that are one value (OpenAPI 3.2.0, 4.12.1).

use serde_json::{Map, Value};

use super::kept_facts::KeptFact;
use super::object_kind::ObjectKind;
use super::object_schema::walk;
use super::pointer_rewrites::PointerRewrites;
use crate::pipeline::resolve::MediaType;
use crate::pointer::Pointer;

/// Puts such parameters into the words of OpenAPI 3.0. The members of a form are the pairs of a query.
///
/// `in: querystring, content: {application/x-www-form-urlencoded: {schema: …}}` →
/// `in: query, style: form, explode: true, schema: …`
pub(super) fn normalize(description: &mut Value, moves: &mut PointerRewrites) {
    walk(ObjectKind::Description, description, &Pointer::root(), &mut |object, value, at| {
        if let (ObjectKind::Parameter, Value::Object(members)) = (object, value)
            && members.get("in").is_some_and(|place| place == "querystring")
        {
            whole_query(members, at, moves);
        }
    });
}

fn whole_query(members: &mut Map<String, Value>, at: &Pointer, moves: &mut PointerRewrites) {
    members.insert("in".to_owned(), "query".into());
    let media = members.get("content").and_then(|content| content.get(MediaType::FORM));
    let Some(schema) = media.and_then(|media| media.get("schema")).cloned() else {
        KeptFact::QueryString.keep_in(members, true);
        return;
    };
    members.shift_remove("content");
    members.insert("style".to_owned(), "form".into());
    members.insert("explode".to_owned(), true.into());
    members.insert("schema".to_owned(), schema);
    moves.moved(at.at("content").at(MediaType::FORM).at("schema"), at.at("schema"));
}
