//! The order in which the model is decided.

use super::messages::Messages;
use super::{Api, Docs, batches, credentials, examples, homes, meta, operations, signals, types};
use crate::diagnostics::Outcome;
use crate::docs;
use crate::names;
use crate::resolve::Resolved;

/// Decides names, types and homes.
///
/// Complains of `invalid-name` where the crate's name is none, and of `invalid-extension`.
pub fn model(resolved: Resolved, crate_name: &str) -> Outcome<Api> {
    let mut messages = Messages::new(&resolved.origins);
    if !names::is_crate_name(crate_name) {
        messages.invalid_crate_name(crate_name);
    }
    let mut types = types::Types::new(&resolved);
    let tags = operations::tags(&resolved, &mut types, &mut messages);
    let prefix = names::variable_prefix(crate_name);
    let mut api = Api {
        crate_name: crate_name.to_owned(),
        source: file_name(resolved.origins.file()),
        title: one_line(&resolved.info.title),
        version: one_line(&resolved.info.version),
        headline: headline(&resolved),
        docs: resolved.info.description.as_deref().map(docs::lines).unwrap_or_default(),
        base_url: base_url(&resolved),
        base_url_variable: format!("{prefix}_BASE_URL"),
        credentials: credentials::credentials(&resolved, &prefix),
        signals: signals::signals(&resolved, &mut messages),
        headers: meta::headers(&resolved),
        types: types.definitions(&mut messages),
        tags,
        example: Vec::new(),
    };
    batches::settle(&mut api, &resolved, &mut messages);
    homes::settle(&mut api);
    examples::write(&mut api);
    Outcome::new(api, messages.found)
}

fn headline(resolved: &Resolved) -> Docs {
    let (title, version) = (&resolved.info.title, &resolved.info.version);
    docs::lines(&one_line(&format!("A client of the {title}, version {version}.")))
}

/// Free text where there is room for one line only.
fn one_line(text: &str) -> String {
    let words = text.split(|character: char| character.is_control() || character == ' ');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `specs/lantern.yaml` → `lantern.yaml`, so that the output does not depend on where a
/// description lies.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// The first server that says in full where it is.
fn base_url(resolved: &Resolved) -> Option<String> {
    let absolute = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(['{', '@'])
    };
    resolved.servers.iter().map(|server| server.url.as_str()).find(absolute).map(str::to_owned)
}
