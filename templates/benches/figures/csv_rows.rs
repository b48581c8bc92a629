//! A hundred thousand rows of a batch, read one after the other.

use bytes::Bytes;
use lantern_client::batch::{Batch, Fetch, Fetched, Fetching, Place, Table};
use lantern_client::batches::PhoneEnrichBatch;
use lantern_client::types::PhoneBatchRow;
use lantern_client::{Client, Error};
use tokio::runtime::Builder;

use crate::{Figure, MEMORY, timed};

const ROWS: [usize; 2] = [10_000, 100_000];

pub fn figures() -> impl Iterator<Item = Figure> {
    ROWS.into_iter().map(figure)
}

fn figure(rows: usize) -> Figure {
    let text = Bytes::from(csv(rows));
    let table = table(text.clone());
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let (seconds, read) =
        timed(|| table.rows().filter(|row| row.as_ref().is_ok_and(is_complete)).count());
    assert_eq!(read, rows);
    let peak_bytes = MEMORY.peak_usage().saturating_sub(before);
    Figure::CsvRows { rows, bytes: text.len(), seconds, peak_bytes }
}

fn is_complete(row: &PhoneBatchRow) -> bool {
    row.first_name.is_some() && row.company_name.is_some()
}

fn csv(rows: usize) -> String {
    let mut text =
        String::from("id,first_name,last_name,company_name,company_url,linkedin,phone\n");
    for row in 0..rows {
        text += &format!(
            "crm-{row:06},Ada,Lovelace,\"Analytical Engines, Ltd.\",https://example.com,,+1415555{:04}\n",
            row % 10_000
        );
    }
    text
}

/// The results of a batch that were found at once.
fn table(text: Bytes) -> Table<PhoneBatchRow> {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let found = runtime.block_on(fetch(text));
    found.expect("a table")
}

async fn fetch(text: Bytes) -> Result<Table<PhoneBatchRow>, Error> {
    let place = "s3://bucket/1.csv";
    let stored = serde_json::json!({
        "operation": "phone_enrich_batch_v1_agents_phone_post",
        "accepted": {"run_id": "run-1", "result_path": place, "credits_csv_path": place},
    });
    let batch: Batch<PhoneEnrichBatch> = serde_json::from_value(stored).expect("a batch");
    let client = Client::builder().api_key("key").max_body(1 << 26).build()?;
    batch.wait(&client).fetch_by(Here(text)).await
}

/// What is there at once.
#[derive(Clone, Debug)]
struct Here(Bytes);

impl Fetch for Here {
    fn fetch<'a>(&'a self, _: &'a Place, _: usize) -> Fetching<'a> {
        Box::pin(async { Ok(Fetched::Found(self.0.clone())) })
    }
}
