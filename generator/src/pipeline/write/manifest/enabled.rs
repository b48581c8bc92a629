//! What the features that are on need.

use std::collections::BTreeSet;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::tables::{Kind, TABLES};

/// The features that are on, and the dependencies that they need.
pub struct Enabled {
    features: BTreeSet<String>,
    /// The features that were asked for and that there are not.
    pub unknown: Vec<String>,
    /// All features that can be asked for.
    pub known: Vec<String>,
    /// In the order of the manifest.
    pub dependencies: Vec<NeededCrate>,
    /// What a browser needs beyond them.
    pub browser_dependencies: Vec<NeededCrate>,
    /// The edition that the sources are written in.
    pub edition: String,
    /// The lowest version of Rust that compiles them.
    pub rust_version: String,
}

/// A dependency, with the features that are needed of it.
#[derive(Clone, Debug)]
pub struct NeededCrate {
    /// Its name in the manifest.
    pub name: String,
    details: InlineTable,
}

impl Enabled {
    /// What these features of a manifest turn on, or those that are on by default.
    pub fn of(manifest: &DocumentMut, features: Option<Vec<String>>) -> Self {
        let table = |kind| TABLES.iter().find(|own| own.kind == kind)?.find(manifest);
        let names = table(Kind::Features).map(Table::iter).into_iter().flatten();
        let known: Vec<_> = names.map(|(name, _)| name.to_owned()).collect();
        let asked = features.unwrap_or_else(|| vec!["default".to_owned()]);
        let (asked, unknown) = asked.into_iter().partition(|name| known.contains(name));
        let on = On::from(asked, table(Kind::Features));
        let needed = |kind| table(kind).map(|table| on.needed(table)).unwrap_or_default();
        let (dependencies, browser_dependencies) =
            (needed(Kind::Dependencies), needed(Kind::BrowserDependencies));
        let known = known.into_iter().filter(|name| name != "default").collect();
        let package = |key| {
            let text = manifest.get("package").and_then(|package| package.get(key)?.as_str());
            text.unwrap_or_default().to_owned()
        };
        let (edition, rust_version) = (package("edition"), package("rust-version"));
        Self {
            features: on.features,
            unknown,
            known,
            dependencies,
            browser_dependencies,
            edition,
            rust_version,
        }
    }

    /// Whether a feature is on.
    pub fn has(&self, feature: &str) -> bool {
        self.features.contains(feature)
    }
}

/// What is on.
#[derive(Default)]
struct On {
    features: BTreeSet<String>,
    /// Optional dependencies.
    dependencies: BTreeSet<String>,
    /// Features of dependencies.
    of_dependencies: Vec<(String, String)>,
}

impl On {
    fn from(mut open: Vec<String>, features: Option<&Table>) -> Self {
        let mut on = Self::default();
        while let Some(name) = open.pop() {
            let list = features.and_then(|table| table.get(&name)?.as_array());
            if !on.features.insert(name) {
                continue;
            }
            for entry in list.into_iter().flatten().filter_map(Value::as_str) {
                if let Some(dependency) = entry.strip_prefix("dep:") {
                    on.dependencies.insert(dependency.to_owned());
                } else if let Some((dependency, feature)) = entry.split_once('/') {
                    let dependency = dependency.trim_end_matches('?').to_owned();
                    on.of_dependencies.push((dependency, feature.to_owned()));
                } else {
                    open.push(entry.to_owned());
                }
            }
        }
        on
    }

    fn needed(&self, table: &Table) -> Vec<NeededCrate> {
        let needed = table.iter().filter_map(|(name, item)| {
            let mut needed = NeededCrate::new(name, item)?;
            let is_optional = needed.details.remove("optional").is_some();
            if is_optional && !self.dependencies.contains(name) {
                return None;
            }
            let further = self.of_dependencies.iter().filter(|(of, _)| of == name);
            further.for_each(|(_, feature)| needed.add(feature));
            Some(needed)
        });
        needed.collect()
    }
}

impl NeededCrate {
    fn new(name: &str, item: &Item) -> Option<Self> {
        let details = match item.as_value()? {
            Value::InlineTable(details) => details.clone(),
            version => InlineTable::from_iter([("version", version.clone())]),
        };
        Some(Self { name: name.to_owned(), details })
    }

    fn add(&mut self, feature: &str) {
        let has = self.features().any(|it| it == feature);
        let list = self.details.entry("features").or_insert(Array::new().into());
        if let Some(list) = list.as_array_mut().filter(|_| !has) {
            list.push(feature);
        }
    }

    /// The package, if it has another name.
    pub fn package(&self) -> &str {
        self.details.get("package").and_then(Value::as_str).unwrap_or(&self.name)
    }

    /// The version that is needed, if the manifest states one.
    pub fn version(&self) -> Option<&str> {
        self.details.get("version")?.as_str()
    }

    /// The features that are needed.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        let list = self.details.get("features").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Whether the default features are needed.
    pub fn has_default_features(&self) -> bool {
        self.details.get("default-features").and_then(Value::as_bool) != Some(false)
    }

    /// The same, with the features that the crate around the module has beyond the needed ones.
    #[must_use]
    pub fn with<'a>(mut self, features: impl IntoIterator<Item = &'a str>, default: bool) -> Self {
        features.into_iter().for_each(|feature| self.add(feature));
        if default {
            self.details.remove("default-features");
        }
        self
    }

    /// The same, with another version.
    #[must_use]
    pub fn with_version(mut self, version: &str) -> Self {
        self.details.insert("version", version.into());
        self
    }

    /// The line of the manifest: `bytes = "1"`
    pub fn line(&self) -> String {
        let mut details = self.details.clone();
        details.fmt();
        let only_version = details.len() == 1;
        match details.get("version").filter(|_| only_version) {
            Some(version) => format!("{} = {}", self.name, version.to_string().trim()),
            None => format!("{} = {}", self.name, details.to_string().trim()),
        }
    }
}
