#![doc = include_str!("../../../docs/limits-retries-batches.md")]

#[doc = include_str!("../../../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../../../docs/credentials-and-settings.md")]
pub mod credentials_and_settings {}
