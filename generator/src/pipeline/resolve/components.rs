//! Components other than schemas: found by reference, wherever the chain of references ends.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::context::Context;
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// How many references may follow each other: far more than anybody writes.
const LONGEST_CHAIN: usize = 64;

/// The component in a place, and where it stands itself.
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
    context.say(DiagnosticCode::CyclicReference, &at, "the reference leads back to itself");
    None
}

/// What a reference names, and where that stands.
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
