//! What callers can see of a crate beside its model: its features, and the runtime.

use serde::{Deserialize, Serialize};
use toml_edit::DocumentMut;

use crate::Crate;
use crate::analysis::diff::{Changes, Effect, Item, What, fingerprint};

/// What callers can see of a crate beside its model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The features, in the order of the manifest.
    features: Vec<String>,
    /// Those that are on unless a caller says otherwise.
    default: Vec<String>,
    /// A fingerprint of the runtime, which is written by hand and in no model.
    runtime: String,
}

impl Package {
    pub fn of(generated: &Crate) -> Self {
        let manifest = generated.files.iter().find(|file| file.path == "Cargo.toml");
        let manifest = manifest.and_then(|file| file.text.parse::<DocumentMut>().ok());
        let features = manifest.as_ref().and_then(|found| found.get("features")?.as_table_like());
        let names = features.iter().flat_map(|features| features.iter()).map(|(name, _)| name);
        let default = features.and_then(|features| features.get("default")?.as_array());
        let default = default.into_iter().flatten().filter_map(|name| name.as_str());
        let runtime = generated.files.iter().filter(|file| file.path.starts_with("src/runtime/"));
        Self {
            features: names.filter(|name| *name != "default").map(str::to_owned).collect(),
            default: default.map(str::to_owned).collect(),
            runtime: fingerprint(runtime.flat_map(|file| [&file.path, &file.text])),
        }
    }

    /// Adds what has changed since another state of the crate.
    pub fn compare(&self, new: &Self, changes: &mut Changes) {
        let mut feature = |effect, what, name: &str, text: String| {
            changes.push(effect, (Item::Feature, what), name, text);
        };
        for name in self.features.iter().filter(|name| !new.features.contains(name)) {
            feature(Effect::Breaking, What::Removed, name, format!("the feature `{name}` is gone"));
        }
        for name in new.features.iter().filter(|name| !self.features.contains(name)) {
            feature(Effect::Addition, What::Added, name, format!("the feature `{name}` is new"));
        }
        for name in self.default.iter().filter(|name| !new.default.contains(name)) {
            let text = format!("the feature `{name}` is no longer on by itself");
            feature(Effect::Breaking, What::Treated, name, text);
        }
        for name in new.default.iter().filter(|name| !self.default.contains(name)) {
            let text = format!("the feature `{name}` is on by itself");
            feature(Effect::Behaviour, What::Treated, name, text);
        }
        if self.runtime != new.runtime {
            let text = "the runtime has changed: no model tells how, `cargo semver-checks` does";
            changes.push(Effect::Behaviour, (Item::Client, What::Treated), "crate", text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::File;

    fn a_crate(features: &str, runtime: &str) -> Crate {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let manifest = format!("[package]\nname = \"x\"\n\n[features]\n{features}");
        Crate { files: vec![file("Cargo.toml", &manifest), file("src/runtime/mod.rs", runtime)] }
    }

    #[test]
    fn features_and_the_runtime_are_compared() {
        let old = Package::of(&a_crate("default = [\"a\", \"c\"]\na = []\nb = []\nc = []", "one"));
        let new = Package::of(&a_crate("default = [\"a\", \"d\"]\na = []\nc = []\nd = []", "two"));
        let mut changes = Changes::default();
        old.compare(&new, &mut changes);
        let told: Vec<_> = changes.iter().map(|change| (change.effect, &*change.text)).collect();
        assert_eq!(
            told,
            [
                (Effect::Breaking, "the feature `b` is gone"),
                (Effect::Addition, "the feature `d` is new"),
                (Effect::Breaking, "the feature `c` is no longer on by itself"),
                (Effect::Behaviour, "the feature `d` is on by itself"),
                (
                    Effect::Behaviour,
                    "the runtime has changed: no model tells how, `cargo semver-checks` does"
                ),
            ]
        );
        let mut none = Changes::default();
        old.compare(&old, &mut none);
        assert_eq!(none.iter().count(), 0);
    }
}
