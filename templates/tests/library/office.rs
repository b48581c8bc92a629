//! A small library that asks for tokens, and gives them for an id and a secret: in memory, or over
//! loopback.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::http;
use reqwest::{Request, Response};
use templates::{Client, ClientBuilder, Delivery, Sending, Transport, TransportError};

/// Must be seen in the `Authorization` header of questions for tokens, and nowhere else.
pub const ID: &str = "canary id:1";
pub const SECRET: &str = "canary/secret+ü";
/// With a number: must be seen in the `Authorization` header of calls, and nowhere else.
pub const TOKEN: &str = "canary-token-";

/// A page of books without any.
const PAGE: &str = r#"{"items": [], "next": null}"#;

/// What comes back for a request.
#[derive(Clone)]
pub enum Answer {
    Reply(u16, Vec<(&'static str, String)>, String),
    Lost,
    NotSent,
    Silence,
}

impl Answer {
    pub fn says(status: u16, body: impl Into<String>) -> Self {
        Self::Reply(status, vec![("content-type", "application/json".to_owned())], body.into())
    }

    pub fn page() -> Self {
        Self::says(200, PAGE)
    }

    /// A token that is good for so many seconds.
    pub fn token(number: usize, seconds: u64) -> Self {
        let body = format!(
            r#"{{"access_token": "{TOKEN}{number}", "token_type": "BEARER", "expires_in": {seconds}}}"#
        );
        Self::says(200, body)
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub url: String,
    pub authorization: String,
    pub body: String,
}

impl Seen {
    pub fn is_question(&self) -> bool {
        self.url.contains("/token")
    }
}

/// Answers a request by its number among those of its kind, and by its token.
type Answering = dyn Fn(usize, &str) -> Answer + Send + Sync;

/// A running library.
#[derive(Clone)]
pub struct Office {
    questions: Arc<Answering>,
    calls: Arc<Answering>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Office")
    }
}

impl Office {
    /// One that answers questions for tokens, and calls, like this.
    pub fn new(
        questions: impl Fn(usize) -> Answer + Send + Sync + 'static,
        calls: impl Fn(usize, &str) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let questions = move |number: usize, _: &str| questions(number);
        Self { questions: Arc::new(questions), calls: Arc::new(calls), seen: Arc::default() }
    }

    /// One that gives tokens for an hour and takes all of them.
    pub fn open() -> Self {
        Self::new(|number| Answer::token(number, 3600), |_, _| Answer::page())
    }

    /// A client of it that signs in.
    pub fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().client_credentials(ID, SECRET).transport(self.clone());
        builder.no_rate_limit("catalogue")
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// How many questions for tokens and how many calls there were.
    pub fn counts(&self) -> (usize, usize) {
        let seen = self.seen();
        let questions = seen.iter().filter(|seen| seen.is_question()).count();
        (questions, seen.len() - questions)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic").clone()
    }

    fn answer(&self, seen: Seen) -> Answer {
        let (questions, calls) = self.counts();
        self.seen.lock().expect("no panic").push(seen.clone());
        match seen.is_question() {
            true => (self.questions)(questions, ""),
            false => (self.calls)(calls, seen.authorization.trim_start_matches("Bearer ")),
        }
    }

    /// Opens the doors; gives the address.
    pub async fn on_loopback(&self) -> String {
        let office = self.clone();
        let answer = async move |request| office.over_http(request).await;
        let router = Router::new().fallback(answer);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    async fn over_http(&self, request: axum::extract::Request) -> axum::response::Response {
        let url = request.uri().to_string();
        let authorization = text_of(request.headers());
        let body = to_bytes(request.into_body(), 1 << 20).await.unwrap_or_default();
        let body = String::from_utf8_lossy(&body).into_owned();
        let answer = self.answer(Seen { url, authorization, body });
        tokio::time::sleep(Duration::from_millis(20)).await;
        match answer {
            Answer::Reply(status, headers, body) => reply(status, headers, body),
            _ => std::future::pending().await,
        }
    }
}

fn text_of(headers: &http::HeaderMap) -> String {
    let value = headers.get("authorization").and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn reply<B: From<String>>(
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
) -> http::Response<B> {
    let response = http::Response::builder().status(status);
    let response =
        headers.into_iter().fold(response, |response, (name, value)| response.header(name, value));
    response.body(body.into()).expect("a response")
}

impl Transport for Office {
    fn send(&self, request: Request) -> Sending<'_> {
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let body = String::from_utf8_lossy(body).into_owned();
        let authorization = text_of(request.headers());
        let answer = self.answer(Seen { url: request.url().to_string(), authorization, body });
        let lost = |delivery| Err(TransportError::new(delivery, "the wire was cut"));
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            match answer {
                Answer::Reply(status, headers, body) => {
                    Ok(Response::from(reply::<reqwest::Body>(status, headers, body)))
                }
                Answer::Lost => lost(Delivery::Unknown),
                Answer::NotSent => lost(Delivery::NotSent),
                Answer::Silence => std::future::pending().await,
            }
        })
    }
}
