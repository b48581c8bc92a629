//! Texts that match a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::extent::LONGEST;

/// More repetitions are not tried.
const MOST_REPETITIONS: usize = 300;

/// A text of a length that matches a pattern: each part as often as it has to be there, or as often as the length asks.
///
/// `^[a-z]{2}-\d+$` → `aa-0`
pub fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    // What only ECMA-262 knows is not read (ECMA-262, 22.2).
    let read = regex_syntax::parse(&pattern.replace("\\/", "/")).ok()?;
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    let texts = (0..MOST_REPETITIONS).filter_map(|further| written(&read, further));
    texts.take_while(|text| text.chars().count() <= most.max(least)).find(fits)
}

fn written(part: &Hir, further: usize) -> Option<String> {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(String::new()),
        HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok(),
        HirKind::Class(class) => character(class).map(String::from),
        HirKind::Capture(capture) => written(&capture.sub, further),
        HirKind::Concat(parts) => parts.iter().map(|part| written(part, further)).collect(),
        HirKind::Alternation(choices) => choices.iter().find_map(|one| written(one, further)),
        HirKind::Repetition(repetition) => {
            let least = repetition.min as usize;
            let most = repetition.max.map_or(usize::MAX, |most| most as usize);
            // Inner parts are repeated as little as they can be.
            let inner = written(&repetition.sub, 0)?;
            let count = least.saturating_add(further).min(most);
            let is_short = inner.len().checked_mul(count).is_some_and(|it| it <= LONGEST);
            is_short.then(|| inner.repeat(count))
        }
    }
}

/// A character that is easily read, if the class has one.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|it| (it.start(), it.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|it| (it.start().into(), it.end().into())).collect()
        }
    };
    let has = |wanted: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&wanted));
    let usual = ('a'..='z').chain('0'..='9').chain('A'..='Z').find(has);
    usual.or_else(|| ranges.first().map(|(start, _)| *start))
}
