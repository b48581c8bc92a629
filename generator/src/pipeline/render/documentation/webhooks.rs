//! What is written above the type of a webhook.

use super::{Docs, code_in_list, errors, links, paragraphs, words};
use crate::pipeline::model::{
    Api, SignatureScheme, Webhook, WebhookDocs, WebhookParameter, WebhookSignature,
};
use crate::pipeline::resolve::ParameterLocation;
use crate::rust::rustdoc;

/// What the module of webhooks is for, and how the first of them is read.
pub fn module(api: &Api) -> Docs {
    let (path, module) = (api.crate_path(), api.webhooks.module.rust());
    let first = api.webhooks.all.first().map_or("", |webhook| webhook.name.rust());
    let check = match api.webhooks.signature {
        Some(_) => {
            "The sender is not checked by that: [`SIGNATURE`] checks it, before you read the body."
        }
        None => "The sender is not checked: verify the signature before you read the body.",
    };
    let text = format!(
        "\
Webhooks, and callbacks that operations ask for.

Each is a type that reads the body of a request from the service:

```
use {path}::{module}::{{{first}, Undecodable, Webhook}};

fn receive(body: &[u8]) -> Result<(), Undecodable> {{
    let payload = {first}::read(body)?;
    println!(\"{{}}: {{payload:#?}}\", {first}::NAME);
    Ok(())
}}
```

{check}"
    );
    text.lines().map(str::to_owned).collect()
}

/// How requests are checked.
pub fn signature(signature: &WebhookSignature) -> Docs {
    let how = match &signature.scheme {
        SignatureScheme::Standard => "as Standard Webhooks say: the id, the time and the body",
        SignatureScheme::Stripe => "as Stripe does: the time and the body",
        SignatureScheme::GitHub => "as GitHub does: the body",
        SignatureScheme::Body { .. } => "by a signature of the body",
    };
    let text = format!(
        "\
How the service signs its webhooks, {how}.

```text
SIGNATURE.verify(&secret, |name| headers.get(name)?.to_str().ok(), &body)?;
```"
    );
    text.lines().map(str::to_owned).collect()
}

/// What a webhook is, how it comes, and what a receiver may answer.
pub fn webhook(webhook: &Webhook) -> Docs {
    let WebhookDocs { summary, description, body, parameters, deprecated, .. } = &webhook.docs;
    let body = body.as_deref().and_then(|text| fact("Body", text));
    let responses = webhook.responses.iter().map(errors::response);
    let facts = body.into_iter().chain(parameters.iter().map(parameter));
    let facts = facts.chain(responses.map(|response| format!("- Answer {response}")));
    paragraphs([
        words(summary.as_deref(), description.as_deref()),
        rustdoc::lines(&request(webhook)),
        facts.chain(deprecated.then(|| "- Deprecated".to_owned())).collect(),
    ])
}

/// ```text
/// The webhook `newBook`, which comes by `POST`.
/// The callback `onLoan` of `Members::borrow`, which comes by `POST` to `{$request.body#/url}`.
/// ```
fn request(webhook: &Webhook) -> String {
    let (name, method) = (rustdoc::inside_code(webhook.name.wire()), &webhook.method);
    let callers: Vec<_> = webhook.docs.callers.iter().map(links::method).collect();
    if callers.is_empty() {
        return format!("The webhook `{name}`, sent by `{method}`.");
    }
    let (callers, url) = (callers.join("`, `"), rustdoc::inside_code(&webhook.docs.url));
    format!("The callback `{name}` of `{callers}`, sent by `{method}` to `{url}`.")
}

fn fact(about: &str, text: &str) -> Option<String> {
    let text = rustdoc::sentence(text);
    (!text.is_empty()).then(|| format!("- {about}: {text}"))
}

/// ``- Header `X-Signature`: The HMAC of the body.``
fn parameter(parameter: &WebhookParameter) -> String {
    let location = match parameter.location {
        ParameterLocation::Path => "Path parameter",
        ParameterLocation::Query => "Query parameter",
        ParameterLocation::QueryString => "Query",
        ParameterLocation::Header => "Header",
        ParameterLocation::Cookie => "Cookie",
    };
    let about = format!("{location} {}", code_in_list(&parameter.name));
    let described = parameter.description.as_deref().and_then(|text| fact(&about, text));
    described.unwrap_or_else(|| format!("- {about}"))
}
