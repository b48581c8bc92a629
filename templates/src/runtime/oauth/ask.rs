//! A token request, and how its response is read (RFC 6749, 4.4.2 and 5).

use std::sync::Arc;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use reqwest::{Method, Request};
use serde_json::Value;
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};

use crate::runtime::attempt::{Cut, whole_body};
use crate::runtime::client::{Client, Shared};
use crate::runtime::clock::Instant;
use crate::runtime::credentials::Secret;
use crate::runtime::retry::{retry_after, seconds_of};
use crate::runtime::service::Placement;
use crate::runtime::tokens::{Given, Refusal, Source};
use crate::runtime::{Delivery, ErrorKind, TransportError};

/// The largest response, in bytes.
const MOST: usize = 64 * 1024;
/// How many characters of a message of the service are shown.
const SHOWN: usize = 256;
/// A token is renewed when a tenth of its lifetime is left, or this if it is less.
const MARGIN: Duration = Duration::from_secs(30);
/// The shortest time for which a token is kept: one that expires at once could not be used.
const SHORTEST: Duration = Duration::from_secs(1);

/// A token request.
pub struct Question {
    url: Url,
    authorization: HeaderValue,
    body: Bytes,
    /// What must not be shown if the service repeats it.
    secrets: Vec<String>,
}

impl Question {
    /// The id and the secret are form-encoded and then sent by HTTP Basic (RFC 6749, 2.3.1).
    pub fn new(url: Url, client: [&str; 2], scopes: &str) -> Option<Self> {
        let written = client.map(|text| byte_serialize(text.as_bytes()).collect::<String>());
        let basic = BASE64_STANDARD.encode(written.join(":"));
        let mut authorization = HeaderValue::from_str(&format!("Basic {basic}")).ok()?;
        authorization.set_sensitive(true);
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !scopes.is_empty() {
            form.append_pair("scope", scopes);
        }
        let body = form.finish().into();
        let mut secrets = [[basic].as_slice(), &written, &client.map(str::to_owned)].concat();
        // The longest first: one may be a part of another.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Some(Self { url, authorization, body, secrets })
    }

    fn request(&self, user_agent: Option<&HeaderValue>) -> Request {
        let mut request = Request::new(Method::POST, self.url.clone());
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        headers.insert(CONTENT_TYPE, form);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        user_agent.map(|user_agent| headers.insert(USER_AGENT, user_agent.clone()));
        *request.body_mut() = Some(self.body.clone().into());
        request
    }

    /// Sends the request once.
    async fn ask_once(&self, shared: &Shared) -> Result<Given, Refusal> {
        let sent = shared.clock.now();
        let request = self.request(shared.user_agent.as_ref());
        let mut response = shared.transport.send(request).await.map_err(unsent)?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let body = whole_body(&mut response, MOST).await.map_err(cut)?;
        if status.is_success() {
            return read(&body, sent).map_err(|why| Refusal::of(why).answered(status));
        }
        let said = self.said(&body).map(|said| format!(": {said}")).unwrap_or_default();
        let refusal = Refusal::of(format!("the token endpoint answered with {status}{said}"));
        Err(Refusal {
            stated: retry_after(&headers, &body, shared.clock.wall()),
            is_passing: status.is_server_error() || matches!(status.as_u16(), 408 | 429),
            ..refusal.answered(status)
        })
    }

    /// `{"error": "invalid_client", "error_description": "…"}` → `invalid_client: …`
    fn said(&self, body: &[u8]) -> Option<String> {
        let body: Value = serde_json::from_slice(body).ok()?;
        let code = body.get("error")?.as_str()?;
        let code = if CODES.contains(&code) { code.to_owned() } else { self.shown(code) };
        let more = body.get("error_description").and_then(Value::as_str);
        let more = more.map(|more| format!(": {}", self.shown(more))).unwrap_or_default();
        Some(code + &more)
    }

    fn shown(&self, text: &str) -> String {
        let hidden = self.secrets.iter();
        let text = hidden.fold(text.to_owned(), |text, secret| text.replace(secret, "[redacted]"));
        let printable = |character: char| if character.is_control() { ' ' } else { character };
        text.chars().take(SHOWN).map(printable).collect()
    }
}

impl Source for Question {
    fn ask<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Given, Refusal>> {
        self.ask_once(&client.shared).boxed()
    }

    fn placement(&self) -> Placement {
        Placement::Bearer
    }

    /// A token that was just issued is as good as the next one.
    fn renewals(&self, was_kept: bool) -> u32 {
        u32::from(was_kept)
    }
}

/// The codes of RFC 6749, 5.2.
const CODES: [&str; 6] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
];

/// Reads a response (RFC 6749, 5.1), or returns why it has no token.
fn read(body: &[u8], sent: Instant) -> Result<Given, &'static str> {
    let body: Value =
        serde_json::from_slice(body).map_err(|_| "the token endpoint did not answer in JSON")?;
    let text = |name| body.get(name).and_then(Value::as_str).unwrap_or_default();
    if !text("token_type").eq_ignore_ascii_case("bearer") {
        return Err("the token endpoint returned a token that is not a bearer token");
    }
    let token = text("access_token");
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the token endpoint gave no token that a header can carry");
    }
    let mut authorization = HeaderValue::from_str(&format!("Bearer {token}"))
        .map_err(|_| "the token endpoint gave no token that a header can carry")?;
    authorization.set_sensitive(true);
    let secret = Arc::new(Secret::Header(AUTHORIZATION, authorization));
    Ok(Given { secret, until: lifetime(&body).map(|lifetime| sent + kept(lifetime)) })
}

/// Some services write the number as a string.
fn lifetime(body: &Value) -> Option<Duration> {
    let stated = body.get("expires_in")?;
    seconds_of(stated.as_f64().or_else(|| stated.as_str()?.trim().parse().ok())?)
}

fn kept(lifetime: Duration) -> Duration {
    (lifetime - MARGIN.min(lifetime / 10)).max(SHORTEST)
}

/// A token request can be repeated safely.
fn unsent(error: TransportError) -> Refusal {
    let (kind, why) = match error.delivery() {
        Delivery::NotSent => (ErrorKind::Connect, "the token endpoint could not be reached"),
        _ => (ErrorKind::SignIn, "the connection to the token endpoint failed"),
    };
    Refusal { kind, is_passing: true, source: Some(Arc::new(error)), ..Refusal::of(why) }
}

fn cut(cut: Cut) -> Refusal {
    match cut {
        Cut::Lost(error) => Refusal { kind: ErrorKind::SignIn, ..unsent(error) },
        Cut::TooLarge => {
            Refusal::of(format!("the token endpoint answered with more than {MOST} bytes"))
        }
    }
}
