//! What a call costs that can be told without a clock; `templates/throughput` measures the rest.

use lantern_client::{Client, types};

/// Many calls under way at once are cold memory: each line of it that is touched costs.
#[test]
fn a_call_under_way_is_small() {
    let client = Client::builder().api_key("key").build().expect("a client");
    let request = types::EmailEnrichmentRequest::new("crm-001", "Ada", "Lovelace", "Engines");
    let size = size_of_val(&client.enrichment().email(request).send());
    assert!(size <= 1_024, "{size} bytes");
}
