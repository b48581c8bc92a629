#![doc = include_str!("../../../docs/limits-retries-batches.md")]
