//! Exports what was routed in the last day: `logs FILE.csv`.

use std::fs;

use jiff::{SignedDuration, Timestamp};
use lantern_client::Client;
use lantern_client::logs::ExportRouteLogsReply;
use lantern_client::types::LogFormat;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: logs FILE.csv")?;
    let now = Timestamp::now();
    let from = now - SignedDuration::from_hours(24);
    let lantern = Client::from_env()?;
    let call = lantern.logs().routing(from, now).format(LogFormat::Csv).limit(10_000);
    match call.await?.into_body() {
        ExportRouteLogsReply::Csv(table) => fs::write(&path, table)?,
        other => return Err(format!("the service gave something else: {other:?}").into()),
    }
    println!("{path}: {} entries", csv::Reader::from_path(&path)?.records().count());
    Ok(())
}
