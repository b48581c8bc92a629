//! What all operations share.

use lantern_operations::{
    ClientCredentials, Conventions, Placement, RateLimitGroup, SecurityScheme, Server,
    ServerVariable,
};

use super::{command_word, plain_text};
use crate::pipeline::model::{Api, Credential, Grant};
use crate::pipeline::resolve::{self, Resolved};

pub fn servers(resolved: &Resolved) -> Vec<Server> {
    resolved.servers.iter().map(server).collect()
}

fn server(server: &resolve::Server) -> Server {
    let variable = |variable: &resolve::ServerVariable| ServerVariable {
        name: variable.name.clone(),
        default: variable.default.clone(),
        values: variable.values.clone(),
    };
    Server {
        url: server.url.clone(),
        description: plain_text::line(server.description.as_deref()),
        template: (server.template != server.url).then(|| server.template.clone()),
        variables: server.variables.iter().map(variable).collect(),
    }
}

pub fn security_schemes(api: &Api) -> Vec<SecurityScheme> {
    let scheme = |credential: &Credential| SecurityScheme {
        name: credential.name.wire().to_owned(),
        placement: placement(&credential.placement),
        variable: credential.variable.clone(),
        secret: command_word(credential.name.rust()),
        deprecated: credential.deprecated,
        client_credentials: credential.grant.as_ref().map(client_credentials),
    };
    api.credentials.iter().map(scheme).collect()
}

fn client_credentials(grant: &Grant) -> ClientCredentials {
    let [id_variable, secret_variable, token_url_variable] = grant.variables.clone();
    ClientCredentials {
        token_url: grant.url.clone(),
        scopes: grant.needed.clone(),
        id_variable,
        secret_variable,
        token_url_variable,
    }
}

fn placement(placement: &resolve::Placement) -> Placement {
    match placement {
        resolve::Placement::Bearer => Placement::Bearer,
        resolve::Placement::Basic => Placement::Basic,
        resolve::Placement::Header(name) => Placement::Header(name.clone()),
        resolve::Placement::Query(name) => Placement::Query(name.clone()),
        resolve::Placement::Cookie(name) => Placement::Cookie(name.clone()),
    }
}

pub fn rate_limits(api: &Api) -> Vec<RateLimitGroup> {
    let groups = api.rate_limits.groups.iter().map(|group| RateLimitGroup {
        name: group.limit.group.clone(),
        requests: group.limit.window.map(|(requests, _)| requests),
        seconds: group.limit.window.map(|(_, seconds)| seconds),
    });
    groups.collect()
}

pub fn conventions(api: &Api) -> Conventions {
    let stated = &api.response_conventions;
    Conventions {
        success_field: stated.success_field.clone(),
        rate_limit_header: stated.rate_limit_header.clone(),
        balance_header: stated.balance_header.clone(),
        balance_fields: stated.balance_fields.clone(),
        cost_fields: stated.cost_fields.clone(),
        required_fields: stated.required_fields.clone(),
        cap_field: stated.cap_field.clone(),
    }
}
