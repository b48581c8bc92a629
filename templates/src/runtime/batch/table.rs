//! Results as a table. Rows are decoded one by one, so that a bad row does not affect others.

use std::fmt;
use std::marker::PhantomData;

use bytes::{Bytes, BytesMut};

use super::format::{Format, NoTable};
use super::section::{Section, SectionRows};
use super::{BadRow, Part};
use crate::runtime::json::Json;

/// A fetched table: CSV, a JSON list of objects, or an object on each line.
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
    sections: Vec<Section>,
    /// All sections as one.
    bytes: Bytes,
    row: PhantomData<fn() -> Row>,
}

impl<Row: Json> Table<Row> {
    /// Reads the names of the columns; the rows are read when they are asked for.
    ///
    /// Several parts are one table where they have the same form and the same columns. Says what
    /// it is instead where it is no table.
    pub(super) fn read(parts: Vec<Part>, most: usize) -> Result<Self, NoTable> {
        let sections = parts.into_iter().map(|part| {
            let name = part.name.clone();
            Section::read::<Row>(part, most).map_err(|error| match name {
                Some(name) => NoTable { reason: format!("of {name:?}, {}", error.reason), ..error },
                None => error,
            })
        });
        let sections = sections.collect::<Result<Vec<_>, _>>()?;
        let columns = common_columns(&sections)?;
        let bytes = match sections.as_slice() {
            [only] => only.bytes.clone(),
            several => whole(several),
        };
        Ok(Self { columns, sections, bytes, row: PhantomData })
    }
}

impl<Row> Table<Row> {
    /// The names of the columns, in their order. In JSON it is the order of their first use.
    ///
    /// If a name is repeated, the later columns have a number: `phone`, `phone_2`.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The text of the table, decompressed: usually CSV, otherwise JSON. The rows of several parts
    /// follow each other.
    pub fn csv(&self) -> &Bytes {
        &self.bytes
    }
}

impl<Row: Json> Table<Row> {
    /// The rows, each decoded separately.
    pub fn rows(&self) -> Rows<'_, Row> {
        Rows { sections: &self.sections, rows: None, row: PhantomData }
    }

    /// The rows that can be decoded, and those that cannot.
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

/// All parts of CSV have the same columns. Those of JSON need not, as each row says its own.
fn common_columns(sections: &[Section]) -> Result<Vec<String>, NoTable> {
    let Some((first, others)) = sections.split_first() else {
        return Err(NoTable::new("it has no parts"));
    };
    let mut columns = first.columns.clone();
    for other in others {
        let is_csv = |section: &Section| matches!(section.format, Format::Csv(_));
        if is_csv(first) != is_csv(other) || (is_csv(first) && first.columns != other.columns) {
            let (one, two) = (&first.part, &other.part);
            let reason = format!("its parts {one:?} and {two:?} have not the same columns");
            return Err(NoTable::new(reason));
        }
        let new = other.columns.iter().filter(|name| !first.columns.contains(name));
        for name in new {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
    }
    Ok(columns)
}

/// The first section, and the rows of the others.
fn whole(sections: &[Section]) -> Bytes {
    let pieces = sections.iter().enumerate().map(|(number, section)| match section.format {
        Format::Csv(_) if number > 0 => &section.bytes[section.rows..],
        _ => &section.bytes[..],
    });
    joined(pieces)
}

/// Pieces one after the other, each from a line of its own.
fn joined<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Bytes {
    let mut whole = BytesMut::new();
    for piece in pieces {
        if !whole.is_empty() && !whole.ends_with(b"\n") {
            whole.extend_from_slice(b"\n");
        }
        whole.extend_from_slice(piece);
    }
    whole.freeze()
}

impl<'a, Row: Json> IntoIterator for &'a Table<Row> {
    type Item = Result<Row, BadRow>;
    type IntoIter = Rows<'a, Row>;

    fn into_iter(self) -> Rows<'a, Row> {
        self.rows()
    }
}

/// Rows have personal data, so none is shown.
impl<Row> fmt::Debug for Table<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("columns", &self.columns)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// The rows of a table.
pub struct Rows<'a, Row> {
    /// Those that are not done.
    sections: &'a [Section],
    /// What is left of the first of them.
    rows: Option<SectionRows<'a>>,
    row: PhantomData<fn() -> Row>,
}

impl<Row: Json> Iterator for Rows<'_, Row> {
    type Item = Result<Row, BadRow>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((section, others)) = self.sections.split_first() {
            let rows = self.rows.get_or_insert_with(|| section.rows());
            if let Some(row) = rows.next(section) {
                return Some(row);
            }
            (self.sections, self.rows) = (others, None);
        }
        None
    }
}
