//! A small model of the service: it answers each request as it was told to, and remembers it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A request as the service saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `POST /v1/match?a=b`
    pub line: String,
    pub headers: HeaderMap,
    /// `Null` where there is none.
    pub body: Value,
}

/// What the service answers.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    pub silent: bool,
}

impl Answer {
    pub fn new(status: u16, media_type: &str, body: impl Into<String>) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self { status, headers, body: body.into(), silent: false }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// A connection that is accepted and never answered.
    pub fn silence() -> Self {
        Self { silent: true, ..Self::new(200, "application/json", "") }
    }
}

/// A running service.
pub struct Server {
    pub address: SocketAddr,
    state: Arc<Model>,
}

struct Model {
    answer: Answer,
    seen: Mutex<Vec<Seen>>,
}

impl Server {
    /// Starts a service that gives this answer to every request.
    pub async fn answering(answer: Answer) -> Self {
        let state = Arc::new(Model { answer, seen: Mutex::default() });
        let router = Router::new().fallback(answer_any).with_state(state.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().expect("no test panics while it holds this").clone()
    }

    /// The only request.
    pub fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }
}

async fn answer_any(State(state): State<Arc<Model>>, request: Request) -> Response {
    let line = format!("{} {}", request.method(), request.uri());
    let headers = request.headers().clone();
    let body = to_bytes(request.into_body(), 1 << 20).await.unwrap_or_default();
    let body = serde_json::from_slice(&body).unwrap_or_default();
    let seen = Seen { line, headers, body };
    state.seen.lock().expect("no test panics while it holds this").push(seen);
    if state.answer.silent {
        std::future::pending::<()>().await;
    }
    let status = StatusCode::from_u16(state.answer.status).unwrap_or_default();
    let mut response = (status, Body::from(state.answer.body.clone())).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    for (name, value) in &state.answer.headers {
        response.headers_mut().insert(*name, value.parse().expect("a header value"));
    }
    response
}
