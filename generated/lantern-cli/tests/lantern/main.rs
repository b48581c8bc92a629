//! The program `lantern` as a process, against the mock server over loopback.

mod batches;
mod bulk;
mod common;
#[cfg(all(feature = "postgres", unix))]
mod postgres;
mod program;
mod tokens;
