//! Letters of all scripts, as identifiers can have them.
//!
//! Chinese, Japanese and Korean letters stay as they are: Rust takes them, they have no case to get wrong, and those who
//! wrote them read them best. Signs on letters are dropped (`größe` → `grosse`): what else they stand for depends on the
//! language (`groesse` in German, but `ö` is no `oe` in Swedish or Turkish), which no description says. Letters of all
//! other scripts are said in Latin ones (`имя` → `imya`).

use any_ascii::any_ascii_char;
use unicode_ident::is_xid_start;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// As many characters of a text may become words; nobody reads what lies beyond.
pub(super) const LONGEST: usize = 1_000;

/// The text with letters that identifiers can have. Signs stay, so that they can still be spelled out.
pub fn readable(text: &str) -> String {
    if text.is_ascii() {
        return text.get(..LONGEST).unwrap_or(text).to_owned();
    }
    let letters: Vec<char> = text.nfkc().take(LONGEST).collect();
    let mut words = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1).copied();
        if is_kept(letter) {
            // `姓名ID` is two words.
            words.push_str(if before.is_some_and(is_cased) { " " } else { "" });
            words.push(letter);
            words.push_str(if after.is_some_and(is_cased) { " " } else { "" });
        } else if letter.is_ascii() {
            words.push(letter);
        } else if letter.is_alphabetic() || is_combining_mark(letter) {
            let is_shouted = is_shouted(before, letter, after);
            let latin = any_ascii_char(letter).chars().filter(char::is_ascii_alphanumeric);
            words.extend(latin.map(|it| if is_shouted { it.to_ascii_uppercase() } else { it }));
        } else {
            words.push_str(&sign(letter));
        }
    }
    words
}

/// The text in ASCII letters only, for the names of files: `小说` → `XiaoShuo`, `이름` → `Ireum`.
pub fn in_ascii(text: &str) -> String {
    let mut words = String::new();
    let mut is_syllable = false;
    for letter in readable(text).chars() {
        let latin = any_ascii_char(letter).replace(|it: char| !it.is_ascii_alphanumeric(), " ");
        let is_hangul = letter.script() == Script::Hangul;
        match letter.is_ascii() {
            true => words.push(letter),
            // Korean has spaces between words; each letter of it is a syllable.
            false if is_hangul && is_syllable => words.push_str(&latin.to_lowercase()),
            // Chinese has none, so each letter is a word.
            false => words.push_str(&latin),
        }
        is_syllable = is_hangul;
    }
    words
}

/// Whether a letter stays as it is.
fn is_kept(letter: char) -> bool {
    let scripts = letter.script_extension();
    let kept = [Script::Han, Script::Hiragana, Script::Katakana, Script::Bopomofo, Script::Hangul];
    // Parts of Korean letters are no letters of names to rustc.
    let is_part = ('\u{1100}'..='\u{11ff}').contains(&letter);
    let is_of_any = scripts.is_common() || scripts.is_inherited();
    is_xid_start(letter)
        && !is_part
        && !is_of_any
        && kept.iter().any(|it| scripts.contains_script(*it))
}

fn is_cased(letter: char) -> bool {
    letter.is_uppercase() || letter.is_lowercase()
}

/// Whether a letter is one of several capital ones, so that all letters that it becomes are, too: `ЩИТ` → `SHCHIT`.
fn is_shouted(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let is_word = |it: &char| it.is_alphabetic();
    let neighbour = after.filter(is_word).or(before.filter(is_word));
    letter.is_uppercase() && neighbour.is_some_and(char::is_uppercase)
}

/// `≠` → ` not equal `; `€` → ` EUR `; `💥` → ` boom `
fn sign(sign: char) -> String {
    let spelled = match sign {
        '≠' => "not equal",
        '→' => "to",
        '×' => "times",
        '÷' => "divided by",
        _ => any_ascii_char(sign),
    };
    match spelled.contains(|it: char| it.is_ascii_alphanumeric()) {
        true => format!(" {} ", spelled.replace(|it: char| !it.is_ascii_alphanumeric(), " ")),
        false => spelled.to_owned(),
    }
}
