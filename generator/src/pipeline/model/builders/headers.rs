//! Response headers that have an accessor on a reply's metadata.

use crate::pipeline::model::{IntegerType, MetaHeader, Ty};
use crate::pipeline::resolve::{Header, Kind, Resolved};
use crate::rust::names::{Case, Scope};

/// The methods that metadata already has.
const RESERVED: &[&str] = &["clone", "header", "parsed", "request_id"];

/// All headers that responses may have, each once.
pub fn headers(resolved: &Resolved) -> Vec<MetaHeader> {
    let responses = resolved.operations.iter().flat_map(|operation| &operation.responses);
    let mut found: Vec<&Header> = Vec::new();
    for header in responses.flat_map(|response| &response.headers) {
        // Header names are the same in any case (RFC 9110, 5.1).
        if !found.iter().any(|known| known.name.eq_ignore_ascii_case(&header.name)) {
            found.push(header);
        }
    }
    let mut scope = Scope::reserving(RESERVED);
    found.into_iter().map(|header| accessor(header, resolved, &mut scope)).collect()
}

fn accessor(header: &Header, resolved: &Resolved, scope: &mut Scope) -> MetaHeader {
    let chosen = header.extensions.rust_name();
    MetaHeader {
        name: scope.name_as(&header.name, chosen.unwrap_or(&header.name), Case::Value),
        description: header.description.clone(),
        ty: ty(header, resolved),
    }
}

/// A header is read as a number or a boolean if its schema is one.
fn ty(header: &Header, resolved: &Resolved) -> Ty {
    let schema = header.schema.as_ref().and_then(|at| resolved.schemas.get(at));
    match schema.map(|schema| &schema.kind) {
        Some(Kind::Integer(_) | Kind::IntegerEnum(_)) => Ty::Integer(IntegerType::I64),
        Some(Kind::Number(_)) => Ty::Float,
        Some(Kind::Boolean(_)) => Ty::Bool,
        _ => Ty::String,
    }
}
