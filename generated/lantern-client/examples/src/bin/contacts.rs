//! Looks up phone numbers: `contacts CONTACTS.csv FOUND.jsonl`. Run it again to go on where it was.

use std::{collections::HashSet, env, error::Error, fs, io::Write, path::Path};

use lantern_client::{Client, types::PhoneEnrichmentRequest};
use serde_json::{Value, json};

/// Looks up each contact that is not in the file of those that were found.
async fn look_up(lantern: &Client, contacts: &Path, found: &Path) -> Result<(), Box<dyn Error>> {
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
    let mut run = lantern.enrichment().phone_all(rows).concurrency(8);
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

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [_, contacts, found] = &env::args().collect::<Vec<_>>()[..] else {
        return Err("usage: contacts CONTACTS.csv FOUND.jsonl".into());
    };
    look_up(&Client::from_env()?, contacts.as_ref(), found.as_ref()).await
}

#[cfg(test)]
mod tests {
    use std::{error::Error, fs, path::PathBuf};

    use lantern_client::enrichment::EnrichPhone;
    use lantern_client::mock::Mock;
    use serde_json::{Value, json};
    use tempfile::TempDir;

    /// A folder with so many contacts, and the file of those that were found.
    fn contacts(count: usize) -> Result<(TempDir, PathBuf, PathBuf), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let (contacts, found) =
            (folder.path().join("contacts.csv"), folder.path().join("found.jsonl"));
        let rows: String = (0..count).map(|id| format!("crm-{id},ada@example.com\n")).collect();
        fs::write(&contacts, format!("record_id,email\n{rows}"))?;
        Ok((folder, contacts, found))
    }

    fn asked(mock: &Mock) -> Vec<String> {
        mock.seen::<EnrichPhone>().iter().map(|call| call.body().record_id).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_found_is_not_asked_again_but_for_a_line_that_was_cut_off()
    -> Result<(), Box<dyn Error>> {
        let (_folder, contacts, found) = contacts(3)?;
        fs::write(&found, "{\"contact\": {\"record_id\": \"crm-0\"}}\n{\"contact\": {\"rec")?;
        let mock = Mock::new();
        mock.on::<EnrichPhone>().status(429).retry_after(2).then_reply(json!({"success": true}));
        super::look_up(&mock.client(), &contacts, &found).await?;
        let mut asked = asked(&mock);
        asked.sort();
        asked.dedup();
        assert_eq!(asked, ["crm-1", "crm-2"]);
        let lines = fs::read_to_string(&found)?;
        let whole = lines.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok());
        assert_eq!(whole.count(), 3, "{lines}");
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_contact_stops_nothing_and_used_up_credits_stop_the_run()
    -> Result<(), Box<dyn Error>> {
        let (_folder, contacts, found) = contacts(40)?;
        let mock = Mock::new();
        mock.on::<EnrichPhone>().reply(json!({"success": true})).times(3).then_status(402);
        mock.on::<EnrichPhone>().when(|call| call.body().record_id == "crm-0").status(422);
        super::look_up(&mock.client(), &contacts, &found).await?;
        assert_eq!(fs::read_to_string(&found)?.lines().count(), 3);
        assert!(asked(&mock).len() < 40, "{}", asked(&mock).len());
        Ok(())
    }
}
