//! Texts that match a pattern.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Lengths that are tried.
const TRIES: usize = 200;

/// As many characters are written in all tries together.
const MOST_WRITTEN: usize = 100_000;

/// A text of a length that matches a pattern: `^[a-z]{2}-\d+$` → `kd-4`
pub fn text(rng: &mut Rng, pattern: &str, least: usize, most: usize) -> Option<String> {
    let pattern = pattern.replace("\\/", "/");
    // Whether what is asked for around a text is there is judged afterwards.
    let read = regex_syntax::parse(&pattern).ok();
    let read = read.or_else(|| regex_syntax::parse(&without_looks(&pattern)).ok())?;
    let mut written = 0;
    (0..TRIES).find_map(|further| {
        let room = most.min(super::texts::LONGEST).min(MOST_WRITTEN - written);
        let mut writing = Writing { rng, further, room };
        let mut text = String::new();
        let is_whole = writing.write(&read, &mut text).is_some();
        written += room - writing.room;
        (is_whole && (least..=most).contains(&text.chars().count())).then_some(text)
    })
}

/// A pattern without look-arounds, which only ECMA-262 knows (ECMA-262, 22.2): `^(?!a)[a-z]$` → `^[a-z]$`
fn without_looks(pattern: &str) -> String {
    const STARTS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
    let mut kept = String::new();
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        if STARTS.iter().any(|start| rest.starts_with(start)) {
            rest = &rest[end_of_group(rest)..];
            continue;
        }
        // An escaped character stays with its backslash.
        let taken = if next == '\\' { 2 } else { 1 };
        let length = rest.chars().take(taken).map(char::len_utf8).sum();
        kept.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    kept
}

/// Where the group ends that a text begins with.
fn end_of_group(text: &str) -> usize {
    let (mut depth, mut is_escaped, mut is_in_class) = (0, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '(' if !is_in_class => depth += 1,
            ')' if !is_in_class && depth == 1 => return at + 1,
            ')' if !is_in_class => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

struct Writing<'r> {
    rng: &'r mut Rng,
    /// How much more often a part is repeated than it has to be.
    further: usize,
    /// How many characters may follow.
    room: usize,
}

impl Writing<'_> {
    fn write(&mut self, part: &Hir, text: &mut String) -> Option<()> {
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => {
                let literal = std::str::from_utf8(&literal.0).ok()?;
                self.room = self.room.checked_sub(literal.chars().count())?;
                text.push_str(literal);
            }
            HirKind::Class(class) => {
                self.room = self.room.checked_sub(1)?;
                text.push(self.character(class)?);
            }
            HirKind::Capture(capture) => self.write(&capture.sub, text)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part, text))?,
            HirKind::Alternation(choices) => {
                let choice = self.rng.usize(..choices.len());
                self.write(&choices[choice], text)?;
            }
            HirKind::Repetition(repetition) => {
                let most = repetition.max.map_or(usize::MAX, |most| most as usize);
                let least = repetition.min as usize;
                // An empty part needs no repetition.
                if repetition.sub.properties().maximum_len() == Some(0) {
                    return Some(());
                }
                for _ in 0..least.saturating_add(self.further).min(most) {
                    let before = text.len();
                    self.write(&repetition.sub, text)?;
                    if text.len() == before {
                        break;
                    }
                }
            }
        }
        Some(())
    }

    /// A character that is easily read, if the class has one.
    fn character(&mut self, class: &Class) -> Option<char> {
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => {
                class.ranges().iter().map(|it| (it.start(), it.end())).collect()
            }
            Class::Bytes(class) => {
                class.ranges().iter().map(|it| (it.start().into(), it.end().into())).collect()
            }
        };
        let has = |wanted: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&wanted));
        let readable = [('a'..='z'), ('0'..='9'), ('A'..='Z')];
        let usual: Vec<char> = readable
            .into_iter()
            .map(|all| all.filter(has).collect())
            .find(|all: &Vec<char>| !all.is_empty())
            .unwrap_or_default();
        match usual.is_empty() {
            true => ranges.first().map(|(start, _)| *start),
            false => Some(usual[self.rng.usize(..usual.len())]),
        }
    }
}
