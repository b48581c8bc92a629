//! Operations that cannot be read: a fault in one of them costs no other.

use std::collections::HashSet;

use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use super::methods::METHODS;
use crate::pointer::Pointer;

/// An operation with a fault, or all of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FaultyOperation {
    path: String,
    /// The method; `None` for a fault in what the operations of a path share.
    method: Option<String>,
}

impl FaultyOperation {
    /// The operation within which a place is.
    pub(super) fn around(at: &Pointer) -> Option<Self> {
        let steps: Vec<String> = at.steps().take(3).collect();
        let [section, path, key] = steps.as_slice() else { return None };
        let method = METHODS.contains(&key.as_str()).then(|| key.clone());
        (section == "paths").then(|| Self { path: path.clone(), method })
    }
}

/// Leaves operations out.
pub(super) fn leave_out(faulty: &HashSet<FaultyOperation>, openapi: &mut OpenAPI) {
    for FaultyOperation { path, method } in faulty {
        let Some(ReferenceOr::Item(item)) = openapi.paths.paths.get_mut(path) else { continue };
        match method {
            Some(method) => drop(slot(item, method).take()),
            None => *item = PathItem::default(),
        }
    }
}

fn slot<'i>(item: &'i mut PathItem, method: &str) -> &'i mut Option<openapiv3::Operation> {
    match method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        _ => &mut item.trace,
    }
}
