//! What a crate was when it was last released, and what the next release is.
//!
//! A crate keeps what callers could see of its last release in a file of its own. So the next version can be told
//! without a look into the past: no earlier description, no earlier generator and no repository is needed, and a
//! change that comes from the generator itself is seen like one that comes from the description.

use serde::{Deserialize, Serialize};
use toml_edit::{DocumentMut, value};

use crate::analysis::diff::{self, Changes, Surface};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::{Diagnostic, Diagnostics, Location, WithWarnings};
use crate::kept_names::KeptNames;
use crate::pipeline::model::Api;
use crate::pointer::Pointer;
use crate::{Crate, File, Source};
use package::Package;

mod changelog;
mod package;

/// The file that keeps what callers could see of the last release.
pub const RECORD: &str = "released.yaml";

/// The file that says what each release has changed.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// The releases of a crate so far.
#[derive(Clone, Debug, Default)]
pub struct History {
    last: Option<Release>,
    changelog: Option<String>,
}

/// What a crate was when it was released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    /// The version of the crate.
    version: String,
    /// The version of the API.
    api: String,
    /// Its features and its runtime.
    package: Package,
    /// What callers could see of its model.
    surface: Surface,
}

/// What the changes since the last release ask for.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The version of the last release.
    pub since: String,
    /// What has changed.
    pub changes: Changes,
    /// The version that follows from it, at the least.
    pub version: String,
}

/// Why a crate cannot be released under a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing has changed since the last release.
    Nothing {
        /// The version of the last release.
        since: String,
    },
    /// The changes ask for more.
    TooLow {
        /// The version that was asked for.
        version: String,
        /// The version that the changes ask for, at the least.
        least: String,
    },
    /// The text is no version that Cargo takes.
    NoVersion(String),
}

impl History {
    /// Reads the files that a crate keeps of its releases. A changelog that a person keeps is passed over.
    ///
    /// # Errors
    /// `unreadable-record` where the record is not one of this generator.
    pub fn read(
        record: Option<&Source>,
        changelog: Option<&Source>,
    ) -> Result<WithWarnings<Self>, Diagnostics> {
        let last = record.map(|record| {
            let read: Result<Release, _> = serde_yaml::from_str(record.text());
            read.map_err(|why| unreadable(&record.file, &why.to_string())).and_then(|release| {
                match figures(&release.version) {
                    Some(_) => Ok(release),
                    None => Err(unreadable(&record.file, "its version is not three figures")),
                }
            })
        });
        let changelog = changelog.map(|changelog| changelog.text().to_owned());
        let changelog = changelog.filter(|text| changelog::is_ours(text));
        let history = Self { last: last.transpose()?, changelog };
        Ok(WithWarnings { value: history, warnings: Diagnostics::default() })
    }

    /// What has changed since the last release; `None` where there was none.
    #[must_use]
    pub fn advice(&self, api: &Api, generated: &Crate) -> Option<Advice> {
        let Release { version, package, surface, .. } = self.last.as_ref()?;
        let mut changes = diff::between(surface, &Surface::of(api));
        package.compare(&Package::of(generated), &mut changes);
        let changes = changes.sorted();
        let next = changes.step().after(version)?;
        Some(Advice { since: version.clone(), changes, version: next })
    }

    /// The history with one release more: of the version that is asked for, else of the one that the changes ask
    /// for. The first release is of the version that the crate has.
    ///
    /// # Errors
    /// Where nothing has changed and no version is asked for, or a lower one than the changes ask for.
    pub fn released(
        &self,
        api: &Api,
        generated: &Crate,
        asked: Option<&str>,
    ) -> Result<Self, Refusal> {
        let advice = self.advice(api, generated);
        let version = match (&advice, asked) {
            (None, None) => version_of(generated),
            (None, Some(asked)) => at_least("0.0.0", asked)?,
            (Some(advice), None) if advice.changes.worst().is_none() => {
                return Err(Refusal::Nothing { since: advice.since.clone() });
            }
            (Some(advice), None) => advice.version.clone(),
            (Some(advice), Some(asked)) => at_least(&advice.version, asked)?,
        };
        let entry = changelog::entry(&version, api, advice.as_ref().map(|advice| &advice.changes));
        let changelog = changelog::with(self.changelog.as_deref(), &entry);
        let (package, surface) = (Package::of(generated), Surface::of(api));
        let last = Release { version, api: api.version.clone(), package, surface };
        Ok(Self { last: Some(last), changelog: Some(changelog) })
    }

