//! What is written above the client's setters, above the accessors of tags and headers, and on the front page.

use super::{Docs, deprecated, paragraphs, types};
use crate::pipeline::model::{Api, Credential, Grant, MetaHeader, Tag};
use crate::pipeline::resolve::Placement;
use crate::rust::names::words_of;
use crate::rust::rustdoc::{self, inside_code};

/// What the crate is, in a line.
pub fn headline(api: &Api) -> Docs {
    rustdoc::lines(&format!("A client of the {}, version {}.", api.title, api.version))
}

/// What the API is for.
pub fn description(api: &Api) -> Docs {
    api.description.as_deref().map(rustdoc::lines).unwrap_or_default()
}

/// What a tag stands for: `Credits: How many are left.` A description that only repeats its name says nothing.
pub fn tag(tag: &Tag) -> Docs {
    let name = tag.name.wire();
    let says_more = |description: &&String| words_of(description) != words_of(name);
    let text = match tag.description.as_ref().filter(says_more) {
        Some(description) => rustdoc::prose(&format!("{name}: {description}")),
        None => rustdoc::lines(&format!("The operations of `{}`.", inside_code(name))),
    };
    let mut text = if text.is_empty() { types::string(name) } else { text };
    if let Some(parent) = &tag.parent {
        text.push(String::new());
        text.extend(rustdoc::lines(&format!("Part of `{}`.", inside_code(parent))));
    }
    text
}

/// What a response header says.
pub fn header(header: &MetaHeader) -> Docs {
    let description = header.description.as_deref().unwrap_or("as the service sends it");
    let sentence = rustdoc::sentence(&format!("`{}`: {description}", header.name.wire()));
    paragraphs([rustdoc::lines(&sentence), deprecated(header.deprecated)])
}

/// What the setter of a credential does.
pub fn credential(credential: &Credential) -> Docs {
    let place = match &credential.placement {
        Placement::Bearer => "a token in the `Authorization` header".to_owned(),
        Placement::Basic => "`user:password` in the `Authorization` header".to_owned(),
        Placement::Header(name) => format!("the header `{name}`"),
        Placement::Query(name) => format!("the query parameter `{name}`"),
        Placement::Cookie(name) => format!("the cookie `{name}`"),
    };
    rustdoc::lines(&format!("Signs in by `{}`: {place}.", credential.name.wire()))
}

/// What the setter of an id and a secret does.
pub fn grant_client(credential: &Credential, grant: &Grant) -> Docs {
    let place = match &grant.url {
        Some(url) => format!("A token is requested from `{}`", inside_code(url)),
        None => format!("A token is requested from the `{}` that is set", grant.token_url.rust()),
    };
    rustdoc::lines(&format!(
        "Signs in by `{}` as a client with this id and secret (RFC 6749, 4.4). {place} when it is needed, \
         and renewed. A token that you set is used first.",
        credential.name.wire()
    ))
}

/// What the setter of another place to ask at does.
pub fn grant_token_url(credential: &Credential, grant: &Grant) -> Docs {
    let [_, _, variable] = &grant.variables;
    rustdoc::lines(&format!(
        "Requests the tokens of `{}` from this URL. `from_env` reads it from `{variable}` if that is set.",
        credential.name.wire()
    ))
}

/// What the setter of other scopes does.
pub fn grant_scopes(credential: &Credential, grant: &Grant) -> Docs {
    let instead = match grant.needed.as_slice() {
        [] => String::new(),
        scopes => format!(", instead of `{}`", inside_code(&scopes.join(" "))),
    };
    let scheme = credential.name.wire();
    rustdoc::lines(&format!("Requests tokens of `{scheme}` with these scopes{instead}."))
}
