//! Results: waited for, kept in the ledger, and printed.

use std::io::{self, Write};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use lantern_operations::{Operation, Schema, Shape};
use serde_json::{Map, Value, json};
use url::Url;

use super::ledger::{Batch, Ledger, State};
use super::{GROUP, Session, list};
use crate::failure::{Failure, FailureKind};
use crate::output::Output;
use crate::{Rows, Service, Wanted, call, values};

/// How long results are waited for, if the arguments do not say.
const DEADLINE: Duration = Duration::from_secs(3600);

/// Waits for the results of batches, side by side, and keeps them.
pub fn wait(session: &Session<'_>) -> Result<(), Failure> {
    let output = Output::from_arguments(session.matches)?;
    let ledger = session.ledger()?;
    let batches = wanted(session, &ledger)?;
    let service = session.fetcher()?;
    let seconds = |name| session.matches.get_one::<u64>(name).copied().map(Duration::from_secs);
    let deadline = seconds("deadline").unwrap_or(DEADLINE);
    let waits = batches.iter().map(|batch| async {
        let fetch = Fetch { session, ledger: &ledger, service: &*service, batch, is_report: false };
        fetch.keep(deadline, seconds("every")).await.map(drop)
    });
    let ended: Vec<_> = call::runtime()?.block_on(async {
        tokio::select! {
            ended = stream::iter(waits).buffer_unordered(batches.len().max(1)).collect() => ended,
            _ = tokio::signal::ctrl_c() => vec![Err(Failure::new(FailureKind::Stopped, "stopped"))],
        }
    });
    let is_wanted = |batch: &Batch| batches.iter().any(|wanted| wanted.number == batch.number);
    list::print(session, &output, &ledger, is_wanted)?;
    ended.into_iter().collect()
}

/// The batches that the arguments name, or all that were accepted and have no results.
fn wanted(session: &Session<'_>, ledger: &Ledger) -> Result<Vec<Batch>, Failure> {
    match session.matches.get_many::<i64>("numbers") {
        Some(numbers) => numbers.map(|number| ledger.get(*number)).collect(),
        None => {
            let all = ledger.all()?.into_iter();
            let service = session.service_url();
            Ok(all.filter(|it| it.state == State::Accepted && it.service == service).collect())
        }
    }
}

/// Prints the rows of results, which are fetched if they are there and not kept yet.
pub fn rows(session: &Session<'_>) -> Result<(), Failure> {
    let output = Output::from_arguments(session.matches)?;
    let ledger = session.ledger()?;
    let number = session.matches.get_one::<i64>("number").copied().unwrap_or_default();
    let (batch, is_report) = (ledger.get(number)?, session.matches.get_flag("report"));
    let kept = if is_report { &batch.report } else { &batch.results };
    let rows = match kept {
        Some(kept) => kept.clone(),
        None => {
            let service = session.fetcher()?;
            let fetch =
                Fetch { session, ledger: &ledger, service: &*service, batch: &batch, is_report };
            call::runtime()?.block_on(fetch.keep(Duration::ZERO, None))?
        }
    };
    let rows: Value = serde_json::from_str(&rows).map_err(|why| Failure::other(why.to_string()))?;
    call::write(output.text(&rows["rows"])?.as_bytes())?;
    tell_faults(&rows["faults"])
}

/// Rows that cannot be read cost no others.
fn tell_faults(faults: &Value) -> Result<(), Failure> {
    let faults: Vec<_> =
        faults.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for fault in &faults {
        let _ = writeln!(io::stderr(), "{fault}");
    }
    match faults.len() {
        0 => Ok(()),
        count => Err(Failure::new(FailureKind::Rows, format!("{count} rows cannot be read"))),
    }
}

/// A look for results.
struct Fetch<'a> {
    session: &'a Session<'a>,
    ledger: &'a Ledger,
    service: &'a dyn Service,
    batch: &'a Batch,
    is_report: bool,
}

