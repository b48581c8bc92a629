//! The ledger of a run: a SQLite file that has the state of each row before and after it is sent, so that a run that is
//! killed at any moment can go on and pays for no row twice.

use std::fmt;
use std::path::{Path, PathBuf};

use lantern_operations::Operation;
use rusqlite::{OptionalExtension, params};

use super::rows::Row;
use crate::database::Database;
use crate::failure::Failure;

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
    pub answered: i64,
    pub failed: i64,
    pub credits: f64,
    /// What may have been charged beyond that, because replies were lost.
    pub uncertain: f64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { planned, lost, answered, failed, credits, uncertain } = self;
        write!(
            f,
            "{answered} answered, {failed} failed, {lost} lost, {planned} not sent; {credits} credits"
        )?;
        match *uncertain > 0.0 {
            true => write!(f, ", and up to {uncertain} for replies that were lost"),
            false => Ok(()),
        }
    }
}

/// The ledger of a run.
pub struct Ledger(Database);

const TABLES: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS run (operation TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS row (
        number INTEGER PRIMARY KEY, request TEXT NOT NULL, state TEXT NOT NULL, reply TEXT,
        credits REAL NOT NULL DEFAULT 0, uncertain REAL NOT NULL DEFAULT 0
    );";

impl Ledger {
    /// Opens the ledger beside an output: a new one, or that of the run that goes on.
    pub fn open(out: &Path, operation: &Operation, resumes: bool) -> Result<Self, Failure> {
        let mut name = out.as_os_str().to_owned();
        name.push(".ledger");
        let file = PathBuf::from(name);
        if file.exists() && !resumes {
            let message = format!(
                "{} is there from an earlier run: --resume goes on with it; or choose another -o",
                file.display()
            );
            return Err(Failure::usage(message));
        }
        let ledger = Self(Database::open(&file, |connection| connection.execute_batch(TABLES))?);
        ledger.claim(operation)?;
        Ok(ledger)
    }

    /// A ledger belongs to one operation.
    fn claim(&self, operation: &Operation) -> Result<(), Failure> {
        let known: rusqlite::Result<Option<String>> = self
            .0
            .connection()
            .query_row("SELECT operation FROM run", [], |row| row.get(0))
            .optional();
        match self.0.check(known)? {
            None => {
                let insert = "INSERT INTO run (operation) VALUES (?1)";
                self.0.check(self.0.connection().execute(insert, [&operation.id])).map(drop)
            }
            Some(known) if known == operation.id => Ok(()),
            Some(known) => Err(Failure::usage(format!(
                "{} is the ledger of a run of `{known}`: choose another -o",
                self.0.file().display()
            ))),
        }
    }

    /// Plans rows: those that are new, those that may succeed now, and those whose reply was lost where sending them
    /// again is safe.
    pub fn plan(&self, rows: &[Row]) -> Result<(), Failure> {
        let fault = |why| self.0.fault(&why);
        let mut connection = self.0.connection();
        let transaction = connection.transaction().map_err(fault)?;
        for row in rows {
            let select = "SELECT request, state FROM row WHERE number = ?1";
            let known: Option<(String, String)> = transaction
                .query_row(select, [row.number], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
                .map_err(fault)?;
            let state = match known {
                None => None,
                Some((request, _)) if request != row.text => {
                    return Err(Failure::usage(format!(
                        "row {} is not what it was when the run began: choose another -o",
                        row.number
                    )));
                }
                Some((_, state)) => Some(state),
            };
            let is_planned = match state.as_deref() {
                None | Some("planned" | "unanswered") => true,
                Some("sent") => row.request.is_repeatable(),
                Some(_) => false,
            };
            // What it cost, or may have cost, stays.
            if is_planned {
                let upsert = "INSERT INTO row (number, request, state) VALUES (?1, ?2, 'planned')
                              ON CONFLICT (number) DO UPDATE SET state = 'planned', reply = NULL";
                transaction.execute(upsert, params![row.number, row.text]).map_err(fault)?;
            }
        }
        transaction.commit().map_err(fault)
    }

    /// The rows that are to be sent, in their order, with the credits that each may have cost in an earlier run.
    pub fn planned(&self) -> Result<Vec<(i64, f64)>, Failure> {
        let select = "SELECT number, uncertain FROM row WHERE state = 'planned' ORDER BY number";
        let connection = self.0.connection();
        let mut statement = self.0.check(connection.prepare(select))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        self.0.check(self.0.check(rows)?.collect())
    }

    /// Records that a row is about to be sent, and what it may cost. Nothing is sent before this is on the disk.
    pub fn sent(&self, number: i64, at_most: f64) -> Result<(), Failure> {
        let update = "UPDATE row SET state = 'sent', uncertain = ?2 WHERE number = ?1";
        self.0.check(self.0.connection().execute(update, params![number, at_most])).map(drop)
    }

    /// Records what came of a row.
    pub fn ended(&self, number: i64, end: &RowEnd) -> Result<(), Failure> {
        let update = "UPDATE row SET state = ?2, reply = ?3, credits = credits + ?4, uncertain = ?5 WHERE number = ?1";
        let values = params![number, end.state.word(), end.reply, end.credits, end.uncertain];
        self.0.check(self.0.connection().execute(update, values)).map(drop)
    }

    /// Rows that have been sent, with their states and what came of them, in their order.
    pub fn results(&self) -> Result<Vec<(i64, String, Option<String>)>, Failure> {
        let select =
            "SELECT number, state, reply FROM row WHERE state <> 'planned' ORDER BY number";
        let connection = self.0.connection();
        let mut statement = self.0.check(connection.prepare(select))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        self.0.check(self.0.check(rows)?.collect())
    }

    /// How many rows are in which state.
    pub fn counts(&self) -> Result<Counts, Failure> {
        let select =
            "SELECT total(state = 'planned'), total(state = 'sent'), total(state = 'answered'),
                             total(state IN ('failed', 'unanswered')), total(credits), total(uncertain) FROM row";
        self.0.check(self.0.connection().query_row(select, [], |row| {
            let count = |index| row.get::<_, f64>(index).map(|count| count as i64);
            Ok(Counts {
                planned: count(0)?,
                lost: count(1)?,
                answered: count(2)?,
                failed: count(3)?,
                credits: row.get(4)?,
                uncertain: row.get(5)?,
            })
        }))
    }
}
