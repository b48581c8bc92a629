//! A schema where a request body or a response is needed.

use serde_json::{Value, json};

use super::{Fault, Reference, spelled, there};
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::kind_at;
use crate::pipeline::normalize::pointer_rewrites::PointerRewrites;
use crate::pointer::Pointer;

impl Reference {
    /// The schema that a reference leads to where the request body or response that has it was meant.
    ///
    /// `requestBody: {$ref: '#/components/schemas/Pet'}` → `/components/schemas/Pet`
    pub(super) fn schema_instead(
        &self,
        fault: &Fault,
        description: &Value,
        moves: &PointerRewrites,
    ) -> Option<Pointer> {
        let Fault::Unfit(Some(ObjectKind::Schema)) = fault else { return None };
        let (place, _) = there(&spelled(&self.written, moves)?, description, moves)?;
        self.is_schema(&place).then_some(place)
    }

    /// Whether a schema is at the end of a reference that needs a request body or a response.
    pub(super) fn is_schema(&self, end: &Pointer) -> bool {
        matches!(self.object, ObjectKind::RequestBody | ObjectKind::Response)
            && kind_at(end) == Some(ObjectKind::Schema)
    }
}

/// A request body or a response that is JSON of a schema.
pub(super) fn json_of(object: ObjectKind, schema: &Pointer) -> Value {
    let schema = json!({ "$ref": format!("#{}", schema.as_str()) });
    let content = json!({ "application/json": { "schema": schema } });
    match object {
        ObjectKind::Response => json!({ "description": "", "content": content }),
        _ => json!({ "content": content }),
    }
}
