//! A ledger in PostgreSQL, which several processes share.
//!
//! A process has a number, and as long as its session lives an advisory lock of that number: what a process has taken that has
//! no lock any more is free, and what such a process has sent and not ended was lost.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use lantern_operations::Operation;
use postgres::{Client, Error, Transaction};

use super::{Counts, Ledger, Line, Permission, RowEnd, Taken, changed};
use crate::bulk::rows::Row;
use crate::failure::Failure;
use place::Place;

mod place;

/// How often a lost connection is made anew before a reply is given up, a second apart.
const RECONNECTS: u32 = 10;

/// The first number of our advisory locks: `lntr`.
const LOCKS: i32 = 0x6c6e_7472;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS bulk_run (
        id serial PRIMARY KEY, name text NOT NULL UNIQUE, operation text NOT NULL
    );
    CREATE TABLE IF NOT EXISTS bulk_row (
        run integer NOT NULL REFERENCES bulk_run, number bigint NOT NULL, request text NOT NULL,
        state text NOT NULL, owner integer, reply text, credits float8 NOT NULL DEFAULT 0,
        uncertain float8 NOT NULL DEFAULT 0, PRIMARY KEY (run, number)
    );
    CREATE INDEX IF NOT EXISTS bulk_row_planned ON bulk_row (run, number) WHERE state = 'planned';
    CREATE SEQUENCE IF NOT EXISTS bulk_owner AS integer MINVALUE 1 CYCLE;";

/// A statement in which `ALIVE` stands for the processes that live.
fn sql(text: &str) -> String {
    let alive = format!(
        "(SELECT objid::bigint FROM pg_locks JOIN pg_database ON pg_database.oid = database
          WHERE datname = current_database() AND locktype = 'advisory' AND granted
            AND classid = {LOCKS} AND objsubid = 2)"
    );
    text.replace("ALIVE", &alive)
}

/// A ledger in PostgreSQL.
pub struct PostgresLedger {
    place: Place,
    client: Mutex<Client>,
    /// The number of this process.
    owner: i32,
    run: i32,
    /// The number of the last row that this process has.
    last: Mutex<i64>,
}

impl PostgresLedger {
    /// Opens the ledger of a run: of a new one, or of one that goes on, also in other processes.
    pub fn open(
        url: &str,
        name: &str,
        operation: &Operation,
        resumes: bool,
    ) -> Result<Self, Failure> {
        let place = Place::new(url)?;
        let mut client = place.connect()?;
        let opened = apart(|| {
            let mut transaction = client.transaction()?;
            // `CREATE … IF NOT EXISTS` fails if two processes do it at the same time.
            transaction.execute("SELECT pg_advisory_xact_lock($1, 0)", &[&LOCKS])?;
            transaction.batch_execute(TABLES)?;
            let owner = transaction.query_one("SELECT nextval('bulk_owner')::integer", &[])?.get(0);
            let insert = "INSERT INTO bulk_run (name, operation) VALUES ($1, $2)
                          ON CONFLICT DO NOTHING";
            let is_new = transaction.execute(insert, &[&name, &operation.id])? == 1;
            let select = "SELECT id, operation FROM bulk_run WHERE name = $1";
            let run = transaction.query_one(select, &[&name])?;
            transaction.commit()?;
            lock(&mut client, owner)?;
            Ok((owner, is_new, run.get(0), run.get(1)))
        });
        let (owner, is_new, run, known): (i32, bool, i32, String) =
            opened.map_err(|why| place.fault(&why))?;
        if !is_new && !resumes {
            return Err(Failure::usage(format!(
                "the run `{name}` is there in {place}: --resume takes part in it; or choose another --run"
            )));
        }
        if known != operation.id {
            return Err(Failure::usage(format!(
                "the run `{name}` in {place} is one of `{known}`: choose another --run"
            )));
        }
        Ok(Self { place, client: client.into(), owner, run, last: Mutex::new(0) })
    }

    /// Asks the database, by a new connection if it is known that the last one was lost.
    fn ask<T: Send>(
        &self,
        question: impl FnOnce(&mut Client) -> Result<T, Error> + Send,
    ) -> Result<T, Failure> {
        let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        let client: &mut Client = &mut client;
        if client.is_closed() {
            let lost = std::mem::replace(client, self.reconnect()?);
            apart(|| drop(lost));
        }
        apart(|| question(client)).map_err(|why| self.place.fault(&why))
    }

