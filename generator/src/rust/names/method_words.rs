//! What a method is called beside the group that it is in.

use super::words::{is_keyword, split};

/// Words that need another one after them, or before them.
const JOINTS: &[&str] = &[
    "a", "all", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or",
    "the", "to", "via", "with",
];

/// The words of an operation without those of its group, if they stand at the start, or after a single word.
///
/// `issues list for repo` in `issues` → `list for repo`; `get stations` in `Stations` → `get`. There is none if too
/// little is left: no word at all, a word that needs another one, or a keyword.
#[must_use]
pub fn method_words(operation: &str, group: &str) -> Option<String> {
    let (operation, group) = (split(operation), split(group));
    let rest = without(&operation, &group)?;
    let (first, last) = (rest.first()?, rest.last()?);
    let is_joint = |word: &String| JOINTS.contains(&word.as_str());
    let stands_alone = !is_joint(first)
        && !is_joint(last)
        && !first.starts_with(|first: char| first.is_ascii_digit());
    let is_legal = !is_keyword(&rest.join("_"));
    (stands_alone && is_legal).then(|| rest.join(" "))
}

fn without<'a>(operation: &'a [String], group: &[String]) -> Option<&'a [String]> {
    if group.is_empty() || operation.len() <= group.len() {
        return None;
    }
    let (start, rest) = operation.split_at(group.len());
    if is_same(start, group) {
        return Some(rest);
    }
    // `create booking payment` in `Payments` creates no booking.
    let (rest, end) = operation.split_at(operation.len() - group.len());
    (rest.len() == 1 && is_same(end, group)).then_some(rest)
}

/// Whether the words are the same, in the singular or the plural.
fn is_same(words: &[String], group: &[String]) -> bool {
    let one = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    words.iter().map(|word| one(word)).eq(group.iter().map(|word| one(word)))
}

#[cfg(test)]
mod tests {
    use super::method_words;

    #[test]
    fn methods_leave_out_what_their_group_says() {
        let table = [
            ("get_stations", "Stations", Some("get")),
            ("getStation", "Stations", Some("get")),
            ("issues/list-for-repo", "issues", Some("list for repo")),
            ("code-scanning/get-alert", "code-scanning", Some("get alert")),
            ("get_credit_usage", "Credits", None),
            ("create_booking_payment", "Payments", None),
            ("stations", "Stations", None),
            ("list users", "Stations", None),
            ("list for users", "Users", None),
            ("users by name", "Users", None),
            ("move books", "Books", None),
            ("books 2", "Books", None),
            ("list", "", None),
        ];
        for (operation, group, expected) in table {
            assert_eq!(method_words(operation, group).as_deref(), expected, "{operation}");
        }
    }
}
