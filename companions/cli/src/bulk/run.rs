//! The run itself: rows are sent side by side until all are, the credits are used up, or the user stops it.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use lantern_operations::{CallValues, Operation, Table};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::Settings;
use super::ledger::{Counts, Ledger, Permission, RowEnd, State, Taken};
use super::purse::{Kept, Purse};
use super::rate::{least_time, rate};
use super::rows::Row;
use super::sent::Sent;
use crate::failure::{Failure, FailureKind};
use crate::secrets::Secrets;
use crate::{Answer, Service};

/// A run.
pub struct Run<'a> {
    pub table: &'static Table,
    pub operation: &'static Operation,
    pub settings: &'a Settings,
    pub rows: &'a [Row],
    pub service: &'a dyn Service,
    pub secrets: &'a Secrets,
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
    ledger: &'a Arc<dyn Ledger>,
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
    pub async fn run(&self, ledger: &Arc<dyn Ledger>) -> Result<Ended, Failure> {
        let counts = ledger.counts()?;
        let shared = Shared {
            ledger,
            progress: progress(counts.planned.unsigned_abs()),
            ended: RefCell::new(Ended::Done),
            stop: Notify::new(),
            limit: rate(self.table, self.operation),
            purse: Purse::new(self.settings.max_credits, counts.credits, counts.uncertain),
            failed: Cell::new(0),
        };
        let rows = std::iter::from_fn(|| self.next(&shared));
        let mut calls = stream::iter(rows)
            .map(|(row, before)| self.send(row, before, &shared))
            .buffer_unordered(self.settings.concurrency);
        let mut is_stopping = false;
        loop {
            tokio::select! {
                ended = calls.next() => if ended.is_none() { break },
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

    /// The next row, and what it may have cost before; none if the run has ended.
    fn next(&self, shared: &Shared<'_>) -> Option<(&Row, f64)> {
        if shared.has_ended() {
            return None;
        }
        let Taken { number, before } = shared.known(shared.ledger.take())??;
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some((self.rows.get(at)?, before))
    }

    /// Sends a row, which may have cost credits `before`, unless the run has ended. The ledger knows of it before and after.
    async fn send(&self, row: &Row, before: f64, shared: &Shared<'_>) {
        let body = row.request.body();
        let values = CallValues { parameters: &row.parameters, body: &body };
        let has_ended = || shared.has_ended();
        let kept = shared.purse.keep(self.table, self.operation, &values, has_ended).await;
        let Some(kept) = kept else {
            shared.end(Ended::Budget);
            shared.known(shared.ledger.give_back(row.number));
            return;
        };
        let sent = Sent::default();
        let at_most = self.operation.cost_at_most(Some(before), 1, kept.credits);
        let notice = sent.notice(shared.ledger, row, at_most, self.settings.max_credits);
        let request = row.request.clone().with_notice(notice);
        let reply = tokio::select! {
            biased;
            () = shared.stops_before(&sent) => None,
            reply = self.service.send(&request) => Some(reply),
        };
        let Some(reply) = reply.filter(|_| !sent.is_refused()) else {
            shared.purse.give_back(&kept);
            return shared.not_sent(row.number, &sent);
        };
        let end = match reply {
            Ok(answer) => self.answered(&answer, &kept, shared),
            Err(failure) => self.failed(failure.of(&request), &kept, shared),
        };
        let at_most = self.with_before(end.credits + end.uncertain, before);
        let end = RowEnd { uncertain: at_most - end.credits, ..end };
        shared.purse.pay(&kept, at_most - before);
        shared.known(shared.ledger.ended(row.number, &end));
        shared.progress.inc(1);
        shared.tell();
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
        let reply = self.secrets.hide(error.to_string());
        RowEnd { state, reply, credits, uncertain: at_most - credits }
    }
}

impl Shared<'_> {
    fn has_ended(&self) -> bool {
        !matches!(*self.ended.borrow(), Ended::Done)
    }

    /// What the ledger says. If it fails, the run ends, and what is under way is waited for.
    fn known<T>(&self, said: Result<T, Failure>) -> Option<T> {
        said.map_err(|failure| self.end(Ended::Failed(failure))).ok()
    }

    /// A row was taken, and was not sent.
    fn not_sent(&self, number: i64, sent: &Sent) {
        match sent.said() {
            Some(Ok(Permission::Elsewhere)) => return,
            Some(Ok(Permission::TooMuch)) => self.end(Ended::Budget),
            Some(Err(failure)) => return self.end(Ended::Failed(failure.clone())),
            Some(Ok(Permission::Granted)) | None => {}
        }
        self.known(self.ledger.give_back(number));
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
        // Other processes may plan what failed anew, so there can be more rows than there were.
        let planned = self.progress.length().unwrap_or_default();
        let left = planned.saturating_sub(self.progress.position());
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
