//! The errors of most operations, which are documented once.

use crate::pipeline::model::{DocumentedResponse, Tag};

/// The errors of half of the operations or more, in the order of the description.
pub fn common_errors(tags: &[Tag]) -> Vec<DocumentedResponse> {
    let operations: Vec<_> = tags.iter().flat_map(|tag| &tag.operations).collect();
    let count = |error: &DocumentedResponse| {
        operations.iter().filter(|operation| operation.errors.contains(error)).count()
    };
    let mut common: Vec<DocumentedResponse> = Vec::new();
    for error in operations.iter().flat_map(|operation| &operation.errors) {
        if !common.contains(error) && count(error) > 2 && 2 * count(error) >= operations.len() {
            common.push(error.clone());
        }
    }
    common
}
