//! Forms.

use axum::body::Bytes;
use lantern_operations::{Media, Schema};
use serde_json::{Map, Value};

use super::parameters::{decoded, keyword};
use super::{Problem, scalars};
use crate::schemas::Schemas;
use crate::values::{Types, types_of};

/// The members of a form that is URL encoded.
pub fn urlencoded(schemas: &Schemas, media: &Media, body: &[u8]) -> Result<Value, Problem> {
    members(schemas, media, pairs(&String::from_utf8_lossy(body)))
}

/// The names and values of a form that is URL encoded.
pub fn pairs(form: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = form.split('&').filter(|pair| !pair.is_empty());
    let read = |text: &str| decoded(&text.replace('+', " "));
    pairs.map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (read(name), read(value))
    })
}

/// The members of a multipart form. A file is the text of its content.
pub async fn multipart(
    schemas: &Schemas,
    media: &Media,
    content_type: &str,
    body: Bytes,
) -> Result<Value, Problem> {
    let unreadable = |error: &dyn ToString| {
        Problem::new(
            "value_error",
            format!("the form cannot be read: {}", error.to_string()),
            Value::Null,
        )
    };
    let boundary = multer::parse_boundary(content_type).map_err(|error| unreadable(&error))?;
    let whole = futures_util::stream::iter([Ok::<_, std::convert::Infallible>(body)]);
    let mut form = multer::Multipart::new(whole, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(|error| unreadable(&error))?;
        parts.push((name, String::from_utf8_lossy(&content).into_owned()));
    }
    members(schemas, media, parts.into_iter())
}

fn members(
    schemas: &Schemas,
    media: &Media,
    pairs: impl Iterator<Item = (String, String)>,
) -> Result<Value, Problem> {
    let any = Value::Bool(true);
    let schema = media.schema.as_ref().unwrap_or(&any);
    let properties = keyword(schemas, schema, "properties");
    let mut form = Map::new();
    for (name, text) in pairs {
        let own = properties.and_then(|all| all.get(name.trim_end_matches("[]")));
        member(schemas, &mut form, &name, own.unwrap_or(&any), &text)
            .map_err(|problem| problem.within(name))?;
    }
    Ok(form.into())
}

fn member(
    schemas: &Schemas,
    form: &mut Map<String, Value>,
    name: &str,
    schema: &Schema,
    text: &str,
) -> Result<(), Problem> {
    let types = types_of(schemas.table(), schema);
    if !types.has(Types::ARRAY) || types.has(Types::STRING) {
        form.insert(name.to_owned(), scalars::read(schemas, schema, text)?);
        return Ok(());
    }
    if let Ok(list @ Value::Array(_)) = serde_json::from_str(text) {
        form.insert(name.to_owned(), list);
        return Ok(());
    }
    let any = Value::Bool(true);
    let item = scalars::read(schemas, keyword(schemas, schema, "items").unwrap_or(&any), text)?;
    let name = name.trim_end_matches("[]").to_owned();
    let list = form.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    list.as_array_mut().into_iter().for_each(|list| list.push(item.clone()));
    Ok(())
}
