//! Ways to sign in: the setters of the builder.

use super::super::signature::Signature;
use super::super::surface::{Facts, Member};
use super::{facts, listed, member};
use crate::pipeline::model::{Credential, Grant};
use crate::pipeline::render::documentation::{Docs, client};
use crate::pipeline::resolve::Placement;
use crate::rust::names::Name;

/// The setters of tokens, keys and passwords, and then those of what asks for tokens.
pub fn setters(credentials: &[Credential]) -> Vec<Member> {
    let grants = credentials.iter().filter_map(|one| Some(grant(one, one.grant.as_ref()?)));
    credentials.iter().map(credential).chain(grants.flatten()).collect()
}

fn credential(credential: &Credential) -> Member {
    // A grant has setters of its own.
    let Credential { name, placement, variable, deprecated: _, grant: _ } = credential;
    let docs = client::credential(credential);
    let place = match placement {
        Placement::Bearer => "bearer token".to_owned(),
        Placement::Basic => "basic authentication".to_owned(),
        Placement::Header(name) => format!("header {name}"),
        Placement::Query(name) => format!("query parameter {name}"),
        Placement::Cookie(name) => format!("cookie {name}"),
    };
    let said = [("sent as", Some(place)), ("environment variable", Some(variable.clone()))];
    Member { facts: facts(said), ..member(name, Signature::text("String"), &docs) }
}

fn grant(credential: &Credential, grant: &Grant) -> [Member; 3] {
    let Grant { client: id_and_secret, token_url, scopes, variables, url, needed } = grant;
    let [id, secret, other_url] = variables;
    let of_client = facts([("environment variables", Some(format!("{id}, {secret}")))]);
    let of_url = facts([
        ("tokens are asked for at", url.clone()),
        ("environment variable", Some(other_url.clone())),
    ]);
    let of_scopes = facts([("scopes asked for", listed(needed))]);
    [
        setter(
            id_and_secret,
            "(String, String)",
            of_client,
            &client::grant_client(credential, grant),
        ),
        setter(token_url, "String", of_url, &client::grant_token_url(credential, grant)),
        setter(scopes, "Vec<String>", of_scopes, &client::grant_scopes(credential, grant)),
    ]
}

/// The scheme's name stands for the setter of its token already.
fn setter(name: &Name, ty: &str, facts: Facts, docs: &Docs) -> Member {
    Member { facts, wire: String::new(), ..member(name, Signature::text(ty), docs) }
}
