//! Where the objects and lists of a text in JSON end.

use super::end_of_string;

/// The bytes at which objects and lists begin, in their order, and those behind their ends. No description has as many bytes
/// as can be counted here.
#[derive(Debug, Default)]
pub(super) struct Ends(Vec<(u32, u32)>);

impl Ends {
    /// Those of a text, which is valid JSON.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut ends, mut open, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    at = end_of_string(bytes, at).unwrap_or(bytes.len());
                    continue;
                }
                b'{' | b'[' => {
                    open.push(ends.len());
                    ends.push((number(at), number(at)));
                }
                b'}' | b']' => {
                    if let Some((_, end)) = open.pop().and_then(|index: usize| ends.get_mut(index))
                    {
                        *end = number(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Self(ends)
    }

    /// The byte behind the object or list that begins at a byte.
    pub(super) fn of_collection(&self, start: usize) -> Option<usize> {
        let index = self.0.binary_search_by_key(&number(start), |(start, _)| *start).ok()?;
        self.0.get(index).map(|(_, end)| *end as usize)
    }
}

fn number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
