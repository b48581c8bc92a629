//! Documentation of operations and webhooks: texts of the description as they are written there, and facts.

use serde_json::Value;

use crate::pipeline::resolve::{Constraint, ParameterLocation};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// The documentation of an operation, beyond what its request and its responses show.
#[derive(Clone, Debug)]
pub struct OperationDocs {
    /// Its summary, as Markdown.
    pub summary: Option<String>,
    /// Its description, if that is not the summary again.
    pub description: Option<String>,
    /// Its path as the description has it: `/files/{name:path}`.
    pub path: String,
    /// Its links.
    pub links: Vec<Link>,
}

/// An operation that takes values of another one's request or reply (OpenAPI 3.1.0, 4.8.20).
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where the description has that operation.
    pub to: Pointer,
    /// Its method.
    pub method: MethodPath,
    /// Its parameters, by their names in Rust if they have one, and their values.
    pub parameters: Vec<(String, LinkValue)>,
    /// The value of its body.
    pub body: Option<LinkValue>,
    /// Its description, as Markdown.
    pub description: Option<String>,
}

/// Where a method is: `books::Books::get_book`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodPath {
    /// The module.
    pub module: Name,
    /// The type.
    pub holder: Name,
    /// The method.
    pub name: Name,
}

/// A value that a link passes on.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkValue {
    /// A literal value, or an expression of another kind.
    Literal(Value),
    /// A part of what is sent or received.
    Part(Message, MessagePart),
}

/// One of the two messages of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// What is sent.
    Request,
    /// What comes back.
    Response,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagePart {
    /// The whole body.
    Body,
    /// A value in the body, by the names on the path to it.
    Property(Vec<String>),
    /// A header.
    Header(String),
    /// A parameter in the path or the query.
    Parameter(String),
}

impl LinkValue {
    /// Reads a runtime expression (OpenAPI 3.1.0, 4.8.20.4), or takes a value as it is.
    ///
    /// `$response.body#/owner/id` → the property `owner.id` of the response
    #[must_use]
    pub fn new(value: &Value) -> Self {
        let part = value.as_str().and_then(part_of_message);
        part.map_or_else(|| Self::Literal(value.clone()), |(whose, part)| Self::Part(whose, part))
    }
}

fn part_of_message(expression: &str) -> Option<(Message, MessagePart)> {
    let (source, rest) = expression.strip_prefix('$')?.split_once('.')?;
    let message = match source {
        "response" => Message::Response,
        "request" => Message::Request,
        _ => return None,
    };
    let part = match rest.split_once(['.', '#']) {
        Some(("body", pointer)) => property(pointer),
        Some(("header", name)) => MessagePart::Header(name.to_owned()),
        Some(("path" | "query", name)) => MessagePart::Parameter(name.to_owned()),
        None if rest == "body" => MessagePart::Body,
        _ => return None,
    };
    Some((message, part))
}

fn property(pointer: &str) -> MessagePart {
    let pointer = Pointer::parse(&format!("#{pointer}"));
    let steps: Vec<_> = pointer.iter().flat_map(Pointer::steps).collect();
    if steps.is_empty() { MessagePart::Body } else { MessagePart::Property(steps) }
}

/// The documentation of a webhook or a callback.
#[derive(Clone, Debug)]
pub struct WebhookDocs {
    /// Its summary, as Markdown.
    pub summary: Option<String>,
    /// Its description, if that is not the summary again.
    pub description: Option<String>,
    /// The description of its body.
    pub body: Option<String>,
    /// Its parameters.
    pub parameters: Vec<WebhookParameter>,
    /// The methods of the operations that declare a callback.
    pub callers: Vec<MethodPath>,
    /// Where a callback is sent: a runtime expression.
    pub url: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// A parameter of a webhook, which is documented and not read.
#[derive(Clone, Debug)]
pub struct WebhookParameter {
    /// Where it is sent.
    pub location: ParameterLocation,
    /// Its name on the wire.
    pub name: String,
    /// Its description, as Markdown.
    pub description: Option<String>,
}

/// The documentation of a field or a parameter.
#[derive(Clone, Debug)]
pub struct ValueDocs {
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// The only value that it can be.
    pub constant: Option<Value>,
    /// The limits of its value.
    pub limits: ValueLimits,
}

/// The documented limits of a value.
#[derive(Clone, Debug, Default)]
pub struct ValueLimits {
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The constraints of its schema.
    pub constraints: Vec<Constraint>,
    /// Its default.
    pub default: Option<Value>,
}

/// The documentation of a type.
#[derive(Clone, Debug)]
pub struct TypeDocs {
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// The property whose schema it is, if its schema is inline.
    pub owner: Option<Owner>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// A property of another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The property's name on the wire.
    pub property: String,
    /// The type that has it.
    pub ty: Name,
}
