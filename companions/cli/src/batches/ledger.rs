//! The ledger of batches: a SQLite file that has each batch before it is sent and after its answer, and its results once they
//! were fetched.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ArgMatches;
use rusqlite::{OptionalExtension, Row, params};

use crate::database::Database;
use crate::failure::Failure;
use crate::request::text_of;
use crate::{Program, places};

/// Another process writes for no longer.
const BUSY: Duration = Duration::from_secs(10);

const TABLES: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS batch (
        number INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT NOT NULL, operation TEXT NOT NULL, request TEXT NOT NULL,
        records INTEGER NOT NULL, state TEXT NOT NULL, planned TEXT NOT NULL, answer TEXT, run_id TEXT, results TEXT,
        report TEXT
    );";

/// The state of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is about to be submitted, or the run was stopped before.
    Planned,
    /// It was sent, or is about to be; its answer is not there, or was lost.
    Sent,
    /// The service has not accepted it.
    Refused,
    /// The service has accepted it.
    Accepted,
    /// Its results were fetched.
    Done,
}

const STATES: &[(State, &str)] = &[
    (State::Planned, "planned"),
    (State::Sent, "sent"),
    (State::Refused, "refused"),
    (State::Accepted, "accepted"),
    (State::Done, "done"),
];

impl State {
    pub fn word(self) -> &'static str {
        STATES.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Self {
        STATES.iter().find(|(_, known)| *known == word).map_or(Self::Sent, |(state, _)| *state)
    }
}

/// A batch of the ledger.
#[derive(Clone, Debug)]
pub struct Batch {
    pub number: i64,
    pub service: String,
    /// The id of its operation.
    pub operation: String,
    pub records: i64,
    pub state: State,
    /// When it was planned.
    pub planned: String,
    /// What the library stores of an accepted batch, or the error.
    pub answer: Option<String>,
    pub run_id: Option<String>,
    pub results: Option<String>,
    pub report: Option<String>,
}

/// What is to be planned.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub service: &'a str,
    pub operation: &'a str,
    /// The request as text, by which a later run knows it again.
    pub request: &'a str,
    pub records: usize,
}

/// Where the ledger is: what the arguments say, or the folder for the state of programs.
pub fn place(program: &Program, matches: &ArgMatches) -> Result<PathBuf, Failure> {
    let stated = text_of(matches, "ledger").map(PathBuf::from);
    let usual = || Some(places::state()?.join(program.name).join("batches.ledger"));
    stated
        .or_else(usual)
        .ok_or_else(|| Failure::usage("there is no home folder: give --ledger FILE"))
}

/// The ledger.
pub struct Ledger(Database);

impl Ledger {
    /// Opens a ledger, which only its owner can read: the places of results may be signed.
    pub fn open(file: &Path) -> Result<Self, Failure> {
        let fault = |why: io::Error| Failure::other(format!("{}: {why}", file.display()));
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(fault)?;
        }
        places::for_owner().append(true).create(true).open(file).map_err(fault)?;
        let database = Database::open(file, |connection| {
            connection.busy_timeout(BUSY)?;
            connection.execute_batch(TABLES)
        });
        database.map(Self)
    }

    /// The batches, the first one first.
    pub fn all(&self) -> Result<Vec<Batch>, Failure> {
        let select = "SELECT * FROM batch ORDER BY number";
        let connection = self.0.connection();
        let mut statement = self.0.check(connection.prepare(select))?;
        let batches = self.0.check(statement.query_map([], batch))?;
        self.0.check(batches.collect())
    }

    /// A batch by its number.
    pub fn get(&self, number: i64) -> Result<Batch, Failure> {
        let select = "SELECT * FROM batch WHERE number = ?1";
        let found =
            self.0.check(self.0.connection().query_row(select, [number], batch).optional())?;
        found.ok_or_else(|| {
            Failure::usage(format!(
                "there is no batch {number}; `batches list` shows those there are"
            ))
        })
    }

    /// The last batch of the same request, if there is one.
    pub fn known(&self, plan: &Plan<'_>) -> Result<Option<Batch>, Failure> {
        let select = "SELECT * FROM batch WHERE service = ?1 AND operation = ?2 AND request = ?3
                      ORDER BY number DESC LIMIT 1";
        let of = params![plan.service, plan.operation, plan.request];
        self.0.check(self.0.connection().query_row(select, of, batch).optional())
    }

    /// Plans batches, all or none.
    pub fn plan(&self, plans: &[Plan<'_>]) -> Result<Vec<i64>, Failure> {
        let fault = |why| self.0.fault(&why);
        let mut connection = self.0.connection();
        let transaction = connection.transaction().map_err(fault)?;
        let mut numbers = Vec::new();
        for plan in plans {
            let insert = "INSERT INTO batch (service, operation, request, records, state, planned)
                          VALUES (?1, ?2, ?3, ?4, 'planned', ?5)";
            let (records, now) = (plan.records as i64, jiff::Timestamp::now().strftime("%FT%TZ"));
            let values =
                params![plan.service, plan.operation, plan.request, records, now.to_string()];
            transaction.execute(insert, values).map_err(fault)?;
            numbers.push(transaction.last_insert_rowid());
        }
        transaction.commit().map_err(fault)?;
        Ok(numbers)
    }

    /// Records that a batch is about to be sent; whether it is this process that sends it. Nothing is sent before this is on
    /// the disk.
    pub fn send(&self, number: i64) -> Result<bool, Failure> {
        let update = "UPDATE batch SET state = 'sent', answer = NULL
                      WHERE number = ?1 AND state IN ('planned', 'refused')";
        self.0.check(self.0.connection().execute(update, [number])).map(|changed| changed == 1)
    }

    /// Records what came of a batch.
    pub fn answered(
        &self,
        number: i64,
        state: State,
        answer: &str,
        run_id: Option<&str>,
    ) -> Result<(), Failure> {
        let update = "UPDATE batch SET state = ?2, answer = ?3, run_id = ?4 WHERE number = ?1";
        let values = params![number, state.word(), answer, run_id];
        self.0.check(self.0.connection().execute(update, values)).map(drop)
    }

    /// Keeps the results of a batch, or its credit report.
    pub fn keep(&self, number: i64, is_report: bool, rows: &str) -> Result<(), Failure> {
        let update = match is_report {
            true => "UPDATE batch SET report = ?2 WHERE number = ?1",
            false => "UPDATE batch SET results = ?2, state = 'done' WHERE number = ?1",
        };
        self.0.check(self.0.connection().execute(update, params![number, rows])).map(drop)
    }
}

fn batch(row: &Row<'_>) -> rusqlite::Result<Batch> {
    Ok(Batch {
        number: row.get("number")?,
        service: row.get("service")?,
        operation: row.get("operation")?,
        records: row.get("records")?,
        state: State::of(&row.get::<_, String>("state")?),
        planned: row.get("planned")?,
        answer: row.get("answer")?,
        run_id: row.get("run_id")?,
        results: row.get("results")?,
        report: row.get("report")?,
    })
}
