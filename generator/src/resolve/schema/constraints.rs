//! What a schema asks of its values, in words: it is documented, not enforced, because only
//! the service knows what it really takes.

use std::fmt::Display;

use openapiv3::{ArrayType, IntegerType, NumberType, SchemaKind, StringType, Type};

/// A sentence for each limit: `Between 1 and 100.`
pub fn sentences(kind: &SchemaKind) -> Vec<String> {
    match kind {
        SchemaKind::Type(Type::String(string)) => text(string),
        SchemaKind::Type(Type::Number(number)) => number_range(number),
        SchemaKind::Type(Type::Integer(integer)) => integer_range(integer),
        SchemaKind::Type(Type::Array(array)) => items(array),
        _ => Vec::new(),
    }
}

fn text(string: &StringType) -> Vec<String> {
    let length = count(string.min_length, string.max_length, "character");
    let pattern = string.pattern.as_ref().map(|pattern| format!("Matches `{pattern}`."));
    length.into_iter().chain(pattern).collect()
}

fn items(array: &ArrayType) -> Vec<String> {
    let count = count(array.min_items, array.max_items, "item");
    let unique = array.unique_items.then(|| "Each item once.".to_owned());
    count.into_iter().chain(unique).collect()
}

fn number_range(number: &NumberType) -> Vec<String> {
    let least = number.minimum.map(|least| (least, number.exclusive_minimum));
    let most = number.maximum.map(|most| (most, number.exclusive_maximum));
    range(least, most).into_iter().collect()
}

fn integer_range(integer: &IntegerType) -> Vec<String> {
    let least = integer.minimum.map(|least| (least, integer.exclusive_minimum));
    let most = integer.maximum.map(|most| (most, integer.exclusive_maximum));
    range(least, most).into_iter().collect()
}

/// Limits with whether they are excluded themselves.
fn range<T: Display>(least: Option<(T, bool)>, most: Option<(T, bool)>) -> Option<String> {
    let above = |(least, excluded): (T, bool)| match excluded {
        true => format!("more than {least}"),
        false => format!("at least {least}"),
    };
    let below = |(most, excluded): (T, bool)| match excluded {
        true => format!("less than {most}"),
        false => format!("at most {most}"),
    };
    let words = match (least, most) {
        (Some((least, false)), Some((most, false))) => format!("between {least} and {most}"),
        (Some(least), Some(most)) => format!("{} and {}", above(least), below(most)),
        (Some(least), None) => above(least),
        (None, Some(most)) => below(most),
        (None, None) => return None,
    };
    Some(sentence(&words))
}

fn count(least: Option<usize>, most: Option<usize>, unit: &str) -> Option<String> {
    let units = |count: usize| if count == 1 { unit.to_owned() } else { format!("{unit}s") };
    let words = match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", units(most)),
        (Some(least), Some(most)) => format!("between {least} and {most} {}", units(most)),
        (Some(least), None) => format!("at least {least} {}", units(least)),
        (None, Some(most)) => format!("at most {most} {}", units(most)),
        (None, None) => return None,
    };
    Some(sentence(&words))
}

/// `at most 3` → `At most 3.`
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).chain(['.']).collect()
}
