//! Numbers with all of their digits.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Number;
use serde_json::value::RawValue;

use super::json::{Format, Source};

/// Writes a number with the digits that it has.
pub(crate) fn write_number<S: Serializer>(
    value: &impl Display,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = value.to_string();
    let number: Number =
        text.parse().map_err(|_| S::Error::custom(format!("JSON has no number for {text}")))?;
    if Format::is_text_of::<S>() {
        return RawValue::from_string(text).map_err(S::Error::custom)?.serialize(serializer);
    }
    number.serialize(serializer)
}

/// Reads a number with the digits that it has, and a text where a format has nothing else.
pub(crate) fn read_number<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    let source: Source<'_> = serde::Deserialize::deserialize(deserializer)?;
    let text = source.into_text();
    let is_json = Format::of::<D::Error>() == Format::Json;
    let inner = serde_json::from_str::<String>(&text).ok().filter(|_| !is_json);
    let text = inner.as_deref().unwrap_or(&text);
    let read =
        T::from_str(text).or_else(|error| T::from_str(&without_exponent(text).ok_or(error)?));
    read.map_err(|error| D::Error::custom(format!("{text} is not {expected}: {error}")))
}

/// `1.5E3` → `1500`, as few types read the former.
fn without_exponent(number: &str) -> Option<String> {
    /// No type holds more digits.
    const MOST: i64 = 400;
    let (digits, exponent) = number.split_once(['e', 'E'])?;
    let exponent = exponent.parse::<i64>().ok().filter(|exponent| exponent.abs() <= MOST)?;
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let point = i64::try_from(whole.len()).ok()? + exponent;
    let digits = format!("{whole}{part}");
    let count = i64::try_from(digits.len()).ok()?;
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    Some(match point {
        point if point <= 0 => format!("{sign}0.{}{digits}", zeros(-point)),
        point if point >= count => format!("{sign}{digits}{}", zeros(point - count)),
        point => {
            let (whole, part) = digits.split_at(usize::try_from(point).ok()?);
            format!("{sign}{whole}.{part}")
        }
    })
}
