//! The program `lantern` as a process, against the mock server over loopback.

mod batches;
mod bulk;
mod common;
mod mistakes;
#[cfg(all(feature = "postgres", unix))]
mod postgres;
mod program;
#[cfg(target_os = "linux")]
mod terminal;
mod tokens;
