//! An operation that cannot be read.

use super::methods::{ADDITIONAL, METHODS, QUERY};
use crate::pointer::Pointer;

/// An operation with a fault, or all of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FaultyOperation {
    pub(super) path: String,
    /// The method; `None` for a fault in what the operations of a path share.
    pub(super) method: Option<String>,
}

impl FaultyOperation {
    /// The operation within which a place is.
    pub(super) fn around(at: &Pointer) -> Option<Self> {
        let steps: Vec<String> = at.steps().take(4).collect();
        let method = match steps.as_slice() {
            [_, _, additional, method] if additional == ADDITIONAL => Some(method.clone()),
            [_, _, key, ..] => {
                METHODS.into_iter().chain([QUERY]).find(|method| method == key).map(str::to_owned)
            }
            _ => return None,
        };
        let [section, path] = steps.first_chunk()?;
        (section == "paths").then(|| Self { path: path.clone(), method })
    }
}
