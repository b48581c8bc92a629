//! Documented responses: how operations fail, and what webhooks may be answered with.

use super::{Docs, code, paragraphs, wrapped};
use crate::pipeline::model::{DocumentedResponse, ErrorCase, ErrorEnum, Operation, Tag, Ty};
use crate::pipeline::resolve::Status;
use crate::rust::names::Name;
use crate::rust::rustdoc;

/// Whether an operation has all of the common errors, so that they are told elsewhere.
fn has_common_errors(operation: &Operation, common: &[DocumentedResponse]) -> bool {
    !common.is_empty() && common.iter().all(|one| operation.errors.contains(one))
}

/// The errors of an operation: where those are listed that it shares with others, and its own.
pub fn errors(tag: &Tag, operation: &Operation, common: &[DocumentedResponse]) -> Docs {
    let shared = shared_errors(tag, common);
    let common_link = has_common_errors(operation, common)
        .then(|| "- The [common errors](crate#common-errors)".to_owned());
    let shared_link = (!shared.is_empty()).then(|| {
        format!("- The [errors of all operations of `{}`](Self#errors)", tag.type_name.rust())
    });
    let own = beside_common(operation, common).filter(|one| !shared.contains(one));
    let own = own.map(|error| format!("- {}", response(error)));
    let listed = section(common_link.into_iter().chain(shared_link).chain(own).collect());
    paragraphs([listed, reading(tag, operation)])
}

/// How the errors of an operation are read as an enum.
fn reading(tag: &Tag, operation: &Operation) -> Docs {
    let Some((_, name)) = tag.errors_of(operation) else { return Docs::new() };
    let name = name.rust();
    vec![
        format!("[`{name}`] has a variant for each status: it is what"),
        format!("[`documented::<{name}>`](crate::Error::documented) of the error returns."),
    ]
}

/// What is written above the name that the errors of an operation have.
pub fn alias(method: &str) -> Docs {
    vec![format!(
        "The errors of {method}, as [`documented`](crate::Error::documented) returns them."
    )]
}

/// What is written above an enum of errors.
pub fn error_enum(errors: &ErrorEnum) -> Docs {
    let status = |case: &ErrorCase| match case.status {
        Status::Default => "any other status".to_owned(),
        status => code(&status.to_string()),
    };
    wrapped("Documented errors: ", &errors.cases.iter().map(status).collect::<Vec<_>>(), ".")
}

/// `` `402` ``
pub fn error_case(case: &ErrorCase) -> Docs {
    match case.status {
        Status::Default => vec!["Any other status.".to_owned()],
        status => vec![format!("`{status}`")],
    }
}

/// The errors that all operations of a tag share.
pub fn tag_errors(tag: &Tag, common: &[DocumentedResponse]) -> Docs {
    let shared = shared_errors(tag, common);
    let listed: Docs = shared.into_iter().map(|error| format!("- {}", response(error))).collect();
    if listed.is_empty() {
        return listed;
    }
    let introduction = vec!["All operations can return these errors.".to_owned()];
    section(paragraphs([introduction, listed]))
}

/// The errors of a tag's first operation that all others have, too; none if there are no others.
fn shared_errors<'a>(tag: &'a Tag, common: &[DocumentedResponse]) -> Vec<&'a DocumentedResponse> {
    let Some((first, others @ [_, ..])) = tag.operations.split_first() else { return Vec::new() };
    let has = |operation, error| beside_common(operation, common).any(|one| one == error);
    let errors = beside_common(first, common);
    errors.filter(|error| others.iter().all(|other| has(other, *error))).collect()
}

/// The errors of an operation, without the common ones if it has them all.
fn beside_common<'a>(
    operation: &'a Operation,
    common: &[DocumentedResponse],
) -> impl Iterator<Item = &'a DocumentedResponse> {
    let has_common = has_common_errors(operation, common);
    operation.errors.iter().filter(move |one| !has_common || !common.contains(one))
}

fn section(lines: Docs) -> Docs {
    if lines.is_empty() { lines } else { paragraphs([vec!["# Errors".to_owned()], lines]) }
}

/// ``- `404` There is no such book: [`types::Problem`]`` for each of the common errors.
pub fn common_errors(common: &[DocumentedResponse]) -> Docs {
    common.iter().map(|error| format!("- {}", response(error))).collect()
}

/// ``  `404` There is no such book: [`types::Problem`]  ``
pub fn response(response: &DocumentedResponse) -> String {
    let (status, when) = (status(response.status), rustdoc::phrase(&response.description));
    match response.ty.as_ref().and_then(|ty| Some((ty, ty.named()?))) {
        Some((Ty::List(_), name)) => format!("`{status}` {when}: a list of {}", link(name)),
        Some((_, name)) => format!("`{status}` {when}: {}", link(name)),
        None => format!("`{status}` {when}"),
    }
}

/// `404`, `4XX` or `other`
pub fn status(status: Status) -> String {
    match status {
        Status::Default => "other".to_owned(),
        status => status.to_string(),
    }
}

fn link(name: &Name) -> String {
    format!("[`{0}`](crate::types::{0})", name.rust())
}
