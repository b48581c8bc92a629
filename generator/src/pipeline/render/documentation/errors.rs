//! Documented responses: how operations fail, and what webhooks may be answered with.

use super::{Docs, paragraphs};
use crate::pipeline::model::{DocumentedResponse, Operation, Ty};
use crate::pipeline::resolve::Status;
use crate::rust::names::Name;
use crate::rust::rustdoc;

/// Whether an operation has all of the common errors, so that they are told elsewhere.
pub fn has_common_errors(operation: &Operation, common: &[DocumentedResponse]) -> bool {
    !common.is_empty() && common.iter().all(|one| operation.errors.contains(one))
}

/// The errors of an operation, without those that are told elsewhere.
pub fn errors(operation: &Operation, common: &[DocumentedResponse]) -> Docs {
    let has_common = has_common_errors(operation, common);
    let own = operation.errors.iter().filter(|one| !has_common || !common.contains(one));
    let own: Docs = own.map(|error| format!("- {}", response(error))).collect();
    if own.is_empty() { Docs::new() } else { paragraphs([vec!["# Errors".to_owned()], own]) }
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
