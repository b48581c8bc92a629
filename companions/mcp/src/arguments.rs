//! Arguments of a tool as a request.

use lantern_operations::{Media, Operation};
use serde_json::{Map, Value};

use crate::backend::ToolCall;
use crate::tool::{self, BODY};

/// The request that arguments ask for.
///
/// # Errors
/// What is wrong with them.
pub fn call<'a>(
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
        (Some(_), Some(value), Some(media)) => {
            Some((media.media_type.clone(), bytes(media, value)?))
        }
        (Some(body), None, _) if body.required => {
            return Err(format!("the argument `{BODY}` is missing"));
        }
        _ => None,
    };
    Ok(ToolCall { operation, request, body })
}

fn bytes(media: &Media, value: &Value) -> Result<Vec<u8>, String> {
    let refused = || format!("a body of `{}` has to be a text", media.media_type);
    media.encode(value).ok_or_else(refused)
}