    /// Asks what can be asked twice.
    fn ask_again<T: Send>(
        &self,
        question: impl Fn(&mut Client) -> Result<T, Error> + Send + Sync,
    ) -> Result<T, Failure> {
        let asked = self.ask(&question);
        let is_closed = || self.client.lock().unwrap_or_else(PoisonError::into_inner).is_closed();
        match asked {
            Err(_) if is_closed() => self.ask(&question),
            asked => asked,
        }
    }

    /// A new connection, which the process lives by from now on. If the database holds the lock for the old one still, others
    /// may take this process for dead later, which costs no row twice.
    fn reconnect(&self) -> Result<Client, Failure> {
        let mut connected = self.place.connect();
        for _ in 0..RECONNECTS {
            if connected.is_ok() {
                break;
            }
            thread::sleep(Duration::from_secs(1));
            connected = self.place.connect();
        }
        let mut client = connected?;
        apart(|| lock(&mut client, self.owner)).map_err(|why| self.place.fault(&why))?;
        Ok(client)
    }

    /// The credits of all rows but one are added up while no other process does so.
    fn fits(
        &self,
        transaction: &mut Transaction<'_>,
        number: i64,
        at_most: f64,
        max_credits: Option<f64>,
    ) -> Result<bool, Error> {
        let Some(max) = max_credits else { return Ok(true) };
        transaction.execute("SELECT FROM bulk_run WHERE id = $1 FOR UPDATE", &[&self.run])?;
        let select =
            "SELECT coalesce(sum(credits + CASE number WHEN $2 THEN 0 ELSE uncertain END), 0)
                      FROM bulk_row WHERE run = $1";
        let others: f64 = transaction.query_one(select, &[&self.run, &number])?.get(0);
        Ok(others + at_most <= max)
    }
}

impl Ledger for PostgresLedger {
    fn plan(&self, rows: &[Row]) -> Result<(), Failure> {
        let numbers: Vec<_> = rows.iter().map(|row| row.number).collect();
        let texts: Vec<_> = rows.iter().map(|row| row.text.as_str()).collect();
        let repeatable: Vec<_> = rows.iter().map(|row| row.request.is_repeatable()).collect();
        let unequal = self.ask(|client| {
            let mut transaction = client.transaction()?;
            let insert = "INSERT INTO bulk_row (run, number, request, state)
                          SELECT $1, number, request, 'planned'
                          FROM unnest($2::bigint[], $3::text[]) AS row (number, request)
                          ORDER BY number ON CONFLICT DO NOTHING";
            transaction.execute(insert, &[&self.run, &numbers, &texts])?;
            let select = "SELECT row.number FROM unnest($2::bigint[], $3::text[]) AS row (number, request)
                          JOIN bulk_row ON run = $1 AND bulk_row.number = row.number
                          WHERE bulk_row.request <> row.request ORDER BY 1 LIMIT 1";
            if let Some(row) = transaction.query_opt(select, &[&self.run, &numbers, &texts])? {
                return Ok(Some(row.get(0)));
            }
            // What it cost, or may have cost, stays.
            let update = sql("UPDATE bulk_row SET state = 'planned', owner = NULL, reply = NULL
                 FROM unnest($2::bigint[], $3::boolean[]) AS row (number, is_repeatable)
                 WHERE run = $1 AND bulk_row.number = row.number AND (state = 'unanswered'
                    OR state = 'sent' AND is_repeatable AND (reply IS NOT NULL OR owner NOT IN ALIVE))");
            transaction.execute(&update, &[&self.run, &numbers, &repeatable])?;
            transaction.commit().map(|()| None)
        })?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) =
            numbers.last().copied().unwrap_or_default();
        unequal.map_or(Ok(()), |number| Err(changed(number)))
    }

