//! Operations whose replies look like pages, without a word about how the next one is asked for.

use serde_json::{Value, json};

use super::Action;
use super::{Finding, Subject};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::model::{Operation, Reply, ReplyForm, Shape, Struct, Style, Ty};
use crate::pipeline::resolve::Method;
use crate::pointer::Pointer;

mod window;

/// The usual names of a parameter that takes a cursor, and of what has the next one.
const CURSORS: [&str; 9] = [
    "cursor",
    "page_token",
    "next_token",
    "after",
    "starting_after",
    "continuation_token",
    "start_cursor",
    "marker",
    "bookmark",
];
const NEXT: [&str; 8] = [
    "next_cursor",
    "next_page_token",
    "next_token",
    "next",
    "continuation_token",
    "end_cursor",
    "cursor",
    "after",
];
const PAGES: [&str; 4] = ["page", "page_number", "page_no", "pageno"];
const LAST: [&str; 5] = ["total_pages", "page_count", "pages", "num_pages", "last_page"];
const OFFSETS: [&str; 3] = ["offset", "skip", "start_index"];
const TOTALS: [&str; 5] = ["total", "total_count", "total_results", "count", "total_items"];

pub(super) fn find(subject: &Subject) -> Vec<Finding> {
    let operations = subject.api.operations().filter(|operation| {
        operation.pagination.is_none() && matches!(operation.method, Method::Get)
    });
    operations.filter_map(|operation| finding(subject, operation)).collect()
}

fn finding(subject: &Subject, operation: &Operation) -> Option<Finding> {
    let pagination = proposal(subject, operation)?;
    let message = format!(
        "`{} {}` seems to have pages, and nothing says how to get the next one",
        operation.method, operation.path
    );
    let description = "Its replies are pages; check how the next one is asked for.";
    let update = json!({ "x-pagination": pagination });
    let action = Action::update(&operation.at, &subject.document, description, update);
    let code = DiagnosticCode::UndescribedPagination;
    Some(Finding { action, ..subject.finding(code, &operation.at, message) })
}

/// What `x-pagination` is likely to be.
fn proposal(subject: &Subject, operation: &Operation) -> Option<Value> {
    let parameters = || operation.arguments.iter().chain(&operation.options);
    let parameter = |names: &[&str]| {
        let names_of = parameters().filter(|one| one.style == Style::Query);
        let mut wires = names_of.map(|one| one.name.wire());
        wires.find(|wire| names.contains(&snake(wire).as_str())).map(str::to_owned)
    };
    let Reply::One(ReplyForm::Json(reply)) = &operation.success else { return None };
    let fields = fields(subject, reply);
    let items = items(reply, fields)?;
    let field = |names: &[&str]| {
        let mut wires = fields?.fields.iter().map(|field| field.name.wire());
        let wire = wires.find(|wire| names.contains(&snake(wire).as_str()))?;
        Some(Pointer::root().at(wire).as_str().to_owned())
    };
    if let (Some(cursor), Some(next)) = (parameter(&CURSORS), field(&NEXT)) {
        return Some(json!({ "items": items, "cursor": { "parameter": cursor, "next": next } }));
    }
    let counted = |parameter: String, end: &str, place: Option<String>| {
        let place = place.map(|place| (end.to_owned(), Value::from(place)));
        let members = [("parameter".to_owned(), Value::from(parameter))].into_iter().chain(place);
        Value::Object(members.collect())
    };
    if let Some(page) = parameter(&PAGES) {
        return Some(json!({ "items": items, "page": counted(page, "last", field(&LAST)) }));
    }
    if let Some(offset) = parameter(&OFFSETS) {
        return Some(json!({ "items": items, "offset": counted(offset, "total", field(&TOTALS)) }));
    }
    let window = window::proposal(parameters())?;
    Some(json!({ "items": items, "window": window }))
}

fn fields<'a>(subject: &'a Subject, reply: &Ty) -> Option<&'a Struct> {
    let Ty::Named(name) = reply else { return None };
    let definition = subject.api.types.iter().find(|definition| definition.name == *name)?;
    match &definition.shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    }
}

/// Where the items are: the reply itself, or its only list.
fn items(reply: &Ty, fields: Option<&Struct>) -> Option<String> {
    if matches!(reply, Ty::List(_)) {
        return Some(String::new());
    }
    let lists = fields?.fields.iter().filter(|field| matches!(field.ty, Ty::List(_)));
    let lists: Vec<_> = lists.map(|field| field.name.wire()).collect();
    match lists.as_slice() {
        [only] => Some(Pointer::root().at(only).as_str().to_owned()),
        _ => None,
    }
}

/// `nextPageToken` → `next_page_token`
fn snake(word: &str) -> String {
    crate::rust::names::words_of(word).join("_")
}
