//! Whether a dependency of a crate is what a module needs.

use cargo_toml::{Dependency, VersionReq};
use semver::{Op, Version};

use crate::pipeline::write::manifest::NeededCrate;

/// A feature that, by custom, turns on all others.
const FULL: &str = "full";

/// A feature that, by custom, is on by default.
const STD: &str = "std";

/// A dependency as a crate has it.
pub struct Has<'a> {
    version: Option<&'a VersionReq>,
    package: Option<&'a str>,
    features: &'a [String],
    has_default_features: bool,
    is_inherited: bool,
}

impl<'a> Has<'a> {
    pub fn of(dependency: &'a Dependency) -> Self {
        let detail = dependency.detail();
        Self {
            version: match dependency {
                Dependency::Simple(version) => Some(version),
                _ => detail.and_then(|detail| detail.version.as_ref()),
            },
            package: dependency.package(),
            features: dependency.req_features(),
            has_default_features: detail.is_none_or(|detail| detail.default_features),
            is_inherited: detail.is_some_and(|detail| detail.inherited),
        }
    }

    /// The line that is to take the place of the present one, with what is wrong; `None` if nothing is.
    pub fn line(&self, needed: &NeededCrate) -> Option<String> {
        if self.package.unwrap_or(&needed.name) != needed.package() {
            return Some(format!("{} # it is another package", needed.line()));
        }
        let line = needed.clone().with(self.own_features(), self.has_default_features);
        if let Some(own) = self.version.filter(|own| !self.is_new_enough(needed, own)) {
            return Some(format!("{} # it is {}", line.line(), plain(own)));
        }
        let lacking = self.lacking(needed);
        if lacking.is_empty() {
            return None;
        }
        let lacking = format!("# it lacks {}", lacking.join(", "));
        if self.is_inherited {
            let features: Vec<_> = line.features().map(|name| format!("{name:?}")).collect();
            let (name, features) = (&needed.name, features.join(", "));
            return Some(format!(
                "{name} = {{ workspace = true, features = [{features}] }} {lacking}"
            ));
        }
        let line = match self.version {
            Some(own) => line.with_version(&plain(own)),
            None => line,
        };
        Some(format!("{} {lacking}", line.line()))
    }

    fn is_new_enough(&self, needed: &NeededCrate, own: &VersionReq) -> bool {
        needed.version().is_none_or(|version| is_met(version, own))
    }

    fn own_features(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.features.iter().map(String::as_str)
    }

    fn lacking(&self, needed: &NeededCrate) -> Vec<String> {
        if self.own_features().any(|name| name == FULL) {
            return Vec::new();
        }
        let has = |feature: &str| {
            self.own_features().any(|own| own == feature)
                || (feature == STD && self.has_default_features)
        };
        let lacks_default =
            needed.has_default_features() && !self.has_default_features && !has("default");
        let lacking = needed.features().filter(|name| !has(name)).map(|name| format!("`{name}`"));
        let default = lacks_default.then(|| "its default features".to_owned());
        lacking.chain(default).collect()
    }
}

/// As people write it: `1.2`, not `^1.2`
fn plain(own: &VersionReq) -> String {
    own.to_string().trim_start_matches('^').to_owned()
}

/// Whether all versions that a crate allows have what is needed: the lowest of them is compatible with the needed one.
pub fn is_met(needed: &str, own: &VersionReq) -> bool {
    let Ok(needed) = VersionReq::parse(needed) else { return true };
    lowest(own).is_some_and(|lowest| needed.matches(&lowest))
}

/// The lowest version that is allowed; `None` if any is.
fn lowest(own: &VersionReq) -> Option<Version> {
    let lower = own.comparators.iter().filter(|one| !matches!(one.op, Op::Less | Op::LessEq));
    let versions = lower.map(|one| {
        let (minor, patch) = (one.minor.unwrap_or_default(), one.patch.unwrap_or_default());
        Version::new(one.major, minor, patch)
    });
    versions.max()
}
