//! Where the records of a reply end.

use std::mem::take;

use super::frames::Framing;

/// Stands before each text of a sequence (RFC 7464, 2.2), and in no JSON.
pub const RS: u8 = 0x1E;

/// Finds the ends of records, a byte at a time.
pub enum Ends {
    /// Each line ends.
    OfLines(Framing),
    /// RS was seen: a text ends with the line in which its value does, and before the next RS at
    /// the latest, where it was cut off.
    OfTexts(Value),
}

/// How much of a JSON value is open.
#[derive(Default)]
pub struct Value {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl Ends {
    pub fn new(framing: Framing) -> Self {
        Self::OfLines(framing)
    }

    /// Whether this byte, which is the next one, ends a line or a text.
    pub fn are_at(&mut self, byte: u8) -> bool {
        match (&mut *self, byte) {
            (Self::OfLines(Framing::Lines) | Self::OfTexts(_), RS) => {
                *self = Self::OfTexts(Value::default());
                true
            }
            (Self::OfTexts(value), _) if !is_line_end(byte) || value.is_open() => {
                value.take(byte);
                false
            }
            _ => is_line_end(byte),
        }
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

impl Value {
    fn take(&mut self, byte: u8) {
        match byte {
            _ if take(&mut self.is_escaped) => {}
            b'\\' => self.is_escaped = self.in_string,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.depth += 1,
            b'}' | b']' if !self.in_string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn is_open(&self) -> bool {
        self.in_string || self.depth > 0
    }
}
