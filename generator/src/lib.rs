//! Reads an OpenAPI description and writes a Rust client crate.
//!
//! [`generate`] is the whole way: bytes in, bytes out, and nothing else is touched.

pub mod catalogue;
pub mod diagnostics;
pub mod diff;
pub mod docs;
pub mod format;
pub mod lint;
pub mod load;
pub mod model;
pub mod names;
pub mod normalize;
pub mod places;
pub mod pointer;
pub mod release;
pub mod render;
pub mod resolve;
pub mod write;

use diagnostics::Checked;

/// A text and the name under which complaints speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file's path, as the caller wrote it.
    pub file: String,
    /// The file's text.
    pub text: String,
}

/// What a crate is generated from.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON.
    pub description: Source,
    /// The OpenAPI Overlay, 1.0 or 1.1, that is applied to it.
    pub overlay: Option<Source>,
    /// The name of the crate to write.
    pub crate_name: String,
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
/// All complaints of the first stage that has any.
pub fn generate(input: Input) -> Checked<Crate> {
    decide(input)?.then(|api| write::write(&api, render::render(&api)))
}

/// Goes as far as the fence: decides what is generated, to the last word.
///
/// # Errors
/// All complaints of the first stage that has any.
pub fn decide(input: Input) -> Checked<model::Api> {
    let Input { description, overlay, crate_name } = input;
    documents(&description, overlay.as_ref())?
        .then(|(description, overlay)| normalize::effective(description, overlay))?
        .then(|description| decided(description, &crate_name))
}

/// The same, but an overlay's action that matches nothing is only warned of: to look at a description that the
/// overlay was not made for.
///
/// # Errors
/// All complaints of the first stage that has any.
pub fn decide_where_it_fits(input: Input) -> Checked<model::Api> {
    let Input { description, overlay, crate_name } = input;
    documents(&description, overlay.as_ref())?
        .then(|(description, overlay)| match overlay {
            Some(overlay) => normalize::effective_where_it_fits(description, overlay),
            None => normalize::effective(description, None),
        })?
        .then(|description| decided(description, &crate_name))
}

fn documents(
    description: &Source,
    overlay: Option<&Source>,
) -> Checked<(load::Loaded, Option<load::Loaded>)> {
    let overlay = overlay.map(load::parse).transpose()?;
    Ok(load::parse(description)?.with(overlay))
}

fn decided(effective: load::Loaded, crate_name: &str) -> Checked<model::Api> {
    normalize::normalize(effective, None)?
        .then(resolve::resolve)?
        .then(|resolved| model::model(resolved, crate_name))
}
