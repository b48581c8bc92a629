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
    match value {
        _ if media.is_json() => Ok(value.to_string().into_bytes()),
        Value::String(text) => Ok(text.clone().into_bytes()),
        Value::Object(members)
            if media.media_type.starts_with("application/x-www-form-urlencoded") =>
        {
            Ok(form(members).into_bytes())
        }
        _ => Err(format!("a body of `{}` has to be a text", media.media_type)),
    }
}

/// Pairs as forms have them (OpenAPI 3.1.1, 4.8.15.1): lists are pairs of the same name.
fn form(members: &Map<String, Value>) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut pairs = Vec::new();
    for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        match value {
            Value::Array(items) => {
                pairs.extend(items.iter().map(|item| (name.as_str(), text(item))))
            }
            other => pairs.push((name.as_str(), text(other))),
        }
    }
    let pairs = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn encoded(text: &str) -> String {
    let keeps =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let write = |byte: u8| match keeps(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(write).collect()
}
