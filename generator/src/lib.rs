//! Reads an OpenAPI description and writes a Rust client crate.
//!
//! [`generate`] is the whole way: bytes in, bytes out, and nothing else is touched.

pub mod analysis;
pub mod diagnostics;
pub mod member_rule;
pub mod pipeline;
pub mod pointer;
pub mod rust;
pub mod selection;

use analysis::coverage::Coverage;
use diagnostics::{Checked, WithDiagnostics};
use pipeline::{load, model, normalize, render, resolve, write};
use selection::Selection;

/// A text and the name under which diagnostics speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's path, as the caller wrote it.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// The files of which the text was made, where it was made of several.
    pub parts: load::SourceFiles,
}

impl Source {
    /// The text of a single file.
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Self {
        Self { file: file.into(), text: text.into(), parts: load::SourceFiles::default() }
    }
}

/// What a crate is generated from.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON.
    pub description: Source,
    /// The OpenAPI Overlays, 1.0 or 1.1, that are applied to it, one after the other.
    pub overlays: Vec<Source>,
    /// The name of the crate to write.
    pub crate_name: String,
}

/// What a caller wishes of a client beyond what its description says.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The operations that it is to have.
    pub selection: Selection,
    /// Whether each tag is a feature.
    pub tag_features: TagFeatures,
}

/// Whether each tag is a feature of the crate, with the types that only it uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagFeatures {
    /// Where there are so many operations that it pays.
    #[default]
    WhereLarge,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A generated crate: its files in the order in which a reader would open them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crate {
    /// The files.
    pub files: Vec<File>,
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the crate's folder, with `/` between the parts.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Generates a crate.
///
/// # Errors
/// All diagnostics: a stage that has some goes on with the faulty parts left out, and so do the stages after it.
pub fn generate(input: Input) -> Checked<Crate> {
    decide(input)?.then(|api| write_crate(&api)).checked()
}

/// Writes the crate of a client.
pub fn write_crate(api: &model::Api) -> WithDiagnostics<Crate> {
    let needs = model::RuntimeNeeds::new(api);
    write::write(api, &needs, render::render(api, &needs))
}

/// Runs the stages up to the validation boundary, and returns the model of the client.
///
/// # Errors
/// As [`generate`].
pub fn decide(input: Input) -> Checked<model::Api> {
    decide_as(input, &Wishes::default())
}

/// The same, by a caller's wishes.
///
/// Diagnostics about what is not selected are left out, errors among them.
///
/// # Errors
/// As [`generate`].
pub fn decide_as(input: Input, wishes: &Wishes) -> Checked<model::Api> {
    decide_and_count(input, wishes).map(|found| found.map(|(api, _)| api))
}

/// The same, with how much of the description it covers.
///
/// # Errors
/// As [`generate`].
pub fn decide_and_count(input: Input, wishes: &Wishes) -> Checked<(model::Api, Coverage)> {
    let decided = decided(input, wishes, normalize::normalize)?;
    let said = decided.warnings.clone();
    Ok(decided.map(|decided| (decided.api, decided.coverage.told(&said))))
}

/// The same, but an overlay's action that matches nothing is only warned of: to look at a description that the
/// overlay was not made for.
///
/// # Errors
/// As [`generate`].
pub fn decide_where_it_fits(input: Input) -> Checked<model::Api> {
    let decided = decided(input, &Wishes::default(), normalize::normalize_where_it_fits)?;
    Ok(decided.map(|decided| decided.api))
}

fn decided(
    input: Input,
    wishes: &Wishes,
    normalize: impl FnOnce(load::Loaded, Vec<load::Loaded>) -> WithDiagnostics<normalize::Description>,
) -> Checked<model::Decided> {
    let Input { description, overlays, crate_name } = input;
    load::parse(&description)
        .with(overlays.iter().map(load::parse))
        .then(|(description, overlays)| normalize(description, overlays))
        .then(resolve::resolve)
        .then(|resolved| model::model_as(resolved, &crate_name, wishes))
        .retain(|decided, found| decided.concerns(&found.place))
        .checked()
}
