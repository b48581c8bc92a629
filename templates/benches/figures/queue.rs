//! Thousands of calls that wait for their turn at once, under virtual time: what is measured is what
//! the queue costs, not how long its calls wait.

use std::time::Duration;

use lantern_client::types::EmailEnrichmentRequest;
use lantern_client::{Client, Sending, Transport};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::{Figure, median, timed};

const CALLS: [usize; 4] = [1_250, 2_500, 5_000, 10_000];
const TURNS: usize = 5;

pub fn figures() -> impl Iterator<Item = Figure> {
    CALLS.into_iter().map(|calls| {
        let turns = (0..TURNS).map(|_| timed(|| make(calls)).0).collect();
        Figure::Queue { calls, seconds: median(turns) }
    })
}

/// So many calls on one client, of which fifty a minute are allowed.
fn make(calls: usize) {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(async {
        let client = Client::builder().api_key("key").transport(Here);
        let client = client.deadline(Duration::from_secs(1 << 20)).build().expect("a client");
        let mut open = JoinSet::new();
        for _ in 0..calls {
            open.spawn(client.enrichment().email(request()).send());
        }
        while let Some(reply) = open.join_next().await {
            assert!(reply.expect("no panic").is_ok());
        }
    });
}

fn request() -> EmailEnrichmentRequest {
    EmailEnrichmentRequest::new("crm-001", "Ada", "Lovelace", "Analytical Engines")
}

/// A service in memory, which answers at once.
#[derive(Debug)]
struct Here;

impl Transport for Here {
    fn send(&self, _: reqwest::Request) -> Sending<'_> {
        Box::pin(async { Ok(http::Response::new(r#"{"success": true}"#).into()) })
    }
}
