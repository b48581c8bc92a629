//! A small library: it remembers what came over its desk.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `PUT /v1/books/1/cover`
    pub line: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Seen {
    /// The parts of its body, as a reader that is not ours finds them.
    pub async fn parts(&self) -> Vec<Part> {
        let mut request = Request::new(self.body.clone().into());
        *request.headers_mut() = self.headers.clone();
        let mut form = Multipart::from_request(request, &()).await.expect("a form");
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await.expect("a part") {
            parts.push(Part {
                name: field.name().expect("a name").to_owned(),
                file_name: field.file_name().map(str::to_owned),
                content_type: field.content_type().map(str::to_owned),
                content: field.bytes().await.expect("bytes"),
            });
        }
        parts
    }
}

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
    pub content: Bytes,
}

/// What the library answers, one after the other; the last again and again.
type Answers = Arc<Mutex<Vec<(u16, &'static str, Bytes)>>>;

/// A running library.
pub struct Desk {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Desk {
    /// One that gives these answers.
    pub async fn answering(answers: &[(u16, &'static str, &'static [u8])]) -> Self {
        let answers = answers.iter().map(|(status, media, body)| (*status, *media, (*body).into()));
        let answers: Answers = Arc::new(Mutex::new(answers.collect()));
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let router = Router::new().fallback(answer).with_state((answers, seen.clone()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, seen }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic").clone()
    }
}

async fn answer(
    State((answers, seen)): State<(Answers, Arc<Mutex<Vec<Seen>>>)>,
    request: Request,
) -> Response {
    let line = format!("{} {}", request.method(), request.uri());
    let headers = request.headers().clone();
    let body = to_bytes(request.into_body(), 1 << 20).await.unwrap_or_default();
    seen.lock().expect("no panic").push(Seen { line, headers, body });
    let mut answers = answers.lock().expect("no panic");
    let next = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
    let (status, media, body) = next;
    let status = StatusCode::from_u16(status).expect("a status");
    (status, [(header::CONTENT_TYPE, media)], body).into_response()
}
