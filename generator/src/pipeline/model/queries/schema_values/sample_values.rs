//! Values that look like values, by the names of the properties and parameters that they are for.

use crate::rust::names::words_of;

/// Strings, and the ends of the names that they fit; the first that fits is taken.
const STRINGS: &[(&str, &[&str])] = &[
    ("ada@example.com", &["email", "mail", "email address", "mail address"]),
    ("https://www.linkedin.com/in/ada", &["linkedin", "linkedin url"]),
    (
        "https://example.com",
        &["url", "uri", "href", "link", "website", "homepage", "webhook", "origin"],
    ),
    ("example.com", &["domain", "host", "hostname", "domain name", "host name"]),
    ("192.0.2.1", &["ip", "ip address"]),
    ("+44 20 7946 0000", &["phone", "mobile", "fax", "phone number", "mobile number", "telephone"]),
    ("Lovelace", &["last name", "family name", "surname", "lastname"]),
    ("Ada Lovelace", &["full name", "display name", "contact name", "author", "owner", "person"]),
    ("ada", &["user name", "username", "login", "user", "handle", "nickname"]),
    (
        "Example Ltd",
        &[
            "company",
            "company name",
            "organization",
            "organization name",
            "organisation",
            "employer",
        ],
    ),
    ("report.pdf", &["file name", "filename", "file", "path"]),
    ("Ada", &["name", "firstname"]),
    ("Engineer", &["job title", "occupation", "profession"]),
    ("A short title", &["title", "subject", "headline", "label"]),
    (
        "A short text",
        &[
            "description",
            "text",
            "message",
            "comment",
            "content",
            "body",
            "summary",
            "note",
            "notes",
            "prompt",
            "caption",
        ],
    ),
    ("How many books are there?", &["question"]),
    ("books", &["query", "q", "search", "search term", "keyword", "tag", "topic", "category"]),
    ("12 Example Street", &["address", "street", "address line1", "line1"]),
    ("London", &["city", "town"]),
    ("GB", &["country", "country code"]),
    ("England", &["state", "region", "province", "county"]),
    ("SW1A 1AA", &["postal code", "postcode", "zip", "zip code", "post code"]),
    ("EUR", &["currency", "currency code"]),
    ("en", &["language", "locale", "lang", "language code"]),
    ("Europe/London", &["timezone", "time zone", "tz"]),
    ("blue", &["color", "colour"]),
    ("1.0.0", &["version"]),
    ("2024-01-31", &["date", "day"]),
    ("2024-01-31T12:00:00Z", &["created at", "updated at", "timestamp", "since", "until"]),
    ("a-long-secret", &["secret", "password", "token", "api key", "access key"]),
];

/// Integers, and the ends of the names that they fit.
const INTEGERS: &[(u64, &[&str])] = &[
    (20, &["limit", "per page", "page size", "size", "max results"]),
    (36, &["age"]),
    (3, &["count", "quantity"]),
];

/// Days, each later than the one before.
const DAYS: &[&str] =
    &["2024-01-01", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"];

/// A string for a property: `email` → `ada@example.com`, `workflow_id` → `workflow-1`, and for an unknown one its name.
pub fn string(name: &str) -> String {
    let words = words_of(name);
    if let Some(value) = fitting(STRINGS, &words) {
        return (*value).to_owned();
    }
    match words.split_last() {
        Some((last, [])) if last == "id" => "id-1".to_owned(),
        Some((last, owner)) if last == "id" => format!("{}-1", owner.join("-")),
        _ => name.to_owned(),
    }
}

/// An integer for a property: `limit` → 20
pub fn integer(name: &str) -> u64 {
    fitting(INTEGERS, &words_of(name)).copied().unwrap_or(1)
}

/// The day of this number; the last one for all that come after it.
pub fn day(nth: usize) -> &'static str {
    DAYS[nth.min(DAYS.len() - 1)]
}

/// The name of an item of a list: `isbns` → `isbn`
pub fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if !one.is_empty() && !one.ends_with(['s', 'u', 'i']) => one,
        _ => name,
    }
}

fn fitting<'a, T>(table: &'a [(T, &[&str])], words: &[String]) -> Option<&'a T> {
    let name = words.join(" ");
    let ends = |end: &&str| {
        let before = name.strip_suffix(*end);
        before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
    };
    table.iter().find(|(_, names)| names.iter().any(ends)).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_fit_the_names_of_properties() {
        let table = [
            ("email", "ada@example.com"),
            ("contactEmail", "ada@example.com"),
            ("first_name", "Ada"),
            ("last_name", "Lovelace"),
            ("workflow_id", "workflow-1"),
            ("id", "id-1"),
            ("isbn", "isbn"),
            ("", ""),
        ];
        for (name, expected) in table {
            assert_eq!(string(name), expected, "{name}");
        }
    }

    #[test]
    fn days_are_in_order() {
        assert!(DAYS.is_sorted());
    }
}
