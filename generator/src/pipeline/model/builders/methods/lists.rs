//! Whether an operation returns a list.

use crate::pipeline::model::tables::payload::payload;
use crate::pipeline::resolve::{Field, Kind, Object, Operation, Resolved, Schema};
use crate::rust::names::words_of;

/// Whether the reply is a list, or an object whose content is one: `{"data": [...]}`, or `{"books": [...]}` where the
/// operation asks for books.
pub fn returns_list(operation: &Operation, words: &str, resolved: &Resolved) -> bool {
    let replies = operation.responses.iter().filter(|response| response.status.is_success());
    let bodies = replies.flat_map(|reply| &reply.content).filter_map(|media| media.schema.as_ref());
    let mut schemas = bodies.filter_map(|at| resolved.follow_aliases(at));
    schemas.any(|schema| match &schema.kind {
        Kind::Object(object) => {
            let content = content(object, words).and_then(|field| field.schema.as_ref());
            content.and_then(|at| resolved.follow_aliases(at)).is_some_and(is_list)
        }
        _ => is_list(schema),
    })
}

/// The member that holds what an operation with these words asks for.
fn content<'o>(object: &'o Object, words: &str) -> Option<&'o Field> {
    let words = words_of(words);
    let is_named = |field: &&Field| {
        let name = words_of(&field.name);
        !name.is_empty() && words.ends_with(&name)
    };
    object.fields.iter().find(is_named).or_else(|| payload(object))
}

fn is_list(schema: &Schema) -> bool {
    matches!(schema.kind, Kind::Array(_))
}
