#![doc = include_str!("../../../docs/limits-retries-batches.md")]

#[doc = include_str!("../../../docs/testing.md")]
pub mod testing {}
