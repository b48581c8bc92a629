//! The secrets that calls are sent with.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lantern_operations::Placement;
use reqwest::{RequestBuilder, Url};

use super::tokens::{Token, Tokens};

/// What signs in by a security scheme.
pub struct Credential {
    pub scheme: String,
    pub placement: Placement,
    pub held: Held,
}

/// A secret, or what requests it.
pub enum Held {
    Secret(String),
    Tokens(Box<Tokens>),
}

/// A secret of a call.
pub struct Secret<'a> {
    placement: &'a Placement,
    pub text: String,
    /// What it was requested by, if it is a token.
    token: Option<(&'a Tokens, Token)>,
}

impl Credential {
    /// What the caller has told: a secret, or that of a client.
    pub fn told(&self) -> &str {
        match &self.held {
            Held::Secret(secret) => secret,
            Held::Tokens(tokens) => tokens.secret(),
        }
    }

    /// The secret of a call, which is requested first if there is none that is valid.
    pub async fn secret(&self) -> Result<Secret<'_>, String> {
        let placement = &self.placement;
        Ok(match &self.held {
            Held::Secret(secret) => Secret { placement, text: secret.clone(), token: None },
            Held::Tokens(tokens) => {
                let token = tokens.token().await?;
                Secret { placement, text: token.text.clone(), token: Some((tokens, token)) }
            }
        })
    }
}

impl Secret<'_> {
    /// Whether another one may be valid, after the service has refused this one: a token that was kept may have ended
    /// (RFC 6750, 3.1). It is forgotten then.
    pub async fn is_renewable(&self) -> bool {
        let Some((tokens, token)) = &self.token else { return false };
        tokens.forget(token).await;
        token.was_kept
    }
}

/// Puts the secrets of queries into a URL.
pub fn add_to_query(secrets: &[Secret<'_>], url: &mut Url) {
    for secret in secrets {
        if let Placement::Query(name) = secret.placement {
            url.query_pairs_mut().append_pair(name, &secret.text);
        }
    }
}

/// Puts the secrets of headers into a request, and those of cookies beside other ones.
pub fn add_to_headers(
    secrets: &[Secret<'_>],
    request: RequestBuilder,
    cookies: &mut Vec<String>,
) -> RequestBuilder {
    secrets.iter().fold(request, |request, Secret { placement, text, .. }| match placement {
        Placement::Bearer => request.bearer_auth(text),
        Placement::Basic => {
            request.header("authorization", format!("Basic {}", BASE64_STANDARD.encode(text)))
        }
        Placement::Header(name) => request.header(name, text),
        Placement::Cookie(name) => {
            cookies.push(format!("{name}={text}"));
            request
        }
        Placement::Query(_) => request,
    })
}
