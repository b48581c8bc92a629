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
    let letters: Vec<char> = text.chars().collect();
    let mut words = String::with_capacity(text.len());
    let mut index = 0;
    while index < letters.len() {
        let rest = &letters[index..];
        let before = index.checked_sub(1).map(|before| letters[before]);
        let is_kept = case == Case::Type && rest[0].is_uppercase();
        let whole = one_word(before, rest).filter(|_| !is_kept);
        let length = whole.or_else(|| plural(before, rest)).unwrap_or(0);
        let (first, others) = (rest[0], &rest[1..length.max(1)]);
        words.push(if length > 0 { first.to_ascii_uppercase() } else { first });
        words.extend(others.iter().map(char::to_ascii_lowercase));
        index += length.max(1);
    }
    words
}

/// The length of a word that is one to everybody.
fn one_word(before: Option<char>, rest: &[char]) -> Option<usize> {
    let starts = |word: &&&str| {
        let length = word.len();
        let is_first = rest.first().copied() == word.chars().next();
        let is_same =
            is_first && rest.len() >= length && word.chars().eq(rest[..length].iter().copied());
        let begins = match word.starts_with(char::is_lowercase) {
            true => !before.is_some_and(char::is_alphabetic),
            false => !before.is_some_and(char::is_uppercase),
        };
        is_same && begins && !rest.get(length).is_some_and(|after| after.is_lowercase())
    };
    ONE_WORD.iter().find(starts).map(|word| word.len())
}

/// The length of an acronym in the plural: `URLs`.
fn plural(before: Option<char>, rest: &[char]) -> Option<usize> {
    let capitals = rest.iter().take_while(|letter| letter.is_ascii_uppercase()).count();
    let is_plural = capitals > 1 && rest.get(capitals) == Some(&'s');
    let ends =
        !rest.get(capitals + 1).is_some_and(|after| after.is_lowercase() || after.is_numeric());
    (is_plural && ends && !before.is_some_and(char::is_uppercase)).then_some(capitals + 1)
}
