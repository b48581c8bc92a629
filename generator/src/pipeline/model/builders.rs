//! Builders: functions from the description and the tables to new items of the model.

pub mod base_url;
mod batches;
mod bodies;
mod bulk;
mod client_credentials;
mod credential_names;
pub mod credentials;
pub mod definitions;
mod documentation;
mod enums;
pub mod headers;
mod links;
pub mod methods;
pub mod operations;
mod parameters;
mod parts;
mod policy;
pub mod rate_limits;
mod replies;
pub mod response_conventions;
pub mod schema_examples;
pub mod servers;
mod structs;
mod union_selection;
mod unions;
pub mod webhooks;
