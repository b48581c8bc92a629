//! The place of a value while a document is read.

use crate::pointer::Pointer;

/// Where a value stands, as long as nobody asks for its pointer: few do.
#[derive(Clone, Copy)]
pub(super) enum At<'p> {
    Root,
    Member(&'p At<'p>, &'p str),
    Item(&'p At<'p>, usize),
}

impl At<'_> {
    /// The same as a pointer.
    pub(super) fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Member(around, name) => around.pointer().at(name),
            Self::Item(around, index) => around.pointer().at(index),
        }
    }
}
