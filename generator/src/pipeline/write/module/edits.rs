//! Changes of a text.

use std::ops::Range;

/// Changes of a text, in any order.
#[derive(Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub fn insert(&mut self, at: usize, text: &str) {
        self.replace(at..at, text);
    }

    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    pub fn replace(&mut self, range: Range<usize>, by: &str) {
        self.0.push((range, by.to_owned()));
    }

    /// The text with the changes. A change inside of what another one replaces has no effect.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let (mut changed, mut end) = (String::with_capacity(text.len()), 0);
        for (range, by) in self.0 {
            if range.start < end {
                continue;
            }
            changed += &text[end..range.start];
            changed += &by;
            end = range.end;
        }
        changed + &text[end..]
    }
}
