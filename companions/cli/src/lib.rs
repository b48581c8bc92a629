#![doc = include_str!("../README.md")]

mod batches;
mod bulk;
mod call;
mod commands;
mod database;
mod dates;
mod failure;
mod fields;
mod flags;
mod output;
mod paging;
mod places;
mod program;
mod request;
mod secrets;
mod service;
mod serving;
mod values;
mod waiting;

pub use failure::{ExitStatus, Failure, FailureKind};
pub use program::Program;
pub use service::{
    Answer, Connect, Connection, Fetching, Notice, Outgoing, Rows, Sending, Service, Wanted,
};
