//! The ledger of a run: it has the state of each row before and after it is sent, so that a run that is killed at any moment
//! can go on and pays for no row twice. It is a SQLite file, or in PostgreSQL, where several machines share a run.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;
use lantern_operations::Operation;

use super::rows::Row;
use crate::failure::Failure;
use crate::request::text_of;

#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

/// The state of a row that was sent. Before that it is `planned`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was sent, or is about to be; its reply is not there, or was lost.
    Sent,
    /// It succeeded.
    Answered,
    /// It failed in a way that another try does not change.
    Failed,
    /// It failed, and another try may succeed.
    Unanswered,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
        }
    }
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowEnd {
    pub state: State,
    /// The reply, or the error.
    pub reply: String,
    /// What its reply says that it cost.
    pub credits: f64,
    /// What it may have cost beyond that, because a reply was lost.
    pub uncertain: f64,
}

/// How many rows are in which state, and what they cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub planned: i64,
    pub lost: i64,
    /// Sent by another process, which may still get the reply.
    pub under_way: i64,
    pub answered: i64,
    pub failed: i64,
    pub credits: f64,
    /// What may have been charged beyond that, because replies were lost.
    pub uncertain: f64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { planned, lost, under_way, answered, failed, credits, uncertain } = self;
        write!(f, "{answered} answered, {failed} failed, {lost} lost, {planned} not sent")?;
        if *under_way > 0 {
            write!(f, ", {under_way} under way in other processes")?;
        }
        write!(f, "; {credits} credits")?;
        match *uncertain > 0.0 {
            true => write!(f, ", and up to {uncertain} for replies that were lost"),
            false => Ok(()),
        }
    }
}

/// A row that was taken to be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken {
    pub number: i64,
    /// The credits that it may have cost in an earlier run.
    pub before: f64,
}

/// Whether a row that was taken may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    Granted,
    /// Another process has it by now.
    #[cfg_attr(not(feature = "postgres"), expect(dead_code))]
    Elsewhere,
    /// The run may then have cost more than is allowed.
    #[cfg_attr(not(feature = "postgres"), expect(dead_code))]
    TooMuch,
}

/// A row that was sent: its number, its state for people, and what came of it.
pub type Line = (i64, String, Option<String>);

/// Where the states of rows are kept.
pub trait Ledger: Send + Sync {
    /// Plans rows: those that are new, those that may succeed now, and those whose reply was lost where sending them
    /// again is safe.
    fn plan(&self, rows: &[Row]) -> Result<(), Failure>;

    /// How many rows are in which state.
    fn counts(&self) -> Result<Counts, Failure>;

    /// Takes the next planned row, which no other process gets then.
    fn take(&self) -> Result<Option<Taken>, Failure>;

    /// Gives back a row that was taken and not sent.
    fn give_back(&self, number: i64) -> Result<(), Failure>;

    /// Records that a row is about to be sent, and what it may cost. Nothing is sent before this is on the disk.
    ///
    /// Processes that share a run look here whether all of them together stay within `max_credits`.
    fn sending(
        &self,
        number: i64,
        at_most: f64,
        max_credits: Option<f64>,
    ) -> Result<Permission, Failure>;

    /// Records what came of a row.
    fn ended(&self, number: i64, end: &RowEnd) -> Result<(), Failure>;

    /// Rows that have been sent, in their order. What was sent and has no reply was `lost`, unless it is under way in another
    /// process.
    fn results(&self) -> Result<Vec<Line>, Failure>;
}

/// Opens the ledger that the arguments name, else the one beside the output: a new one, or that of the run that goes on.
pub fn open(
    matches: &ArgMatches,
    operation: &Operation,
    resumes: bool,
) -> Result<Arc<dyn Ledger>, Failure> {
    let place = text_of(matches, "ledger");
    match place.filter(|place| is_database(place)) {
        Some(url) => shared(&url, matches, operation, resumes),
        None => Ok(Arc::new(sqlite::SqliteLedger::open(&file(matches), operation, resumes)?)),
    }
}

fn is_database(place: &str) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| place.starts_with(scheme))
}

fn file(matches: &ArgMatches) -> PathBuf {
    let beside = || text_of(matches, "out").unwrap_or_default() + ".ledger";
    text_of(matches, "ledger").unwrap_or_else(beside).into()
}

#[cfg(feature = "postgres")]
fn shared(
    url: &str,
    matches: &ArgMatches,
    operation: &Operation,
    resumes: bool,
) -> Result<Arc<dyn Ledger>, Failure> {
    let run = text_of(matches, "run").ok_or_else(|| {
        Failure::usage("a ledger in PostgreSQL has many runs: name this one by --run NAME")
    })?;
    Ok(Arc::new(postgres::PostgresLedger::open(url, &run, operation, resumes)?))
}

#[cfg(not(feature = "postgres"))]
fn shared(_: &str, _: &ArgMatches, _: &Operation, _: bool) -> Result<Arc<dyn Ledger>, Failure> {
    Err(Failure::usage(
        "this program keeps ledgers in files: for one in PostgreSQL build it with the feature `postgres`",
    ))
}

/// The request of a row has to be what it was.
fn changed(number: i64) -> Failure {
    Failure::usage(format!(
        "row {number} is not what it was when the run began: choose another ledger or -o"
    ))
}
