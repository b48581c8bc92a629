//! Tokens that are requested by a client id and its secret (RFC 6749, 4.4).

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lantern_operations::{ClientCredentials, ClientSecret};
use reqwest::{Client, Response, Url};
use serde_json::Value;
use tokio::sync::Mutex;
use url::Host;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::told;
use crate::backend::without_secrets;

/// The largest reply that is read, in bytes.
const LARGEST: usize = 64 * 1024;
/// As many characters of what the token endpoint says are shown.
const SHOWN: usize = 256;
/// A token is asked for again when a tenth of its lifetime is left, or this if it is less.
const MARGIN: Duration = Duration::from_secs(30);
/// A lifetime that is not stated, or that no clock can add up, ends after this.
const LONGEST: Duration = Duration::from_secs(86_400);

/// Requests tokens, and keeps one while it is valid.
pub struct Tokens {
    client: Client,
    url: Url,
    owner: ClientSecret,
    scope: String,
    /// What a person can do if no token is given.
    way_out: String,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    count: u64,
    token: Option<(Token, Instant)>,
}

/// A token.
#[derive(Clone)]
pub struct Token {
    number: u64,
    pub text: String,
    /// Whether it was there before the call.
    pub was_kept: bool,
}

impl Tokens {
    /// # Errors
    /// If it is not known where to request tokens, or the secret must not be sent there.
    pub fn new(
        client: Client,
        base: &Url,
        flow: &ClientCredentials,
        owner: ClientSecret,
    ) -> Result<Self, String> {
        let url = token_url(base, owner.token_url.as_deref().or(flow.token_url.as_deref()));
        let url = url.map_err(|why| format!("{why}; set {}", flow.token_url_variable))?;
        let way_out = format!("check {} and {}", flow.id_variable, flow.secret_variable);
        Ok(Self { client, url, owner, scope: flow.scope(), way_out, kept: Mutex::default() })
    }

    /// What nobody may see.
    pub fn secret(&self) -> &str {
        &self.owner.secret
    }

    /// A token that is valid. Calls at the same time wait for one request.
    pub async fn token(&self) -> Result<Token, String> {
        let mut kept = self.kept.lock().await;
        if let Some((token, until)) = &kept.token
            && Instant::now() < *until
        {
            return Ok(Token { was_kept: true, ..token.clone() });
        }
        let asked = Instant::now();
        let (text, lifetime) = self.request().await?;
        kept.count += 1;
        let token = Token { number: kept.count, text, was_kept: false };
        kept.token = Some((token.clone(), asked + lifetime));
        Ok(token)
    }

    /// Drops a token that the service refused, unless there is a newer one.
    pub async fn forget(&self, refused: &Token) {
        let mut kept = self.kept.lock().await;
        if kept.token.as_ref().is_some_and(|(token, _)| token.number == refused.number) {
            kept.token = None;
        }
    }

    async fn request(&self) -> Result<(String, Duration), String> {
        // Encoded as in a form, before it is sent by the Basic scheme (RFC 6749, 2.3.1).
        let [id, secret] = self.encoded();
        let request = self.client.post(self.url.clone()).basic_auth(id, Some(secret));
        let request = request.header("accept", "application/json");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let failed = |error: reqwest::Error| {
            let error = told(&error.without_url());
            format!("the token endpoint at {} cannot be reached: {error}", self.place())
        };
        let response = request.body(self.form()).send().await.map_err(failed)?;
        let status = response.status();
        let body = whole(response).await?;
        match status.is_success() {
            true => read(&body).map_err(|why| format!("the token endpoint {why}")),
            false => {
                let said = self.said(&body);
                Err(format!("the token endpoint answered with {status}{said}; {}", self.way_out))
            }
        }
    }

    fn form(&self) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !self.scope.is_empty() {
            form.append_pair("scope", &self.scope);
        }
        form.finish()
    }

    fn encoded(&self) -> [String; 2] {
        let encoded = |text: &String| byte_serialize(text.as_bytes()).collect();
        [&self.owner.id, &self.owner.secret].map(encoded)
    }

    /// Without its path and its query, which may have a secret.
    fn place(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// `{"error": "invalid_client", "error_description": "…"}` → `: invalid_client: …`, without the secret.
    fn said(&self, body: &[u8]) -> String {
        let pair = self.encoded();
        let basic = BASE64_STANDARD.encode(pair.join(":"));
        let secrets = [self.owner.secret.as_str(), pair[1].as_str(), basic.as_str()];
        let body = without_secrets(body.to_vec(), secrets.into_iter());
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let parts = ["error", "error_description"].map(|name| body.get(name)?.as_str());
        let said: String = parts.into_iter().flatten().flat_map(|part| [": ", part]).collect();
        said.chars().filter(|it| !it.is_control()).take(SHOWN).collect()
    }
}

