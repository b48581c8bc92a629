//! A client that is a module of another crate.

/// The module that a client is, if it has no crate of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The crate as examples name it: `shop_app`, or `crate` if it is not a library.
    pub holder: String,
    /// The names of the module and of those around it, the outermost first: `clients`, `shop`.
    pub path: Vec<String>,
    /// The features that are compiled in; if nothing is said, those that a crate of its own has by default.
    pub features: Option<Vec<String>>,
}

impl Module {
    /// What code outside the module names it by: `shop_app::clients::shop`.
    #[must_use]
    pub fn path_in_examples(&self) -> String {
        format!("{}::{}", self.holder, self.path.join("::"))
    }
}
