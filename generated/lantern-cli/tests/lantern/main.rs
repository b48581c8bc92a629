//! The program `lantern` as a process, against the mock server over loopback.

mod batches;
mod bulk;
mod common;
#[cfg(target_os = "linux")]
mod login;
#[cfg(all(feature = "postgres", unix))]
mod postgres;
mod program;
mod tokens;
