//! Words whose capital letters do not begin a word.

use super::Case;

/// Words that are one word to everybody, whatever their capitals.
const ONE_WORD: &[&str] = &[
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "LinkedIn",
    "MySQL",
    "OAuth",
    "PayPal",
    "PostgreSQL",
    "TypeScript",
    "WhatsApp",
    "YouTube",
    "iOS",
    "macOS",
];

/// The text with such words in plain capitals: `IPv6Addresses` → `Ipv6Addresses`, `VMs` → `Vms`.
///
/// A type keeps the capitals of words that everybody writes so: `GitHubApp`, but `github_app`.
pub fn as_words(text: &str, case: Case) -> String {
    // All of these words have a capital letter.
    if !text.contains(|letter: char| letter.is_ascii_uppercase()) {
        return text.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    let (mut rest, mut before) = (text, None);
    while let Some(first) = rest.chars().next() {
        let is_kept = case == Case::Type && first.is_uppercase();
        let length = match may_begin_word(first) {
            true => one_word(before, rest).filter(|_| !is_kept).or_else(|| plural(before, rest)),
            false => None,
        };
        let length = length.unwrap_or(0);
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        let start = words.len();
        words.push_str(word);
        if length > 0 {
            let (first, others) = words[start..].split_at_mut(1);
            first.make_ascii_uppercase();
            others.make_ascii_lowercase();
        }
        (rest, before) = (after, word.chars().next_back());
    }
    words
}

/// Whether one of the words above, or an acronym, can begin with a letter.
fn may_begin_word(letter: char) -> bool {
    letter.is_ascii_uppercase() || matches!(letter, 'i' | 'm')
}

/// The length of a word that is one to everybody.
fn one_word(before: Option<char>, rest: &str) -> Option<usize> {
    let is_word = |word: &&&str| {
        let begins = match word.starts_with(char::is_lowercase) {
            true => !before.is_some_and(char::is_alphabetic),
            false => !before.is_some_and(char::is_uppercase),
        };
        begins && !rest[word.len()..].starts_with(char::is_lowercase)
    };
    let mut words = ONE_WORD.iter().filter(|word| rest.starts_with(**word));
    words.find(is_word).map(|word| word.len())
}

/// The length of an acronym in the plural: `URLs`.
fn plural(before: Option<char>, rest: &str) -> Option<usize> {
    let capitals = rest.bytes().take_while(u8::is_ascii_uppercase).count();
    let after = rest[capitals..].strip_prefix('s').filter(|_| capitals > 1)?;
    let ends = !after.starts_with(|after: char| after.is_lowercase() || after.is_numeric());
    (ends && !before.is_some_and(char::is_uppercase)).then_some(capitals + 1)
}
