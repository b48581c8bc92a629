//! Servers, their variables replaced by their defaults.

use super::Server;
use crate::pointer::Pointer;

/// `https://{region}.example.com` with the default `eu` → `https://eu.example.com`.
pub fn servers(servers: &[openapiv3::Server], at: &Pointer) -> Vec<Server> {
    let servers = servers.iter().enumerate();
    servers.map(|(index, found)| server(found, at.at("servers").at(index))).collect()
}

fn server(server: &openapiv3::Server, at: Pointer) -> Server {
    let variables = server.variables.iter().flatten();
    let url = variables.fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    });
    Server { at, url }
}
