//! What stage 3 returns: a description without references to look up.

use indexmap::IndexMap;

use crate::pipeline::normalize::SourceMapping;
use crate::pointer::Pointer;

mod access;
mod body;
mod extensions;
mod header;
mod media_type;
mod method;
mod operation;
mod response;
mod schema;

pub use access::{
    ClientCredentials, Placement, Requirement, SecurityScheme, Server, ServerVariable,
};
pub use body::{Body, Encoding, EncodingStyle, Media};
pub use extensions::{Extension, Extensions};
pub use header::Header;
pub use media_type::{MediaClass, MediaType};
pub use method::Method;
pub use operation::{ListStyle, Operation, Parameter, ParameterLocation, ParameterStyle, Webhook};
pub use response::{Link, Response, Status, Target};
pub use schema::{
    Access, Additional, Discriminator, EnumValueDocs, Field, Kind, Object, Schema, StringContent,
    Union,
};

/// A description without references to look up.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The source locations of its parts.
    pub origins: SourceMapping,
    /// Its title, version and description.
    pub info: Info,
    /// The servers; the first one is the default.
    pub servers: Vec<Server>,
    /// The security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// The names of those that ask for a client certificate (`mutualTLS`).
    pub certificates: Vec<String>,
    /// The tags that the description declares, in its order.
    pub tags: Vec<Tag>,
    /// All operations, in the order of the paths.
    pub operations: Vec<Operation>,
    /// What the service sends by itself: webhooks, then callbacks.
    pub webhooks: Vec<Webhook>,
    /// All schemas, parents before children.
    pub schemas: IndexMap<Pointer, Schema>,
    /// Extensions of the whole document.
    pub extensions: Extensions,
}

impl Resolved {
    /// The schema at the end of a chain of references.
    pub(crate) fn follow_aliases(&self, at: &Pointer) -> Option<&Schema> {
        let mut found = self.schemas.get(at)?;
        // Chains that lead back to their start were refused, so each step is a new schema.
        while let Kind::Alias(to) = &found.kind {
            found = self.schemas.get(to)?;
        }
        Some(found)
    }
}

/// The title, version and description of an API (OpenAPI 3.1.0, 4.8.2).
#[derive(Clone, Debug)]
pub struct Info {
    /// The name of the API.
    pub title: String,
    /// Its version; any text.
    pub version: String,
    /// Its description, as Markdown.
    pub description: Option<String>,
}

/// A tag (OpenAPI 3.1.0, 4.8.22).
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// The tag that it is a part of (OpenAPI 3.2.0, 4.21).
    pub parent: Option<String>,
    /// Its extensions.
    pub extensions: Extensions,
}