impl Fetch<'_> {
    /// Waits for the results, and keeps them.
    async fn keep(&self, deadline: Duration, every: Option<Duration>) -> Result<String, Failure> {
        let operation = self.operation()?;
        let wanted = self.wanted(operation, deadline, every)?;
        let number = self.batch.number;
        let fetched = self.service.results(&wanted).await;
        let rows = fetched.map_err(|failure| {
            let is_early = failure.kind == FailureKind::Connection && failure.status.is_some();
            let message = match is_early && deadline.is_zero() {
                true => format!(
                    "the results of batch {number} are not there yet; `{} {GROUP} wait {number}` waits for them",
                    self.session.program.name
                ),
                false => format!("batch {number}: {}", failure.message),
            };
            Failure { message, ..failure }
        })?;
        let text = self.typed(operation, rows).to_string();
        self.ledger.keep(number, self.is_report, &text)?;
        Ok(text)
    }

    fn operation(&self) -> Result<&'static Operation, Failure> {
        self.session.table.operation(&self.batch.operation).ok_or_else(|| {
            let (number, id) = (self.batch.number, &self.batch.operation);
            Failure::usage(format!(
                "batch {number} was submitted by `{id}`, which is not described"
            ))
        })
    }

    fn wanted(
        &self,
        operation: &Operation,
        deadline: Duration,
        every: Option<Duration>,
    ) -> Result<Wanted, Failure> {
        let refusal = |why: &str| Failure::usage(format!("batch {} {why}", self.batch.number));
        if !matches!(self.batch.state, State::Accepted | State::Done) {
            let why = format!("is {}, so it has no results", self.batch.state.word());
            return Err(refusal(&why));
        }
        let batch = operation.batch.as_ref();
        let member = batch
            .and_then(|it| if self.is_report { it.report.as_deref() } else { Some(&it.results) });
        let member = member.ok_or_else(|| refusal("has no credit report"))?;
        let stored = self.batch.answer.as_deref().unwrap_or_default();
        let stored: Value = serde_json::from_str(stored).unwrap_or_default();
        let place = stored["accepted"][member].as_str();
        let place = place.ok_or_else(|| refusal("was accepted without a place of its results"))?;
        Ok(Wanted {
            run_id: self.batch.run_id.clone().unwrap_or_default(),
            place: place.to_owned(),
            deadline,
            every,
            is_local: is_at(place, &self.batch.service),
        })
    }

    /// The rows as JSON, with the types that the description has for columns.
    fn typed(&self, operation: &Operation, rows: Rows) -> Value {
        let batch = operation.batch.as_ref();
        let schema =
            batch.and_then(|it| if self.is_report { it.charge.as_ref() } else { it.row.as_ref() });
        let table = self.session.table;
        let schema = schema.map(|schema| Shape::new(table, schema));
        let member = |name: &str| -> Option<&Schema> {
            let members = schema.iter().flat_map(|shape| &shape.members);
            members.clone().find(|(known, ..)| *known == name).map(|(_, schema, _)| *schema)
        };
        let cell = |(name, text): (String, String)| {
            let value = match member(&name).map(|schema| Shape::new(table, schema)) {
                Some(_) if text.is_empty() => Value::Null,
                Some(shape) => values::stored(&text, shape.kind),
                None => text.into(),
            };
            (name, value)
        };
        let row = |cells: Vec<(String, String)>| -> Map<String, Value> {
            cells.into_iter().map(cell).collect()
        };
        let lines: Vec<_> = rows.rows.into_iter().map(row).collect();
        json!({ "rows": lines, "faults": rows.faults })
    }
}

/// Whether a place is at a service: then it may be on this machine, as the service is.
fn is_at(place: &str, service: &str) -> bool {
    // An origin that is opaque, such as that of `s3:`, is like no other.
    let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
    origin(place).is_some_and(|of_place| Some(of_place) == origin(service))
}

#[cfg(test)]
mod tests {
    use super::is_at;

    #[test]
    fn only_what_is_at_the_service_itself_may_be_on_this_machine() {
        let service = "http://127.0.0.1:4010/base";
        assert!(is_at("http://127.0.0.1:4010/store/1.csv?signature=x", service));
        assert!(is_at("https://api.example.com:443/1.csv", "HTTPS://API.example.com/v1"));
        for other in [
            "http://127.0.0.1:4011/store/1.csv",
            "https://127.0.0.1:4010/store/1.csv",
            "http://127.0.0.1:4010@evil.example/1.csv",
            "s3://bucket/key",
            "key",
        ] {
            assert!(!is_at(other, service), "{other}");
        }
    }
}
