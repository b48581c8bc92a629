//! How deeply YAML is nested, looked at before it is read.
//!
//! The reader of YAML takes time by the square of the depth, and refuses what is too deep only when it is through.

use saphyr_parser::{Event, Marker, Parser};

/// The most levels of objects and lists that the readers of YAML and of JSON go into.
const DEEPEST: usize = 128;

/// So many brackets may lie within each other while others, in quotes, seem to close them.
const MOST_BRACKETS: usize = 10_000;

/// The line and column at which a text becomes too deep to be read.
pub(super) fn too_deep(text: &str) -> Option<(usize, usize)> {
    if !may_be_deep(text) {
        return None;
    }
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        let at = match event {
            Ok((Event::MappingStart(..) | Event::SequenceStart(..), span)) => {
                depth += 1;
                span.start
            }
            Ok((Event::MappingEnd | Event::SequenceEnd, _)) => {
                depth -= 1;
                continue;
            }
            Ok(_) => continue,
            // The parser looks ahead for the end of what may be a key, and gives up at 255 levels.
            Err(why) if why.info() == "recursion limit exceeded" => {
                return Some(place(why.marker()));
            }
            Err(_) => return None,
        };
        if depth > DEEPEST {
            return Some(place(&at));
        }
    }
    None
}

fn place(marker: &Marker) -> (usize, usize) {
    (marker.line(), marker.col() + 1)
}

/// Whether a text is worth a look by a parser, which takes as long as to read it: `false` only where it cannot be deep.
///
/// Brackets in quotes, comments and plain text are counted too, and a line's indentation as if each column were a level.
fn may_be_deep(text: &str) -> bool {
    let (mut open, mut all, mut indent) = (0_usize, 0_usize, Some(0));
    for byte in text.bytes() {
        indent = match (byte, indent) {
            (b'\n' | b'\r', _) => Some(0),
            (b' ', Some(columns)) => Some(columns + 1),
            _ => None,
        };
        match byte {
            b'[' | b'{' => (open, all) = (open + 1, all + 1),
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > DEEPEST || all > MOST_BRACKETS || indent > Some(DEEPEST) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::too_deep;

    #[test]
    fn what_the_reader_takes_is_not_too_deep() {
        let flow = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let block = |depth| (0..depth).map(|at| format!("{}a:\n", " ".repeat(at))).collect();
        let compact = |depth| format!("{}a", "- ".repeat(depth));
        for (depth, refused) in [(127, false), (128, false), (129, true)] {
            let texts: [String; 3] = [flow(depth), block(depth), compact(depth)];
            for text in texts {
                let read = serde_yaml::from_str::<serde_json::Value>(&text);
                assert_eq!(read.is_err(), refused, "{depth} levels");
                assert!(refused || too_deep(&text).is_none(), "{depth} levels");
            }
        }
    }

    #[test]
    fn brackets_that_are_text_are_no_levels() {
        let many = "[".repeat(20_000);
        let texts = [
            format!("a: '{many}'"),
            format!("a: \"{many}\""),
            format!("a: x{many}"),
            format!("a: |\n  {many}\nb: >\n  {many}"),
            format!("# {many}\na: 1 # {many}"),
            format!("a: [1, 2, '{many}'] # {many}"),
            format!("a: 1\n{}# comment", " ".repeat(300)),
            format!("a: |\n  x\n{}y\n", " ".repeat(300)),
            "a: {b: [']', \"}\", x]}\n".repeat(3_000),
        ];
        for text in texts {
            assert_eq!(too_deep(&text), None, "{}", &text[..10]);
        }
    }

    #[test]
    fn the_place_is_about_where_it_becomes_too_deep() {
        for level in ["[", "[']', ", "{b: "] {
            let deep = format!("a: ']'\nb: {}", level.repeat(20_000));
            let (line, column) = too_deep(&deep).expect("too deep");
            assert_eq!(line, 2, "{level}");
            assert!((128..=260).contains(&(column / level.len())), "{level}: column {column}");
        }
    }
}
