//! A part of a table: rows in one form, as they were fetched in one piece.

use std::borrow::Cow;
use std::collections::HashSet;

use bytes::Bytes;

use super::cells::{self, Cell};
use super::format::{self, Format, NoTable};
use super::json_rows::{self, JsonRow, JsonRows};
use super::records::{Record, Records};
use super::{BadRow, Part};
use crate::runtime::json::Json;

/// Rows in one form.
#[derive(Clone, Debug)]
pub struct Section {
    pub columns: Vec<String>,
    pub format: Format,
    /// What the object is called, where there are several.
    pub part: Option<String>,
    /// All of it.
    pub bytes: Bytes,
    /// Where its rows begin, and on which line.
    pub rows: usize,
    line: u64,
}

impl Section {
    /// Finds out what a piece is, and reads the names of its columns.
    pub fn read<Row: Json>(part: Part, most: usize) -> Result<Self, NoTable> {
        let bytes = format::unpacked(part.bytes, most)?;
        let start = format::start_of_text(&bytes)?;
        let is_json = matches!(bytes[start..].trim_ascii_start(), [b'{' | b'[', ..]);
        let section = Self {
            columns: Vec::new(),
            format: Format::Csv(b','),
            part: part.name,
            bytes,
            rows: start,
            line: 1,
        };
        if is_json { section.json::<Row>() } else { section.csv::<Row>() }
    }

    fn json<Row: Json>(mut self) -> Result<Self, NoTable> {
        let needs_column = cells::required::<Row>().is_some();
        let is_row = |object: &[u8]| needs_column.then(|| json_row::<Row>(object).is_ok());
        let text = &self.bytes[self.rows..];
        let layout = json_rows::layout(text, is_row)
            .ok_or_else(|| NoTable::begins("it is JSON, and no rows", text))?;
        self.format = Format::Json(layout);
        self.columns = names(JsonRows::new(text, layout));
        Ok(self)
    }

    fn csv<Row: Json>(mut self) -> Result<Self, NoTable> {
        let text = &self.bytes[self.rows..];
        let (delimiter, said) = format::delimiter(text);
        let line = self.line + u64::from(said > 0);
        let no_table = |what: &str| NoTable::begins(what, text);
        let (head, end, line) = Records::head(&text[said..], delimiter, line)
            .ok_or_else(|| no_table("it has no columns"))?;
        if let Some(fault) = head.fault {
            return Err(no_table(&format!("its columns cannot be read: {fault}")));
        }
        let columns = columns(&head.cells).ok_or_else(|| no_table("it is not UTF-8"))?;
        let mut rows = Records::new(&text[said + end..], delimiter, columns.len(), line);
        let has_rows = rows.next().is_some_and(|row| row.fault.is_none());
        if columns.is_empty() || format::is_prose(&columns, has_rows) {
            return Err(no_table("it is text and not a table"));
        }
        match cells::required::<Row>() {
            Some(column) if !has_rows && !columns.iter().any(|name| name == column) => {
                return Err(no_table(&format!(
                    "it is another table or none: no column `{column}`"
                )));
            }
            _ => {}
        }
        self.format = Format::Csv(delimiter);
        self.columns = columns.iter().map(|name| name.trim().to_owned()).collect();
        tell_apart(&mut self.columns);
        (self.rows, self.line) = (self.rows + said + end, line);
        Ok(self)
    }

    /// The rows, each with what it needs to be read.
    pub fn rows(&self) -> SectionRows<'_> {
        let text = &self.bytes[self.rows..];
        match self.format {
            Format::Csv(delimiter) => {
                SectionRows::Csv(Records::new(text, delimiter, self.columns.len(), self.line))
            }
            Format::Json(layout) => SectionRows::Json(JsonRows::new(text, layout)),
        }
    }

    fn read_record<Row: Json>(&self, record: Record<'_>) -> Result<Row, BadRow> {
        let read = match &record.fault {
            Some(fault) => Err(fault.clone()),
            None => csv_row(&self.columns, &record),
        };
        read.map_err(|reason| {
            let cells = record.cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
            BadRow { line: record.line, part: self.part.clone(), reason, cells: cells.collect() }
        })
    }

    fn read_json<Row: Json>(&self, row: &JsonRow<'_>) -> Result<Row, BadRow> {
        let read = match row.fault {
            Some(fault) => Err(fault.to_owned()),
            None => json_row(row.text),
        };
        read.map_err(|reason| {
            let cells = vec![String::from_utf8_lossy(row.text).into_owned()];
            BadRow { line: row.line, part: self.part.clone(), reason, cells }
        })
    }
}

/// The rows of a section.
pub enum SectionRows<'a> {
    Csv(Records<'a>),
    Json(JsonRows<'a>),
}

impl SectionRows<'_> {
    pub fn next<Row: Json>(&mut self, section: &Section) -> Option<Result<Row, BadRow>> {
        match self {
            Self::Csv(records) => records.next().map(|record| section.read_record(record)),
            Self::Json(rows) => rows.next().map(|row| section.read_json(&row)),
        }
    }
}

fn csv_row<Row: Json>(columns: &[String], record: &Record<'_>) -> Result<Row, String> {
    let texts: Result<Vec<_>, _> =
        record.cells.iter().map(|cell| std::str::from_utf8(cell)).collect();
    let texts = texts.map_err(|error| format!("it is not UTF-8: {error}"))?;
    let cells = texts.into_iter().map(|text| Cell::Text(Cow::Borrowed(text)));
    cells::read(columns.iter().map(|column| Cow::Borrowed(column.as_str())).zip(cells))
}

fn json_row<Row: Json>(object: &[u8]) -> Result<Row, String> {
    let members = json_rows::members(object)?;
    cells::read(members.into_iter().map(|(name, value)| (Cow::Owned(name), Cell::Json(value))))
}

/// The names of the members of all rows, in the order in which they come up.
fn names(rows: JsonRows<'_>) -> Vec<String> {
    let (mut names, mut seen) = (Vec::new(), HashSet::new());
    let members = rows.filter_map(|row| json_rows::members(row.text).ok()).flatten();
    for (name, _) in members {
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

/// The names as they stand there, without empty ones at the end: a comma too many makes no column.
fn columns(cells: &[Cow<'_, [u8]>]) -> Option<Vec<String>> {
    let names: Result<Vec<_>, _> = cells.iter().map(|cell| std::str::from_utf8(cell)).collect();
    let mut names: Vec<_> = names.ok()?.into_iter().map(str::to_owned).collect();
    while names.last().is_some_and(|name| name.trim().is_empty()) {
        names.pop();
    }
    Some(names)
}

/// `phone, phone` → `phone, phone_2`: none hides another one.
fn tell_apart(columns: &mut [String]) {
    let mut taken: HashSet<String> = columns.iter().cloned().collect();
    let mut seen = HashSet::new();
    for column in columns {
        if seen.insert(column.clone()) {
            continue;
        }
        let name =
            (2..).map(|number| format!("{column}_{number}")).find(|name| !taken.contains(name));
        if let Some(name) = name {
            taken.insert(name.clone());
            seen.insert(name.clone());
            *column = name;
        }
    }
}
