//! Looks up phone numbers: `contacts CONTACTS.csv FOUND.jsonl`. Run it again to go on where it was.

use std::{collections::HashSet, env, fs, io::Write};

use lantern_client::{Client, types::PhoneEnrichmentRequest};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [_, contacts, found] = &env::args().collect::<Vec<_>>()[..] else {
        return Err("usage: contacts CONTACTS.csv FOUND.jsonl".into());
    };
    // What an earlier run found is not asked again. A line that a crash cut off does not count.
    let earlier = fs::read_to_string(found).unwrap_or_default();
    let lines = earlier.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let known: HashSet<_> = lines.map(|line| line["contact"]["record_id"].clone()).collect();
    let mut file = fs::File::options().create(true).append(true).open(found)?;
    let is_cut_off = !earlier.is_empty() && !earlier.ends_with('\n');
    file.write_all(if is_cut_off { b"\n" } else { b"" })?;

    let rows = csv::Reader::from_path(contacts)?.into_deserialize::<PhoneEnrichmentRequest>();
    let rows = rows.filter_map(|row| row.inspect_err(|bad| eprintln!("{bad}")).ok());
    let rows = rows.filter(|row| !known.contains(&json!(row.record_id)));
    let mut run = Client::from_env()?.enrichment().phone_all(rows).concurrency(8);
    let stopper = run.stopper();
    tokio::spawn(async move { tokio::signal::ctrl_c().await.map(|()| stopper.stop()) });
    while let Some(done) = run.next().await {
        match done.result {
            Ok(phone) => {
                let line = json!({"contact": done.request, "phone": phone});
                writeln!(file, "{line}").unwrap_or_else(|_| println!("{line}")); // It is paid for.
            }
            Err(error) => eprintln!("{}: {error}", done.request.record_id),
        }
    }
    if let Some(reason) = run.stopped() {
        eprintln!("{} were not sent: {reason}", run.into_unsent().count());
    }
    Ok(())
}
