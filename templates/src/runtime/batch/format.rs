//! What was fetched: CSV or JSON, or why it is no table.

use std::io::Read;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;

use super::json_rows::Layout;
use super::records::line_break;

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV with this delimiter.
    Csv(u8),
    Json(Layout),
}

/// Why something is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoTable {
    pub reason: String,
    /// It may be one later.
    pub may_pass: bool,
    pub is_too_large: bool,
}

impl NoTable {
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), may_pass: false, is_too_large: false }
    }

    /// Says what it is, and how it begins.
    pub fn begins(what: &str, bytes: &[u8]) -> Self {
        Self::new(format!("{what}; it begins with {}", beginning(bytes)))
    }
}

/// How something begins: little, because it may hold data of persons.
fn beginning(bytes: &[u8]) -> String {
    const MOST: usize = 60;
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST)]);
    let shown: String = text.escape_debug().take(MOST).collect();
    let rest = if bytes.len() > MOST { "…" } else { "" };
    format!("\"{shown}{rest}\"")
}

/// What begins like this is no text.
const BINARY: [(&[u8], &str); 8] = [
    (b"PAR1", "Parquet"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x28\xB5\x2F\xFD", "compressed by Zstandard"),
    (b"BZh", "compressed by bzip2"),
    (b"\xFD7zXZ", "compressed by xz"),
    (b"Obj\x01", "Avro"),
    (b"ORC", "ORC"),
    (b"%PDF", "PDF"),
];

/// The bytes without gzip, and no more than so many of them.
pub fn unpacked(bytes: Bytes, most: usize) -> Result<Bytes, NoTable> {
    if !bytes.starts_with(b"\x1F\x8B") {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(&*bytes).take(limit).read_to_end(&mut unpacked).map_err(|error| {
        NoTable::begins(&format!("it is gzip that cannot be unpacked ({error})"), &bytes)
    })?;
    if unpacked.len() > most {
        let reason = format!("they unpack to more than {most} bytes");
        return Err(NoTable { is_too_large: true, ..NoTable::new(reason) });
    }
    Ok(unpacked.into())
}

/// Where the text begins, after its byte order mark.
///
/// Says what it is instead where it is not text.
pub fn start_of_text(bytes: &[u8]) -> Result<usize, NoTable> {
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(NoTable::begins(
            &format!("it is {what}, and only CSV and JSON are read"),
            bytes,
        ));
    }
    let start = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let text = &bytes[start..];
    let first = text.trim_ascii_start();
    match text {
        _ if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") => {
            Err(NoTable::begins("it is UTF-16, and only UTF-8 is read", bytes))
        }
        [0, second, ..] | [second, 0, ..] if second.is_ascii() && *second != 0 => {
            Err(NoTable::begins("it is UTF-16, and only UTF-8 is read", bytes))
        }
        _ if text[..text.len().min(1024)].contains(&0) => {
            Err(NoTable::begins("it is not text", bytes))
        }
        _ if first.is_empty() => Err(NoTable {
            may_pass: true,
            ..NoTable::new("it is empty, without a line of columns: it may not be complete yet")
        }),
        _ if first[0] == b'<' => Err(NoTable::begins("it is HTML or XML", text)),
        _ => Ok(start),
    }
}

/// The delimiter of CSV, and how long the line is that does nothing but say it (`sep=;`).
///
/// Without such a line it is the comma, unless the columns have none and have one of the others.
pub fn delimiter(text: &[u8]) -> (u8, usize) {
    let line = text.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(text.len());
    let first = &text[..line];
    let bare = first.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] = bare.unwrap_or(first) {
        return (*delimiter, line_break(text, line).unwrap_or(line));
    }
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in first {
        is_quoted ^= *byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!is_quoted && byte == delimiter);
        }
    }
    let [(_, commas), others @ ..] = counts;
    let most = others.into_iter().rev().max_by_key(|(_, count)| *count);
    match most {
        Some((delimiter, count)) if commas == 0 && count > 0 => (delimiter, 0),
        _ => (b',', 0),
    }
}

/// Whether the names of columns are rather a sentence.
pub fn is_prose(columns: &[String], has_rows: bool) -> bool {
    let has_words = |name: &String| name.trim().contains(char::is_whitespace);
    let ends = |name: &String| name.trim_end().ends_with(['.', '!', '?', ':']);
    let breaks = |name: &String| [". ", "! ", "? ", ": "].iter().any(|end| name.contains(end));
    match columns {
        [only] => has_words(only) || ends(only),
        _ if has_rows => false,
        _ => columns.iter().any(|name| {
            let words = name.split_whitespace().count();
            words > 4 || (has_words(name) && (ends(name) || breaks(name) || name.starts_with(' ')))
        }),
    }
}

#[cfg(test)]
mod tests;
