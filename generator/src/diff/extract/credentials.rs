//! Ways to sign in: the setters of the builder.

use super::super::surface::{Facts, Member};
use super::{facts, listed, member};
use crate::model::{Credential, Grant, Setter};
use crate::resolve::Placement;

/// The setters of tokens, keys and passwords, and then those of what asks for tokens.
pub fn setters(credentials: &[Credential]) -> Vec<Member> {
    let grants = credentials.iter().filter_map(|credential| credential.grant.as_ref());
    credentials.iter().map(credential).chain(grants.flat_map(grant)).collect()
}

fn credential(credential: &Credential) -> Member {
    // A grant has setters of its own.
    let Credential { name, placement, variable, docs, grant: _ } = credential;
    let place = match placement {
        Placement::Bearer => "bearer token".to_owned(),
        Placement::Basic => "basic authentication".to_owned(),
        Placement::Header(name) => format!("header {name}"),
        Placement::Query(name) => format!("query parameter {name}"),
        Placement::Cookie(name) => format!("cookie {name}"),
    };
    let said = [("sent as", Some(place)), ("environment variable", Some(variable.clone()))];
    Member { facts: facts(said), ..member(name, "String".to_owned(), docs) }
}

fn grant(grant: &Grant) -> [Member; 3] {
    let Grant { client, token_url, scopes, variables, url, needed } = grant;
    let [id, secret, other_url] = variables;
    let of_client = facts([("environment variables", Some(format!("{id}, {secret}")))]);
    let of_url = facts([
        ("tokens are asked for at", url.clone()),
        ("environment variable", Some(other_url.clone())),
    ]);
    let of_scopes = facts([("scopes asked for", listed(needed))]);
    [
        setter(client, "(String, String)", of_client),
        setter(token_url, "String", of_url),
        setter(scopes, "Vec<String>", of_scopes),
    ]
}

/// The scheme's name stands for the setter of its token already.
fn setter(setter: &Setter, ty: &str, facts: Facts) -> Member {
    let Setter { name, docs } = setter;
    Member { facts, wire: String::new(), ..member(name, ty.to_owned(), docs) }
}
