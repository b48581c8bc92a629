//! The run itself: rows are sent side by side until all are, the credits are used up, or the user stops it.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use lantern_operations::{CallValues, Operation, Table};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::Settings;
use super::ledger::{Counts, Ledger, RowEnd, State};
use super::purse::{Kept, Purse};
use super::rate::{least_time, rate};
use super::rows::Row;
use crate::failure::{Failure, FailureKind};
use crate::{Answer, Service, secrets};

/// A run.
pub struct Run<'a> {
    pub table: &'static Table,
    pub operation: &'static Operation,
    pub settings: &'a Settings,
    pub rows: &'a [Row],
    pub service: &'a dyn Service,
    pub secrets: &'a [(String, String)],
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
    ledger: &'a Arc<Ledger>,
    progress: ProgressBar,
    ended: RefCell<Ended>,
    /// Tells what waits for its turn that the run has ended.
    stop: Notify,
    /// How many requests are allowed in how many seconds.
    limit: Option<(u32, u64)>,
    purse: Purse,
    failed: Cell<u64>,
}

impl Run<'_> {
    /// Sends all planned rows.
    pub async fn run(&self, ledger: &Arc<Ledger>) -> Result<Ended, Failure> {
        let planned = ledger.planned()?;
        let counts = ledger.counts()?;
        let shared = Shared {
            ledger,
            progress: progress(planned.len() as u64),
            ended: RefCell::new(Ended::Done),
            stop: Notify::new(),
            limit: rate(self.table, self.operation),
            purse: Purse::new(self.settings.max_credits, counts.credits, counts.uncertain),
            failed: Cell::new(0),
        };
        let rows =
            planned.iter().filter_map(|(number, before)| Some((self.row(*number)?, *before)));
        let mut calls = stream::iter(rows)
            .map(|(row, before)| self.send(row, before, &shared))
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

    /// Sends a row, which may have cost credits `before`, unless the run has ended. The ledger knows of it before and after.
    async fn send(&self, row: &Row, before: f64, shared: &Shared<'_>) -> Result<(), Failure> {
        let body = row.request.body();
        let values = CallValues { parameters: &row.parameters, body: &body };
        let has_ended = || shared.has_ended();
        let kept = shared.purse.keep(self.table, self.operation, &values, has_ended).await;
        let Some(kept) = kept else {
            shared.end(Ended::Budget);
            return Ok(());
        };
        let sent = Sent::default();
        let at_most = self.operation.cost_at_most(Some(before), 1, kept.credits);
        let request = row.request.clone().with_notice(sent.notice(shared.ledger, row, at_most));
        let reply = tokio::select! {
            biased;
            () = shared.stops_before(&sent) => {
                shared.purse.give_back(&kept);
                return Ok(());
            }
            reply = self.service.send(&request) => reply,
        };
        let end = match reply {
            Ok(answer) => self.answered(&answer, &kept, shared),
            Err(failure) => self.failed(failure.of(&request), &kept, shared),
        };
        let at_most = self.with_before(end.credits + end.uncertain, before);
        let end = RowEnd { uncertain: at_most - end.credits, ..end };
        shared.purse.pay(&kept, at_most - before);
        shared.ledger.ended(row.number, &end)?;
        shared.progress.inc(1);
        shared.tell();
        Ok(())
    }

    /// What a row has cost at most in all its runs: with the same key, it was charged once.
    fn with_before(&self, cost: f64, before: f64) -> f64 {
        match before > 0.0 {
            true => self.operation.cost_at_most(Some(cost), 1, before),
            false => cost,
        }
    }

    fn answered(&self, answer: &Answer, kept: &Kept, shared: &Shared<'_>) -> RowEnd {
        let body: Value = serde_json::from_slice(&answer.body)
            .unwrap_or_else(|_| String::from_utf8_lossy(&answer.body).into());
        let stated = self.table.conventions.cost(&body);
        let known = stated.unwrap_or(kept.credits);
        let at_most = self.operation.cost_at_most(Some(known), answer.uncertain, kept.credits);
        let credits = stated.unwrap_or_default();
        shared.purse.learn(self.operation, credits);
        let (state, reply) = (State::Answered, body.to_string());
        RowEnd { state, reply, credits, uncertain: at_most - credits }
    }

    fn failed(&self, failure: Failure, kept: &Kept, shared: &Shared<'_>) -> RowEnd {
        shared.failed.set(shared.failed.get() + 1);
        let state = match failure.kind {
            // Whether it was paid for is not known: it stays as it is.
            FailureKind::OutcomeUnknown => State::Sent,
            FailureKind::Refused | FailureKind::Usage => State::Failed,
            _ => State::Unanswered,
        };
        let body: Value = serde_json::from_slice(&failure.body)
            .unwrap_or_else(|_| String::from_utf8_lossy(&failure.body).into());
        let body = Some(body).filter(|body| body != "");
        let error = json!({ "message": failure.message, "status": failure.status, "body": body });
        let (credits, at_most) = failure.cost(self.table, self.operation, kept.credits);
        // All other rows would fail in the same way.
        if matches!(
            failure.kind,
            FailureKind::Credits | FailureKind::NotAllowed | FailureKind::Configuration
        ) {
            shared.end(Ended::Failed(failure));
        }
        let reply = secrets::without(error.to_string(), self.secrets);
        RowEnd { state, reply, credits, uncertain: at_most - credits }
    }
}

/// Whether a row was sent.
#[derive(Clone, Default)]
struct Sent(Arc<AtomicBool>);

impl Sent {
    /// Notes in the ledger that a row is sent, the first time.
    fn notice(
        &self,
        ledger: &Arc<Ledger>,
        row: &Row,
        at_most: f64,
    ) -> impl Fn() -> Result<(), Failure> + Send + Sync + use<> {
        let (sent, ledger, number) = (self.clone(), ledger.clone(), row.number);
        move || match sent.0.swap(true, Ordering::AcqRel) {
            true => Ok(()),
            false => ledger.sent(number, at_most),
        }
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Shared<'_> {
    fn has_ended(&self) -> bool {
        !matches!(*self.ended.borrow(), Ended::Done)
    }

    /// Ends when the run has ended and this was not sent.
    async fn stops_before(&self, sent: &Sent) {
        loop {
            let stop = self.stop.notified();
            if self.has_ended() && !sent.is_set() {
                return;
            }
            stop.await;
        }
    }

    fn end(&self, ended: Ended) {
        let mut current = self.ended.borrow_mut();
        if matches!(*current, Ended::Done) {
            *current = ended;
        }
        self.purse.wake();
        self.stop.notify_waiters();
    }

    fn tell(&self) {
        let (failed, spent) = (self.failed.get(), self.purse.spent());
        let left = self.progress.length().unwrap_or_default() - self.progress.position();
        let left = match least_time(self.limit, left) {
            Duration::ZERO => self.progress.eta(),
            // Between windows nothing comes, from which an estimate by what came would conclude too much.
            least => least,
        };
        let left = HumanDuration(left);
        self.progress.set_message(format!("{failed} failed, {spent} credits, {left} left"));
    }
}

/// A bar on a terminal, and nothing elsewhere.
fn progress(rows: u64) -> ProgressBar {
    let progress = ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}, {msg}");
    let progress = style.map_or(progress.clone(), |style| progress.with_style(style));
    // What is drawn is what there is, also while nothing comes.
    progress.enable_steady_tick(Duration::from_millis(250));
    progress
}
