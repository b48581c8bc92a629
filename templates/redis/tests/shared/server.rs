//! `redis-server`, and a service that is strict about its limit.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::{Json, Router, routing::post};
use lantern_client::{Client, RedisLimits, Retry};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A Redis that keeps nothing when it stops.
pub struct Redis {
    port: u16,
    process: Child,
    folder: TempDir,
}

impl Redis {
    pub fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let folder = TempDir::new().expect("a folder");
        Self { port, process: spawn(port, &folder), folder }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    pub fn stop(&mut self) {
        self.process.kill().expect("a process");
        self.process.wait().expect("an end");
    }

    pub fn start_again(&mut self) {
        self.process = spawn(self.port, &self.folder);
    }

    /// All keys and what is at them.
    pub fn contents(&self) -> Vec<String> {
        let client = redis::Client::open(self.url()).expect("a URL");
        let mut connection = client.get_connection().expect("a connection");
        redis::cmd("KEYS").arg("*").query(&mut connection).expect("keys")
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(port: u16, folder: &TempDir) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"]);
    command.arg(port.to_string()).arg("--dir").arg(folder.path()).stdout(Stdio::null());
    let process = command.spawn().expect("redis-server is installed");
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::sleep(Duration::from_millis(10));
    }
    process
}

/// A request, as the service saw it.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub at: Instant,
    pub record: String,
    pub status: u16,
}

/// A service that takes so many requests in a time, and refuses all others.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

struct Inner {
    requests: usize,
    time: Duration,
    arrivals: Mutex<Vec<Arrival>>,
    port: u16,
}

impl Service {
    pub async fn start(requests: usize, time: Duration) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let service = Self(Arc::new(Inner { requests, time, arrivals: Mutex::default(), port }));
        let routes = Router::new().route("/v1/enrich/email", post(answer));
        let routes = routes.with_state(service.clone());
        tokio::spawn(async { axum::serve(listener, routes).await });
        service
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.0.port)
    }

    pub fn arrivals(&self) -> Vec<Arrival> {
        self.locked().clone()
    }

    fn locked(&self) -> MutexGuard<'_, Vec<Arrival>> {
        self.0.arrivals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn arrive(&self, record: &str) -> u16 {
        let mut arrivals = self.locked();
        let at = Instant::now();
        let counted = arrivals.iter().filter(|other| other.status == 200);
        let recent: VecDeque<_> = counted.filter(|other| at - other.at < self.0.time).collect();
        let status = if recent.len() < self.0.requests { 200 } else { 429 };
        arrivals.push(Arrival { at, record: record.to_owned(), status });
        status
    }
}

async fn answer(State(service): State<Service>, Json(body): Json<Value>) -> (StatusCode, String) {
    let record = body["record_id"].as_str().unwrap_or_default();
    let status = StatusCode::from_u16(service.arrive(record)).expect("a status");
    (status, json!({"success": true, "record_id": record}).to_string())
}

/// A client of the service whose limit is shared in Redis.
pub async fn client(service: &str, redis: &str, requests: u32, time: Duration) -> Client {
    let limits = RedisLimits::connect(redis, "test").await.expect("a connection");
    let builder = Client::builder().api_key("canary-4711").base_url(service).no_proxy();
    let builder = builder.rate_limit("enrichment", requests, time).shared_limits(limits);
    builder.retry(Retry::times(0)).build().expect("a client")
}

/// Makes a call with this record, and gives its error.
pub async fn call(client: &Client, record: &str) -> Result<(), lantern_client::Error> {
    let request =
        lantern_client::types::EmailEnrichmentRequest::new(record, "Ada", "Lovelace", "A");
    client.enrichment().email(request).await.map(drop)
}
