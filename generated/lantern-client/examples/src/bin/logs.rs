//! Exports what was routed in the last day: `logs FILE.csv`.

use std::{error::Error, fs, path::Path};

use jiff::{SignedDuration, Timestamp};
use lantern_client::Client;
use lantern_client::logs::ExportRouteLogsReply;
use lantern_client::types::LogFormat;

/// Writes the entries of the day before a moment, and returns their number.
async fn export(lantern: &Client, now: Timestamp, path: &Path) -> Result<usize, Box<dyn Error>> {
    let from = now - SignedDuration::from_hours(24);
    let call = lantern.logs().routing(from, now).format(LogFormat::Csv).limit(10_000);
    match call.await?.into_body() {
        ExportRouteLogsReply::Csv(table) => fs::write(path, table)?,
        other => return Err(format!("the service gave something else: {other:?}").into()),
    }
    Ok(csv::Reader::from_path(path)?.records().count())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: logs FILE.csv")?;
    let entries = export(&Client::from_env()?, Timestamp::now(), path.as_ref()).await?;
    println!("{path}: {entries} entries");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{error::Error, fs};

    use jiff::Timestamp;
    use lantern_client::logs::ExportRouteLogs;
    use lantern_client::mock::Mock;
    use serde_json::json;

    #[tokio::test(start_paused = true)]
    async fn the_table_of_the_last_day_is_written_as_it_is() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("logs.csv");
        let table = "timestamp,object\n2026-01-01T00:00:00Z,Lead\n2026-01-01T01:00:00Z,Contact\n";
        let mock = Mock::new();
        mock.on::<ExportRouteLogs>().lost().then_bytes("text/csv", table);
        let now: Timestamp = "2026-01-02T00:00:00Z".parse()?;
        assert_eq!(super::export(&mock.client(), now, &path).await?, 2);
        assert_eq!(fs::read_to_string(&path)?, table);
        let request = &mock.seen::<ExportRouteLogs>()[1];
        assert_eq!(request.query("format"), Some("csv"));
        let time = |name| request.query(name).and_then(|time| time.parse::<Timestamp>().ok());
        assert_eq!(time("from"), Some("2026-01-01T00:00:00Z".parse()?));
        assert_eq!(time("to"), Some(now));
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_no_table_is_not_written() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("logs.csv");
        let mock = Mock::new();
        mock.on::<ExportRouteLogs>().reply(json!({"logs": []}));
        let error = super::export(&mock.client(), Timestamp::now(), &path).await.unwrap_err();
        assert!(error.to_string().starts_with("the service gave something else"), "{error}");
        assert!(!path.exists());
        Ok(())
    }
}
