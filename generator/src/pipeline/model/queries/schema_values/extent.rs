//! How much of what is described a made value has.

/// How much of what is described a value has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What is required.
    Required,
    /// All of it, near the value's top.
    All,
}

/// No longer text is made.
pub const LONGEST: usize = 16_384;