    fn counts(&self) -> Result<Counts, Failure> {
        let select = sql("SELECT count(*) FILTER (WHERE state = 'planned'),
                count(*) FILTER (WHERE state = 'sent'),
                count(*) FILTER (WHERE state = 'sent' AND reply IS NULL AND owner <> $2 AND owner IN ALIVE),
                count(*) FILTER (WHERE state = 'answered'),
                count(*) FILTER (WHERE state IN ('failed', 'unanswered')),
                coalesce(sum(credits), 0), coalesce(sum(uncertain), 0)
             FROM bulk_row WHERE run = $1");
        let row = self.ask_again(|client| client.query_one(&select, &[&self.run, &self.owner]))?;
        let (sent, under_way): (i64, i64) = (row.get(1), row.get(2));
        Ok(Counts {
            planned: row.get(0),
            lost: sent - under_way,
            under_way,
            answered: row.get(3),
            failed: row.get(4),
            credits: row.get(5),
            uncertain: row.get(6),
        })
    }

    fn take(&self) -> Result<Option<Taken>, Failure> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let update = sql("UPDATE bulk_row SET owner = $2 WHERE run = $1 AND number = (
                SELECT number FROM bulk_row WHERE run = $1 AND state = 'planned' AND number <= $3
                    AND (owner IS NULL OR owner NOT IN ALIVE)
                ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING number, uncertain");
        let taken =
            self.ask(|client| client.query_opt(&update, &[&self.run, &self.owner, &last]))?;
        Ok(taken.map(|row| Taken { number: row.get(0), before: row.get(1) }))
    }

    fn give_back(&self, number: i64) -> Result<(), Failure> {
        let update = "UPDATE bulk_row SET owner = NULL
                      WHERE run = $1 AND number = $2 AND owner = $3 AND state = 'planned'";
        self.ask(|client| client.execute(update, &[&self.run, &number, &self.owner])).map(drop)
    }

    fn sending(
        &self,
        number: i64,
        at_most: f64,
        max_credits: Option<f64>,
    ) -> Result<Permission, Failure> {
        self.ask(|client| {
            let mut transaction = client.transaction()?;
            if !self.fits(&mut transaction, number, at_most, max_credits)? {
                return Ok(Permission::TooMuch);
            }
            let update = "UPDATE bulk_row SET state = 'sent', uncertain = $4
                          WHERE run = $1 AND number = $2 AND owner = $3 AND state = 'planned'";
            let values: [&(dyn postgres::types::ToSql + Sync); 4] =
                [&self.run, &number, &self.owner, &at_most];
            let updated = transaction.execute(update, &values)?;
            transaction.commit()?;
            Ok(if updated == 1 { Permission::Granted } else { Permission::Elsewhere })
        })
    }

    /// A row without a reply has none yet, so asking twice records it once.
    fn ended(&self, number: i64, end: &RowEnd) -> Result<(), Failure> {
        let update =
            "UPDATE bulk_row SET state = $4, reply = $5, credits = credits + $6, uncertain = $7
             WHERE run = $1 AND number = $2 AND owner = $3 AND state = 'sent' AND reply IS NULL";
        let (state, RowEnd { reply, credits, uncertain, .. }) = (end.state.word(), end);
        self.ask_again(|client| {
            let row: [&(dyn postgres::types::ToSql + Sync); 7] =
                [&self.run, &number, &self.owner, &state, reply, credits, uncertain];
            client.execute(update, &row)
        })
        .map(drop)
    }

    fn results(&self) -> Result<Vec<Line>, Failure> {
        let select = sql("SELECT number, CASE
                WHEN state <> 'sent' THEN state
                WHEN reply IS NULL AND owner <> $2 AND owner IN ALIVE THEN 'sent'
                ELSE 'lost' END, reply
             FROM bulk_row WHERE run = $1 AND state <> 'planned' ORDER BY number");
        let rows = self.ask_again(|client| client.query(&select, &[&self.run, &self.owner]))?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }
}

fn lock(client: &mut Client, owner: i32) -> Result<(), Error> {
    client.execute("SELECT pg_try_advisory_lock($1, $2)", &[&LOCKS, &owner]).map(drop)
}

/// Asks on a thread of its own: the client waits by a runtime of its own, which cannot be within another one.
fn apart<T: Send>(question: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| match scope.spawn(question).join() {
        Ok(answer) => answer,
        Err(panic) => std::panic::resume_unwind(panic),
    })
}
