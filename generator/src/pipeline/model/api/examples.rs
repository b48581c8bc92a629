//! Examples, for tests of those who use a client.

use crate::rust::names::Name;

/// The examples of a client.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Those of types, in the order of the types.
    pub types: Vec<TypeExample>,
    /// Those of replies, one for each operation, in the order of the operations.
    pub replies: Vec<ReplyExample>,
}

/// The examples of a type.
#[derive(Clone, Debug)]
pub struct TypeExample {
    /// The type.
    pub name: Name,
    /// JSON: the example of the description first, and then a value that was made.
    pub values: Vec<String>,
}

/// An example of the usual reply of an operation.
#[derive(Clone, Debug)]
pub struct ReplyExample {
    /// Its status.
    pub status: u16,
    /// Its media type; empty if it has no body.
    pub media_type: String,
    /// Its body.
    pub body: ExampleBody,
}

/// The body of an example.
#[derive(Clone, Debug)]
pub enum ExampleBody {
    /// There is none.
    Nothing,
    /// No example can be made.
    Unknown,
    /// This text.
    Text(String),
    /// The example of a type.
    OfType(Name),
}
