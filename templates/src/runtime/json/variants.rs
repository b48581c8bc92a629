//! The variants of a union, and which one fits a value best.

use serde::de::Error as _;
use serde_json::Value;
use serde_json::value::RawValue;

use super::any::inferred;
use super::depth::Level;
use super::misfit::{self, Misfit};
use super::{Format, Json, Scalar};
use crate::runtime::members::member;

/// How a variant of a union is read from JSON text.
type Read<T> = fn(&str) -> Result<T, serde_json::Error>;

/// The text as a variant, if it is one.
pub(crate) fn read_variant<H: Json, T>(
    text: &str,
    variant: fn(H) -> T,
) -> Result<T, serde_json::Error> {
    H::read_whole(text).map(|held| variant(with_members_counted(held)))
}

/// The text as a variant. A union matches only if one of its own variants does.
pub(crate) fn read_matching<H: Json, T>(
    text: &str,
    variant: fn(H) -> T,
) -> Result<T, serde_json::Error> {
    let held = H::read_whole(text)?;
    match held.is_unrecognized() {
        true => Err(serde_json::Error::custom("no variant fits")),
        false => Ok(variant(with_members_counted(held))),
    }
}

/// Returns the value. Any object is a worse fit than a type that has a field for a member, and a better one than a
/// type that has none.
fn with_members_counted<H: Json>(held: H) -> H {
    misfit::count(held.undescribed_members().saturating_sub(1));
    held
}

/// The values of members that distinguish a variant, by the names that lead to each. One without a value is null.
type Telling<'a> = &'a [(&'a [&'a str], &'a [Listed])];

/// The kind of a variant, its values if they are listed, the members that distinguish it, and how it is read.
type Candidate<'a, T> = (Kind, &'a [Listed], Telling<'a>, Read<T>);

/// The tag of a variant, the other members that distinguish it, and how it is read.
type Tagged<'a, T> = (Scalar, Telling<'a>, Read<T>);

/// A value that distinguishes a variant, or all integers from it to another one.
#[derive(Clone, Copy)]
pub(crate) struct Listed {
    first: Scalar,
    last: Option<i64>,
}

impl<T: Into<Scalar>> From<T> for Listed {
    fn from(value: T) -> Self {
        Self { first: value.into(), last: None }
    }
}

impl Listed {
    /// All integers from this one to the last one.
    pub(crate) fn up_to(self, last: i64) -> Self {
        Self { last: Some(last), ..self }
    }

    fn is(self, value: &Value) -> bool {
        let (Scalar::Integer(first), Some(last)) = (self.first, self.last) else {
            return self.first.is(value);
        };
        // A float has room for both ends as nearly as it needs.
        let is_between = |float: f64| (first as f64..=last as f64).contains(&float);
        match value.as_i64() {
            Some(integer) => (first..=last).contains(&integer),
            None => value.as_f64().is_some_and(is_between),
        }
    }
}

/// Reads the variant that fits a value best.
pub(crate) fn read_union<T>(
    text: &str,
    format: Format,
    variants: &[Candidate<'_, T>],
    unrecognized: fn(Value) -> T,
) -> Result<T, serde_json::Error> {
    let _level = Level::enter();
    let mut best = best_variant(text, variants);
    // In formats whose values are all strings, `10` is also the number.
    if best.is_none() && format.has_texts_only() {
        let value = serde_json::from_str::<String>(text).map(|text| inferred(&text));
        best = best_variant(&value.unwrap_or_default().to_string(), variants);
    }
    let Some(Best { read, misfit, .. }) = best else {
        return unknown(text).map(unrecognized);
    };
    misfit::count_misfit(misfit);
    Ok(read)
}

/// The variant that fits a value best.
struct Best<T> {
    read: T,
    misfit: Misfit,
    /// Whether no other one fits equally well.
    is_alone: bool,
}

/// The variant that fits a value best, the first one of several.
fn best_variant<T>(text: &str, variants: &[Candidate<'_, T>]) -> Option<Best<T>> {
    let mut best: Option<Best<T>> = None;
    for (_, own, members, read) in variants.iter().filter(|(kind, ..)| kind.holds(text)) {
        best = better(best, text, members, || {
            let read = read(text);
            if !own.is_empty() && !is_listed(text, own) {
                misfit::count_loose();
            }
            read
        });
        if best.as_ref().is_some_and(|best| best.misfit == Misfit::default()) {
            break;
        }
    }
    best
}

fn is_listed(text: &str, values: &[Listed]) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|found| values.iter().any(|it| it.is(&found)))
}

