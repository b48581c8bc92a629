//! The servers of a description (OpenAPI 3.1.0, 4.8.5): base URLs that a caller may choose.

use std::collections::HashSet;

use serde_json::Value;

use super::base_url::{RELATIVE, Usable, not_used, usable};
use super::documentation;
use super::methods::Methods;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{Choice, Server, Servers, Setting, Variable};
use crate::pipeline::resolve::{self, Extension, Resolved};
use crate::rust::names::{Case, Name, Scope};

/// Names that the module uses otherwise.
const RESERVED_TYPES: &[&str] = &["Default", "From", "Into", "Self", "String"];

/// Names that the type of a server uses otherwise.
const RESERVED_SETTERS: &[&str] = &["clone", "clone_into", "default", "eq", "from", "into", "ne"];

/// How the names of variables end whose values are secrets.
const SECRETS: [&str; 6] = ["apikey", "api_key", "api-key", "password", "secret", "token"];

/// A description with more words is not used as a name.
const LONGEST_NAME: usize = 6;

/// The servers of a description; those that cannot be used are reported.
pub fn servers(
    resolved: &Resolved,
    methods: &Methods<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Servers {
    let mut builder = Builder {
        scope: Scope::reserving(RESERVED_TYPES),
        servers: Servers {
            module: methods.module_beside("servers"),
            all: Vec::new(),
            choices: Vec::new(),
        },
    };
    let mut known = HashSet::new();
    for server in &resolved.servers {
        match usable(&server.url) {
            Usable::Yes if known.insert(&server.template) => builder.add(server),
            Usable::No(why) => not_used(server, why, diagnostics),
            Usable::Relative if !known.is_empty() => not_used(server, RELATIVE, diagnostics),
            Usable::Yes | Usable::Relative => {}
        }
    }
    builder.servers
}

struct Builder {
    scope: Scope,
    servers: Servers,
}

impl Builder {
    fn add(&mut self, server: &resolve::Server) {
        let case = if server.variables.is_empty() { Case::Constant } else { Case::Type };
        let name = self.scope.name_as(&server.template, &words(server), case);
        let mut setters = Scope::reserving(RESERVED_SETTERS);
        let mut variable = |found| self.variable(found, &mut setters);
        let variables: Vec<_> = server.variables.iter().map(&mut variable).collect();
        self.servers.all.push(Server {
            name,
            description: documentation::shown(server.description.as_deref()),
            url: url(server, &variables),
            variables,
        });
    }

    fn variable(&mut self, found: &resolve::ServerVariable, setters: &mut Scope) -> Variable {
        let default = self.chosen(found).unwrap_or_else(|| Setting::Text(found.default.clone()));
        let name = setters.name(&found.name, Case::Value);
        Variable {
            name,
            description: documentation::shown(found.description.as_deref()),
            is_secret: matches!(default, Setting::Text(_)) && is_secret(found),
            default,
        }
    }

    /// The default, if it is one of the values. Variables with the same name and the same values have one type.
    fn chosen(&mut self, found: &resolve::ServerVariable) -> Option<Setting> {
        let index = found.values.iter().position(|value| *value == found.default)?;
        let is_same = |choice: &Choice| {
            let values = choice.values.iter().map(Name::wire);
            choice.name.wire() == found.name && values.eq(found.values.iter().map(String::as_str))
        };
        if !self.servers.choices.iter().any(is_same) {
            let choice = self.choice(found);
            self.servers.choices.push(choice);
        }
        let choice = self.servers.choices.iter().find(|choice| is_same(choice))?;
        let is = choice.values.get(index)?;
        Some(Setting::Choice { of: choice.name.clone(), is: is.clone() })
    }

    fn choice(&mut self, found: &resolve::ServerVariable) -> Choice {
        let mut variants = Scope::reserving(&["Self"]);
        let mut value = |value: &String| variants.name(value, Case::Type);
        Choice {
            name: self.scope.name(&found.name, Case::Type),
            description: documentation::shown(found.description.as_deref()),
            values: found.values.iter().map(&mut value).collect(),
        }
    }
}

/// Whether a value is a secret: if that is said, or by the name of the variable, as in `/bot{token}`.
fn is_secret(variable: &resolve::ServerVariable) -> bool {
    let is_named = || {
        let name = variable.name.to_lowercase();
        SECRETS.iter().any(|secret| name.ends_with(secret))
    };
    let stated = variable.extensions.get(Extension::Sensitive).and_then(Value::as_bool);
    stated.unwrap_or_else(is_named)
}

/// The words that a server is named after: those of an overlay, its name, a short description, or its URL.
fn words(server: &resolve::Server) -> String {
    if let Some(chosen) = server.extensions.rust_name() {
        return chosen.to_owned();
    }
    if let Some(name) = &server.name {
        return name.clone();
    }
    let has_words = |text: &str| text.contains(|character: char| character.is_ascii_alphabetic());
    let is_short = |text: &&str| text.split_whitespace().count() <= LONGEST_NAME && has_words(text);
    match server.description.as_deref().map(str::trim).filter(is_short) {
        Some(description) => without_article(description).to_owned(),
        None => Some(place(server)).filter(|text| has_words(text)).unwrap_or("server".to_owned()),
    }
}

/// `The Production API` → `Production API`
fn without_article(text: &str) -> &str {
    let is_article = |word: &str| ["a", "an", "the"].contains(&word.to_ascii_lowercase().as_str());
    text.split_once(' ').filter(|(first, _)| is_article(first)).map_or(text, |(_, rest)| rest)
}

/// `https://{region}.example.com/v1` → `example.com/v1`
fn place(server: &resolve::Server) -> String {
    let url = server
        .variables
        .iter()
        .fold(server.template.clone(), |url, variable| url.replace(&variable.placeholder(), ""));
    let place = url.split_once("://").map_or(url.as_str(), |(_, place)| place);
    place.trim_start_matches(|character: char| !character.is_ascii_alphanumeric()).to_owned()
}

/// The URL with the names of fields: `https://{dataCenter}.example.com` → `https://{data_center}.example.com`
fn url(server: &resolve::Server, fields: &[Variable]) -> String {
    let mut url = String::new();
    let mut rest = server.template.as_str();
    while let Some((before, variable, name, after)) = next(rest, &server.variables, fields) {
        url.push_str(before);
        let is_path = variable.default.starts_with('/') && !url.is_empty();
        if is_path && !url.ends_with('/') {
            url.push('/');
        }
        let open = if url.is_empty() || is_open(variable) { "+" } else { "" };
        url.push_str(&format!("{{{open}{}}}", name.rust()));
        rest = after;
    }
    url + rest
}

/// The first variable in a text, with what is before and after it.
fn next<'a>(
    text: &'a str,
    variables: &'a [resolve::ServerVariable],
    fields: &'a [Variable],
) -> Option<(&'a str, &'a resolve::ServerVariable, &'a Name, &'a str)> {
    let found = variables.iter().zip(fields).filter_map(|(variable, field)| {
        let (before, after) = text.split_once(&variable.placeholder())?;
        Some((before, variable, &field.name, after))
    });
    found.min_by_key(|(before, ..)| before.len())
}

/// Whether a value may have characters that are escaped, such as `v1/shop`: then it is not escaped.
fn is_open(variable: &resolve::ServerVariable) -> bool {
    let leads_on = |value: &String| value.contains(|character: char| !stays(character));
    leads_on(&variable.default) || variable.values.iter().any(leads_on)
}

/// The characters of a value that the runtime does not escape.
fn stays(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:".contains(character)
}
