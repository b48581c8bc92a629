//! Servers: base URLs that a caller may choose.

use crate::rust::names::Name;

/// The servers that a caller may choose, in a module of their own.
#[derive(Clone, Debug)]
pub struct Servers {
    /// The module: `servers`.
    pub module: Name,
    /// The servers in the order of the description.
    pub all: Vec<Server>,
    /// The types of variables that have a fixed set of values.
    pub choices: Vec<Choice>,
}

/// A server: a constant, or a type if its URL has variables.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its URL as the description has it, and the name in Rust.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Its URL, with the names of fields instead of those of variables.
    ///
    /// `https://{region}.example.com/{+root}`: the value of `root` is not escaped.
    pub url: String,
    /// The variables in it.
    pub variables: Vec<Variable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The field, and the setter.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// Its value if the caller does not set one.
    pub default: Setting,
    /// Whether its value is a secret, which `Debug` does not show.
    pub is_secret: bool,
}

/// What a variable is set to.
#[derive(Clone, Debug)]
pub enum Setting {
    /// Any text.
    Text(String),
    /// A variant of a choice.
    Choice {
        /// The type.
        of: Name,
        /// The variant.
        is: Name,
    },
}

/// An enum of the values that a variable may have.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The type.
    pub name: Name,
    /// Its description, as Markdown.
    pub description: Option<String>,
    /// The variants.
    pub values: Vec<Name>,
}

impl Servers {
    /// Whether a caller has anything to choose.
    #[must_use]
    pub fn are_several(&self) -> bool {
        self.all.len() > 1 || self.have_variables()
    }

    /// Whether any URL has variables.
    #[must_use]
    pub fn have_variables(&self) -> bool {
        self.all.iter().any(|server| !server.variables.is_empty())
    }
}
