//! Stage 3: every reference followed, every `allOf` folded.
//!
//! What comes out speaks of operations and schemas only: nothing in it is a reference to a
//! component other than a schema, and no schema stands inside another one. Schemas refer to
//! each other by their [`Pointer`], which is the key under which [`Resolved::schemas`] has them.

use openapiv3::OpenAPI;

use crate::diagnostics::WithDiagnostics;
use crate::parallel;
pub use crate::pipeline::normalize::BIG_INTEGER;
use crate::pipeline::normalize::Description;
use crate::pointer::Pointer;

mod all_of;
mod components;
mod constraint;
mod context;
mod duplicates;
mod event_objects;
mod inheritance;
mod links;
mod operations;
mod parameters;
mod placeholders;
mod resolved;
mod schema;
mod security;
mod servers;
mod tags;
mod unions;
mod webhooks;

pub use constraint::{Bound, Constraint, Count, Figure};
pub use event_objects::{EventObject, event_objects, is_text};
pub use inheritance::OWN_MEMBERS;
pub use resolved::{
    Access, Additional, Body, ClientCredentials, Discriminator, Encoding, EncodingStyle,
    EnumValueDocs, Extension, Extensions, Field, Header, Info, Kind, Link, ListStyle, Media,
    MediaClass, MediaType, Method, Object, Operation, Parameter, ParameterLocation, ParameterStyle,
    Placement, Requirement, Resolved, Response, Schema, SecurityScheme, Server, ServerVariable,
    Status, StringContent, Tag, Target, Union, Webhook,
};

use context::Context;

/// Follows every reference and folds every `allOf`.
///
/// Reports `dangling-reference` where there is nothing, and `cyclic-reference` where a reference leads back
/// to itself.
pub fn resolve(description: Description) -> WithDiagnostics<Resolved> {
    let Description { origins, openapi, schemas, webhooks, further, is_whole } = description;
    let mut context = Context::new(origins, is_whole);
    let schemas = schema::schemas(schemas, &mut context);
    let schemas = all_of::fold(inheritance::fold(unions::take_null(schemas)), &mut context);
    let schemas = unions::flatten(unions::fold(schemas, unions::Enums::Open));
    let root = Extensions::new(&openapi.extensions);
    let schemas = unions::join_plain(unions::spread_null(schemas), &root);
    // Operations need to know which schemas there are, and no more.
    let (repeated, (operations, webhooks)) = parallel::both(
        || duplicates::find_repeated(&schemas),
        || {
            let mut reader = operations::Reader::new(&openapi, &further, &schemas, &mut context);
            (reader.operations(), reader.webhooks(&webhooks))
        },
    );
    let schemas = duplicates::fold(schemas, repeated);
    let mut resolved = Resolved {
        origins: context.origins.clone(),
        info: info(&openapi),
        servers: servers::servers(&openapi.servers, &Pointer::root()),
        security_schemes: security::schemes(&openapi, &mut context),
        certificates: security::certificates(&openapi),
        tags: tags::declared(&openapi),
        operations,
        webhooks,
        schemas,
        extensions: root,
    };
    tags::unite(&mut resolved);
    event_objects::read_contents(&mut resolved);
    WithDiagnostics::new(resolved, context.found)
}

fn info(openapi: &OpenAPI) -> Info {
    let info = &openapi.info;
    Info {
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone(),
    }
}
