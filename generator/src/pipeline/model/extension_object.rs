//! Extensions that are objects with a few known members.

use serde_json::{Map, Value};

use crate::diagnostics::suggest::closest;

/// An extension, or an object in one, all of whose members are known.
#[derive(Clone, Copy)]
pub struct ExtensionObject<'v>(&'v Map<String, Value>);

impl<'v> ExtensionObject<'v> {
    /// Reads an object, or says why it cannot be read. `name` is what messages call it.
    pub fn read(value: &'v Value, name: &str, known: &[&str]) -> Result<Self, String> {
        let members = value.as_object().ok_or_else(|| format!("`{name}` is not an object"))?;
        match members.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(Self(members)),
            Some(key) => {
                let like = closest(key, known.iter().copied());
                let like = like.map(|like| format!("; did you mean `{like}`?"));
                Err(format!("`{name}` has no `{key}`{}", like.unwrap_or_default()))
            }
        }
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&'v Value> {
        self.0.get(name)
    }

    /// A member that is a JSON pointer (RFC 6901).
    pub fn pointer(&self, name: &str) -> Result<Option<String>, String> {
        match self.text(name)? {
            Some(text) if !text.is_empty() && !text.starts_with('/') => {
                Err(format!("`{name}` is not a JSON pointer, such as `/{text}`"))
            }
            text => Ok(text),
        }
    }

    /// A member that is a string.
    pub fn text(&self, name: &str) -> Result<Option<String>, String> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| format!("`{name}` is not a string"))?;
        Ok(Some(text.to_owned()))
    }
}
