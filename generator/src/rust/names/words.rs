//! From any text to one legal Rust word.

use std::borrow::Cow;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::{Case, ascii, capitals, glued, scripts};

/// As long as a word may be, in characters; what lies beyond tells nobody anything.
pub(super) const LONGEST: usize = 80;

/// How much of a long word is of its beginning, in the order in which the cuts are tried; the rest is of its end.
const CUTS: [usize; 5] = [LONGEST / 2, LONGEST / 4, LONGEST * 3 / 4, LONGEST, 0];

/// A legal word in the case asked for: `petId` → `pet_id`, `1a` → `n1a`, `type` → `type_`.
pub fn rust_word(text: &str, case: Case) -> String {
    let spelled = spelled_out(text, case);
    let whole = cased(&spelled, case);
    match whole.chars().count() > LONGEST {
        true => legal(shortened(&spelled, CUTS[0], case), case),
        false => legal(whole, case),
    }
}

/// The same word with other parts left out, if it is too long to be whole.
pub fn other_cuts(text: &str, case: Case) -> Vec<String> {
    let spelled = spelled_out(text, case);
    match cased(&spelled, case).chars().count() > LONGEST {
        true => CUTS[1..].iter().map(|cut| legal(shortened(&spelled, *cut, case), case)).collect(),
        false => Vec::new(),
    }
}

/// The word with the signs in it spelled out: those that are no usual mark between words, and then all.
///
/// `Etc/GMT-1` → `EtcGmtMinus1` and `EtcSlashGmtMinus1`; `pet-id` → `PetDashId`
pub fn with_signs(text: &str, case: Case) -> Vec<String> {
    let own = rust_word(text, case);
    let spelled = [false, true].map(|all| rust_word(&signs_spelled(text, all), case));
    spelled.into_iter().filter(|word| *word != own).collect()
}

/// The type or variant with its capitals spelled out, if it is one word whose letters are alike: `ASC` → `AscUppercase`.
pub fn with_capitals(text: &str, case: Case) -> Option<String> {
    let is_word = text.len() > 1 && text.chars().all(char::is_alphabetic);
    let all = |is: fn(char) -> bool| case == Case::Type && is_word && text.chars().all(is);
    let word = match (all(char::is_uppercase), all(char::is_lowercase)) {
        (true, false) => "uppercase",
        (false, true) => "lowercase",
        _ => return None,
    };
    Some(rust_word(&format!("{text} {word}"), case))
}

fn signs_spelled(text: &str, all: bool) -> String {
    let letters: Vec<char> = text.chars().take(LONGEST).collect();
    let spell = |(index, &letter): (usize, &char)| {
        let is_number = letters.get(index + 1).is_some_and(char::is_ascii_digit);
        match letter {
            '-' if index > 0 && !is_number => " dash ".to_owned(),
            _ if letter.is_alphanumeric() || !letter.is_ascii() => letter.to_string(),
            _ if !all && "_ /.,:".contains(letter) => letter.to_string(),
            _ => sign(letter).to_owned(),
        }
    };
    letters.iter().enumerate().map(spell).collect()
}

/// The words of a text: `WebhookIssue sender` → `webhook`, `issue`, `sender`.
pub fn split(text: &str) -> Vec<String> {
    split_spelled(&spelled_out(text, Case::Value))
}

fn split_spelled(spelled: &str) -> Vec<String> {
    if spelled.is_ascii() {
        return ascii::words(spelled).map(str::to_ascii_lowercase).collect();
    }
    let snake = spelled.to_snake_case();
    snake.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn cased(spelled: &str, case: Case) -> String {
    match case {
        _ if spelled.is_ascii() => ascii::cased(spelled, case),
        Case::Type => spelled.to_upper_camel_case(),
        Case::Value | Case::Module => spelled.to_snake_case(),
        Case::Constant => spelled.to_shouty_snake_case(),
    }
}

/// Whole words from the beginning, as many as fit into `start`, and from the end, as many as still fit.
fn shortened(spelled: &str, start: usize, case: Case) -> String {
    let words = split_spelled(spelled);
    let head = fitting(words.iter(), start);
    let used = words[..head].iter().map(|word| word.chars().count() + 1).sum();
    let tail = fitting(words[head..].iter().rev(), LONGEST.saturating_sub(used));
    let tail = words.len() - tail;
    let kept = [&words[..head], &words[tail..]].concat().join(" ");
    // One word that is longer than all words may be is no word of a language.
    cased(&kept, case).chars().take(LONGEST).collect::<String>()
}

/// How many words fit into so many characters, with a sign between.
fn fitting<'a>(words: impl Iterator<Item = &'a String>, room: usize) -> usize {
    let lengths = words.scan(0, |length, word| {
        *length += word.chars().count() + 1;
        Some(*length)
    });
    lengths.take_while(|length| *length <= room).count()
}

fn legal(mut word: String, case: Case) -> String {
    let (empty, number) = match case {
        Case::Type => ("Empty", 'N'),
        Case::Value | Case::Module => ("empty", 'n'),
        Case::Constant => ("EMPTY", 'N'),
    };
    match word.chars().next() {
        None => word.push_str(empty),
        Some(first) if first.is_ascii_digit() => word.insert(0, number),
        Some(_) => {}
    }
    if is_keyword(&word) {
        word.push('_');
    }
    word
}

/// Words that identifiers can have: signs that carry the meaning of a text become words.
///
/// `+1` → ` plus 1`; `user.name` → `user name`; `VMs` → `vms`
fn spelled_out(text: &str, case: Case) -> String {
    let text = &*without_apostrophes(text);
    if let Some(words) = ascii::spelled_out(text) {
        return capitals::as_words(&glued::separated(&words), case);
    }
    let readable = match case {
        Case::Module => scripts::in_ascii(text),
        Case::Type | Case::Value | Case::Constant => scripts::readable(text),
    };
    let only_signs = !text.chars().any(char::is_alphanumeric);
    let mut words = String::new();
    for (index, character) in readable.char_indices() {
        match character {
            _ if character.is_alphanumeric() || character == '_' => words.push(character),
            _ if only_signs || index == 0 => words.push_str(sign(character)),
            _ => words.push(' '),
        }
    }
    match words.contains(char::is_alphanumeric) {
        true => capitals::as_words(&glued::separated(&words), case),
        false => code_points(text),
    }
}

/// The text without apostrophes within words: `User's albums` → `Users albums`, `don't` → `dont`
fn without_apostrophes(text: &str) -> Cow<'_, str> {
    let is_apostrophe = |letter: char| matches!(letter, '\'' | '\u{2019}');
    if !text.contains(is_apostrophe) {
        return Cow::Borrowed(text);
    }
    let letters: Vec<char> = text.chars().collect();
    let is_within = |at: usize| {
        let is_letter = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphabetic());
        let is_ending = letters.get(at + 1).is_some_and(|ending| matches!(ending, 's' | 't'));
        at > 0 && is_letter(at - 1) && is_ending && !is_letter(at + 2)
    };
    let kept = letters
        .iter()
        .enumerate()
        .filter(|(at, letter)| !(is_apostrophe(**letter) && is_within(*at)));
    Cow::Owned(kept.map(|(_, letter)| letter).collect())
}

/// The last resort, if nobody knows what characters mean: ` u10ffff `.
fn code_points(text: &str) -> String {
    let unknown = text.chars().filter(|character| !character.is_ascii()).take(LONGEST);
    unknown.map(|character| format!(" u{:x} ", u32::from(character))).collect()
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
