//! `x-rust-type`, `x-rust-derive` and `x-rust-types`, as overlays and settings say them.
//!
//! ```yaml
//! x-rust-type: rust_decimal::Decimal
//! x-rust-type: {type: crate::money::Money, with: text}      # serde, text, number, or a module
//! x-rust-derive: [Hash, Eq]
//! x-rust-types:
//!   use: [decimal, chrono]
//!   formats: {phone: phonenumber::PhoneNumber}
//!   derive: [Hash]
//!   dependencies: {phonenumber: '0.3'}
//! ```

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::known;
use crate::diagnostics::suggest::closest;
use crate::pipeline::model::extension_object::ExtensionObject;
use crate::pipeline::model::{Bridge, Derive};
use crate::rust::names;
use crate::rust::path::RustPath;

/// What every type has already.
const ALWAYS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

const DERIVES: [Derive; 4] = [Derive::Eq, Derive::Hash, Derive::Ord, Derive::PartialOrd];

/// What is said of types as a whole.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The types of formats.
    pub formats: HashMap<String, Choice>,
    /// What all types derive that can.
    pub derives: Vec<Derive>,
    /// Crates, and what the manifest says of each.
    pub dependencies: BTreeMap<String, Value>,
}

/// A type that stands for a schema's.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub path: RustPath,
    /// How it is read and written, if that is said.
    pub bridge: Option<Bridge>,
}

impl Choice {
    /// Reads a path, or an object with one; `name` is what messages call it.
    pub fn read(value: &Value, name: &str) -> Result<Self, String> {
        if let Some(path) = value.as_str() {
            return Ok(Self { path: RustPath::read(path)?, bridge: None });
        }
        if !value.is_object() {
            return Err(format!("`{name}` is the path of a type, or an object with `type`"));
        }
        let members = ExtensionObject::read(value, name, &["type", "with"])?;
        let path = members.text("type")?.ok_or_else(|| format!("`{name}` has no `type`"))?;
        let bridge = members.text("with")?.as_deref().map(bridge).transpose()?;
        Ok(Self { path: RustPath::read(&path)?, bridge })
    }
}

fn bridge(word: &str) -> Result<Bridge, String> {
    match word {
        "serde" => return Ok(Bridge::Serde),
        "text" => return Ok(Bridge::Text),
        "number" => return Ok(Bridge::Number),
        _ => {}
    }
    let module =
        RustPath::read(word).ok().filter(|path| path.crates().count() == 1 && !word.contains('<'));
    module.map(Bridge::Module).ok_or_else(|| {
        let like = closest(word, ["serde", "text", "number"]);
        let like = like.map(|like| format!("; did you mean `{like}`?")).unwrap_or_default();
        format!("`with` is `serde`, `text`, `number` or the path of a module{like}")
    })
}

/// Reads a list of traits; `name` is what messages call it.
fn derives(value: &Value, name: &str) -> Result<Vec<Derive>, String> {
    let list = value.as_array().ok_or_else(|| format!("`{name}` is not a list"))?;
    let mut derives = Vec::new();
    for item in list {
        let word = item.as_str().ok_or_else(|| format!("`{name}` is not a list of texts"))?;
        let found = DERIVES.into_iter().find(|known| known.rust() == word);
        match (found, RustPath::read(word).ok().filter(|path| path.crates().count() == 1)) {
            _ if ALWAYS.contains(&word) => {}
            (Some(known), _) => derives.push(known),
            (None, Some(path)) => derives.push(Derive::Macro(path)),
            (None, None) => return Err(unknown(word)),
        }
    }
    Ok(with_their_own(derives))
}

/// A total order needs a partial one and `Eq`.
fn with_their_own(mut derives: Vec<Derive>) -> Vec<Derive> {
    if derives.contains(&Derive::Ord) {
        derives.extend([Derive::PartialOrd, Derive::Eq]);
    }
    derives.sort();
    derives.dedup();
    derives
}

fn unknown(word: &str) -> String {
    let known: Vec<_> = DERIVES.iter().map(Derive::rust).collect();
    let like = closest(word, known.iter().copied());
    let like = like.map(|like| format!("; did you mean `{like}`?")).unwrap_or_default();
    let known = known.join("`, `");
    format!(
        "`{word}` cannot be derived: it is none of `{known}`, and not the path of a macro{like}"
    )
}

impl Choices {
    /// Reads what is said at the root, or in a settings file; `name` is what messages call it.
    pub fn read(value: &Value, name: &str) -> Result<Self, String> {
        const MEMBERS: [&str; 4] = ["use", "formats", "derive", "dependencies"];
        let members = ExtensionObject::read(value, name, &MEMBERS)?;
        let mut choices = Self::default();
        if let Some(stated) = members.get("dependencies") {
            choices.dependencies = dependencies(stated)?;
        }
        if let Some(stated) = members.get("use") {
            choices.use_sets(stated)?;
        }
        let formats = match members.get("formats") {
            None => None,
            Some(formats) => Some(formats.as_object().ok_or("`formats` is not an object")?),
        };
        for (format, stated) in formats.into_iter().flatten() {
            let choice = Choice::read(stated, format)?;
            choices.check_crates(&choice.path)?;
            choices.formats.insert(format.clone(), choice);
        }
        let stated = members.get("derive").map(|stated| choices.derives_in(stated, "derive"));
        choices.derives = stated.transpose()?.unwrap_or_default();
        Ok(choices)
    }

