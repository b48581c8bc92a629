//! Media types as words, which cases are called by.

use crate::pipeline::resolve::{MediaClass, MediaType};

/// `application/vnd.acme.v2+json` → `acme v2`, `image/*` → `image`, `application/pdf; v=2` → `pdf v=2`
pub fn words(media_type: &MediaType) -> String {
    let parameters = media_type.told_by();
    [name_words(media_type)].into_iter().chain(parameters).collect::<Vec<_>>().join(" ")
}

fn name_words(media_type: &MediaType) -> &str {
    let name = media_type.as_str();
    let (kind, subtype) = name.split_once('/').unwrap_or(("", name));
    if media_type.is_plain_json() && name != "*/*" {
        return "json";
    }
    match subtype {
        "*" if kind == "*" => "content",
        "*" => kind,
        "octet-stream" => "bytes",
        "plain" if kind == "text" => "text",
        _ if media_type.class() == MediaClass::JsonSequence => without_tree(subtype),
        _ => without_tree(subtype.split('+').next().unwrap_or_default()),
    }
}

/// Without what says who gave the name (RFC 6838, 3).
fn without_tree(subtype: &str) -> &str {
    let trees = ["vnd.", "prs.", "x-", "x."];
    trees.into_iter().find_map(|tree| subtype.strip_prefix(tree)).unwrap_or(subtype)
}

#[cfg(test)]
mod tests {
    use super::{MediaType, words};

    #[test]
    fn words_tell_media_types_apart() {
        let rules = [
            ("application/json", "json"),
            ("application/json; version=2", "json version=2"),
            ("application/*+json", "json"),
            ("application/vnd.acme.v2+json", "acme.v2"),
            ("application/merge-patch+json", "merge-patch"),
            ("application/x-ndjson", "ndjson"),
            ("application/geo+json-seq", "geo+json-seq"),
            ("image/svg+xml", "svg"),
            ("text/plain; charset=utf-8", "text"),
            ("application/octet-stream", "bytes"),
            ("image/*", "image"),
            ("*/*", "content"),
            ("pdf", "pdf"),
        ];
        for (written, expected) in rules {
            assert_eq!(words(&MediaType::new(written)), expected, "{written}");
        }
    }
}
