//! Media types, as replies state them (RFC 9110, 8.3.1).

use super::header::split_unquoted;

/// Whether a stated media type is one of a described one or of a range: `text/csv; charset=utf-8` is `text/csv`, and
/// `image/png` is `image/*`. Parameters that are described must be stated.
pub fn is_one_of(stated: &str, described: &str) -> bool {
    let (stated, described) = (split(stated), split(described));
    let (Some((stated, parameters)), Some((range, needed))) =
        (stated.split_first(), described.split_first())
    else {
        return false;
    };
    is_within(&stated.to_ascii_lowercase(), range)
        && needed.iter().all(|needed| parameters.iter().any(|stated| same(stated, needed)))
}

/// The name of a media type, without its parameters.
pub fn name(stated: &str) -> &str {
    stated.split(';').next().unwrap_or_default().trim()
}

/// `*/*`, `image/*`, `application/*+json`, or the media type itself.
fn is_within(stated: &str, range: &str) -> bool {
    let range = range.to_ascii_lowercase();
    match range.split_once('*') {
        _ if range == "*/*" => true,
        Some((start, end)) => stated
            .strip_prefix(start)
            .is_some_and(|rest| rest.len() > end.len() && rest.ends_with(end)),
        None => stated == range,
    }
}

/// The name and the parameters.
fn split(text: &str) -> Vec<&str> {
    split_unquoted(text, ';').collect()
}

/// `version=2` is `Version="2"`.
fn same(one: &str, other: &str) -> bool {
    let parts = |text: &str| -> (String, String) {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let value = value.trim();
        let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        (name.trim().to_ascii_lowercase(), quoted.unwrap_or(value).to_ascii_lowercase())
    };
    parts(one) == parts(other)
}

#[cfg(test)]
mod tests {
    use super::is_one_of;

    #[test]
    fn what_is_described_must_be_stated_and_more_may_be() {
        let rules = [
            ("text/csv", "text/csv", true),
            ("Text/CSV; charset=utf-8", "text/csv", true),
            ("text/csv", "text/plain", false),
            ("application/json;version=2", "application/json", true),
            ("application/json;Version=\"2\" ; a=b", "application/json; version=2", true),
            ("application/json; version=1", "application/json; version=2", false),
            ("application/json", "application/json; version=2", false),
            ("a/b; c=\"d;e\"", "a/b; c=\"d;e\"", true),
            ("image/png", "image/*", true),
            ("image/", "image/*", false),
            ("text/png", "image/*", false),
            ("application/vnd.x+json; v=1", "application/*+json", true),
            ("application/json", "application/*+json", false),
            ("", "*/*", true),
            ("", "text/plain", false),
        ];
        for (stated, described, expected) in rules {
            assert_eq!(is_one_of(stated, described), expected, "{stated} and {described}");
        }
    }
}
