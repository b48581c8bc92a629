//! `README.md`: the front page for those who have not opened the documentation yet.

use crate::pipeline::model::Api;
use crate::pipeline::render::{Documentation, documentation};
use crate::pipeline::template::filled;

const TEMPLATE: &str = include_str!(concat!(env!("TEMPLATES"), "/README.md.in"));

/// The README of a client.
pub fn readme(api: &Api, banner: &str) -> String {
    let documentation = Documentation::new(api);
    let example = documentation.first_example().map(|example| example.code().join("\n"));
    let example = example.map(|code| format!("```rust\n{code}\n```"));
    filled(TEMPLATE, |field| match field {
        "banner" => banner.to_owned(),
        "crate" => api.crate_name.clone(),
        "headline" => documentation::client::headline(api).join("\n"),
        "sign_in" => sign_in(api),
        "features" => features(api),
        "example" => example.clone().unwrap_or_default(),
        _ => String::new(),
    })
}

/// How to sign in without a token, where the client can ask for one.
fn sign_in(api: &Api) -> String {
    let ways = api.grants().map(|(credential, grant)| {
        format!(
            "With `Client::builder().{}(id, secret)` the client requests and renews tokens\nitself. In the \
             environment, {} are used\ninstead of `{}`.\n\n",
            grant.client.rust(),
            grant.client_variables(),
            credential.variable
        )
    });
    ways.collect()
}

/// How to take some families of operations only, where each is a feature.
fn features(api: &Api) -> String {
    let Some(first) = api.features().next() else { return String::new() };
    let name = &api.crate_name;
    format!(
        "Each group of operations is a feature, and all are on by default. With fewer features, less is\n\
         compiled:\n\n```toml\n{name} = {{ path = \"../{name}\", default-features = false, features = \
         [\"rustls\", \"{first}\"] }}\n```\n\n"
    )
}
