//! Arguments of a tool as a request.

use lantern_operations::{Media, Operation, Table};
use serde_json::{Map, Value};

use crate::backend::ToolCall;
use crate::files::Files;
use crate::tool::{self, BODY};

/// The request that arguments ask for.
///
/// # Errors
/// What is wrong with them.
pub fn call<'a>(
    table: &Table,
    files: &Files,
    operation: &'a Operation,
    arguments: &Map<String, Value>,
) -> Result<ToolCall<'a>, String> {
    let known = |name: &String| {
        operation.parameter(name).is_some() || (name == BODY && operation.body.is_some())
    };
    if let Some(unknown) = arguments.keys().find(|name| !known(name)) {
        let names = operation.parameters.iter().map(|parameter| parameter.name.as_str());
        let names: Vec<&str> = names.chain(operation.body.as_ref().map(|_| BODY)).collect();
        return Err(format!("there is no argument `{unknown}`; there are: {}", names.join(", ")));
    }
    let request = operation.request(arguments).map_err(|error| error.to_string())?;
    let body = match (&operation.body, arguments.get(BODY), tool::body(operation)) {
        (Some(_), Some(value), Some(media)) => Some(encoded(table, files, media, value)?),
        (Some(body), None, _) if body.required => {
            return Err(format!("the argument `{BODY}` is missing"));
        }
        _ => None,
    };
    Ok(ToolCall { operation, request, body })
}

/// The media type and the bytes of a body.
fn encoded(
    table: &Table,
    files: &Files,
    media: &Media,
    value: &Value,
) -> Result<(String, Vec<u8>), String> {
    let own = media.media_type.clone();
    match (media.encode(value), value) {
        (Some(bytes), _) => Ok((own, bytes)),
        (None, Value::Object(members)) if media.is_multipart() => {
            let file = |value: &Value| files.read(value).map(Some);
            let (media_type, bytes) = media.encode_multipart(table, members, file)?;
            Ok((media_type.to_owned(), bytes))
        }
        (None, _) if media.is_multipart() || media.is_form() => {
            Err(format!("a body of `{own}` has to be an object"))
        }
        (None, file) => {
            let file = files
                .read(file)
                .map_err(|why| format!("a body of `{own}` is a text or a file; {why}"))?;
            Ok((own, file.content))
        }
    }
}
