//! Results from a mock, wherever the service says that they are.

use bytes::Bytes;
use reqwest::StatusCode;

use super::{Fetch, FetchError, Fetched, Fetching, Part, Place, Table, verdict};
use crate::runtime::json::Json;
use crate::runtime::mock::Mock;

/// The rules of [`Mock::on_request`] answer, by the location that the service named:
/// `on_request("GET", "s3://results/1.csv")`.
impl Fetch for Mock {
    fn fetch<'a>(&'a self, place: &'a Place, _: usize) -> Fetching<'a> {
        Box::pin(async move {
            let answer = self.fetched(&place.shown()).await.map_err(FetchError::lasting)?;
            let Some((status, body)) = answer else {
                return Err(FetchError::passing("the test says so"));
            };
            match StatusCode::from_u16(status) {
                Ok(StatusCode::OK) => Ok(Fetched::Found(body)),
                Ok(status) => verdict::of(status, &String::from_utf8_lossy(&body)),
                Err(error) => Err(FetchError::lasting("this is no status").with_source(error)),
            }
        })
    }
}

impl<Row: Json> Table<Row> {
    /// A table of this text, as if it had been fetched: CSV, a JSON list of objects, or an object
    /// on each line. It is for tests.
    ///
    /// # Panics
    /// If it is not a table.
    #[must_use]
    #[track_caller]
    pub fn of_text(text: impl Into<Bytes>) -> Self {
        let part = Part { name: None, bytes: text.into() };
        match Self::read(vec![part], usize::MAX) {
            Ok(table) => table,
            Err(no_table) => panic!("this is not a table: {}", no_table.reason),
        }
    }
}
