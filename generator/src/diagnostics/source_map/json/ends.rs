//! Where the objects and lists of a text in JSON end.

use super::end_of_string;

/// The bytes at which objects and lists begin, in their order, and those behind their ends. No description has as many bytes
/// as can be counted here.
#[derive(Debug, Default)]
pub(super) struct Ends(Vec<(u32, u32)>);

impl Ends {
    /// Those of a text, which is valid JSON.
    pub(super) fn of(text: &str) -> Self {
        let (mut ends, mut open): (Vec<(u32, u32)>, Vec<usize>) = (Vec::new(), Vec::new());
        for (at, bracket) in brackets(text.as_bytes()) {
            if b"{[".contains(&bracket) {
                open.push(ends.len());
                ends.push((number(at), number(at)));
            } else if let Some((_, end)) = open.pop().and_then(|index| ends.get_mut(index)) {
                *end = number(at + 1);
            }
        }
        Self(ends)
    }

    /// The byte behind the object or list that begins at a byte.
    pub(super) fn of_collection(&self, start: usize) -> Option<usize> {
        let index = self.0.binary_search_by_key(&number(start), |(start, _)| *start).ok()?;
        self.0.get(index).map(|(_, end)| *end as usize)
    }
}

/// The brackets that are in no string, and the bytes at which they are.
fn brackets(bytes: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let is_mark = |byte: &u8| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']');
            at += bytes.get(at..)?.iter().position(is_mark)?;
            match bytes[at] {
                b'"' => at = end_of_string(bytes, at)?,
                bracket => {
                    at += 1;
                    return Some((at - 1, bracket));
                }
            }
        }
    })
}

fn number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
