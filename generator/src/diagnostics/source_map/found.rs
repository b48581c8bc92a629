//! What is found in a text.

use std::ops::Range;

/// What stands at a pointer or, where nothing does, at the nearest place around it.
pub(super) struct Found {
    /// Its key; an item has none.
    pub(super) key: Option<Range<usize>>,
    /// Its key where it stands once more.
    pub(super) again: Vec<Range<usize>>,
    /// Its value.
    pub(super) value: Range<usize>,
    /// Whether the value is no object and no list.
    pub(super) is_scalar: bool,
}

impl Found {
    /// The span of its key where it stands once more: 1 is the second time.
    pub(super) fn key_again(self, times: usize) -> Option<Range<usize>> {
        self.again.get(times.wrapping_sub(1)).cloned().or(self.key)
    }

    /// The span of its value, if that is a scalar.
    pub(super) fn scalar(&self) -> Option<Range<usize>> {
        self.is_scalar.then(|| self.value.clone())
    }
}
