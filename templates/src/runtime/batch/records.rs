//! CSV (RFC 4180) as records, so that a broken one costs no other.
//!
//! A quote that is never closed would take all that follows into its cell. So a record that spans
//! lines and does not fit is given up after its first line, and what it would have taken is read
//! line by line. Each byte is looked at a few times at the most, however many records are broken.

use std::borrow::Cow;

/// The records of a table whose columns are known.
pub struct Records<'a> {
    text: &'a [u8],
    delimiter: u8,
    /// How many cells a record has.
    columns: usize,
    at: usize,
    line: u64,
    /// Up to here a quote was followed that is not closed where it should be. Whatever begins
    /// before it and is still open at the end of a line would come to the same end.
    doubted: usize,
}

/// A record: its cells, and what is wrong with it.
pub struct Record<'a> {
    /// The line on which it begins.
    pub line: u64,
    pub cells: Vec<Cow<'a, [u8]>>,
    pub fault: Option<String>,
}

/// How far a record may go.
#[derive(Clone, Copy)]
enum Reach {
    /// To the end of its line.
    Line,
    /// Over line breaks that are quoted, from here on.
    LinesFrom(usize),
}

/// A record as it was found.
struct Found<'a> {
    cells: Vec<Cow<'a, [u8]>>,
    /// Where the next one begins.
    end: usize,
    /// The line breaks in it and at its end.
    breaks: u64,
    /// How many of them are quoted.
    quoted: u64,
    /// A quote in it is not closed.
    open: bool,
}

impl<'a> Records<'a> {
    pub fn new(text: &'a [u8], delimiter: u8, columns: usize, line: u64) -> Self {
        Self { text, delimiter, columns, at: 0, line, doubted: 0 }
    }

    /// The first record, whatever the number of its cells, and where the next one begins.
    pub fn head(text: &'a [u8], delimiter: u8, line: u64) -> Option<(Record<'a>, usize, u64)> {
        let mut records = Self::new(text, delimiter, 0, line);
        records.skip_empty_lines();
        if records.at == text.len() {
            return None;
        }
        let found = records.record_at(records.at, Reach::LinesFrom(0));
        let fault = found.open.then(|| OPEN.to_owned());
        let head = Record { line: records.line, cells: found.cells, fault };
        Some((head, found.end, records.line + found.breaks))
    }

    fn skip_empty_lines(&mut self) {
        while let Some(after) = line_break(self.text, self.at) {
            self.at = after;
            self.line += 1;
        }
    }

    fn advance(&mut self, found: Found<'a>, fault: Option<String>) -> Record<'a> {
        let record = Record { line: self.line, cells: found.cells, fault };
        self.at = found.end;
        self.line += found.breaks;
        record
    }

    /// Cells beyond the last column may be there as long as they are empty.
    fn fits(&self, found: &Found<'_>) -> bool {
        let rest = found.cells.get(self.columns..);
        !found.open && rest.is_some_and(|rest| rest.iter().all(|cell| cell.is_empty()))
    }

    fn miscounted(&self, found: &Found<'_>) -> String {
        let (cells, columns) = (found.cells.len(), self.columns);
        format!("the number of its cells is {cells}, and of columns {columns}")
    }

    fn record_at(&self, start: usize, reach: Reach) -> Found<'a> {
        let mut at = Scan { text: self.text, at: start, reach, quoted: 0 };
        let mut cells = Vec::new();
        loop {
            let (cell, open) = at.cell(self.delimiter);
            cells.push(cell);
            if !open && at.byte() == Some(self.delimiter) {
                at.at += 1;
                continue;
            }
            let end = line_break(self.text, at.at);
            let breaks = at.quoted + u64::from(end.is_some());
            let (end, quoted) = (end.unwrap_or(at.at), at.quoted);
            return Found { cells, end, breaks, quoted, open };
        }
    }
}

const OPEN: &str = "a quote in it is not closed";

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        self.skip_empty_lines();
        if self.at == self.text.len() {
            return None;
        }
        let found = self.record_at(self.at, Reach::LinesFrom(self.doubted));
        if self.fits(&found) {
            return Some(self.advance(found, None));
        }
        if found.quoted > 0 {
            self.doubted = self.doubted.max(found.end);
        }
        if found.open {
            let line = self.record_at(self.at, Reach::Line);
            return Some(self.advance(line, Some(OPEN.to_owned())));
        }
        let line = self.record_at(self.at, Reach::Line);
        // A quote that is closed by the wrong one shows in a next line that is a row by itself.
        if line.open && self.fits(&self.record_at(line.end, Reach::Line)) {
            return Some(self.advance(line, Some(OPEN.to_owned())));
        }
        let miscounted = self.miscounted(&found);
        Some(self.advance(found, Some(miscounted)))
    }
}

/// The cells of one record.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    reach: Reach,
    /// The line breaks that were passed in quotes.
    quoted: u64,
}

impl<'a> Scan<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The next cell, and whether its quote is not closed.
    fn cell(&mut self, delimiter: u8) -> (Cow<'a, [u8]>, bool) {
        if self.byte() != Some(b'"') {
            return (Cow::Borrowed(self.plain(delimiter)), false);
        }
        self.at += 1;
        let mut cell = Cow::Borrowed(&self.text[self.at..self.at]);
        loop {
            let piece = self.until(|byte| matches!(byte, b'"' | b'\r' | b'\n'));
            add(&mut cell, piece);
            match self.byte() {
                Some(b'"') if self.text.get(self.at + 1) == Some(&b'"') => {
                    // One of the two stands for both.
                    add(&mut cell, &self.text[self.at..=self.at]);
                    self.at += 2;
                }
                Some(b'"') => return self.closed(cell, delimiter),
                Some(_) if self.may_go_on() => {
                    let end = line_break(self.text, self.at).unwrap_or(self.at);
                    add(&mut cell, &self.text[self.at..end]);
                    self.at = end;
                    self.quoted += 1;
                }
                _ => return (cell, true),
            }
        }
    }

    fn may_go_on(&self) -> bool {
        match self.reach {
            Reach::Line => false,
            Reach::LinesFrom(doubted) => self.at >= doubted,
        }
    }

    /// After the quote that closes a cell. What else stands in the cell belongs to it, unless it
    /// spans lines: then the quote is rather the one that opens another cell.
    fn closed(&mut self, mut cell: Cow<'a, [u8]>, delimiter: u8) -> (Cow<'a, [u8]>, bool) {
        let quote = self.at;
        self.at += 1;
        let rest = self.plain(delimiter);
        if !rest.is_empty() && self.quoted > 0 {
            self.at = quote;
            return (cell, true);
        }
        add(&mut cell, rest);
        (cell, false)
    }

    /// To the end of a cell that is not quoted.
    fn plain(&mut self, delimiter: u8) -> &'a [u8] {
        self.until(|byte| byte == delimiter || matches!(byte, b'\r' | b'\n'))
    }

    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}

/// Borrows as long as a cell is one piece of the text.
fn add<'a>(cell: &mut Cow<'a, [u8]>, piece: &'a [u8]) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        cell.to_mut().extend_from_slice(piece);
    }
}

/// Where the line after a line break begins: LF, CRLF, or CR alone.
pub fn line_break(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r' | b'\n', ..] => Some(at + 1),
        _ => None,
    }
}

/// How many lines end in a text.
pub fn lines(text: &[u8]) -> u64 {
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    text.iter().enumerate().filter(|one| ends(*one)).count() as u64
}
