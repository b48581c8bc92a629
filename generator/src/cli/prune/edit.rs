//! Takes items out of a list in a text of YAML or JSON; comments and layout stay as they are.

use std::ops::{Range, RangeInclusive};

use serde_json::Value;

use crate::Source;
use crate::diagnostics::Location;
use crate::diagnostics::source_map::Sources;
use crate::pipeline::load;
use crate::pointer::Pointer;

/// A text without some actions of an overlay.
pub struct Edit {
    pub text: String,
    /// What was taken out, with its lines, counted from 1.
    pub removed: Vec<(RangeInclusive<usize>, String)>,
}

impl Edit {
    /// Takes actions out; `None` if that would change something else.
    pub fn new(overlay: &Source, dead: &[usize]) -> Option<Self> {
        let mut removed = Vec::new();
        let mut text = overlay.text().to_owned();
        // From the last one on, so that those before stay where they are.
        for index in dead.iter().rev() {
            let range = place_of(*index, &overlay.file, &text)?;
            removed.push((lines(&text, &range), text.get(range.clone())?.to_owned()));
            text.replace_range(range, "");
        }
        removed.reverse();
        let kept = without(overlay, dead)?;
        let text = if kept.pointer("/actions/0").is_some() { text } else { emptied(&text)? };
        let read = load::parse(&Source::new(overlay.file.clone(), text.clone()));
        (read.checked().ok()?.value.value == kept).then_some(Self { text, removed })
    }
}

/// What to take out of a text for an action.
fn place_of(index: usize, file: &str, text: &str) -> Option<Range<usize>> {
    let sources = Sources::new([Source::new(file, text)]);
    let actions = Pointer::root().at("actions");
    let whole = |at: Pointer| sources.whole(&Location::new(file, at));
    range(text, whole(actions.at(index))?, &whole(actions)?)
}

/// The overlay as a value, without the actions.
fn without(overlay: &Source, dead: &[usize]) -> Option<Value> {
    let mut value = load::parse(overlay).checked().ok()?.value.value;
    let actions = value.get_mut("actions")?.as_array_mut()?;
    let mut index = 0;
    actions.retain(|_| {
        index += 1;
        !dead.contains(&(index - 1))
    });
    Some(value)
}

/// A list without items has to be written as such: `actions:` → `actions: []`
fn emptied(text: &str) -> Option<String> {
    let is_key = |line: &&str| line.trim_end() == "actions:";
    match text.lines().find(is_key) {
        Some(_) => Some(text.replacen("actions:", "actions: []", 1)),
        None => Some(text.to_owned()),
    }
}

/// What to take out for an item: its lines in a block of YAML, else the item with a comma.
fn range(text: &str, item: Range<usize>, list: &Range<usize>) -> Option<Range<usize>> {
    let before = text.get(..item.start)?.trim_end();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let dash = before.get(line..)?;
    match dash.trim_start() {
        "-" => block(text, line, dash.len() - 1),
        _ => flow(text, item, list),
    }
}

/// The lines of an item whose dash is in this column, without comments and blank lines behind it.
fn block(text: &str, start: usize, column: usize) -> Option<Range<usize>> {
    let (mut at, mut end) = (start, start);
    for (index, line) in text.get(start..)?.split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        let is_silent = trimmed.is_empty() || trimmed.starts_with('#');
        if index > 0 && !is_silent && indent <= column {
            break;
        }
        at += line.len();
        if !is_silent {
            end = at;
        }
    }
    Some(start..end)
}

/// An item of `[{…}, {…}]`, and the comma and space behind it, or before it if it is the last one.
fn flow(text: &str, item: Range<usize>, list: &Range<usize>) -> Option<Range<usize>> {
    let behind = text.get(item.end..list.end)?;
    if let Some(rest) = behind.trim_start().strip_prefix(',') {
        return Some(item.start..list.end - rest.trim_start().len());
    }
    let before = text.get(list.start..item.start)?.trim_end();
    let start = before.strip_suffix(',').map_or(item.start, |rest| list.start + rest.len());
    Some(start..item.end)
}

fn lines(text: &str, range: &Range<usize>) -> RangeInclusive<usize> {
    let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    line(range.start)..=line(range.end.saturating_sub(1).max(range.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n# What is wrong.\nactions:\n";

    fn edited(text: &str, dead: &[usize]) -> Option<(String, Vec<RangeInclusive<usize>>)> {
        let edit = Edit::new(&Source::new("overlay.yaml", text), dead)?;
        Some((edit.text, edit.removed.into_iter().map(|(lines, _)| lines).collect()))
    }

    #[test]
    fn blocks_lose_their_lines_and_no_comment() {
        let items = [
            "  # one\n  - target: $.a # here\n    update:\n      # within\n      x: |\n        # text\n\n        more\n",
            "\n  # two\n  - {target: $.b, remove: true}\n",
            "  -\n    target: $.c\n    remove: true\n# end\n",
        ];
        let text = format!("{HEAD}{}", items.concat());
        let two = format!("{HEAD}{}\n  # two\n{}", items[0], items[2]);
        assert_eq!(edited(&text, &[1]), Some((two, vec![15..=15])));
        let one = format!("{HEAD}  # one\n{}{}", items[1], items[2]);
        assert_eq!(edited(&text, &[0]), Some((one, vec![6..=12])));
        let none = format!("{HEAD}  # one\n\n  # two\n# end\n").replace("actions:", "actions: []");
        assert_eq!(edited(&text, &[0, 1, 2]).map(|(text, _)| text), Some(none));
        let dense = format!("{HEAD}- target: $.a\n  remove: true\n- target: $.b\n  remove: true");
        let first = format!("{HEAD}- target: $.a\n  remove: true\n");
        assert_eq!(edited(&dense, &[1]).map(|(text, _)| text), Some(first));
    }

    #[test]
    fn lists_in_brackets_lose_a_comma() {
        let list =
            |items: &str| format!("{{\"overlay\": \"1.0.0\",\n \"actions\": [{items}], \"x\": 1}}");
        let [a, b] = ["{\"target\": \"$.a\", \"remove\": true}", "{\"target\": \"$.b\"}"];
        let both = list(&format!("\n  {a},\n  {b}\n "));
        assert_eq!(edited(&both, &[0]).map(|it| it.0), Some(list(&format!("\n  {b}\n "))));
        assert_eq!(edited(&both, &[1]).map(|it| it.0), Some(list(&format!("\n  {a}\n "))));
        assert_eq!(edited(&both, &[0, 1]).map(|it| it.0), Some(list("\n  \n ")));
        let three = list(&format!("{a}, {b}, {a}"));
        assert_eq!(edited(&three, &[1, 2]).map(|it| it.0), Some(list(a)));
    }

    #[test]
    fn what_cannot_be_taken_out_alone_is_left() {
        let text = format!(
            "{HEAD}  - &it {{target: $.a, remove: true}}\n  - {{target: $.b, update: {{x: *it}}}}\n"
        );
        assert_eq!(edited(&text, &[0]), None);
    }
}
