//! Takes the place of `pattern.rs` in clients without patterns: there is no such limit.
