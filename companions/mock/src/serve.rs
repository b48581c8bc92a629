//! Requests from connections, and replies to them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use crate::admin;
use crate::fault::Fault;
use crate::handle::{Outcome, handle};
use crate::reply::{Refusal, Reply};
use crate::request::Incoming;
use crate::security::Security;
use crate::state::Shared;

/// No larger body is read.
const LARGEST_BODY: usize = 50 * 1024 * 1024;

/// Marks a reply in whose place the connection is closed.
#[derive(Clone, Copy)]
struct Closed;

/// Serves until it is dropped, connections included.
pub async fn serve(listener: TcpListener, security: Security, shared: Arc<Shared>) {
    let router = admin::routes().fallback(answer).with_state(shared);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(secured(stream, security.clone(), router.clone()));
                }
                // Such as too many open files: it passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn secured(stream: TcpStream, security: Security, router: Router) {
    // Small replies are not held back.
    let _ = stream.set_nodelay(true);
    match security {
        Security::None => connection(stream, router).await,
        // What the other side does not trust is its own matter.
        #[cfg(feature = "tls")]
        Security::Tls(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                connection(stream, router).await;
            }
        }
    }
}

async fn connection(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static, router: Router) {
    let service =
        hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let router = router.clone();
            async move {
                let response = infallible(router.oneshot(request.map(Body::new)).await);
                match response.extensions().get::<Closed>() {
                    Some(Closed) => Err(io::Error::from(io::ErrorKind::ConnectionReset)),
                    None => Ok(response),
                }
            }
        });
    let builder = Builder::new(TokioExecutor::new());
    // What the other side does wrong is its own matter.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

fn infallible<T>(result: Result<T, Infallible>) -> T {
    result.unwrap_or_else(|never| match never {})
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return response(Refusal::TooLarge.reply(&shared.schemas, None, 0));
    };
    let is_head = parts.method == "HEAD";
    let incoming = Incoming {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
        values: HashMap::new(),
    };
    let Outcome { reply, fault, delay } = handle(&shared, incoming).await;
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    match fault {
        Some(Fault::Timeout) => std::future::pending().await,
        Some(Fault::Refuse | Fault::Disconnect) => closed(),
        Some(Fault::Truncate) => truncated(reply),
        _ if is_head => headers_alone(reply),
        _ => response(reply),
    }
}

fn closed() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Closed);
    response
}

/// The first half of the body, after which the connection is closed.
fn truncated(reply: Reply) -> Response {
    let half = reply.body.slice(..reply.body.len() / 2);
    let end = async {
        // What was written before goes out first.
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    };
    let chunks = stream::iter([Ok(half)]).chain(stream::once(end));
    let mut response = response(Reply { body: Bytes::new(), ..reply });
    *response.body_mut() = Body::from_stream(chunks);
    response
}

/// A reply to HEAD, which says how long the body would be.
fn headers_alone(reply: Reply) -> Response {
    let length = reply.body.len();
    let mut response = response(Reply { body: Bytes::new(), ..reply });
    if length > 0 {
        response.headers_mut().insert("content-length", length.into());
    }
    response
}

fn response(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).ok();
        if let Some((name, value)) = name.zip(HeaderValue::from_str(&value).ok()) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
