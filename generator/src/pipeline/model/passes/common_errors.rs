//! The errors of most operations, which are documented once.

use indexmap::IndexMap;

use crate::pipeline::model::{DocumentedResponse, Tag};

/// The errors of half of the operations or more, in the order of the description.
pub fn common_errors(tags: &[Tag]) -> Vec<DocumentedResponse> {
    let operations = tags.iter().flat_map(|tag| &tag.operations);
    let mut counts: IndexMap<&DocumentedResponse, usize> = IndexMap::new();
    for operation in operations.clone() {
        for (index, error) in operation.errors.iter().enumerate() {
            if !operation.errors[..index].contains(error) {
                *counts.entry(error).or_default() += 1;
            }
        }
    }
    let half = operations.count().div_ceil(2);
    let common = counts.into_iter().filter(|(_, count)| *count > 2 && *count >= half);
    common.map(|(error, _)| error.clone()).collect()
}
