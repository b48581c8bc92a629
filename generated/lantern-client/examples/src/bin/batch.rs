//! Looks up persons in batches: `batch IDS.txt FOLDER`. Run it again to go on where it was.

use std::{env, error::Error, fs, io::Write, path::Path};

use lantern_client::batch::Batch;
use lantern_client::{Client, batches::PhoneEnrichBatch, types::BatchRequest};

/// Submits what no earlier run submitted, and waits for all batches.
async fn look_up(lantern: &Client, ids: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let file = |number: usize, ending| folder.join(format!("{number}.{ending}"));

    // A batch is stored as soon as it is accepted; what an earlier run stored is not paid again.
    let stored = (1..).take_while(|number| file(*number, "json").exists()).count();
    let ids: Vec<_> = fs::read_to_string(ids)?.lines().map(str::to_owned).collect();
    let call = lantern.batches().phone(BatchRequest::for_submit_all(5_000));
    let mut submissions = call.submit_all(ids.iter().skip(1_000 * stored));
    while let Some(submitted) = submissions.next().await {
        let path = file(stored + submitted.number, "json");
        fs::write(path, serde_json::to_string(&submitted.batch?)?)?;
    }

    for number in 1..=ids.len().div_ceil(1_000) {
        let batch = fs::read_to_string(file(number, "json"))?;
        let batch: Batch<PhoneEnrichBatch> = serde_json::from_str(&batch)?;
        let mut rows = fs::File::create(file(number, "jsonl"))?;
        for row in &batch.wait(lantern).await? {
            match row {
                Ok(row) => writeln!(rows, "{}", serde_json::to_string(&row)?)?,
                Err(bad) => eprintln!("batch {number}: {bad}"),
            }
        }
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [_, ids, folder] = &env::args().collect::<Vec<_>>()[..] else {
        return Err("usage: batch IDS.txt FOLDER".into());
    };
    look_up(&Client::from_env()?, ids.as_ref(), folder.as_ref()).await
}

#[cfg(test)]
mod tests {
    use std::{error::Error, fs};

    use lantern_client::ErrorKind;
    use lantern_client::batches::PhoneEnrichBatch;
    use lantern_client::mock::Mock;
    use serde_json::json;

    fn accepted(run: u32) -> serde_json::Value {
        json!({
            "run_id": format!("run-{run}"),
            "result_path": format!("s3://results/{run}.csv"),
            "credits_csv_path": format!("s3://results/{run}-costs.csv"),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn another_run_waits_for_what_is_submitted_and_pays_nothing() -> Result<(), Box<dyn Error>>
    {
        let folder = tempfile::tempdir()?;
        let (ids, runs) = (folder.path().join("ids.txt"), folder.path().join("runs"));
        fs::write(&ids, (0..1_001).map(|number| format!("crm-{number}\n")).collect::<String>())?;
        let mock = Mock::new();
        mock.on::<PhoneEnrichBatch>().reply(accepted(1)).then_reply(accepted(2));
        mock.on_request("GET", "s3://results/1.csv")
            .status(404)
            .then_bytes("text/csv", "id,phone\ncrm-0,+1\ncrm-1,+2\n");
        mock.on_request("GET", "s3://results/2.csv")
            .reply_bytes("text/csv", "id,phone\ncrm-1000,+3\n");
        for _run in 1..=2 {
            super::look_up(&mock.client(), &ids, &runs).await?;
            assert_eq!(fs::read_to_string(runs.join("1.jsonl"))?.lines().count(), 2);
            assert!(fs::read_to_string(runs.join("2.jsonl"))?.contains("+3"));
        }
        let submitted = mock.seen::<PhoneEnrichBatch>();
        let sizes: Vec<_> = submitted.iter().map(|call| call.body().ids.len()).collect();
        assert_eq!(sizes, [1_000, 1]);
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn a_submission_whose_reply_is_lost_is_not_repeated() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let ids = folder.path().join("ids.txt");
        fs::write(&ids, "crm-1\n")?;
        let mock = Mock::new();
        mock.on::<PhoneEnrichBatch>().lost();
        let error = super::look_up(&mock.client(), &ids, folder.path()).await.unwrap_err();
        let kind = error.downcast_ref().map(lantern_client::Error::kind);
        assert_eq!(kind, Some(ErrorKind::OutcomeUnknown));
        assert_eq!(mock.seen::<PhoneEnrichBatch>().len(), 1);
        Ok(())
    }
}
