//! OAuth2 client credentials (RFC 6749, 4.4): tokens are requested with an id and a secret.

use std::env::{self, VarError};
use std::fmt;

use url::Url;

use super::builder::{configuration, not_unicode};
use super::client::Client;
use super::credentials::{Credentials, Secret};
use super::endpoint::checked_url;
use super::tokens::Tokens;
use super::{ClientBuilder, Error};
use ask::Question;

mod ask;

/// How tokens of a security scheme are requested (OpenAPI 3.1.0, 4.8.29).
#[derive(Debug)]
pub struct Grant {
    /// The scheme's name in the description.
    pub scheme: &'static str,
    /// The URL of token requests; it can be relative to the base URL (OpenAPI 3.1.0, 4.6).
    pub token_url: Option<&'static str>,
    /// The scopes that operations require, as they are sent: `books:read books:write`.
    pub scopes: &'static str,
    /// The environment variables that hold the id, the secret, and another token URL.
    pub variables: [&'static str; 3],
}

/// What the caller sets for a grant.
#[derive(Default)]
struct Wish {
    id: Option<String>,
    secret: Option<String>,
    token_url: Option<String>,
    scopes: Option<String>,
    /// A variable of the environment that is not Unicode.
    strange: Option<&'static str>,
}

/// The grants of the description, with what the caller sets for them.
#[derive(Default)]
pub struct Grants(Vec<(&'static Grant, Wish)>);

impl Grants {
    fn of(&mut self, scheme: &str) -> Option<&mut (&'static Grant, Wish)> {
        self.0.iter_mut().find(|(grant, _)| grant.scheme == scheme)
    }

    /// Reads a grant's environment variables. Returns whether an id or a secret is set.
    pub fn read(&mut self, scheme: &str) -> bool {
        let Some((grant, wish)) = self.of(scheme) else { return false };
        let mut strange = None;
        let [id, secret, token_url] = grant.variables.map(|variable| match env::var(variable) {
            Err(VarError::NotUnicode(_)) => {
                strange.get_or_insert(variable);
                // It is set, so its fault is what is reported.
                Some(String::new())
            }
            value => value.ok(),
        });
        *wish = Wish { id, secret, token_url, scopes: None, strange };
        wish.is_there()
    }

    /// `the environment variable TOKEN is not set` → `…, and neither are CLIENT_ID and CLIENT_SECRET`
    pub fn not_set_either(&mut self, message: String, scheme: &str) -> String {
        let Some((grant, _)) = self.of(scheme) else { return message };
        let [id, secret, _] = grant.variables;
        format!("{message}, and neither are {id} and {secret}")
    }

    /// Adds the grants that the caller has set up. A token that the caller set is used first.
    pub fn add_to(
        &self,
        mut credentials: Credentials,
        base_url: &Url,
        allow_plain_http: bool,
    ) -> Result<Credentials, Error> {
        for (grant, wish) in self.0.iter().filter(|(_, wish)| wish.is_there()) {
            if let Some(variable) = wish.strange {
                return Err(not_unicode(variable));
            }
            let url = grant.url(wish, base_url, allow_plain_http)?;
            let tokens = Tokens::new(grant.question(wish, url)?);
            if !credentials.0.iter().any(|(scheme, _)| *scheme == grant.scheme) {
                credentials.0.push((grant.scheme, Secret::Granted(tokens)));
            }
        }
        Ok(credentials)
    }
}

impl Wish {
    fn is_there(&self) -> bool {
        self.id.is_some() || self.secret.is_some() || self.strange.is_some()
    }
}

impl Grant {
    /// Whoever has the secret can request tokens, so it is sent only where a credential may be sent.
    fn url(&self, wish: &Wish, base_url: &Url, allow_plain_http: bool) -> Result<Url, Error> {
        let text = wish.token_url.as_deref().or(self.token_url);
        let text = text.ok_or_else(|| self.refused("no token URL is set"))?;
        // Paths are appended to the base URL, too, whether it ends with a slash or not.
        let mut folder = base_url.clone();
        folder.set_path(&format!("{}/", base_url.path().trim_end_matches('/')));
        let url = checked_url("token URL", folder.join(text), allow_plain_http)?;
        // RFC 6749, 3.2.
        match url.fragment() {
            Some(_) => Err(self.refused("the token URL has a fragment")),
            None => Ok(url),
        }
    }

    fn question(&self, wish: &Wish, url: Url) -> Result<Question, Error> {
        let there = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let id = there(&wish.id).ok_or_else(|| self.refused("the client id is empty"))?;
        let secret =
            there(&wish.secret).ok_or_else(|| self.refused("the client secret is empty"))?;
        let scopes = wish.scopes.as_deref().unwrap_or(self.scopes);
        Question::new(url, [&id, &secret], scopes)
            .ok_or_else(|| self.refused("the client id or secret cannot be sent"))
    }

    fn refused(&self, fault: &str) -> Error {
        configuration(format!("the client credentials for {}: {fault}", self.scheme))
    }
}

impl ClientBuilder {
    /// Sets how tokens are requested.
    pub(crate) fn grants(mut self, grants: &'static [Grant]) -> Self {
        self.grants = Grants(grants.iter().map(|grant| (grant, Wish::default())).collect());
        self
    }

    pub(crate) fn client_of(mut self, scheme: &str, id: String, secret: String) -> Self {
        if let Some((_, wish)) = self.grants.of(scheme) {
            (wish.id, wish.secret) = (Some(id), Some(secret));
        }
        self
    }

    pub(crate) fn tokens_from(mut self, scheme: &str, token_url: String) -> Self {
        if let Some((_, wish)) = self.grants.of(scheme) {
            wish.token_url = Some(token_url);
        }
        self
    }

    pub(crate) fn tokens_for(
        mut self,
        scheme: &str,
        scopes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        if let Some((_, wish)) = self.grants.of(scheme) {
            wish.scopes = Some(scopes.into_iter().map(Into::into).collect::<Vec<_>>().join(" "));
        }
        self
    }
}

impl Client {
    /// A text without the tokens that this client has requested, which a service may repeat in a reply: for programs that
    /// show replies to others, such as a model.
    pub fn without_tokens(&self, text: &[u8]) -> Vec<u8> {
        self.shared.credentials.all().fold(text.to_vec(), |text, secret| {
            match secret.granted_token() {
                Some(token) if contains(&text, token.as_bytes()) => {
                    String::from_utf8_lossy(&text).replace(&token, "[redacted]").into_bytes()
                }
                _ => text,
            }
        })
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

impl Secret {
    /// The token that was requested last.
    fn granted_token(&self) -> Option<String> {
        let Self::Granted(tokens) = self else { return None };
        let state = tokens.state();
        let Some(Ok(given)) = &state.answer else { return None };
        let Self::Header(_, header) = &*given.secret else { return None };
        let token = header.to_str().ok()?.strip_prefix("Bearer ")?;
        Some(token.to_owned())
    }
}

impl fmt::Debug for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
