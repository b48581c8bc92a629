//! Response headers that have an accessor on a reply's metadata.

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::scalars;
use crate::pipeline::model::{IntegerType, MetaHeader, Ty};
use crate::pipeline::resolve::{Header, Kind, Resolved};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};

/// The methods that metadata already has.
const RESERVED: &[&str] = &[
    "clone",
    "header",
    "is",
    "list",
    "media_type",
    "new",
    "parsed",
    "request_id",
    "stated_media_type",
    "text",
];

/// All headers that responses may have, each once.
pub fn headers(resolved: &Resolved, diagnostics: &mut DiagnosticSink) -> Vec<MetaHeader> {
    let responses = resolved.operations.iter().flat_map(|operation| &operation.responses);
    let mut found: Vec<(&Header, Ty)> = Vec::new();
    for header in responses.flat_map(|response| &response.headers) {
        let ty = header.schema.as_ref().map_or(Ty::String, |at| ty(at, resolved));
        // Header names are the same in any case (RFC 9110, 5.1).
        let is_known = |known: &&mut (&Header, Ty)| known.0.name.eq_ignore_ascii_case(&header.name);
        match found.iter_mut().find(is_known) {
            Some(_) if header.schema.is_none() => {}
            Some((first, known)) => *known = common(first, known, header, &ty, diagnostics),
            None => found.push((header, ty)),
        }
    }
    let mut scope = Scope::reserving(RESERVED);
    found.into_iter().map(|(header, ty)| accessor(header, ty, &mut scope)).collect()
}

fn accessor(header: &Header, ty: Ty, scope: &mut Scope) -> MetaHeader {
    let chosen = header.extensions.rust_name();
    MetaHeader {
        name: scope.name_as(&header.name, chosen.unwrap_or(&header.name), Case::Value),
        description: header.description.clone(),
        deprecated: header.deprecated,
        ty,
    }
}

/// A header is read as a number or a boolean if its schema is one, and as a list of such. A list of lists has no
/// separator for the inner ones, so it is a string.
pub fn ty(at: &Pointer, resolved: &Resolved) -> Ty {
    let kind_at = |at| resolved.follow_aliases(at).map(|schema| &schema.kind);
    match kind_at(at) {
        Some(Kind::Array(None)) => Ty::List(Box::new(Ty::String)),
        // No further: a list may be an item of itself.
        Some(Kind::Array(Some(items))) => match kind_at(items) {
            Some(Kind::Array(_)) => Ty::String,
            item => Ty::List(Box::new(scalar(item))),
        },
        kind => scalar(kind),
    }
}

fn scalar(kind: Option<&Kind>) -> Ty {
    match kind {
        Some(Kind::Integer(format)) => Ty::Integer(width(format.as_deref())),
        Some(Kind::IntegerEnum(_)) => Ty::Integer(IntegerType::I64),
        Some(Kind::Number(_)) => Ty::Float,
        Some(Kind::Boolean(_)) => Ty::Bool,
        _ => Ty::String,
    }
}

/// Headers are read as `i64` if it has all that the format has.
fn width(format: Option<&str>) -> IntegerType {
    match scalars::integer(format) {
        wide @ (IntegerType::U64 | IntegerType::Big) => wide,
        _ => IntegerType::I64,
    }
}

/// The type of a header that responses describe with two types: what both can be read as.
fn common(
    first: &Header,
    known: &Ty,
    other: &Header,
    ty: &Ty,
    diagnostics: &mut DiagnosticSink,
) -> Ty {
    match (known, ty) {
        _ if known == ty => ty.clone(),
        (Ty::Float, Ty::Integer(_)) | (Ty::Integer(_), Ty::Float) => Ty::Float,
        (Ty::Integer(_), Ty::Integer(_)) => Ty::Integer(IntegerType::Big),
        (Ty::List(item), scalar) | (scalar, Ty::List(item)) if **item == *scalar => {
            Ty::List(item.clone())
        }
        _ => {
            let message =
                format!("the header has another type at {}; it is taken as a string", first.at);
            diagnostics.widened(&other.at, message);
            Ty::String
        }
    }
}
