//! The batches of the ledger.

use serde_json::{Value, json};

use super::Session;
use super::ledger::{Batch, Ledger};
use crate::call;
use crate::failure::Failure;
use crate::output::Output;

/// Prints all batches.
pub fn run(session: &Session<'_>) -> Result<(), Failure> {
    print(session, &Output::from_arguments(session.matches)?, &session.ledger()?, |_| true)
}

/// Prints some batches.
pub fn print(
    session: &Session<'_>,
    output: &Output,
    ledger: &Ledger,
    is_wanted: impl Fn(&Batch) -> bool,
) -> Result<(), Failure> {
    let batches = ledger.all()?;
    let shown = batches.iter().filter(|batch| is_wanted(batch)).map(|batch| shown(session, batch));
    call::write(output.text(&shown.collect())?.as_bytes())
}

/// What is shown of a batch. Where its results are is not, because that may be a signed URL.
fn shown(session: &Session<'_>, batch: &Batch) -> Value {
    let operation = session.table.operation(&batch.operation);
    let name = operation.map(|operation| super::name(session.table, operation));
    json!({
        "number": batch.number,
        "operation": name.unwrap_or_else(|| batch.operation.clone()),
        "records": batch.records,
        "state": batch.state.word(),
        "run": batch.run_id,
        "planned": batch.planned,
        "service": batch.service,
    })
}
