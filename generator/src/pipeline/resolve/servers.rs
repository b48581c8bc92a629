//! Servers and their variables.

use serde_json::Value;

use super::{Extensions, Server, ServerVariable};
use crate::pipeline::normalize::kept_facts::KeptFact;
use crate::pointer::Pointer;

/// `https://{region}.example.com` with the default `eu` → `https://eu.example.com`.
pub fn servers(servers: &[openapiv3::Server], at: &Pointer) -> Vec<Server> {
    let servers = servers.iter().enumerate();
    servers.map(|(index, found)| server(found, at.at("servers").at(index))).collect()
}

fn server(server: &openapiv3::Server, at: Pointer) -> Server {
    let variables = server.variables.iter().flatten().map(|(name, found)| variable(name, found));
    let stands = |variable: &ServerVariable| server.url.contains(&variable.placeholder());
    let variables: Vec<_> = variables.filter(stands).collect();
    let url = variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&variable.placeholder(), &variable.default)
    });
    let name = KeptFact::Name.find_among(&server.extensions);
    Server {
        at,
        url,
        template: server.url.clone(),
        variables,
        name: name.and_then(Value::as_str).map(str::to_owned),
        description: server.description.clone(),
        extensions: Extensions::new(&server.extensions),
    }
}

fn variable(name: &str, found: &openapiv3::ServerVariable) -> ServerVariable {
    ServerVariable {
        name: name.to_owned(),
        default: found.default.clone(),
        values: found.enumeration.clone(),
        description: found.description.clone(),
        extensions: Extensions::new(&found.extensions),
    }
}
