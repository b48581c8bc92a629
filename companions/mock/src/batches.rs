//! Batches, whose results are there after a while.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use lantern_operations::{Batch, Operation};
use serde_json::Value;

use crate::reply::csv;
use crate::request::keyword;
use crate::schemas::Schemas;
use crate::seed;
use crate::values::{Direction, ValueMaker};

/// The files of the batches.
#[derive(Debug, Default)]
pub struct Batches {
    files: HashMap<String, File>,
    runs: u64,
}

#[derive(Debug)]
struct File {
    content: String,
    from: Instant,
}

/// What a submission is answered with.
#[derive(Debug)]
pub struct Submitted {
    /// Members of the reply.
    pub members: Vec<(String, Value)>,
    /// The paths of its files below the store, and their content.
    pub files: Vec<(String, String)>,
}

impl Batches {
    /// A file, if it is there by now.
    pub fn file(&self, path: &str, now: Instant) -> Option<&str> {
        self.files.get(path).filter(|file| file.from <= now).map(|file| file.content.as_str())
    }

    /// Submits a batch of these records, of which so many are paid for.
    pub fn submit(&mut self, schemas: &Schemas, batch: &Batch, run: Run<'_>) -> Submitted {
        self.runs += 1;
        let id = format!("run-{}", self.runs);
        let mut members = vec![(batch.run_id.clone(), Value::from(id.as_str()))];
        let mut files = vec![(&batch.results, "results.csv", results(schemas, batch, &run))];
        if let Some(report) = &batch.report {
            files.push((report, "credits.csv", report_of(&run)));
        }
        let from = run.now + run.delay;
        let files = files.into_iter().map(|(member, name, content)| {
            let path = format!("{id}/{name}");
            members.push((member.clone(), format!("{}/{path}", run.store).into()));
            self.files.insert(path.clone(), File { content: content.clone(), from });
            (path, content)
        });
        let files = files.collect();
        Submitted { members, files }
    }
}

/// A run of a batch.
#[derive(Debug)]
pub struct Run<'a> {
    /// The records.
    pub ids: Vec<String>,
    /// How many of them are paid for.
    pub paid: usize,
    /// The URL of the store.
    pub store: &'a str,
    pub now: Instant,
    pub delay: Duration,
    pub seed: u64,
}

/// The records that a request lists.
pub fn records(operation: &Operation, body: Option<&Value>) -> Vec<String> {
    let member = operation.batch.as_ref().and_then(|batch| batch.ids.as_deref());
    let list = member.and_then(|member| body?.get(member)?.as_array());
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A row for each record that is paid for, with the columns that are described.
fn results(schemas: &Schemas, batch: &Batch, run: &Run<'_>) -> String {
    let properties = batch.row.as_ref().and_then(|row| keyword(schemas, row, "properties"));
    let columns: Vec<&String> =
        properties.and_then(Value::as_object).map(|all| all.keys().collect()).unwrap_or_default();
    let id = "id".to_owned();
    let columns = if columns.is_empty() { vec![&id] } else { columns };
    let line = |record: &String| {
        let seed = seed::mixed(run.seed, &[record.as_bytes()]);
        let row = batch
            .row
            .as_ref()
            .and_then(|row| ValueMaker::new(schemas, Direction::Response).value(row, seed));
        let cell = |(at, name): (usize, &&String)| match row
            .as_ref()
            .and_then(|row| row.get(name.as_str()))
        {
            // The first column, or the one that is called so, says which record it is.
            _ if **name == "id" || (at == 0 && !columns.contains(&&id)) => record.clone(),
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => String::new(),
            Some(other) => other.to_string(),
        };
        columns.iter().enumerate().map(cell).collect()
    };
    let header = columns.iter().map(|name| (*name).clone()).collect();
    let lines: Vec<Vec<String>> =
        std::iter::once(header).chain(run.ids.iter().take(run.paid).map(line)).collect();
    csv(&lines)
}

fn report_of(run: &Run<'_>) -> String {
    let line =
        |(at, record): (usize, &String)| vec![record.clone(), u8::from(at < run.paid).to_string()];
    let header = vec!["id".to_owned(), "credits".to_owned()];
    let lines: Vec<_> =
        std::iter::once(header).chain(run.ids.iter().enumerate().map(line)).collect();
    csv(&lines)
}
