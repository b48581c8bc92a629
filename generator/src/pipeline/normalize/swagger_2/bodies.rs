//! Body parameters: request bodies in OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::media_types::MediaTypes;
use super::{Members, Upgrade};
use crate::pointer::Pointer;

/// The members of a body parameter that a request body has no place for: its name is not sent.
const OF_PARAMETER: [&str; 2] = ["name", "in"];

impl Upgrade<'_> {
    /// A body parameter that is written at `from`, as the request body at `at`.
    ///
    /// `{in: body, name: pet, schema: …}` → `{content: {application/json: {schema: …}}}`
    pub(super) fn body(
        &mut self,
        mut parameter: Members,
        consumes: &MediaTypes,
        from: &Pointer,
        at: &Pointer,
    ) -> Value {
        OF_PARAMETER.iter().for_each(|key| drop(parameter.shift_remove(*key)));
        let schema = parameter.shift_remove("schema");
        let content = self.content(schema, &consumes.or_json(), &from.at("schema"), at);
        self.moves.copied(from, at.clone());
        parameter.insert("content".to_owned(), content.into());
        parameter.into()
    }

    /// A schema that is written at `from`, for each media type of the body or response at `at`.
    pub(super) fn content(
        &mut self,
        schema: Option<Value>,
        media_types: &[String],
        from: &Pointer,
        at: &Pointer,
    ) -> Map<String, Value> {
        let at = at.at("content");
        let mut content = Map::new();
        for (index, media_type) in media_types.iter().enumerate() {
            let media = match &schema {
                None => json!({}),
                Some(schema) => json!({ "schema": schema }),
            };
            let to = at.at(media_type).at("schema");
            match index {
                0 => self.moves.moved(from.clone(), to),
                _ => self.moves.copied(from, to),
            }
            content.insert(media_type.clone(), media);
        }
        content
    }
}
