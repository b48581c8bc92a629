#![doc = include_str!("../README.md")]

mod account;
mod admin;
mod batches;
#[cfg(feature = "cli")]
pub mod cli;
mod deleted;
mod fault;
mod handle;
mod limits;
mod parts;
mod received;
mod reply;
mod request;
mod routes;
mod schemas;
mod script;
mod security;
mod seed;
mod serve;
mod server;
mod settings;
mod state;
#[cfg(feature = "tls")]
mod tls;
mod tokens;
mod values;
mod xml;

pub use account::{Account, Charge};
pub use fault::{Fault, FaultRule, Share};
pub use limits::Limit;
pub use received::Received;
pub use schemas::Schemas;
pub use script::Script;
pub use server::{MockBuilder, MockServer};
pub use values::{Direction, ValueMaker};
