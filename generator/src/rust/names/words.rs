//! From any text to one legal Rust word.

use std::fmt::Write;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::Case;

/// As long as a word may be; what lies beyond tells nobody anything.
const LONGEST: usize = 80;

/// A legal word in the case asked for: `petId` → `pet_id`, `1a` → `n1a`, `type` → `type_`.
pub fn rust_word(text: &str, case: Case) -> String {
    let spelled = spelled_out(text);
    let word = match case {
        Case::Type => spelled.to_upper_camel_case(),
        Case::Value => spelled.to_snake_case(),
        Case::Constant => spelled.to_shouty_snake_case(),
    };
    let word = shortened(word);
    let (empty, number) = match case {
        Case::Type => ("Empty", 'N'),
        Case::Value => ("empty", 'n'),
        Case::Constant => ("EMPTY", 'N'),
    };
    match word.chars().next() {
        None => legal(empty.to_owned()),
        Some(first) if first.is_ascii_digit() => format!("{number}{word}"),
        Some(_) => legal(word),
    }
}

/// The words of a text: `WebhookIssue sender` → `webhook`, `issue`, `sender`.
pub fn split(text: &str) -> Vec<String> {
    let snake = spelled_out(text).to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn shortened(mut word: String) -> String {
    word.truncate(LONGEST);
    word
}

fn legal(mut word: String) -> String {
    if is_keyword(&word) {
        word.push('_');
    }
    word
}

/// ASCII words: signs that carry the meaning of a text become words, letters of other scripts
/// their code points.
///
/// `+1` → ` plus 1`; `user.name` → `user name`; `≠` → ` u2260 `.
fn spelled_out(text: &str) -> String {
    let only_signs = !text.chars().any(char::is_alphanumeric);
    let mut words = String::new();
    for (index, character) in text.char_indices().take(4 * LONGEST) {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => words.push(character),
            _ if only_signs || index == 0 => words.push_str(sign(character)),
            _ if character.is_ascii() => words.push(' '),
            _ => {}
        }
        if !character.is_ascii() {
            // Writing to a String cannot fail.
            let _ = write!(words, " u{:x} ", u32::from(character));
        }
    }
    words
}

fn sign(character: char) -> &'static str {
    match character {
        '+' => " plus ",
        '-' => " minus ",
        '*' => " star ",
        '/' => " slash ",
        '=' => " equal ",
        '!' => " not ",
        '<' => " less ",
        '>' => " greater ",
        '~' => " tilde ",
        '&' => " and ",
        '|' => " or ",
        '%' => " percent ",
        '$' => " dollar ",
        '#' => " hash ",
        '@' => " at ",
        '.' => " dot ",
        ',' => " comma ",
        '?' => " question ",
        ':' => " colon ",
        _ => " ",
    }
}

/// The words that cannot stand as an identifier (The Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}
