//! What calls allocate.

use lantern_client::dependencies::{http, reqwest};
use lantern_client::{Client, Sending, Transport, types};
use lantern_generator::cli::Failure;
use stats_alloc::Region;
use tokio::runtime::Builder;

use super::ALLOCATIONS;
use super::counted::Row;
use super::generate::allocated;

/// One call after the other.
const CALLS: usize = 100;

const REPLY: &str =
    r#"{"success": true, "record_id": "crm-001", "first_name": "Ada", "credits_remaining": 4750}"#;

/// Calls to a service in memory.
pub fn count() -> Result<Vec<Row>, Failure> {
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(Failure::at("tokio".as_ref()))?;
    let client = Client::builder().api_key("key").transport(Here).no_rate_limit("enrichment");
    let client = client.build().map_err(|why| Failure::Usage(why.to_string()))?;
    runtime.block_on(async {
        call(&client).await?;
        let region = Region::new(ALLOCATIONS);
        for _ in 0..CALLS {
            call(&client).await?;
        }
        Ok(allocated(&format!("{CALLS} calls"), &region).to_vec())
    })
}

async fn call(client: &Client) -> Result<(), Failure> {
    let request = types::EmailEnrichmentRequest::new("crm-001", "Ada", "Lovelace", "Engines");
    let reply = client.enrichment().email(request).await;
    reply.map(drop).map_err(|why| Failure::Usage(why.to_string()))
}

/// A service that answers at once.
#[derive(Debug)]
struct Here;

impl Transport for Here {
    fn send(&self, _: reqwest::Request) -> Sending<'_> {
        Box::pin(async { Ok(http::Response::new(REPLY).into()) })
    }
}
