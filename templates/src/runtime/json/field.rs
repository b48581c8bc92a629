//! What it means that a field is absent, in four words.

/// A field that is always there.
pub(crate) mod required {
    pub(crate) const WRITTEN: super::super::Written = super::super::Written::Always;
}

/// A field that may be absent: `None` is left out when it is written.
pub(crate) mod optional {
    pub(crate) const WRITTEN: super::super::Written = super::super::Written::IfPresent;
}

/// A field that is always there and may be null: `None` is written as null.
///
/// Services that leave nulls out are forgiven.
pub(crate) mod nullable {
    pub(crate) const WRITTEN: super::super::Written = super::super::Written::Always;
}

/// A field that may be absent, and whose null means something else: `None` is left out,
/// `Some(None)` is written as null.
pub(crate) mod optional_nullable {
    pub(crate) const WRITTEN: super::super::Written = super::super::Written::IfPresent;
}
