//! What was deleted. What `DELETE` was sent to is gone at its own URL (RFC 9110, 9.3.5), whichever member of a reply is its id.

use std::collections::HashSet;

use lantern_operations::Operation;

use crate::request::Incoming;

/// The paths of records that were deleted.
#[derive(Debug, Default)]
pub struct Deleted {
    paths: HashSet<String>,
}

impl Deleted {
    /// Takes note of a request that succeeded.
    pub fn note(&mut self, operation: &Operation, request: &Incoming) {
        let path = request.path.trim_end_matches('/');
        match operation.method.as_str() {
            // A list, or a state, is there all the same when it was emptied.
            "DELETE" if operation.path.ends_with('}') => drop(self.paths.insert(path.to_owned())),
            // What is made is there again, even if an example gives it the id of another one.
            "POST" | "PUT" => self.paths.retain(|deleted| !is_at_or_below(deleted, path)),
            _ => {}
        }
    }

    /// Whether a request is about what is not there, and a described reply says so. To delete it again is no error, and it can be
    /// made anew.
    pub fn concerns(&self, operation: &Operation, request: &Incoming) -> bool {
        if !operation.responses.iter().any(|response| response.status.includes(404)) {
            return false;
        }
        let path = request.path.trim_end_matches('/');
        let may_be_gone = matches!(operation.method.as_str(), "DELETE" | "POST" | "PUT");
        self.paths.iter().any(|deleted| {
            is_at_or_below(path, deleted) && !(may_be_gone && path.len() == deleted.len())
        })
    }
}

fn is_at_or_below(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
