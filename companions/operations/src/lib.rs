#![doc = include_str!("../README.md")]

mod body;
mod cells;
mod client_credentials;
mod costs;
mod encode;
mod headers;
mod json;
mod multipart;
mod operation;
mod parameter;
mod policy;
mod schema;
mod service;
mod shape;
mod table;

pub use body::{Body, Encoding, Header, Media, Response, Status};
pub use cells::{cell, columns};
pub use client_credentials::{ClientCredentials, ClientSecret};
pub use costs::{CallValues, Costs};
pub use encode::{EncodeError, Request};
pub use headers::header;
pub use json::FORMAT;
pub use multipart::{FORM_TYPES, FilePart};
pub use operation::{Batch, Operation, PageParameter, PageStyle, Pagination};
pub use parameter::{Location, Parameter, Style};
pub use policy::{Policy, Retry};
pub use schema::{Definitions, Schema};
pub use service::{Conventions, Placement, RateLimitGroup, SecurityScheme, Server, ServerVariable};
pub use shape::{Kind, Shape};
pub use table::{Group, Table};

fn is_false(flag: &bool) -> bool {
    !flag
}
