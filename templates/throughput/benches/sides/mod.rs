//! The client and what it is compared with: bare reqwest and serde_json, against one server.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderName};
use axum::routing::post;
use lantern_client::{Client, types};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// As many calls at once.
pub const CALLERS: [usize; 3] = [1, 16, 256];

/// As long as what the client says of itself, so that both send as much.
const AGENT: &str = "lantern-client/0.1.0";

/// An answer as an enrichment gives it.
const REPLY: &str = r#"{"success": true, "record_id": "crm-001", "first_name": "Ada",
    "last_name": "Lovelace", "company": "Analytical Engines", "email": "ada@example.com",
    "confidence": "high", "credits_consumed": 1, "credits_remaining": 4750,
    "processing_time_ms": 12, "cached": false}"#;

/// One of the two that are compared, with a runtime of its own.
pub struct Side {
    runtime: Runtime,
    caller: Caller,
}

#[derive(Clone)]
enum Caller {
    Client(Client),
    Bare(reqwest::Client, String),
}

impl Side {
    pub fn client() -> Self {
        let builder = Client::builder().api_key("key").base_url(server());
        let client = builder.no_rate_limit("enrichment").build().expect("a client");
        Self::new(Caller::Client(client))
    }

    pub fn bare() -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).user_agent(AGENT);
        let url = format!("{}/v1/enrich/email", server());
        Self::new(Caller::Bare(http.build().expect("a client"), url))
    }

    fn new(caller: Caller) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let side = Self { runtime, caller };
        side.time(2, 256);
        side
    }

    /// How long so many rounds take.
    pub fn time(&self, rounds: usize, callers: usize) -> Duration {
        let began = Instant::now();
        for _ in 0..rounds {
            self.round(callers);
        }
        began.elapsed()
    }

    /// So many calls at once.
    pub fn round(&self, callers: usize) {
        self.runtime.block_on(async {
            let mut calls = JoinSet::new();
            for _ in 0..callers {
                calls.spawn(self.caller.clone().call());
            }
            while let Some(answer) = calls.join_next().await {
                assert_eq!(answer.expect("no panic").credits_remaining, Some(4750.0));
            }
        });
    }
}

fn request() -> types::EmailEnrichmentRequest {
    types::EmailEnrichmentRequest::new("crm-001", "Ada", "Lovelace", "Analytical Engines")
}

impl Caller {
    async fn call(self) -> types::EmailEnrichmentResponse {
        match self {
            Self::Client(client) => {
                client.enrichment().email(request()).await.expect("a reply").into_body()
            }
            Self::Bare(http, url) => {
                let body = serde_json::to_vec(&request()).expect("JSON");
                let request = http.post(url).bearer_auth("key").body(body);
                let request = request.header(ACCEPT, "application/json");
                let request = request.header(CONTENT_TYPE, "application/json");
                let request = request.header(ACCEPT_ENCODING, "gzip");
                let response = request.send().await.expect("a response");
                let body = response.error_for_status().expect("a success").bytes().await;
                serde_json::from_slice(&body.expect("a body")).expect("a reply")
            }
        }
    }
}

/// The address of a server on a thread of its own.
fn server() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a port for tokio");
        let address = listener.local_addr().expect("an address");
        std::thread::spawn(move || serve(listener));
        format!("http://{address}")
    })
}

fn serve(listener: std::net::TcpListener) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let json = (CONTENT_TYPE, "application/json");
        let balance = (HeaderName::from_static("x-credits-remaining"), "4750");
        let answer = move || async { ([json, balance], REPLY) };
        let routes = Router::new().route("/v1/enrich/email", post(answer));
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        axum::serve(listener, routes).await.expect("a server");
    });
}
