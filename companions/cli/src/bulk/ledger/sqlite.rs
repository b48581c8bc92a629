//! A ledger in a SQLite file, which one process has.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use lantern_operations::Operation;
use rusqlite::{OptionalExtension, params};

use super::{Counts, Ledger, Line, Permission, RowEnd, Taken, changed};
use crate::bulk::rows::Row;
use crate::database::Database;
use crate::failure::Failure;

/// A ledger in a file.
pub struct SqliteLedger {
    database: Database,
    /// The planned rows that were not taken yet; nobody else takes any.
    planned: Mutex<VecDeque<Taken>>,
}

const TABLES: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS run (operation TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS row (
        number INTEGER PRIMARY KEY, request TEXT NOT NULL, state TEXT NOT NULL, reply TEXT,
        credits REAL NOT NULL DEFAULT 0, uncertain REAL NOT NULL DEFAULT 0
    );";

impl SqliteLedger {
    /// Opens a ledger: a new one, or that of the run that goes on.
    pub fn open(file: &Path, operation: &Operation, resumes: bool) -> Result<Self, Failure> {
        if file.exists() && !resumes {
            let message = format!(
                "{} is there from an earlier run: --resume goes on with it; or choose another -o",
                file.display()
            );
            return Err(Failure::usage(message));
        }
        let database = Database::open(file, |connection| connection.execute_batch(TABLES))?;
        let ledger = Self { database, planned: Mutex::default() };
        ledger.claim(operation)?;
        Ok(ledger)
    }

    /// A ledger belongs to one operation.
    fn claim(&self, operation: &Operation) -> Result<(), Failure> {
        let database = &self.database;
        let known: rusqlite::Result<Option<String>> = database
            .connection()
            .query_row("SELECT operation FROM run", [], |row| row.get(0))
            .optional();
        match database.check(known)? {
            None => {
                let insert = "INSERT INTO run (operation) VALUES (?1)";
                let inserted = database.connection().execute(insert, [&operation.id]);
                database.check(inserted).map(drop)
            }
            Some(known) if known == operation.id => Ok(()),
            Some(known) => Err(Failure::usage(format!(
                "{} is the ledger of a run of `{known}`: choose another -o",
                database.file().display()
            ))),
        }
    }

    fn planned(&self, among: &[Row]) -> Result<VecDeque<Taken>, Failure> {
        let select = "SELECT number, uncertain FROM row
                      WHERE state = 'planned' AND number <= ?1 ORDER BY number";
        let connection = self.database.connection();
        let mut statement = self.database.check(connection.prepare(select))?;
        let last = among.last().map_or(0, |row| row.number);
        let taken = statement
            .query_map([last], |row| Ok(Taken { number: row.get(0)?, before: row.get(1)? }));
        self.database.check(self.database.check(taken)?.collect())
    }
}

impl Ledger for SqliteLedger {
    fn plan(&self, rows: &[Row]) -> Result<(), Failure> {
        let fault = |why| self.database.fault(&why);
        let mut connection = self.database.connection();
        let transaction = connection.transaction().map_err(fault)?;
        for row in rows {
            let select = "SELECT request, state FROM row WHERE number = ?1";
            let known: Option<(String, String)> = transaction
                .query_row(select, [row.number], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
                .map_err(fault)?;
            let state = match known {
                None => None,
                Some((request, _)) if request != row.text => return Err(changed(row.number)),
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
        transaction.commit().map_err(fault)?;
        drop(connection);
        *self.planned.lock().unwrap_or_else(PoisonError::into_inner) = self.planned(rows)?;
        Ok(())
    }

    fn counts(&self) -> Result<Counts, Failure> {
        let select =
            "SELECT total(state = 'planned'), total(state = 'sent'), total(state = 'answered'),
                    total(state IN ('failed', 'unanswered')), total(credits), total(uncertain) FROM row";
        self.database.check(self.database.connection().query_row(select, [], |row| {
            let count = |index| row.get::<_, f64>(index).map(|count| count as i64);
            Ok(Counts {
                planned: count(0)?,
                lost: count(1)?,
                under_way: 0,
                answered: count(2)?,
                failed: count(3)?,
                credits: row.get(4)?,
                uncertain: row.get(5)?,
            })
        }))
    }

    fn take(&self) -> Result<Option<Taken>, Failure> {
        Ok(self.planned.lock().unwrap_or_else(PoisonError::into_inner).pop_front())
    }

    /// It is planned as it was, and who goes on with the run finds it.
    fn give_back(&self, _: i64) -> Result<(), Failure> {
        Ok(())
    }

    fn sending(&self, number: i64, at_most: f64, _: Option<f64>) -> Result<Permission, Failure> {
        let update = "UPDATE row SET state = 'sent', uncertain = ?2 WHERE number = ?1";
        let updated = self.database.connection().execute(update, params![number, at_most]);
        self.database.check(updated).map(|_| Permission::Granted)
    }

    fn ended(&self, number: i64, end: &RowEnd) -> Result<(), Failure> {
        let update = "UPDATE row SET state = ?2, reply = ?3, credits = credits + ?4, uncertain = ?5
                      WHERE number = ?1";
        let values = params![number, end.state.word(), end.reply, end.credits, end.uncertain];
        self.database.check(self.database.connection().execute(update, values)).map(drop)
    }

    fn results(&self) -> Result<Vec<Line>, Failure> {
        let select =
            "SELECT number, CASE state WHEN 'sent' THEN 'lost' ELSE state END, reply FROM row
                      WHERE state <> 'planned' ORDER BY number";
        let connection = self.database.connection();
        let mut statement = self.database.check(connection.prepare(select))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        self.database.check(self.database.check(rows)?.collect())
    }
}
