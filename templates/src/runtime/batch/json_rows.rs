//! JSON as rows: a list of objects, an object that holds one, or an object a line.

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Value};

use super::records::{line_break, lines};

/// How rows stand in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// An object a line.
    Lines,
    /// A list, whose first item is at or after this offset.
    List(usize),
}

/// Members by which a service tells a failure or a state rather than a row.
const OF_FAILURES: [&str; 8] =
    ["error", "errors", "detail", "message", "code", "status", "success", "fault"];

/// How the rows stand in a text that begins like JSON; `None` where there are none.
///
/// `is_row` tells whether an object is one of the rows that are asked for, where that can be told.
pub fn layout(text: &[u8], is_row: impl Fn(&[u8]) -> Option<bool>) -> Option<Layout> {
    let start = blank(text, 0);
    if text.get(start) == Some(&b'[') {
        let first = blank(text, start + 1);
        // A list that is cut off has no first item, either.
        return matches!(text.get(first), Some(b'{' | b']')).then_some(Layout::List(start + 1));
    }
    match value_end(text, start) {
        Some(end) if blank(text, end) == text.len() => one_object(&text[start..end], start, is_row),
        Some(_) => Some(Layout::Lines),
        // The first line may be the only one that is broken.
        None => rows_of_lines(text).any(|line| members(line).is_ok()).then_some(Layout::Lines),
    }
}

/// An object alone is a row, or holds the rows, or tells why there are none.
fn one_object(
    object: &[u8],
    start: usize,
    is_row: impl Fn(&[u8]) -> Option<bool>,
) -> Option<Layout> {
    let members = members(object).ok()?;
    let tells_failure = members.iter().any(|(name, _)| OF_FAILURES.contains(&name.as_str()));
    let is_row = is_row(object);
    if is_row == Some(true) {
        return Some(Layout::Lines);
    }
    let holds_rows = |value: &str| {
        let first = value.strip_prefix('[').map(str::trim_start);
        first.is_some_and(|rest| rest.starts_with(['{', ']']))
    };
    let mut lists = members.iter().filter(|(_, value)| holds_rows(value));
    match (lists.next(), lists.next()) {
        (Some((name, list)), None) if !OF_FAILURES.contains(&name.as_str()) => {
            let offset = list.as_ptr().addr() - object.as_ptr().addr();
            Some(Layout::List(start + offset + 1))
        }
        (None, _) if is_row.is_none() && !tells_failure => Some(Layout::Lines),
        _ => None,
    }
}

fn rows_of_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.trim_ascii().is_empty())
}

/// The members of an object, each value as it stands there.
pub fn members(object: &[u8]) -> Result<Vec<(String, &str)>, String> {
    let object = object.trim_ascii();
    let text = std::str::from_utf8(object).map_err(|error| format!("it is not UTF-8: {error}"))?;
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(format!("it is not JSON: {error}"));
    }
    if !text.starts_with('{') {
        return Err("it is JSON and no object".to_owned());
    }
    let mut members = Vec::new();
    let mut at = blank(object, 1);
    while text.as_bytes().get(at) == Some(&b'"') {
        let (Some(name), Some(value)) = (key(text, at), value_after_key(object, at)) else { break };
        let end = value_end(object, value).unwrap_or(object.len());
        members.push((name, &text[value..end]));
        at = blank(object, end);
        at = if object.get(at) == Some(&b',') { blank(object, at + 1) } else { at };
    }
    Ok(members)
}

fn key(text: &str, at: usize) -> Option<String> {
    Deserializer::from_str(&text[at..]).into_iter().next()?.ok()
}

fn value_after_key(object: &[u8], at: usize) -> Option<usize> {
    let colon = blank(object, value_end(object, at)?);
    Some(blank(object, colon + 1))
}

/// Where the JSON value ends that begins here.
fn value_end(text: &[u8], at: usize) -> Option<usize> {
    let mut values = Deserializer::from_slice(text.get(at..)?).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    Some(at + values.byte_offset())
}

/// The first byte from here on that is not blank.
fn blank(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    at + length.unwrap_or(rest.len())
}

/// The rows, each with its line.
pub struct JsonRows<'a> {
    text: &'a [u8],
    layout: Layout,
    at: usize,
    /// Up to here lines are counted.
    counted: usize,
    line: u64,
    is_over: bool,
}

/// A row as it stands there, and what is wrong with it.
pub struct JsonRow<'a> {
    pub line: u64,
    pub text: &'a [u8],
    pub fault: Option<&'static str>,
}

impl<'a> JsonRows<'a> {
    pub fn new(text: &'a [u8], layout: Layout) -> Self {
        let at = if let Layout::List(first) = layout { first } else { 0 };
        Self { text, layout, at, counted: 0, line: 1, is_over: false }
    }

    fn row(&mut self, end: usize, fault: Option<&'static str>) -> JsonRow<'a> {
        let (start, text) = (self.at, self.text);
        self.line += lines(&text[self.counted..start]);
        (self.counted, self.at) = (start, end);
        JsonRow { line: self.line, text: &text[start..end], fault }
    }

    fn next_line(&mut self) -> JsonRow<'a> {
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = self.at + length.unwrap_or(rest.len());
        // An object alone may span lines.
        let alone = self.at == blank(self.text, 0) && blank(self.text, end) != self.text.len();
        let whole = alone.then(|| value_end(self.text, self.at)).flatten();
        let end = whole.filter(|whole| blank(self.text, *whole) == self.text.len()).unwrap_or(end);
        self.row(end, None)
    }

    fn next_item(&mut self) -> Option<JsonRow<'a>> {
        if self.text.get(self.at) == Some(&b']') {
            self.is_over = true;
            return None;
        }
        // What follows a broken item cannot be told from it.
        let Some(end) = value_end(self.text, self.at) else {
            self.is_over = true;
            return Some(self.row(self.text.len(), Some("the list is broken or cut off here")));
        };
        let row = self.row(end, None);
        let after = blank(self.text, end);
        // What follows without a comma is told as the next item.
        self.at = if self.text.get(after) == Some(&b',') { after + 1 } else { after };
        Some(row)
    }
}

impl<'a> Iterator for JsonRows<'a> {
    type Item = JsonRow<'a>;

    fn next(&mut self) -> Option<JsonRow<'a>> {
        self.at = blank(self.text, self.at);
        match self.layout {
            _ if self.is_over => None,
            Layout::Lines if self.at == self.text.len() => None,
            Layout::Lines => Some(self.next_line()),
            Layout::List(_) => self.next_item(),
        }
    }
}

#[cfg(test)]
mod tests;
