//! Results as CSV (RFC 4180): rows that are read one by one, so that a bad one costs no other.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use csv::{ByteRecord, ByteRecordsIntoIter, ReaderBuilder};

use super::cells;
use crate::runtime::json::Json;

/// A table that was fetched.
///
/// ```text
/// for row in &table {
///     match row {
///         Ok(row) => keep(row),
///         Err(bad) => eprintln!("{bad}"), // line 17: at `age`: invalid type: …
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Table<Row> {
    columns: Vec<String>,
    /// Where the rows begin.
    rows: usize,
    csv: Bytes,
    row: PhantomData<fn() -> Row>,
}

impl<Row> Table<Row> {
    /// Reads the names of the columns; the rows are read when they are asked for.
    ///
    /// Says what it is instead where it is no table.
    pub(super) fn read(csv: Bytes) -> Result<Self, String> {
        let start = if csv.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        if csv[start..].trim_ascii_start().first() == Some(&b'<') {
            return Err("it is HTML or XML and no CSV".to_owned());
        }
        let mut head = reader(&csv[start..]);
        let first = head.next().transpose().map_err(|error| error.to_string())?;
        let columns = first.iter().flat_map(ByteRecord::iter);
        let columns = columns.map(|name| String::from_utf8_lossy(name).trim().to_owned());
        let columns = columns.collect();
        let rows = start + usize::try_from(head.reader().position().byte()).unwrap_or(csv.len());
        Ok(Self { columns, rows, csv, row: PhantomData })
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The table as it came.
    pub fn csv(&self) -> &Bytes {
        &self.csv
    }
}

impl<Row: Json> Table<Row> {
    /// The rows, each read on its own.
    pub fn rows(&self) -> Rows<'_, Row> {
        let line = 1 + lines(&self.csv[..self.rows]);
        Rows { table: self, start: self.rows, line, records: reader(&self.csv[self.rows..]) }
    }

    /// The rows that can be read and those that cannot.
    pub fn split(&self) -> (Vec<Row>, Vec<BadRow>) {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for row in self {
            match row {
                Ok(row) => good.push(row),
                Err(row) => bad.push(row),
            }
        }
        (good, bad)
    }
}

impl<'a, Row: Json> IntoIterator for &'a Table<Row> {
    type Item = Result<Row, BadRow>;
    type IntoIter = Rows<'a, Row>;

    fn into_iter(self) -> Rows<'a, Row> {
        self.rows()
    }
}

/// Rows hold data of persons, so none is shown.
impl<Row> fmt::Debug for Table<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("columns", &self.columns)
            .field("bytes", &self.csv.len())
            .finish_non_exhaustive()
    }
}

fn reader(csv: &[u8]) -> ByteRecordsIntoIter<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv).into_byte_records()
}

fn lines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// The rows of a table.
pub struct Rows<'a, Row> {
    table: &'a Table<Row>,
    /// Where the records begin, as an offset and as a line.
    start: usize,
    line: u64,
    records: ByteRecordsIntoIter<&'a [u8]>,
}

impl<Row: Json> Iterator for Rows<'_, Row> {
    type Item = Result<Row, BadRow>;

    fn next(&mut self) -> Option<Self::Item> {
        let before = self.records.reader().position().byte();
        let record = match self.records.next()? {
            Ok(record) => record,
            Err(error) => return Some(Err(self.bad(0, error.to_string(), &ByteRecord::new()))),
        };
        let at = record.position().map_or(before, csv::Position::byte);
        let read = self.row(&record);
        Some(read.map_err(|reason| {
            let bad = self.bad(at, reason, &record);
            self.recover(at);
            bad
        }))
    }
}

