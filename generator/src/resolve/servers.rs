//! Servers, their variables replaced by their defaults.

use openapiv3::OpenAPI;

use super::Server;

/// `https://{region}.example.com` with the default `eu` → `https://eu.example.com`.
pub fn servers(openapi: &OpenAPI) -> Vec<Server> {
    openapi.servers.iter().map(server).collect()
}

fn server(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten();
    let url = variables.fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    });
    Server { url }
}
