//! How deep objects and lists are nested.
//!
//! serde_json refuses what is nested too deep, so that no text exhausts the stack. But the text of a union is read anew,
//! and serde_json counts from its start. So the levels around a union are counted here.

use std::cell::Cell;

/// The deepest nesting, as for serde_json.
const DEEPEST: usize = 128;

thread_local! {
    /// How many objects with fields and unions are being read within each other. Serde's traits cannot pass it on.
    static LEVELS: Cell<usize> = const { Cell::new(0) };
}

/// Is kept while an object or a union is read.
pub(super) struct Level;

impl Level {
    pub(super) fn enter() -> Self {
        LEVELS.set(LEVELS.get() + 1);
        Self
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        LEVELS.set(LEVELS.get().saturating_sub(1));
    }
}

/// Whether a text is nested too deep to be read anew within what is being read.
pub(super) fn is_too_deep(text: &str) -> bool {
    match LEVELS.get() {
        // serde_json counts all of its levels.
        0 => false,
        around => is_deeper_than(DEEPEST.saturating_sub(around), text),
    }
}

fn is_deeper_than(most: usize, text: &str) -> bool {
    let (mut rest, mut depth) = (text.as_bytes(), 0_usize);
    // Less text cannot begin more objects and lists.
    while rest.len() + depth > most && depth <= most {
        let Some((byte, after)) = rest.split_first() else { break };
        rest = after;
        match byte {
            b'"' => rest = after_string(rest),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > most
}

/// What comes after the string whose first quote was read.
fn after_string(mut rest: &[u8]) -> &[u8] {
    loop {
        let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
        let Some((sign, after)) = end.and_then(|end| rest.get(end..)?.split_first()) else {
            return &[];
        };
        match sign {
            b'"' => return after,
            // What is escaped does not end the string.
            _ => rest = after.get(1..).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::json::{json_object, json_union};

    /// A union that holds itself, so that each level of it is read anew.
    #[derive(Clone, Debug, PartialEq)]
    enum Tree {
        Leaf(i64),
        Node(Box<Node>),
        Forest(Vec<Tree>),
        Unrecognized(serde_json::Value),
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Node {
        child: Option<Tree>,
    }

    json_union!(Tree { Leaf(Integer), Node(Object), Forest(Array) });
    json_object!(Node { child: optional });

    #[test]
    fn unions_within_each_other_are_read_as_deep_as_anything_else() {
        for (open, close) in [("{\"child\":", "}"), ("[", "]"), ("[{\"child\":", "}]")] {
            let nested = |levels: usize| {
                let times = levels / open.matches(['{', '[']).count();
                format!("{}1{}", open.repeat(times), close.repeat(times))
            };
            let read = |levels| serde_json::from_str::<Tree>(&nested(levels));
            let deep = read(DEEPEST / 2).expect("a tree");
            assert_eq!(serde_json::to_string(&deep).expect("JSON"), nested(DEEPEST / 2));
            for levels in [DEEPEST + 2, 20_000] {
                assert!(read(levels).is_err(), "{levels} {open}");
            }
        }
    }

    #[test]
    fn brackets_in_strings_are_no_levels() {
        for (text, depth) in [
            ("1", 0),
            ("[]", 1),
            (r#"{"a": [{}], "b": {}}"#, 3),
            (r#"["[[[\"[\\", {"{": "["}]"#, 2),
            (r#"["[[["#, 1),
            (r#"["\"#, 1),
            ("]]][[", 2),
        ] {
            assert!(!is_deeper_than(depth, text), "{text}");
            assert!(depth == 0 || is_deeper_than(depth - 1, text), "{text}");
        }
    }

    #[test]
    fn only_what_is_read_anew_is_looked_at() {
        let text = "[".repeat(DEEPEST);
        assert!(!is_too_deep(&text));
        let level = Level::enter();
        assert!(is_too_deep(&text));
        assert!(!is_too_deep(&text[1..]));
        drop(level);
        assert!(!is_too_deep(&text));
    }
}