impl<Row: Json> Rows<'_, Row> {
    fn row(&self, record: &ByteRecord) -> Result<Row, String> {
        let (cells, columns) = (record.len(), self.table.columns.len());
        if cells != columns {
            return Err(format!("the number of its cells is {cells}, and of columns {columns}"));
        }
        let texts: Result<Vec<_>, _> = record.iter().map(std::str::from_utf8).collect();
        let texts = texts.map_err(|error| format!("it is no UTF-8: {error}"))?;
        cells::read(&self.table.columns, texts.into_iter().map(|text| Cow::Owned(text.to_owned())))
    }

    fn bad(&self, at: u64, reason: String, record: &ByteRecord) -> BadRow {
        let at = usize::try_from(at).unwrap_or_default();
        let before = &self.table.csv[self.start..][..at];
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
        BadRow { line: self.line + lines(before), reason, cells: cells.collect() }
    }

    /// A quote that is never closed takes all that follows into its cell: after a bad row of
    /// several lines, go on with its second line.
    fn recover(&mut self, at: u64) {
        let at = self.start + usize::try_from(at).unwrap_or_default();
        let end = self.start
            + usize::try_from(self.records.reader().position().byte()).unwrap_or_default();
        let bad = &self.table.csv[at..end];
        let Some(first) = bad.iter().position(|byte| *byte == b'\n') else { return };
        if first + 1 == bad.len() {
            return;
        }
        self.line += lines(&self.table.csv[self.start..=at + first]);
        self.start = at + first + 1;
        self.records = reader(&self.table.csv[self.start..]);
    }
}

/// A row that cannot be read.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadRow {
    /// The line of the table on which it begins, the columns being line 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
    /// Its cells as they stand there.
    pub cells: Vec<String>,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Cells hold data of persons, so they are not shown.
impl fmt::Debug for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BadRow({self})")
    }
}

impl std::error::Error for BadRow {}

#[cfg(test)]
mod tests {
    use super::super::Record;
    use super::*;
    use crate::runtime::json::json_object;

    struct Book {
        isbn: String,
        pages: Option<i64>,
        read: Option<bool>,
        labels: Option<Vec<String>>,
        extra: crate::Extra,
    }

    json_object!(Book { isbn, pages: optional, read: optional, labels: optional, ..extra });

    fn table<Row>(csv: &str) -> Table<Row> {
        Table::read(Bytes::copy_from_slice(csv.as_bytes())).expect("a table")
    }

    #[test]
    fn known_columns_are_typed_and_others_kept() {
        let table: Table<Record> = table("\u{feff}id,phone\r\n1,+14155550100\r\n2,\r\n");
        let rows: Vec<_> = table.rows().map(|row| row.expect("a row")).collect();
        assert_eq!(table.columns(), ["id", "phone"]);
        assert_eq!(rows[0].get("phone"), Some("+14155550100"));
        assert_eq!(rows[1].get("phone"), Some(""));
        assert_eq!(rows[1].get("none"), None);
    }

    #[test]
    fn a_bad_row_says_where_and_costs_no_other() {
        let cases = [
            ("a,b\n1,2\n3\n5,6\n", 3, "the number of its cells is 1, and of columns 2"),
            ("a,b\n1,2\n\"3,4\n5,6\n", 3, "the number of its cells is 1, and of columns 2"),
            ("a,b\n\"1\n1\",2\n3,4,5\n5,6\n", 4, "the number of its cells is 3, and of columns 2"),
        ];
        for (csv, line, reason) in cases {
            let (good, bad) = table::<Record>(csv).split();
            assert_eq!(good.len(), 2, "{csv:?}");
            assert_eq!(bad.len(), 1, "{csv:?}");
            assert_eq!((bad[0].line, bad[0].reason.as_str()), (line, reason), "{csv:?}");
        }
    }

    #[test]
    fn what_is_no_table_is_said_so() {
        let html = Bytes::from_static(b"\n<!doctype html>");
        assert!(Table::<Record>::read(html).is_err());
        assert_eq!(table::<Record>("").rows().count(), 0);
        assert_eq!(table::<Record>("id\n").rows().count(), 0);
    }

    #[test]
    fn cells_are_what_is_asked_for() {
        let csv = "isbn,pages,read,labels,phone\n978,12,True,\"[\"\"a\"\"]\",+1415\n979,,,,\n980,many,,,\n";
        let (books, bad) = table::<Book>(csv).split();
        let [full, empty] = books.as_slice() else { panic!("{} rows", books.len()) };
        assert_eq!((full.isbn.as_str(), full.pages, full.read), ("978", Some(12), Some(true)));
        assert_eq!(full.labels.as_deref(), Some(&["a".to_owned()][..]));
        assert_eq!(full.extra["phone"], "+1415", "a column that is not known stays text");
        assert_eq!((empty.pages, empty.read, empty.labels.is_none()), (None, None, true));
        assert!(bad[0].reason.starts_with("at `pages`: "), "{:?}", bad[0]);
    }
}
