//! Words of texts in ASCII, as nearly all are: what heck and Unicode say of them, without looking anything up.

use super::Case;

/// The text with spaces for its signs; `None` where a sign may have a meaning, or letters are not ASCII.
pub fn spelled_out(text: &str) -> Option<String> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_plain = text.is_ascii() && text.len() <= super::scripts::LONGEST;
    let begins = text.bytes().next().is_some_and(is_word);
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphanumeric());
    (is_plain && begins && has_letter).then_some(())?;
    let spelled = text.bytes().map(|byte| if is_word(byte) { char::from(byte) } else { ' ' });
    Some(spelled.collect())
}

/// The words of a text: `HTTPServer petId` → `HTTP`, `Server`, `pet`, `Id`
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    parts.flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let (word, after) = rest.split_at(first_word(rest.as_bytes()));
            rest = after;
            (!word.is_empty()).then_some(word)
        })
    })
}

/// Where the first word of letters and digits ends: before a capital letter that follows a small one, and before the last of
/// several capital letters if a small one follows it. Digits belong to the letters before them.
fn first_word(text: &[u8]) -> usize {
    let (mut is_small, mut is_capital) = (false, false);
    for (at, letter) in text.iter().enumerate() {
        let Some(next) = text.get(at + 1) else { break };
        if is_capital && letter.is_ascii_uppercase() && next.is_ascii_lowercase() {
            return at;
        }
        if letter.is_ascii_alphabetic() {
            (is_small, is_capital) = (letter.is_ascii_lowercase(), letter.is_ascii_uppercase());
        }
        if is_small && next.is_ascii_uppercase() {
            return at + 1;
        }
    }
    text.len()
}

/// The words of a text in a case.
pub fn cased(text: &str, case: Case) -> String {
    let mut cased = String::with_capacity(text.len() + text.len() / 4);
    for word in words(text) {
        if case != Case::Type && !cased.is_empty() {
            cased.push('_');
        }
        let start = cased.len();
        cased.push_str(word);
        match (case, &mut cased[start..]) {
            (Case::Constant, word) => word.make_ascii_uppercase(),
            (Case::Value | Case::Module, word) => word.make_ascii_lowercase(),
            (Case::Type, word) => {
                let (first, rest) = word.split_at_mut(1);
                first.make_ascii_uppercase();
                rest.make_ascii_lowercase();
            }
        }
    }
    cased
}

#[cfg(test)]
mod tests {
    use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn words_are_those_of_heck(text in "[aBcD1_ -]{0,12}|[ -~]*") {
            prop_assert_eq!(cased(&text, Case::Value), text.to_snake_case());
            prop_assert_eq!(cased(&text, Case::Module), text.to_snake_case());
            prop_assert_eq!(cased(&text, Case::Constant), text.to_shouty_snake_case());
            prop_assert_eq!(cased(&text, Case::Type), text.to_upper_camel_case());
            prop_assert_eq!(words(&text).collect::<Vec<_>>().join("_").to_lowercase(), text.to_snake_case());
        }
    }
}
