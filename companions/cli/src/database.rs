//! A SQLite file, whose name is in each error.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode};

use crate::failure::Failure;

/// An open SQLite file.
pub struct Database {
    file: PathBuf,
    connection: Mutex<Connection>,
}

impl Database {
    /// Opens a file, which need not be there, and prepares it.
    pub fn open(
        file: &Path,
        prepare: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<Self, Failure> {
        let fault = |why| fault(file, &why);
        let connection = Connection::open(file).map_err(fault)?;
        prepare(&connection).map_err(fault)?;
        Ok(Self { file: file.to_owned(), connection: Mutex::new(connection) })
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    pub fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn check<T>(&self, result: rusqlite::Result<T>) -> Result<T, Failure> {
        result.map_err(|why| self.fault(&why))
    }

    pub fn fault(&self, why: &rusqlite::Error) -> Failure {
        fault(&self.file, why)
    }
}

fn fault(file: &Path, why: &rusqlite::Error) -> Failure {
    let file = file.display();
    match why.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy) => Failure::other(format!("{file} is in use by another run")),
        _ => Failure::other(format!("{file}: {why}")),
    }
}
