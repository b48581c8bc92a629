#![doc = include_str!("../README.md")]

mod arguments;
mod backend;
mod budget;
#[cfg(feature = "cli")]
pub mod cli;
mod confirm;
mod files;
#[cfg(feature = "http")]
mod http;
mod options;
mod server;
mod tool;

pub use backend::{Answer, Backend, CallError, Calling, ToolCall, without_secrets};
#[cfg(feature = "http")]
pub use http::HttpBackend;
pub use options::Options;
pub use server::ToolServer;