    /// The names that the last release had.
    #[must_use]
    pub fn names(&self) -> KeptNames {
        let Some(Release { surface, .. }) = &self.last else { return KeptNames::default() };
        let types = surface.types.iter().map(|ty| (ty.at.clone(), ty.name.clone()));
        let methods = surface.groups.iter().flat_map(|group| {
            let place = |request: &String| (group.module.clone(), request.clone());
            group.calls.iter().map(move |call| (place(&call.request), call.name.clone()))
        });
        KeptNames { types: types.collect(), methods: methods.collect() }
    }

    /// What callers could see of the last release.
    #[must_use]
    pub fn surface(&self) -> Option<&Surface> {
        self.last.as_ref().map(|last| &last.surface)
    }

    /// The version of the last release.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.last.as_ref().map(|last| last.version.as_str())
    }

    /// A generated crate with the version of its last release, and with the files that tell of it.
    #[must_use]
    pub fn onto(&self, generated: Crate) -> Crate {
        let Crate { mut files } = generated;
        if let Some(last) = &self.last {
            for manifest in files.iter_mut().filter(|file| file.path == "Cargo.toml") {
                manifest.text = with_version(&manifest.text, &last.version);
            }
            files.push(File { path: RECORD.to_owned(), text: last.text() });
        }
        let changelog = self.changelog.iter();
        files.extend(changelog.map(|text| File { path: CHANGELOG.to_owned(), text: text.clone() }));
        Crate { files }
    }
}

impl Release {
    fn text(&self) -> String {
        // Texts, lists and maps of texts can always be written as YAML.
        let record = serde_yaml::to_string(self).unwrap_or_default();
        format!(
            "# @generated by `generate --release`: what callers could see of this release. Do not edit.\n\
             {record}"
        )
    }
}

fn unreadable(file: &str, why: &str) -> Diagnostics {
    let place = Location::new(file, Pointer::root());
    let message = format!("the record of the last release cannot be read: {why}");
    let help = "it is written by `generate --release`; restore it";
    Diagnostic::new(DiagnosticCode::UnreadableRecord, place, message).help(help).into()
}

fn version_of(generated: &Crate) -> String {
    let manifest = generated.files.iter().find(|file| file.path == "Cargo.toml");
    let manifest = manifest.and_then(|file| file.text.parse::<DocumentMut>().ok());
    let version =
        manifest.as_ref().and_then(|found| found.get("package")?.get("version")?.as_str());
    version.unwrap_or("0.1.0").to_owned()
}

fn with_version(manifest: &str, version: &str) -> String {
    let Ok(mut document) = manifest.parse::<DocumentMut>() else { return manifest.to_owned() };
    if let Some(package) = document.get_mut("package").and_then(|package| package.as_table_mut()) {
        package.insert("version", value(version));
    }
    document.to_string()
}

fn at_least(least: &str, asked: &str) -> Result<String, Refusal> {
    let Some(figures_asked) = figures(asked) else {
        return Err(Refusal::NoVersion(asked.to_owned()));
    };
    match figures(least) {
        Some(least_figures) if figures_asked < least_figures => {
            Err(Refusal::TooLow { version: asked.to_owned(), least: least.to_owned() })
        }
        _ => Ok(asked.to_owned()),
    }
}

/// `1.4.1` → `[1, 4, 1]`
fn figures(version: &str) -> Option<[u64; 3]> {
    let plain = |part: &&str| {
        (part.len() == 1 || !part.starts_with('0'))
            && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = version.split('.').collect();
    if !parts.iter().all(plain) {
        return None;
    }
    let figures: Option<Vec<u64>> = parts.iter().map(|part| part.parse().ok()).collect();
    figures?.try_into().ok()
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing { since } => {
                write!(
                    f,
                    "nothing has changed for callers since {since}; to release all the same, say the version"
                )
            }
            Self::TooLow { version, least } => {
                write!(f, "the changes ask for {least} at the least, not for {version}")
            }
            Self::NoVersion(text) => {
                write!(f, "`{text}` is not a version such as 1.4.1")
            }
        }
    }
}
