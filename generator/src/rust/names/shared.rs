//! What several texts have in common.

use std::collections::HashMap;

use super::words::split;

/// Words that say nothing of what a thing is, only of where it stands or what is done with it.
const GENERAL: &[&str] = &[
    "a",
    "add",
    "all",
    "an",
    "and",
    "api",
    "array",
    "body",
    "by",
    "content",
    "create",
    "data",
    "delete",
    "entry",
    "for",
    "from",
    "get",
    "id",
    "in",
    "info",
    "inline",
    "item",
    "list",
    "meta",
    "model",
    "object",
    "of",
    "on",
    "param",
    "parameter",
    "patch",
    "payload",
    "post",
    "property",
    "put",
    "query",
    "read",
    "reply",
    "request",
    "response",
    "result",
    "schema",
    "set",
    "the",
    "to",
    "type",
    "update",
    "value",
    "with",
];

/// Words that say nothing without the one that they are about.
const NEED_OBJECT: &[&str] = &[
    "a", "add", "an", "create", "delete", "get", "list", "patch", "post", "put", "read", "set",
    "the", "update",
];

/// The words of a text that all others have, too, in whatever order, in the singular if one of them is; `None` if these
/// say nothing of what it is.
///
/// `list loans response item`, `approve loan response` → `loan response`
pub fn shared(text: &str, others: impl Iterator<Item = String>) -> Option<String> {
    let own = split(text);
    let mut kept: Vec<Option<String>> = own.iter().cloned().map(Some).collect();
    for other in others {
        let mut found: HashMap<String, Vec<String>> = HashMap::new();
        for word in split(&other) {
            found.entry(singular(&word)).or_default().push(word);
        }
        for word in &mut kept {
            *word = word.take().and_then(|word| shorter(&word, found.get_mut(&singular(&word))?));
        }
    }
    let mut kept: Vec<String> = whole_phrases(&kept);
    // What stood between them is gone.
    kept.dedup_by_key(|word| singular(word));
    kept.iter().any(|word| is_telling(word)).then(|| kept.join(" "))
}

/// The words that were kept, without verbs and articles whose next word is gone, and an `id` whose word before is.
///
/// `put`, –, `id`, `request`, `parent` → `request parent`
fn whole_phrases(kept: &[Option<String>]) -> Vec<String> {
    let is_gone = |at: Option<usize>| at.and_then(|at| kept.get(at)).is_some_and(Option::is_none);
    let is_whole = |at: usize, word: &str| match word {
        "id" => !is_gone(at.checked_sub(1)),
        word => !(NEED_OBJECT.contains(&word) && is_gone(Some(at + 1))),
    };
    let words = kept.iter().enumerate().filter_map(|(at, word)| Some((at, word.as_ref()?)));
    words.filter(|(at, word)| is_whole(*at, word)).map(|(_, word)| word.clone()).collect()
}

/// A word as it is, or in the singular if its next use is in it.
fn shorter(word: &str, uses: &mut Vec<String>) -> Option<String> {
    let other = (!uses.is_empty()).then(|| uses.remove(0))?;
    Some(if other.len() < word.len() { other } else { word.to_owned() })
}

fn is_telling(word: &str) -> bool {
    let is_number = word.chars().all(|letter| letter.is_numeric());
    !is_number && !GENERAL.contains(&&*singular(word))
}

/// A word in the singular, by the rules of English: `categories` → `category`, `boxes` → `box`, `status` stays.
pub fn singular(word: &str) -> String {
    let is_singular = ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) || word.len() < 3;
    if is_singular {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let is_hissing = ["sses", "xes", "ches", "shes"].iter().any(|end| word.ends_with(end));
    let end = if is_hissing { "es" } else { "s" };
    word.strip_suffix(end).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_singular_are_those_of_english() {
        for (word, expected) in [
            ("loans", "loan"),
            ("categories", "category"),
            ("boxes", "box"),
            ("addresses", "address"),
            ("batches", "batch"),
            ("houses", "house"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("series", "sery"),
            ("address", "address"),
            ("ties", "tie"),
            ("as", "as"),
        ] {
            assert_eq!(singular(word), expected);
        }
    }

    #[test]
    fn what_all_have_is_shared_if_it_says_something() {
        for (texts, expected) in [
            (["list loans response item", "approve loan response"], Some("loan response")),
            (
                ["WebhookIssueOpened sender", "WebhookIssueClosed sender"],
                Some("webhook issue sender"),
            ),
            (["User address", "order Address"], Some("address")),
            (["get box response", "get lamp response"], None),
            (["create a item 2 data", "create b item 2 data"], None),
            (["message thread message", "thread message"], Some("message thread")),
            (
                ["payments update payment method request", "payment create payment method"],
                Some("payment method"),
            ),
            (
                ["put_folders_id request parent", "put_files_id request parent"],
                Some("request parent"),
            ),
            (
                ["DeleteABlockResponse owner", "RetrieveADatabaseResponse owner"],
                Some("response owner"),
            ),
            (["ResponseCreateParams tools", "ResponseCreateBody tools"], Some("response tools")),
            (["list pets order", "list pets order"], Some("list pets order")),
        ] {
            let found = shared(texts[0], texts[1..].iter().map(|&text| text.to_owned()));
            assert_eq!(found.as_deref(), expected, "{texts:?}");
        }
    }
}