/// Where tokens are requested; a relative URL is below the base URL (OpenAPI 3.1.1, 4.7).
fn token_url(base: &Url, stated: Option<&str>) -> Result<Url, String> {
    let stated = stated.ok_or("the description does not say where tokens are requested")?;
    let mut folder = base.clone();
    folder.set_path(&format!("{}/", base.path().trim_end_matches('/')));
    let url = folder.join(stated).map_err(|why| format!("the token URL cannot be read: {why}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the token URL has a user or a password in it".to_owned());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => {
            let why = "is plain http, by which others could read the client secret";
            Err(format!("the token URL {} {why}", url.origin().ascii_serialization()))
        }
        _ => Err("the token URL is neither https nor http".to_owned()),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

async fn whole(mut response: Response) -> Result<Vec<u8>, String> {
    let lost = |error: reqwest::Error| {
        format!("the reply of the token endpoint is lost: {}", told(&error.without_url()))
    };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST {
            return Err(format!("the token endpoint answered with more than {LARGEST} bytes"));
        }
    }
    Ok(body)
}

/// The token, and how long it is kept (RFC 6749, 5.1).
fn read(body: &[u8]) -> Result<(String, Duration), &'static str> {
    let body: Value = serde_json::from_slice(body).map_err(|_| "did not answer in JSON")?;
    let text = |name| body.get(name).and_then(Value::as_str).unwrap_or_default();
    if !text("token_type").eq_ignore_ascii_case("bearer") {
        return Err("returned a token that is not a bearer token");
    }
    let token = text("access_token");
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("returned no token that a header can carry");
    }
    // Some services write the number as a text.
    let seconds =
        body.get("expires_in").and_then(|it| it.as_f64().or_else(|| it.as_str()?.parse().ok()));
    let stated = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let lifetime = stated.unwrap_or(LONGEST).min(LONGEST);
    Ok((token.to_owned(), lifetime - MARGIN.min(lifetime / 10)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_sent_only_where_nobody_else_can_read_it() {
        let cases = [
            (
                "https://shop.example/api",
                Some("oauth/token"),
                Ok("https://shop.example/api/oauth/token"),
            ),
            ("https://shop.example/api/", Some("/token"), Ok("https://shop.example/token")),
            ("http://127.0.0.1:80/api", Some("token"), Ok("http://127.0.0.1/api/token")),
            (
                "http://127.0.0.1",
                Some("https://login.example/t?x=1"),
                Ok("https://login.example/t?x=1"),
            ),
            ("https://shop.example", Some("http://localhost:9/t"), Ok("http://localhost:9/t")),
            ("https://shop.example", Some("http://login.example/t"), Err("plain http")),
            ("http://shop.example", Some("/token"), Err("plain http")),
            ("https://shop.example", Some("http://localhost.evil.example/t"), Err("plain http")),
            ("https://shop.example", Some("ftp://login.example/t"), Err("neither")),
            ("https://shop.example", Some("https://a:b@login.example/t"), Err("a password in it")),
            ("https://shop.example", None, Err("does not say where")),
        ];
        for (base, stated, expected) in cases {
            let base = Url::parse(base).expect("a URL");
            let found = token_url(&base, stated);
            match (expected, found) {
                (Ok(expected), Ok(found)) => assert_eq!(found.as_str(), expected),
                (Err(part), Err(why)) => assert!(why.contains(part), "{why}"),
                (expected, found) => panic!("{base} {stated:?}: {expected:?}, {found:?}"),
            }
        }
    }

    #[test]
    fn a_token_is_kept_for_its_time_less_a_margin() {
        let reply =
            |rest: &str| format!(r#"{{"access_token": "a", "token_type": "bearer"{rest}}}"#);
        for (rest, seconds) in [
            (r#", "expires_in": 3600"#, 3570),
            (r#", "expires_in": "100""#, 90),
            (r#", "expires_in": 1e30"#, 86_370),
            (r#", "expires_in": -1"#, 86_370),
            ("", 86_370),
        ] {
            let kept = read(reply(rest).as_bytes()).expect("a token").1;
            assert_eq!(kept.as_secs(), seconds, "{rest}");
        }
        let no_bearer = br#"{"access_token": "a", "token_type": "mac"}"#;
        assert!(read(no_bearer).is_err_and(|why| why.contains("bearer")));
        let no_header = br#"{"access_token": "a b", "token_type": "Bearer"}"#;
        assert!(read(no_header).is_err_and(|why| why.contains("header")));
    }
}
