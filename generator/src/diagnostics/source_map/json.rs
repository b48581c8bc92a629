//! The spans of JSON (RFC 8259), found where they are looked for: of the values beside the way, only the ends are read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::de::IgnoredAny;

use super::found::Found;
use crate::pointer::Pointer;
use ends::Ends;

mod ends;

/// A document in JSON.
#[derive(Debug)]
pub(super) struct Document {
    ends: Ends,
    root: Member,
}

/// A member of an object, or an item of a list.
#[derive(Debug, Default)]
struct Member {
    /// Its keys; an item has none.
    keys: Vec<Range<usize>>,
    /// Its values, of which the last one counts: several where the key stands more than once.
    values: Vec<Value>,
}

/// A value, and what is in it once somebody asked.
#[derive(Debug)]
struct Value {
    span: Range<usize>,
    members: OnceLock<HashMap<String, Member>>,
}

impl Document {
    /// A text as a document; `None` where it is not JSON.
    pub(super) fn new(text: &str) -> Option<Self> {
        let json = text.trim_start_matches('\u{feff}');
        serde_json::from_str::<IgnoredAny>(json).ok()?;
        let ends = Ends::of(text);
        let mut reader = Reader { text, ends: &ends, at: text.len() - json.len() };
        let root = Member { keys: Vec::new(), values: vec![reader.value()?] };
        Some(Self { ends, root })
    }

    /// What stands at a pointer of this text, or around it.
    pub(super) fn find(&self, text: &str, pointer: &Pointer) -> Found {
        let mut member = &self.root;
        for step in pointer.steps() {
            match member.step(&self.ends, text, &step) {
                Some(next) => member = next,
                None => break,
            }
        }
        member.found(text)
    }

    /// The span of the value at a pointer of this text; `None` if there is none.
    pub(super) fn exact(&self, text: &str, pointer: &Pointer) -> Option<Range<usize>> {
        let mut steps = pointer.steps();
        let member =
            steps.try_fold(&self.root, |member, step| member.step(&self.ends, text, &step))?;
        member.values.last().map(|value| value.span.clone())
    }
}

impl Member {
    fn step(&self, ends: &Ends, text: &str, step: &str) -> Option<&Self> {
        self.values.iter().rev().find_map(|value| value.members(ends, text).get(step))
    }

    fn found(&self, text: &str) -> Found {
        let mut keys = self.keys.iter().cloned();
        let is_scalar = |value: &Value| !value.opens(text, b'{') && !value.opens(text, b'[');
        Found {
            key: keys.next(),
            again: keys.collect(),
            value: self.values.last().map(|value| value.span.clone()).unwrap_or_default(),
            is_scalar: self.values.iter().all(is_scalar),
        }
    }
}

impl Value {
    fn new(span: Range<usize>) -> Self {
        Self { span, members: OnceLock::new() }
    }

    fn opens(&self, text: &str, bracket: u8) -> bool {
        text.as_bytes().get(self.span.start) == Some(&bracket)
    }

    fn members(&self, ends: &Ends, text: &str) -> &HashMap<String, Member> {
        self.members.get_or_init(|| {
            let mut reader = Reader { text, ends, at: self.span.start + 1 };
            let mut members = HashMap::new();
            if self.opens(text, b'{') {
                while reader.member(&mut members).is_some() {}
            } else if self.opens(text, b'[') {
                while let Some(item) = reader.value() {
                    let index = members.len().to_string();
                    members.insert(index, Member { keys: Vec::new(), values: vec![item] });
                    reader.comma();
                }
            }
            members
        })
    }
}

/// Reads JSON from a place on.
struct Reader<'t> {
    text: &'t str,
    ends: &'t Ends,
    at: usize,
}

impl Reader<'_> {
    /// Adds the next member of an object; `None` at its end.
    fn member(&mut self, members: &mut HashMap<String, Member>) -> Option<()> {
        let key = self.value()?.span;
        let name = decoded(self.text.get(key.clone())?)?;
        self.next().filter(|byte| *byte == b':')?;
        self.at += 1;
        let value = self.value()?;
        self.comma();
        // A name is copied once.
        if !members.contains_key(&*name) {
            members.insert(name.to_string(), Member::default());
        }
        let member = members.get_mut(&*name)?;
        member.keys.push(key);
        member.values.push(value);
        Some(())
    }

    /// The next value, without what is in it; `None` where none begins.
    fn value(&mut self) -> Option<Value> {
        let first = self.next()?;
        let start = self.at;
        self.at = match first {
            b'"' => end_of_string(self.bytes(), start)?,
            b'{' | b'[' => self.ends.of_collection(start)?,
            _ => self.end_of_word()?,
        };
        Some(Value::new(start..self.at))
    }

    fn comma(&mut self) {
        if self.next() == Some(b',') {
            self.at += 1;
        }
    }

    /// The next byte that is no space.
    fn next(&mut self) -> Option<u8> {
        let rest = self.bytes().get(self.at..)?;
        self.at += rest.iter().position(|byte| !b" \t\r\n".contains(byte))?;
        self.bytes().get(self.at).copied()
    }

    /// The end of a number, `true`, `false` or `null`.
    fn end_of_word(&self) -> Option<usize> {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let rest = self.bytes().get(self.at..)?;
        let length = rest.iter().position(|byte| !is_word(byte)).unwrap_or(rest.len());
        (length > 0).then_some(self.at + length)
    }

    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// The end of the string that starts at a byte.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'\\' => at += 2,
            _ => return Some(at + 1),
        }
    }
}

/// The text of a string, which is copied only if it has escapes.
fn decoded(string: &str) -> Option<Cow<'_, str>> {
    let is_plain = string.bytes().all(|byte| byte >= b' ' && byte != b'\\');
    match is_plain {
        true => string.get(1..string.len().checked_sub(1)?).map(Cow::Borrowed),
        false => serde_json::from_str(string).map(Cow::Owned).ok(),
    }
}
