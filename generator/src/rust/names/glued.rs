//! Words that are written as one, although they are two.

use std::borrow::Cow;

/// English words that only look as if they ended with a type.
const OTHER_ENDS: &[&str] = &["aint", "hint", "lint", "oint", "rint"];

/// Puts a sign between a word and the type or the version at its end: `Histogramint64` → `Histogram_int64`,
/// `listVersionsv2` → `listVersions_v2`; and between a version and capitals: `V1API` → `V1_API`.
pub fn separated(text: &str) -> Cow<'_, str> {
    let may_have = text.contains(|letter: char| letter.is_ascii_digit());
    if !may_have && !text.contains("double") && !text.contains("float") {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len() + 2);
    let (mut rest, mut before) = (text, None);
    while !rest.is_empty() {
        let (word, after) = rest.split_at(word_length(rest));
        match second_word(word) {
            Some(start) => words.extend([&word[..start], "_", &word[start..]]),
            None => words.push_str(word),
        }
        let is_in_capitals = before.is_some_and(|letter: char| letter.is_ascii_uppercase());
        if is_version(word) && !is_in_capitals && begins_with_capitals(after) {
            words.push('_');
        }
        (rest, before) = (after, word.chars().next_back());
    }
    Cow::Owned(words)
}

/// The length of the word at the start: a letter of any kind, small letters, and digits; or that of another sign.
fn word_length(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let start = first.len_utf8();
    if !first.is_alphabetic() {
        return start;
    }
    let rest = text[start..].trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    text.len() - rest.len()
}

fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('V').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|letter| letter.is_ascii_digit())
}

fn begins_with_capitals(text: &str) -> bool {
    text.len() > 1 && text.bytes().take(2).all(|letter| letter.is_ascii_uppercase())
}

/// Where the second word begins.
fn second_word(word: &str) -> Option<usize> {
    let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &word[letters.len()..];
    let behind = |end: &str, shortest: usize| {
        let stem = letters.strip_suffix(end)?;
        let is_word = stem.chars().all(|letter| letter.is_ascii_alphabetic());
        (stem.len() >= shortest && is_word).then_some(stem.len())
    };
    let is_other = OTHER_ENDS.iter().any(|end| letters.ends_with(end));
    match digits {
        "" => behind("double", 3).or_else(|| behind("float", 3)),
        "8" | "16" | "32" | "64" | "128" => {
            let integer = behind("uint", 3).or_else(|| behind("int", 3).filter(|_| !is_other));
            integer.or_else(|| behind("float", 3))
        }
        _ => None,
    }
    .or_else(|| behind("v", 5).filter(|_| !digits.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::separated;

    #[test]
    fn types_and_versions_at_the_end_are_words_of_their_own() {
        for (text, expected) in [
            ("Histogramint64", "Histogram_int64"),
            ("BinRangeuint8", "BinRange_uint8"),
            ("BinRangedouble", "BinRange_double"),
            ("Cumulativefloat32", "Cumulative_float32"),
            ("listVersionsv2", "listVersions_v2"),
            ("get_version_detailsv2 more", "get_version_details_v2 more"),
            ("V1API", "V1_API"),
            ("getCoreV12APIResources", "getCoreV12_APIResources"),
        ] {
            assert_eq!(separated(text), expected);
        }
    }

    #[test]
    fn words_that_look_alike_stay_as_they_are() {
        let texts = [
            "fingerprint128",
            "Checkpoint32",
            "constraint8",
            "int64",
            "uint8",
            "ipv6",
            "Ipv4",
            "tlsv1",
            "float32",
            "double",
            "refloat",
            "print8",
            "größev2",
            "MD5",
            "v2",
            "V2X",
            "V1Api",
            "V1",
            "IPV4URL",
            "HV12AB",
            "Int128",
            "",
            "📦int64",
        ];
        for text in texts {
            assert_eq!(separated(text), text);
        }
    }
}
