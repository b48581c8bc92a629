//! Any bytes as a description: no panic, and no output that is no Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/any_bytes/promise.rs"]
mod promise;

fuzz_target!(|bytes: &[u8]| promise::hold(bytes));
