//! From bytes to records: events (HTML Standard, 9.2.6), lines, or texts of a sequence (RFC 7464).

use std::time::Duration;

use super::Event;
use super::ends::{Ends, RS};

/// How records are set apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Fields in lines, and an empty line after each event.
    Events,
    /// A record a line, or several lines where RS stands before each (RFC 7464, 2.2).
    Lines,
}

/// A record.
#[derive(Default)]
pub struct Record {
    pub data: String,
    pub name: Option<String>,
    pub id: Option<String>,
    pub retry: Option<Duration>,
}

impl Record {
    pub fn event<T>(self, data: T) -> Event<T> {
        Event { data, name: self.name, id: self.id, retry: self.retry }
    }
}

/// The records of the bytes so far.
pub struct Frames {
    framing: Framing,
    /// The most that a record may have.
    most: usize,
    /// What has come and is in no line yet.
    open: Vec<u8>,
    /// How much of it was searched.
    searched: usize,
    ends: Ends,
    /// Whether a line feed belongs to the line that is over: lines may end in CR LF.
    after_return: bool,
    is_first: bool,
    event: Record,
    has_data: bool,
    last_id: Option<String>,
    /// The same as of the last event that is whole: where to go on from.
    resumable: Option<String>,
    /// The last time that was stated.
    retry: Option<Duration>,
}

impl Frames {
    pub fn new(framing: Framing, most: usize) -> Self {
        Self {
            framing,
            most,
            open: Vec::new(),
            searched: 0,
            ends: Ends::new(framing),
            after_return: false,
            is_first: true,
            event: Record::default(),
            has_data: false,
            last_id: None,
            resumable: None,
            retry: None,
        }
    }

    pub fn resumable(&self) -> Option<&str> {
        self.resumable.as_deref()
    }

    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    pub fn feed(&mut self, piece: &[u8]) {
        self.open.extend_from_slice(piece);
    }

    /// Ends the last record, which need not be; an event that is not ended is none. Whether there
    /// was anything to end.
    pub fn finish(&mut self) -> bool {
        let is_open = !self.open.is_empty() && self.framing == Framing::Lines;
        if is_open {
            self.open.push(RS);
        } else {
            self.end();
        }
        is_open
    }

    /// Forgets what is not whole.
    pub fn end(&mut self) {
        self.open.clear();
        self.searched = 0;
        self.event = Record::default();
    }

    pub fn are_too_large(&self) -> bool {
        self.open.len() + self.event.data.len() > self.most
    }

    /// The next record that is whole.
    pub fn next(&mut self) -> Option<Record> {
        while !self.are_over() {
            let line = self.line()?;
            let record = match self.framing {
                Framing::Lines => lone(&line),
                Framing::Events => self.field(&line),
            };
            if record.is_some() {
                return record;
            }
        }
        None
    }

    /// Whether an event has grown beyond what it may have.
    fn are_over(&self) -> bool {
        self.event.data.len() > self.most
    }

    /// A line without its end: CR, LF or both; or several that are one record.
    fn line(&mut self) -> Option<String> {
        if self.after_return && !self.open.is_empty() {
            self.after_return = false;
            if self.open.first() == Some(&b'\n') {
                self.open.remove(0);
            }
        }
        let rest = self.open.get(self.searched..).unwrap_or_default();
        let Some(found) = rest.iter().position(|byte| self.ends.are_at(*byte)) else {
            self.searched = self.open.len();
            return None;
        };
        let mut line: Vec<u8> = self.open.drain(..=self.searched + found).collect();
        self.searched = 0;
        self.after_return = line.pop() == Some(b'\r');
        let is_first = std::mem::take(&mut self.is_first);
        let line = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| is_first).unwrap_or(&line);
        Some(String::from_utf8_lossy(line).into_owned())
    }

    /// Takes a line of an event; gives the event where the line ends it.
    fn field(&mut self, line: &str) -> Option<Record> {
        if line.is_empty() {
            return self.dispatched();
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "event" => self.event.name = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.last_id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let stated = value.parse().ok().map(Duration::from_millis);
                self.event.retry = stated.or(self.event.retry);
                self.retry = stated.or(self.retry);
            }
            // Comments begin with a colon, and unknown fields are to be passed over.
            _ => {}
        }
        None
    }

    /// An event without data is none, but what it says of the time to wait goes with the next one.
    fn dispatched(&mut self) -> Option<Record> {
        let mut event = std::mem::take(&mut self.event);
        self.resumable.clone_from(&self.last_id);
        if !self.has_data {
            self.event.retry = event.retry;
        }
        event.id.clone_from(&self.last_id);
        event.name = event.name.filter(|name| !name.is_empty());
        std::mem::take(&mut self.has_data).then_some(event)
    }
}

