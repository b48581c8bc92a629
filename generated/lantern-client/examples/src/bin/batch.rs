//! Looks up persons in batches: `batch IDS.txt FOLDER`. Run it again to go on where it was.

use std::{env, fs, io::Write, path::Path};

use lantern_client::batch::Batch;
use lantern_client::{Client, batches::PhoneEnrichBatch, types::BatchRequest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [_, ids, folder] = &env::args().collect::<Vec<_>>()[..] else {
        return Err("usage: batch IDS.txt FOLDER".into());
    };
    fs::create_dir_all(folder)?;
    let file = |number: usize, ending| Path::new(folder).join(format!("{number}.{ending}"));
    let lantern = Client::from_env()?;

    // A batch is stored as soon as it is accepted; what an earlier run stored is not paid again.
    let stored = (1..).take_while(|number| file(*number, "json").exists()).count();
    let ids: Vec<_> = fs::read_to_string(ids)?.lines().map(str::to_owned).collect();
    let rest = ids.iter().skip(1_000 * stored).cloned();
    let call = lantern.batches().phone(BatchRequest::for_submit_all(5_000));
    let mut submissions = call.submit_all(rest);
    while let Some(submitted) = submissions.next().await {
        let batch = serde_json::to_string(&submitted.batch?)?;
        fs::write(file(stored + submitted.number, "json"), batch)?;
    }

    for number in 1..=ids.len().div_ceil(1_000) {
        let batch = fs::read_to_string(file(number, "json"))?;
        let batch: Batch<PhoneEnrichBatch> = serde_json::from_str(&batch)?;
        let mut rows = fs::File::create(file(number, "jsonl"))?;
        for row in &batch.wait(&lantern).await? {
            match row {
                Ok(row) => writeln!(rows, "{}", serde_json::to_string(&row)?)?,
                Err(bad) => eprintln!("batch {number}: {bad}"),
            }
        }
    }
    Ok(())
}
