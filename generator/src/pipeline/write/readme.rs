//! `README.md`: the front page for those who have not opened the documentation yet.

use crate::pipeline::model::Api;
use crate::pipeline::render::{Documentation, documentation};

const TEMPLATE: &str = include_str!(concat!(env!("TEMPLATES"), "/README.md.in"));

/// The README of a client.
pub fn readme(api: &Api, banner: &str) -> String {
    let documentation = Documentation::new(api);
    let example = documentation.first_example().map(|example| example.code().join("\n"));
    let example = example.map(|code| format!("```rust\n{code}\n```"));
    let fields = [
        ("banner", banner.to_owned()),
        ("crate", api.crate_name.clone()),
        ("headline", documentation::client::headline(api).join("\n")),
        ("sign_in", sign_in(api)),
        ("features", features(api)),
        ("example", example.unwrap_or_default()),
    ];
    filled(TEMPLATE, |name| {
        let field = fields.iter().find(|(field, _)| *field == name);
        field.map(|(_, value)| value.as_str()).unwrap_or_default()
    })
}

/// A template with each `{{field}}` filled. What a field has in it is not looked at again.
fn filled<'a>(template: &str, value: impl Fn(&str) -> &'a str) -> String {
    let mut parts = template.split("{{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (field, rest) = part.split_once("}}").unwrap_or((part, ""));
        text += value(field);
        text += rest;
    }
    text
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

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn what_a_field_has_in_it_is_no_field() {
        let text = filled("a {{one}} b {{two}}", |field| match field {
            "one" => "{{two}}",
            _ => "2",
        });
        assert_eq!(text, "a {{two}} b 2");
    }
}
