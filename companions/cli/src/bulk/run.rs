//! The run itself: rows are sent side by side until all are, the credits are used up, or the user stops it.

use std::cell::{Cell, RefCell};

use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lantern_operations::{Operation, Table};
use serde_json::{Value, json};

use super::Settings;
use super::ledger::{Counts, Ledger, State};
use super::rows::Row;
use crate::failure::{Failure, FailureKind};
use crate::{Answer, Service};

/// A run.
pub struct Run<'a> {
    pub table: &'static Table,
    pub operation: &'static Operation,
    pub settings: &'a Settings,
    pub rows: &'a [Row],
    pub service: &'a dyn Service,
}

/// Why a run ended before its last row.
#[derive(Clone, Debug)]
pub enum Ended {
    /// It did not.
    Done,
    /// The user stopped it.
    Stopped,
    /// Going on would cost more than is allowed.
    Budget,
    /// A failure that all further rows would have, too.
    Failed(Failure),
}

impl Ended {
    /// The exit status of a run.
    pub fn judge(self, counts: &Counts) -> Result<(), Failure> {
        let again = "run the same command with --resume to go on";
        match self {
            Self::Stopped => Err(Failure::new(FailureKind::Stopped, format!("stopped: {again}"))),
            Self::Budget => {
                let message = format!("--max-credits is reached: {again} with a higher one");
                Err(Failure::new(FailureKind::Credits, message))
            }
            Self::Failed(failure) => Err(Failure {
                message: format!("{}; {again} when that is mended", failure.message),
                ..failure
            }),
            Self::Done if counts.lost > 0 => Err(Failure::new(
                FailureKind::Rows,
                "replies were lost, and the service may have acted: such rows are `lost` in the output, and are not \
                 sent again by --resume unless that is safe",
            )),
            Self::Done if counts.failed > 0 => Err(Failure::new(
                FailureKind::Rows,
                "some rows failed: see `error` in the output; --resume tries again what may succeed",
            )),
            Self::Done => Ok(()),
        }
    }
}

/// What the calls of a run share.
struct Shared<'a> {
    ledger: &'a Ledger,
    progress: ProgressBar,
    ended: RefCell<Ended>,
    in_flight: Cell<usize>,
    spent: Cell<f64>,
    /// The most that a row has cost, or may cost.
    most: Cell<Option<f64>>,
    failed: Cell<u64>,
}

impl Run<'_> {
    /// Sends all planned rows.
    pub async fn run(&self, ledger: &mut Ledger) -> Result<Ended, Failure> {
        let planned = ledger.planned()?;
        let counts = ledger.counts()?;
        let shared = Shared {
            ledger,
            progress: progress(planned.len() as u64),
            ended: RefCell::new(Ended::Done),
            in_flight: Cell::new(0),
            spent: Cell::new(counts.credits),
            most: Cell::new(self.operation.policy.example_cost),
            failed: Cell::new(0),
        };
        let mut rows = planned.iter().filter_map(|number| self.row(*number));
        // Until a cost is known, rows that run side by side could cost any amount together.
        let is_blind = self.settings.max_credits.is_some() && shared.most.get().is_none();
        if let Some(first) = is_blind.then(|| rows.next()).flatten() {
            self.send(first, &shared).await?;
        }
        let mut calls = stream::iter(rows)
            .map(|row| self.send(row, &shared))
            .buffer_unordered(self.settings.concurrency);
        let mut is_stopping = false;
        loop {
            tokio::select! {
                ended = calls.next() => match ended {
                    Some(ended) => ended?,
                    None => break,
                },
                _ = tokio::signal::ctrl_c(), if !is_stopping => {
                    is_stopping = true;
                    shared.end(Ended::Stopped);
                    shared.progress.set_message("stopping: waiting for what is under way");
                }
            }
        }
        drop(calls);
        shared.progress.finish_and_clear();
        Ok(shared.ended.into_inner())
    }

    fn row(&self, number: i64) -> Option<&Row> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get(at)
    }

    /// Sends a row, unless the run has ended. The ledger knows of it before and after.
    async fn send(&self, row: &Row, shared: &Shared<'_>) -> Result<(), Failure> {
        if !matches!(*shared.ended.borrow(), Ended::Done) {
            return Ok(());
        }
        if !shared.affords(self.settings.max_credits) {
            shared.end(Ended::Budget);
            return Ok(());
        }
        shared.ledger.sent(row.number)?;
        shared.in_flight.set(shared.in_flight.get() + 1);
        let reply = self.service.send(&row.request).await;
        shared.in_flight.set(shared.in_flight.get() - 1);
        match reply {
            Ok(answer) => self.answered(row, &answer, shared)?,
            Err(failure) => shared.failed(row, failure)?,
        }
        shared.progress.inc(1);
        shared.tell();
        Ok(())
    }

    fn answered(&self, row: &Row, answer: &Answer, shared: &Shared<'_>) -> Result<(), Failure> {
        let body: Value = serde_json::from_slice(&answer.body)
            .unwrap_or_else(|_| String::from_utf8_lossy(&answer.body).into());
        let mut fields = self.table.conventions.cost_fields.iter();
        let cost = fields.find_map(|field| body.get(field)?.as_f64()).unwrap_or_default();
        shared.spent.set(shared.spent.get() + cost);
        shared.most.set(Some(shared.most.get().unwrap_or_default().max(cost)));
        shared.ledger.ended(row.number, State::Answered, &body.to_string(), cost)
    }
}

impl Shared<'_> {
    /// Whether a further row fits, if each that is under way costs the most that one has cost.
    fn affords(&self, max_credits: Option<f64>) -> bool {
        let most = self.most.get().unwrap_or_default();
        let at_most = self.spent.get() + most * (self.in_flight.get() + 1) as f64;
        max_credits.is_none_or(|max| at_most <= max)
    }

    fn end(&self, ended: Ended) {
        let mut current = self.ended.borrow_mut();
        if matches!(*current, Ended::Done) {
            *current = ended;
        }
    }

    fn failed(&self, row: &Row, failure: Failure) -> Result<(), Failure> {
        self.failed.set(self.failed.get() + 1);
        let state = match failure.kind {
            // Whether it was paid for is not known: it stays as it is.
            FailureKind::OutcomeUnknown => State::Sent,
            FailureKind::Refused | FailureKind::Usage => State::Failed,
            _ => State::Unanswered,
        };
        let body: Option<Value> = serde_json::from_slice(&failure.body).ok();
        let error = json!({ "message": failure.message, "status": failure.status, "body": body });
        self.ledger.ended(row.number, state, &error.to_string(), 0.0)?;
        // All other rows would fail in the same way.
        if matches!(
            failure.kind,
            FailureKind::Credits | FailureKind::NotAllowed | FailureKind::Configuration
        ) {
            self.end(Ended::Failed(failure));
        }
        Ok(())
    }

    fn tell(&self) {
        let (failed, spent) = (self.failed.get(), self.spent.get());
        self.progress.set_message(format!("{failed} failed, {spent} credits"));
    }
}

/// A bar on a terminal, and nothing elsewhere.
fn progress(rows: u64) -> ProgressBar {
    let progress = ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}, {msg}, {eta} left");
    style.map_or(progress.clone(), |style| progress.with_style(style))
}
