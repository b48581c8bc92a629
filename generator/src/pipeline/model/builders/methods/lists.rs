//! Whether an operation returns a list.

use crate::pipeline::model::tables::payload::payload;
use crate::pipeline::resolve::{Field, Kind, Object, Operation, Resolved};
use crate::pointer::Pointer;
use crate::rust::names::words_of;

/// Whether the reply is a list, or an object whose content is one: `{"data": [...]}`, or `{"books": [...]}` where the
/// operation asks for books.
pub fn returns_list(operation: &Operation, words: &str, resolved: &Resolved) -> bool {
    let replies = operation.responses.iter().filter(|response| response.status.is_success());
    let mut schemas =
        replies.flat_map(|reply| &reply.content).filter_map(|media| media.schema.as_ref());
    schemas.any(|at| match resolved.follow_aliases(at).map(|schema| &schema.kind) {
        Some(Kind::Object(object)) => {
            content(object, words).is_some_and(|field| is_list(field.schema.as_ref(), resolved))
        }
        _ => is_list(Some(at), resolved),
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

fn is_list(at: Option<&Pointer>, resolved: &Resolved) -> bool {
    let schema = at.and_then(|at| resolved.follow_aliases(at));
    schema.is_some_and(|schema| matches!(schema.kind, Kind::Array(_)))
}
