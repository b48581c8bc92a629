//! Words that are put together, without saying anything twice.

use super::ends_with_word;
use super::words::split;

/// Two texts as one, without the words that the first ends with and the second begins with: `bank account` and
/// `account type` → `bank account type`; `file lock` and `Lock` → `file lock`.
#[must_use]
pub fn joined(outer: &str, inner: &str) -> String {
    let words = split(inner);
    let is_overlap = |count: &usize| {
        let begin = &words[..*count];
        let last = begin.last().filter(|last| ends_with_word(outer, last));
        let is_word = begin.iter().any(|word| word.contains(char::is_alphabetic));
        last.is_some() && is_word && split(outer).ends_with(begin)
    };
    match (1..=words.len()).rev().find(is_overlap) {
        None => format!("{outer} {inner}"),
        Some(count) if count == words.len() => outer.to_owned(),
        Some(count) => format!("{outer} {}", words[count..].join(" ")),
    }
}

/// The words of an id without those of its group that it says again: `health_health` → `health`,
/// `copilot/copilot-metrics` → `copilot metrics`.
pub fn without_doubles(id: &str) -> String {
    let words = split(id);
    let (start, end) = words.split_at(words.len() / 2);
    if start == end && !start.is_empty() {
        return start.join(" ");
    }
    let has_words = |rest: &str| rest.contains('_');
    let group = id.split_once(['/', '.']);
    let group = group.or_else(|| id.split_once('-').filter(|(_, rest)| has_words(rest)));
    let Some((group, rest)) = group else { return id.to_owned() };
    match joined(group, rest) {
        // What is not doubled stays as it is.
        same if same.len() == group.len() + 1 + rest.len() => id.to_owned(),
        short => short,
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, without_doubles};

    #[test]
    fn what_the_first_ends_with_is_not_said_again() {
        for (outer, inner, expected) in [
            ("BankAccount", "account_type", "BankAccount type"),
            ("CompletionRuleVariable", "Variable Value", "CompletionRuleVariable value"),
            ("FileFull lock", "Lock", "FileFull lock"),
            ("user bank account", "bankAccountType", "user bank account type"),
            ("User", "address", "User address"),
            ("heading 2", "2", "heading 2 2"),
            ("Block", "lock", "Block lock"),
            ("", "a", " a"),
        ] {
            assert_eq!(joined(outer, inner), expected);
        }
    }

    #[test]
    fn an_id_says_its_group_once() {
        for (id, expected) in [
            ("health_health", "health"),
            ("copilot/copilot-metrics-list", "copilot metrics list"),
            ("login-login_access_token", "login access token"),
            ("Orders.orders_list", "Orders list"),
            ("get_pay_pay_details", "get_pay_pay_details"),
            ("issues/list-for-repo", "issues/list-for-repo"),
            ("read-item", "read-item"),
            ("", ""),
        ] {
            assert_eq!(without_doubles(id), expected);
        }
    }
}