fn lone(line: &str) -> Option<Record> {
    let text = line.trim();
    (!text.is_empty()).then(|| Record { data: text.to_owned(), ..Record::default() })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Frames, Framing};

    /// The records of a text that comes in pieces of this size.
    fn records(framing: Framing, text: &[u8], size: usize) -> Vec<(String, Option<String>)> {
        let mut frames = Frames::new(framing, 100);
        let mut found = Vec::new();
        for piece in text.chunks(size) {
            frames.feed(piece);
            found.extend(std::iter::from_fn(|| frames.next()));
        }
        frames.finish();
        found.extend(std::iter::from_fn(|| frames.next()));
        found.into_iter().map(|record| (record.data, record.name)).collect()
    }

    fn data(framing: Framing, text: &str) -> Vec<String> {
        let whole = records(framing, text.as_bytes(), usize::MAX);
        assert_eq!(whole, records(framing, text.as_bytes(), 1), "in pieces");
        whole.into_iter().map(|(data, _)| data).collect()
    }

    #[test]
    fn events_are_those_of_the_standard() {
        let table: [(&str, &[&str]); 12] = [
            ("data: YHOO\ndata: +2\ndata: 10\n\n", &["YHOO\n+2\n10"]),
            (": a comment\n\ndata: a\nid: 1\n\ndata:b\nid\n\ndata:  c\n\n", &["a", "b", " c"]),
            ("data\n\ndata\ndata\n\ndata:", &["", "\n"]),
            ("data:test\n\ndata: test\n\n", &["test", "test"]),
            ("data: a\r\rdata: b\r\n\r\ndata: c\n\n", &["a", "b", "c"]),
            ("data: a\r\ndata: b\r\n\r\n", &["a\nb"]),
            ("\u{FEFF}data: a\n\n", &["a"]),
            ("\u{FEFF}\u{FEFF}data: a\n\n", &[]),
            ("event: x\n\ndata: a\n\n", &["a"]),
            ("unknown: x\ndata: a\n\n", &["a"]),
            ("data: a\n", &[]),
            ("data: ä\n\n", &["ä"]),
        ];
        for (text, expected) in table {
            assert_eq!(data(Framing::Events, text), expected, "{text:?}");
        }
    }

    #[test]
    fn events_have_names_ids_and_times() {
        let mut frames = Frames::new(Framing::Events, 100);
        frames.feed(b"event: add\nid: 7\nretry: 50\ndata: a\n\nretry: x\ndata: b\n\n");
        let first = frames.next().expect("an event").event(());
        let second = frames.next().expect("an event").event(());
        assert_eq!(first.name.as_deref(), Some("add"));
        assert_eq!((first.id.as_deref(), second.id.as_deref()), (Some("7"), Some("7")));
        assert_eq!((first.retry, second.retry), (Some(Duration::from_millis(50)), None));
        assert_eq!(second.name, None);
    }

    #[test]
    fn c32_a_time_that_comes_alone_is_kept() {
        let mut frames = Frames::new(Framing::Events, 100);
        frames.feed(b"retry: 50\n\n");
        assert!(frames.next().is_none());
        assert_eq!(frames.retry(), Some(Duration::from_millis(50)));
        frames.feed(b"event: x\n\nretry: x\nretry:\ndata: a\n\ndata: b\n\n");
        let [first, second] = [frames.next(), frames.next()].map(|it| it.expect("one").event(()));
        assert_eq!((first.retry, second.retry), (Some(Duration::from_millis(50)), None));
        assert_eq!((first.name, frames.retry()), (None, Some(Duration::from_millis(50))));
    }

    #[test]
    fn c32_a_stream_goes_on_after_its_last_whole_event() {
        let mut frames = Frames::new(Framing::Events, 100);
        assert_eq!(frames.resumable(), None);
        frames.feed(b"id: 1\ndata: a\n\nid: 2\ndata: b\n");
        assert!(frames.next().is_some() && frames.next().is_none());
        assert_eq!(frames.resumable(), Some("1"));
        frames.feed(b"\nid: 3\n\n");
        assert!(frames.next().is_some() && frames.next().is_none());
        assert_eq!(frames.resumable(), Some("3"), "an id may come alone");
    }

    #[test]
    fn lines_are_records() {
        assert_eq!(data(Framing::Lines, "{}\n\n[1]\r\n2"), ["{}", "[1]", "2"]);
    }

    #[test]
    fn a_text_of_a_sequence_may_have_several_lines() {
        let table: [(&str, &[&str]); 7] = [
            ("\x1E{}\n\x1E[1]\n", &["{}", "[1]"]),
            ("\x1E{\n\"a\": [\n1]}\n\x1E2\n", &["{\n\"a\": [\n1]}", "2"]),
            ("\x1E{\"a\":\x1E[1]\n", &["{\"a\":", "[1]"]),
            ("\x1E\n\x1E\n\n[\n]\n", &["[\n]"]),
            ("\x1E\"}\\\"{\"\n\x1E[\"]\"\r\n]", &["\"}\\\"{\"", "[\"]\"\r\n]"]),
            ("\x1E{\n\"a\": 1", &["{\n\"a\": 1"]),
            ("\x1E]\n{}\n", &["]", "{}"]),
        ];
        for (text, expected) in table {
            assert_eq!(data(Framing::Lines, text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_of_a_sequence_comes_with_its_line_feed() {
        let mut frames = Frames::new(Framing::Lines, 100);
        frames.feed(b"\x1E{\n}\n");
        assert_eq!(frames.next().map(|record| record.data).as_deref(), Some("{\n}"));
    }

    #[test]
    fn a_record_has_an_end() {
        let mut frames = Frames::new(Framing::Events, 10);
        frames.feed(b"data: 12345678901");
        assert!(frames.next().is_none() && frames.are_too_large());
        let mut frames = Frames::new(Framing::Events, 10);
        frames.feed(b"data: 123\ndata: 456\ndata: 789\n");
        assert!(frames.next().is_none() && frames.are_too_large());
    }
}
