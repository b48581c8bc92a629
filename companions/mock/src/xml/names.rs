//! What the `xml` object of a schema says of an element or an attribute.

use serde_json::Value;

use crate::parts::Parts;

/// The name of an element or an attribute.
pub struct Name {
    pub local: String,
    pub prefix: Option<String>,
    pub namespace: Option<String>,
}

impl Name {
    /// The name that is stated, or else this one.
    pub fn new(parts: &Parts<'_>, name: &str) -> Self {
        let local = tidy(text(parts, "name").unwrap_or(name));
        let prefix = text(parts, "prefix").map(tidy);
        Self { local, prefix, namespace: text(parts, "namespace").map(str::to_owned) }
    }

    /// As it stands in a document.
    pub fn written(&self) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}:{}", self.local),
            None => self.local.clone(),
        }
    }

    /// Whether it is the name of something in a namespace. Where none is stated, any is right.
    pub fn is_in(&self, namespace: Option<&str>) -> bool {
        self.namespace.as_deref().is_none_or(|stated| Some(stated) == namespace)
    }
}

/// The names that a root can have; none if any is right.
pub fn of_root(parts: &Parts<'_>) -> Vec<String> {
    parts.all("xml").filter_map(|xml| xml.get("name")?.as_str()).map(tidy).collect()
}

/// Whether something is true of it: `attribute`, `wrapped`
pub fn is(parts: &Parts<'_>, member: &str) -> bool {
    parts.all("xml").any(|xml| xml.get(member) == Some(&Value::Bool(true)))
}

fn text<'a>(parts: &Parts<'a>, member: &str) -> Option<&'a str> {
    parts.all("xml").find_map(|xml| xml.get(member)?.as_str())
}

/// A name as an element can have it.
fn tidy(name: &str) -> String {
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    let tidy: String = name.chars().map(|it| if is_allowed(it) { it } else { '_' }).collect();
    let starts = tidy.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if starts { tidy } else { format!("_{tidy}") }
}
