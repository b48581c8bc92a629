//! Part of a description: some of its operations, and what they need.

mod relevant_locations;

pub use relevant_locations::RelevantLocations;
pub(crate) use relevant_locations::Selected;

/// The operations that a client is to have; all of them where nothing is named.
///
/// What is named once by either list is in. Names are those of the description, or those that the generated code
/// has for it; where both fit, the description's are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Tags with all of their operations: `Batch Agents`, or `batch_agents`, or `BatchAgents`.
    pub tags: Vec<String>,
    /// Operations by their `operationId`, or by their method or type: `get_usage`, or `GetUsage`.
    pub operations: Vec<String>,
}

impl Selection {
    /// Whether all operations are meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.tags.is_empty() && self.operations.is_empty()
    }
}
