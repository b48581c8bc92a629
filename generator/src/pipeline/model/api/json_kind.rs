//! The kinds of JSON values.

/// The kinds of JSON values, integers apart (RFC 8259, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// Any of them.
    Any,
    /// `true` and `false`.
    Boolean,
    /// `1`
    Integer,
    /// `1.5`
    Number,
    /// `"a"`
    String,
    /// `[]`
    Array,
    /// `{}`
    Object,
}
