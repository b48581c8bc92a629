//! Types of other crates that stand for those of a description, and what generated types derive.

use serde_json::Value;

use super::JsonKind;
use crate::rust::path::RustPath;

/// A type of another crate, or of a module that the owner of the crate adds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnType {
    /// Its path.
    pub path: RustPath,
    /// How its values are read and written.
    pub bridge: Bridge,
    /// The kind of JSON that the description has there.
    pub kind: JsonKind,
}

/// How the values of a type of another crate are read and written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Bridge {
    /// By its implementations of serde's traits.
    Serde,
    /// As a text, by `Display` and `FromStr`.
    Text,
    /// As a number with all of its digits, by `Display` and `FromStr`.
    Number,
    /// By the functions `serialize` and `deserialize` of a module.
    Module(RustPath),
}

/// A trait that a generated type derives beyond those that it always has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Derive {
    /// `PartialOrd`
    PartialOrd,
    /// `Eq`
    Eq,
    /// `Ord`
    Ord,
    /// `Hash`
    Hash,
    /// The macro of another crate, by its path.
    Macro(RustPath),
}

impl Derive {
    /// As it is written in code.
    #[must_use]
    pub fn rust(&self) -> &str {
        match self {
            Self::PartialOrd => "PartialOrd",
            Self::Eq => "Eq",
            Self::Ord => "Ord",
            Self::Hash => "Hash",
            Self::Macro(path) => path.as_str(),
        }
    }
}

/// A crate that own types are of.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependency {
    /// Its name in the manifest.
    pub name: String,
    /// What the manifest says of it: a version, or a table.
    pub source: Value,
}

impl Dependency {
    /// The crate as code names it: `my-money` → `my_money`
    #[must_use]
    pub fn module(&self) -> String {
        self.name.replace('-', "_")
    }
}
