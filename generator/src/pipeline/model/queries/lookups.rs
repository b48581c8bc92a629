//! Lookups that other stages need.

use crate::pipeline::model::{Api, Credential, Grant, Operation, TypeModule};

impl Api {
    /// The operations of all tags, in their order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.tags.iter().flat_map(|tag| &tag.operations)
    }

    /// The feature of the types of a module.
    #[must_use]
    pub fn feature_of(&self, type_module: &TypeModule) -> Option<&str> {
        match type_module {
            TypeModule::Tag(module) => {
                let tag = self.tags.iter().find(|tag| tag.name.rust() == module);
                tag.and_then(|tag| tag.feature.as_deref())
            }
            TypeModule::Common => None,
        }
    }

    /// Whether every operation needs a credential that the client can have.
    #[must_use]
    pub fn needs_credential(&self) -> bool {
        let is_needed = |operation: &Operation| {
            !operation.security.is_empty() && operation.security.iter().all(|set| !set.is_empty())
        };
        let mut operations = self.operations().peekable();
        operations.peek().is_some() && operations.all(is_needed)
    }

    /// The features of tags.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().filter_map(|tag| tag.feature.as_deref())
    }

    /// How tokens are requested, each with the credential that it replaces.
    pub fn grants(&self) -> impl Iterator<Item = (&Credential, &Grant)> {
        self.credentials.iter().filter_map(|one| Some((one, one.grant.as_ref()?)))
    }
}
