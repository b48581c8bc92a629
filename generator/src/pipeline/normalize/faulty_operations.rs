//! Operations that cannot be read: a fault in one of them costs no other.

use std::collections::HashSet;

use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use super::faulty_operation::FaultyOperation;
use super::read::FurtherOperation;

/// Leaves operations out.
pub(super) fn leave_out(
    faulty: &HashSet<FaultyOperation>,
    openapi: &mut OpenAPI,
    further: &mut Vec<FurtherOperation>,
) {
    further.retain(|one| {
        let is_it = |method: Option<&str>| FaultyOperation {
            path: one.path.clone(),
            method: method.map(str::to_owned),
        };
        // Webhooks and callbacks have no path, so none of them is meant.
        !faulty.contains(&is_it(None)) && !faulty.contains(&is_it(Some(&one.method)))
    });
    for FaultyOperation { path, method } in faulty {
        let Some(ReferenceOr::Item(item)) = openapi.paths.paths.get_mut(path) else { continue };
        match method {
            Some(method) => drop(slot(item, method).map(Option::take)),
            None => *item = PathItem::default(),
        }
    }
}

fn slot<'i>(item: &'i mut PathItem, method: &str) -> Option<&'i mut Option<openapiv3::Operation>> {
    Some(match method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        "trace" => &mut item.trace,
        _ => return None,
    })
}
