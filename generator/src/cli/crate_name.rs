//! What a crate can be called.

use crate::rust::names::in_ascii;

/// Takes a package name as Cargo does: letters, digits, `-` and `_`, and no digit or `-` first.
pub fn package_name(name: &str) -> Result<String, String> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if starts_well && name.chars().all(is_plain) {
        return Ok(name.to_owned());
    }
    Err("a package name is made of letters, digits, `-` and `_`, and starts with a letter or `_`"
        .to_owned())
}

/// Makes a valid crate name of any words: `Pet Store.v2` → `pet-store-v2`, `1forge` → `api-1forge`.
///
/// `None` if no letter or digit is in them.
#[must_use]
pub fn from_words(words: &str) -> Option<String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let plain = |letter| if is_plain(letter) { letter } else { '-' };
    let name: String = in_ascii(words).to_lowercase().chars().map(plain).collect();
    let name = name.trim_matches('-');
    let first = name.chars().next()?;
    Some(if first.is_ascii_digit() { format!("api-{name}") } else { name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names_are_those_of_cargo() {
        for good in ["lantern-client", "_x", "a1"] {
            assert_eq!(package_name(good), Ok(good.to_owned()));
        }
        for bad in ["", "1a", "-a", "../x", "a b", "ä", "a\"b"] {
            assert!(package_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn any_words_become_a_valid_name() {
        let table = [
            ("shop-client", Some("shop-client")),
            ("Pet_Store.v2", Some("pet_store-v2")),
            ("My Client (new)", Some("my-client--new")),
            ("1forge", Some("api-1forge")),
            ("Größe", Some("grosse")),
            ("имя", Some("imya")),
            ("\u{e000}", None),
            ("..", None),
        ];
        for (words, expected) in table {
            let name = from_words(words);
            assert_eq!(name.as_deref(), expected, "{words}");
            assert!(name.is_none_or(|name| package_name(&name).is_ok()), "{words}");
        }
    }
}
