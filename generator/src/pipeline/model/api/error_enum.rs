//! The documented errors of operations as enums.

use super::{Operation, Ty};
use crate::pipeline::resolve::Status;
use crate::rust::names::Name;

/// The errors of all operations of a tag that describe the same ones with the same types.
#[derive(Clone, Debug)]
pub struct ErrorEnum {
    /// The enum's name.
    pub name: Name,
    /// The errors: those of one status first, then those of a hundred, then any other.
    pub cases: Vec<ErrorCase>,
    /// The name of the enum for each operation.
    pub aliases: Vec<ErrorAlias>,
}

/// A documented error.
#[derive(Clone, Debug)]
pub struct ErrorCase {
    /// The variant.
    pub name: Name,
    /// Its statuses.
    pub status: Status,
    /// The type of its body, if it has one.
    pub ty: Option<Ty>,
}

/// The name that an enum of errors has for an operation.
#[derive(Clone, Debug)]
pub struct ErrorAlias {
    /// The operation's type.
    pub operation: Name,
    /// The name.
    pub name: Name,
}

impl ErrorEnum {
    /// The name that the enum has for an operation, if it is that of its errors.
    #[must_use]
    pub fn alias_of(&self, operation: &Operation) -> Option<&Name> {
        let alias = self.aliases.iter().find(|alias| alias.operation == operation.type_name);
        alias.map(|alias| &alias.name)
    }
}