    fn use_sets(&mut self, stated: &Value) -> Result<(), String> {
        let list = stated.as_array().ok_or("`use` is not a list")?;
        for item in list {
            let word = item.as_str().ok_or("`use` is not a list of texts")?;
            let words = known::SETS.map(|(word, _)| word);
            let Some((_, types)) = known::SETS.iter().find(|(known, _)| *known == word) else {
                let like = closest(word, words).map(|like| format!("; did you mean `{like}`?"));
                let known = words.join("`, `");
                return Err(format!(
                    "`use` has `{known}`, not `{word}`{}",
                    like.unwrap_or_default()
                ));
            };
            for (format, path) in *types {
                let choice = Choice { path: RustPath::read(path)?, bridge: None };
                if self.formats.insert((*format).to_owned(), choice).is_some() {
                    return Err(format!("`use` has two types for the format `{format}`"));
                }
            }
        }
        Ok(())
    }

    /// Reads a list of traits; `name` is what messages call it.
    pub fn derives_in(&self, stated: &Value, name: &str) -> Result<Vec<Derive>, String> {
        let derives = derives(stated, name)?;
        for derive in &derives {
            match derive {
                Derive::Macro(path) => self.check_crates(path)?,
                Derive::Eq | Derive::Hash | Derive::Ord | Derive::PartialOrd => {}
            }
        }
        Ok(derives)
    }

    /// Refuses a type of a crate that the client does not have.
    pub fn check_crates(&self, path: &RustPath) -> Result<(), String> {
        let is_there = |name: &str| {
            known::is_there(name)
                || known::dependency(name).is_some()
                || self.dependency(name).is_some()
        };
        match path.crates().find(|name| !is_there(name)) {
            None => Ok(()),
            Some(name) => Err(format!(
                "`{path}` is of the crate `{name}`, which the client does not depend on; add it to the `dependencies` of \
                 the settings: {name} = \"<version>\""
            )),
        }
    }

    /// What is said of a crate, by its name in code.
    pub fn dependency(&self, module: &str) -> Option<&Value> {
        let found = self.dependencies.iter().find(|(name, _)| name.replace('-', "_") == module);
        found.map(|(_, source)| source)
    }
}

fn dependencies(stated: &Value) -> Result<BTreeMap<String, Value>, String> {
    let members = stated.as_object().ok_or("`dependencies` is not an object")?;
    for (name, source) in members {
        if !names::is_crate_name(name) {
            return Err(format!("`{name}` cannot be the name of a crate"));
        }
        if !(source.is_string() || source.is_object()) {
            return Err(format!("`{name}` is a version, or an object as in `Cargo.toml`"));
        }
    }
    Ok(members.clone().into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(yaml: &str) -> Result<Choices, String> {
        Choices::read(&serde_yaml::from_str(yaml).expect("YAML"), "x-rust-types")
    }

    #[test]
    fn sets_formats_and_derives_are_read() {
        let read = choices(
            "{use: [decimal, chrono], formats: {phone: 'phone-number::A'}, derive: [Clone, Ord]}",
        );
        assert!(read.is_err_and(|why| why.contains("is not the path of a type")));
        let read = choices(
            "{use: [decimal, chrono], formats: {phone: {type: 'phone_number::A', with: text}}, derive: [Clone, Ord], \
             dependencies: {phone-number: '1'}}",
        );
        let read = read.expect("choices");
        let mut formats: Vec<_> = read.formats.keys().map(String::as_str).collect();
        formats.sort_unstable();
        assert_eq!(formats, ["date", "date-time", "decimal", "phone"]);
        assert_eq!(read.formats["phone"].bridge, Some(Bridge::Text));
        assert_eq!(read.derives, [Derive::PartialOrd, Derive::Eq, Derive::Ord]);
    }

    #[test]
    fn what_is_not_known_is_refused_with_what_helps() {
        for (yaml, part) in [
            ("[]", "is not an object"),
            ("{formts: {}}", "did you mean `formats`?"),
            ("{use: [decimals]}", "did you mean `decimal`?"),
            ("{use: [time, chrono]}", "two types for the format `date-time`"),
            ("{formats: {a: 'my_crate::A'}}", "add it to the `dependencies`"),
            ("{formats: {a: 1}}", "`a` is the path of a type"),
            ("{formats: {a: {typ: 'a::B'}}}", "did you mean `type`?"),
            ("{formats: {a: {type: 'uuid::B', with: txt}}}", "did you mean `text`?"),
            ("{derive: [Hsh]}", "did you mean `Hash`?"),
            ("{derive: [Copy]}", "`Copy` cannot be derived"),
            ("{derive: ['a::B']}", "add it to the `dependencies`"),
            ("{derive: Hash}", "is not a list"),
            ("{dependencies: {'a b': '1'}}", "cannot be the name of a crate"),
            ("{dependencies: {a: 1}}", "is a version"),
        ] {
            let why = choices(yaml).expect_err(yaml);
            assert!(why.contains(part), "{yaml}: {why}");
        }
    }
}
