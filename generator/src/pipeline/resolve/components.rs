//! Components other than schemas, found at the end of a chain of references.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::context::Context;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// The longest chain of references.
const LONGEST_CHAIN: usize = 64;

/// The component that a place refers to, and its location.
///
/// `{$ref: '#/components/parameters/Limit'}` → the parameter, at `/components/parameters/Limit`.
pub fn follow<'a, T>(
    place: &'a ReferenceOr<T>,
    at: Pointer,
    kind: &str,
    components: Option<&'a IndexMap<String, ReferenceOr<T>>>,
    context: &mut Context,
) -> Option<(&'a T, Pointer)> {
    let mut found = place;
    let mut stands = at.clone();
    for _ in 0..LONGEST_CHAIN {
        let reference = match found {
            ReferenceOr::Item(item) => return Some((item, stands)),
            ReferenceOr::Reference { reference } => reference,
        };
        let Some(next) = named(reference, kind, components) else {
            context.dangling(&at, reference);
            return None;
        };
        (found, stands) = next;
    }
    context.report(DiagnosticCode::CyclicReference, &at, "the reference leads back to itself");
    None
}

/// The component that a reference names, and its location.
pub fn named<'a, T>(
    reference: &str,
    kind: &str,
    components: Option<&'a IndexMap<String, ReferenceOr<T>>>,
) -> Option<(&'a ReferenceOr<T>, Pointer)> {
    let name = component_name(reference, kind)?;
    let found = components?.get(&name)?;
    Some((found, Pointer::root().at("components").at(kind).at(name)))
}

/// `#/components/parameters/Limit` → `Limit`.
fn component_name(reference: &str, kind: &str) -> Option<String> {
    let steps: Vec<_> = Pointer::parse(reference)?.steps().collect();
    match steps.as_slice() {
        [components, found, name] if components == "components" && found == kind => {
            Some(name.clone())
        }
        _ => None,
    }
}
