//! The table as a whole.

use serde::{Deserialize, Serialize};

use crate::json::FORMAT;
use crate::{Conventions, Definitions, Operation, RateLimitGroup, SecurityScheme, Server};

/// All operations of a service, and what they share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// The version of this format: [`FORMAT`].
    pub format: u32,
    /// The name of the API.
    pub title: String,
    /// The version of the API; any text.
    pub version: String,
    /// What the API is for, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The servers; the first one is the default. An URL may be relative.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// The environment variable that has another base URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url_variable: Option<String>,
    /// The security schemes that operations name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_schemes: Vec<SecurityScheme>,
    /// The groups of operations that share a rate limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rate_limits: Vec<RateLimitGroup>,
    /// Which headers and members of replies state success, limits and credits.
    #[serde(default, skip_serializing_if = "Conventions::is_empty")]
    pub conventions: Conventions,
    /// The groups of operations: the tags, in the order of the description.
    pub groups: Vec<Group>,
    /// The operations, group by group.
    pub operations: Vec<Operation>,
    /// The schemas that others refer to as `#/$defs/…`.
    #[serde(rename = "$defs", default, skip_serializing_if = "Definitions::is_empty")]
    pub definitions: Definitions,
}

/// A group of operations: a tag of the description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name, as the client has it and in words joined by hyphens: `batch-agents`.
    pub name: String,
    /// The tag, if it is called otherwise: `Batch Agents`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is for, as plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Table {
    /// A table without operations.
    #[must_use]
    pub fn new(title: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            format: FORMAT,
            title: title.into(),
            version: version.into(),
            description: None,
            servers: Vec::new(),
            base_url_variable: None,
            security_schemes: Vec::new(),
            rate_limits: Vec::new(),
            conventions: Conventions::default(),
            groups: Vec::new(),
            operations: Vec::new(),
            definitions: Definitions::new(),
        }
    }

    /// The operation with this `operationId`.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }

    /// The operation with this command in this group.
    #[must_use]
    pub fn command(&self, group: &str, command: &str) -> Option<&Operation> {
        self.in_group(group).find(|operation| operation.command == command)
    }

    /// The operations of a group, in the order of the description.
    pub fn in_group(&self, group: &str) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(move |operation| operation.group == group)
    }

    /// The group of this name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// The security scheme of this name.
    #[must_use]
    pub fn security_scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.security_schemes.iter().find(|scheme| scheme.name == name)
    }

    /// The rate limit group of an operation.
    #[must_use]
    pub fn rate_limit(&self, operation: &Operation) -> Option<&RateLimitGroup> {
        let name = operation.policy.rate_limit.as_deref()?;
        self.rate_limits.iter().find(|group| group.name == name)
    }
}