/// The best variant so far, or the next one if it fits better.
fn better<T>(
    best: Option<Best<T>>,
    text: &str,
    members: Telling<'_>,
    read: impl FnOnce() -> Result<T, serde_json::Error>,
) -> Option<Best<T>> {
    let Some(telling) = unlisted(text, members) else { return best };
    let (Ok(read), misfit) = misfit::counted(read) else { return best };
    let misfit = Misfit { telling, ..misfit };
    match best {
        Some(best) if best.misfit < misfit => Some(best),
        Some(best) if best.misfit == misfit => Some(Best { is_alone: false, ..best }),
        _ => Some(Best { read, misfit, is_alone: true }),
    }
}

/// How many members have none of the values that are listed for them; `None` if a member with one listed value, or
/// without any, has another one. Absent members do not count.
fn unlisted(text: &str, members: Telling<'_>) -> Option<usize> {
    let mut unlisted = 0;
    for (path, values) in members {
        let Some(found) = within(text, path).filter(|it| !it.is_null()) else { continue };
        if !values.iter().any(|value| value.is(&found)) {
            unlisted += 1;
            if matches!(values, [] | [Listed { last: None, .. }]) {
                return None;
            }
        }
    }
    Some(unlisted)
}

/// A member of an object, or of one within it.
fn within(text: &str, path: &[&str]) -> Option<Value> {
    let (name, outer) = path.split_last()?;
    let mut text = text.as_bytes();
    for name in outer {
        text = member::<&RawValue>(text, name)?.get().as_bytes();
    }
    member(text, name)
}

/// Reads the variant that a member of the object names, or one of `others`. If there are none and the member is absent,
/// the only variant that fits best is read.
pub(crate) fn read_tagged<T>(
    text: &str,
    tag: &str,
    variants: &[Tagged<'_, T>],
    others: &[Read<T>],
    unrecognized: fn(Value) -> T,
) -> Result<T, serde_json::Error> {
    let _level = Level::enter();
    let stated = member::<Value>(text.as_bytes(), tag).filter(|stated| !stated.is_null());
    let is_named = |(known, ..): &&Tagged<'_, T>| stated.as_ref().is_some_and(|tag| known.is(tag));
    if let Some((_, _, read)) = variants.iter().find(is_named) {
        return read(text);
    }
    let read = match others {
        [] if stated.is_none() => untagged(text, variants),
        others => others.iter().find_map(|read| read(text).ok()),
    };
    match read {
        Some(read) => Ok(read),
        None => unknown(text).map(unrecognized),
    }
}

/// The only variant that fits best, if nothing names one.
fn untagged<T>(text: &str, variants: &[Tagged<'_, T>]) -> Option<T> {
    let mut best: Option<Best<T>> = None;
    for (_, members, read) in variants {
        best = better(best, text, members, || read(text));
    }
    let Best { read, .. } = best.filter(|best| best.is_alone)?;
    // In a union of unions, one whose tag is present fits better: no text has more members than bytes.
    misfit::count(text.len());
    Some(read)
}

/// A value that fits no variant. It is counted, as it can be a member of an object that is a variant itself.
fn unknown(text: &str) -> Result<Value, serde_json::Error> {
    misfit::count(1);
    serde_json::from_str(text)
}

/// The kinds of JSON values (RFC 8259, 3).
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// Whether JSON text is of this kind, by its first byte.
    pub(crate) fn holds(self, text: &str) -> bool {
        let first = text.bytes().next().unwrap_or_default();
        let is_number = first == b'-' || first.is_ascii_digit();
        match self {
            Self::Any => true,
            Self::Null => first == b'n',
            Self::Boolean => matches!(first, b't' | b'f'),
            Self::Integer => is_number && is_integer(text),
            Self::Number => is_number,
            Self::String => first == b'"',
            Self::Array => first == b'[',
            Self::Object => first == b'{',
        }
    }
}

/// Whether a number is an integer, of any size.
fn is_integer(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit())
}
