//! Headers of responses and of parts.

use super::Extensions;
use crate::pointer::Pointer;

/// A header of a response (OpenAPI 3.1.0, 4.8.21).
#[derive(Clone, Debug)]
pub struct Header {
    /// Its location.
    pub at: Pointer,
    /// Its name on the wire.
    pub name: String,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Whether it is always there.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its schema.
    pub schema: Option<Pointer>,
    /// Its extensions.
    pub extensions: Extensions,
}
