//! Lists and tuples.

use super::super::Kind;
use super::super::context::Context;
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::{JsonSchema, Schemas};

/// Rust's standard traits are implemented for tuples of up to so many items.
const MOST_ITEMS: usize = 12;

/// `prefixItems: [a, b], minItems: 2, maxItems: 2` → a tuple (JSON Schema 2020-12 Core, 10.3.1.1);
/// if there may be fewer or more items, they may be anything.
pub(super) fn list(stated: &JsonSchema) -> Kind {
    match stated.prefix_items.is_empty() {
        true => Kind::Array(stated.items.clone()),
        false if is_tuple(stated) => Kind::Tuple(stated.prefix_items.clone()),
        false => Kind::Array(None),
    }
}

fn is_tuple(stated: &JsonSchema) -> bool {
    let items = stated.prefix_items.len();
    let is_closed = stated.min_items == Some(items) && stated.max_items == Some(items);
    is_closed && (1..=MOST_ITEMS).contains(&items)
}

pub(super) fn warn_of_open_tuples(described: &Schemas, context: &mut Context) {
    let is_open = |stated: &JsonSchema| !stated.prefix_items.is_empty() && !is_tuple(stated);
    for (at, stated) in described.iter().filter(|(_, stated)| is_open(stated)) {
        let count = stated.prefix_items.len();
        let message = "a list of other than exactly these items; each may be any value";
        let at = at.at("prefixItems");
        match count {
            1..=MOST_ITEMS => {
                let help =
                    format!("`minItems: {count}` and `maxItems: {count}` make a tuple of it");
                context.report_with_help(DiagnosticCode::WidenedKeyword, &at, message, help);
            }
            _ => context.report(DiagnosticCode::WidenedKeyword, &at, message),
        }
    }
}
