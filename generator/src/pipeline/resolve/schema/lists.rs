//! Lists and tuples.

use indexmap::IndexMap;
use openapiv3::{ArrayType, SchemaData};
use serde_json::Value;

use super::super::context::{Context, target};
use super::super::{Extension, Kind, Schema};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// Rust's standard traits are implemented for tuples of up to so many items.
const MOST_ITEMS: usize = 12;

/// `prefixItems: [a, b], minItems: 2, maxItems: 2` → a tuple (JSON Schema 2020-12 Core, 10.3.1.1);
/// if there may be fewer or more items, they may be anything.
pub(super) fn list(array: &ArrayType, data: &SchemaData) -> Kind {
    let Some(prefix) = Extension::PrefixItems.find_in(&data.extensions).and_then(Value::as_array)
    else {
        return Kind::Array(array.items.as_ref().and_then(target));
    };
    let reference = |item: &Value| Pointer::parse(item.get("$ref")?.as_str()?);
    let items: Option<Vec<Pointer>> = prefix.iter().map(reference).collect();
    let count = Some(prefix.len());
    match items {
        Some(items)
            if array.min_items == count
                && array.max_items == count
                && (1..=MOST_ITEMS).contains(&items.len()) =>
        {
            Kind::Tuple(items)
        }
        _ => Kind::Array(None),
    }
}

pub(super) fn warn_of_open_tuples(schemas: &IndexMap<Pointer, Schema>, context: &mut Context) {
    for schema in schemas.values().filter(|schema| schema.kind == Kind::Array(None)) {
        let Some(Value::Array(prefix)) = schema.extensions.get(Extension::PrefixItems) else {
            continue;
        };
        let count = prefix.len();
        let message = "a list of other than exactly these items; each may be any value";
        let at = schema.at.at(Extension::PrefixItems.word());
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
