//! Tokens by client credentials (RFC 6749, 4.4), where a security scheme says at what place they are requested.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lantern_operations::Table;
use serde_json::{Value, json};

use crate::reply::Reply;
use crate::request::{Incoming, after, form_pairs};
use crate::routes::base;

/// The paths of token requests.
#[derive(Debug)]
pub struct TokenPaths(Vec<String>);

impl TokenPaths {
    /// A relative URL is looked for with and without the path of a server before it, as paths of operations are.
    pub fn new(table: &Table) -> Self {
        let schemes = table.security_schemes.iter();
        let urls = schemes.filter_map(|it| it.client_credentials.as_ref()?.token_url.as_deref());
        let bases = || table.servers.iter().map(|server| base(&server.url));
        let paths = urls.flat_map(|url| {
            let is_whole = url.starts_with('/') || url.contains("://");
            let below = bases().filter(move |_| !is_whole);
            let path = base(url);
            below.chain([String::new()]).map(move |base| format!("{base}{path}"))
        });
        Self(paths.collect())
    }

    /// Those of a server, for people.
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// Whether a request asks for a token by client credentials.
    pub fn asks(&self, request: &Incoming) -> bool {
        let is_here = request.method == "POST" && self.0.contains(&request.path);
        is_here && form(request).get("grant_type").is_some_and(|it| it == "client_credentials")
    }
}

/// The tokens that were given.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Also of those that are forgotten, so that no two are alike.
    count: u64,
    /// Until when each is valid.
    given: Vec<(String, Instant)>,
}

impl Tokens {
    /// The reply to a request for a token. If no keys are given, any client secret is valid.
    pub fn reply(&mut self, request: &Incoming, keys: &[String], lifetime: Duration) -> Reply {
        let secret = client_secret(request).filter(|it| !it.is_empty());
        if !secret.is_some_and(|secret| keys.is_empty() || keys.contains(&secret)) {
            let why = "the client id or secret is missing or not valid";
            let refused =
                answer(401, &json!({"error": "invalid_client", "error_description": why}));
            return refused.with_header("www-authenticate", "Basic");
        }
        self.count += 1;
        let token = format!("mock-token-{}", self.count);
        self.given.push((token.clone(), Instant::now() + lifetime));
        let seconds = lifetime.as_secs();
        answer(200, &json!({"access_token": token, "token_type": "Bearer", "expires_in": seconds}))
    }

    /// Those that are valid now.
    pub fn valid(&self) -> impl Iterator<Item = &str> {
        let now = Instant::now();
        self.given.iter().filter(move |(_, until)| now < *until).map(|(token, _)| token.as_str())
    }

    /// None of them is valid any more.
    pub fn forget(&mut self) {
        self.given.clear();
    }
}

/// Answers with tokens are not stored (RFC 6749, 5.1).
fn answer(status: u16, body: &Value) -> Reply {
    let reply = Reply::new(status).with_header("cache-control", "no-store");
    reply.with_body("application/json", body.to_string())
}

/// By the Basic scheme, encoded as in a form, or in the form itself (RFC 6749, 2.3.1).
fn client_secret(request: &Incoming) -> Option<String> {
    let Some(header) = request.header("authorization") else {
        return form(request).remove("client_secret");
    };
    let basic = BASE64_STANDARD.decode(after(&header, "basic")?).ok()?;
    let basic = String::from_utf8(basic).ok()?;
    let (_, secret) = form_pairs(&basic.replacen(':', "=", 1)).next()?;
    Some(secret)
}

fn form(request: &Incoming) -> HashMap<String, String> {
    form_pairs(&String::from_utf8_lossy(&request.body)).collect()
}
