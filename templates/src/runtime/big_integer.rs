//! Integers of any size.

use std::cmp::Ordering;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Parameter;
use super::json::{Format, json_as_serde};
use super::number::{read_number, write_number};

/// An integer of any size, which keeps all of its digits.
///
/// Fields have this type if the description allows integers that no integer of 64 bits holds. It is made of any
/// integer by [`From`], or of a text by [`FromStr`], and becomes one by [`TryFrom`] or by `to_string().parse()`.
///
/// JSON text has all digits. A [`serde_json::Value`] rounds what does not fit in 64 bits, so it should not be made
/// of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BigInteger {
    is_negative: bool,
    /// Without zeros at the beginning; of zero it is one.
    digits: Box<str>,
}

/// A text that is not an integer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidInteger(());

/// `not an integer`
impl fmt::Display for InvalidInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an integer")
    }
}

impl std::error::Error for InvalidInteger {}

/// Zero.
impl Default for BigInteger {
    fn default() -> Self {
        Self { is_negative: false, digits: "0".into() }
    }
}

/// `-123`, also with zeros after a point, as services written in JavaScript or Python send integers.
impl FromStr for BigInteger {
    type Err = InvalidInteger;

    fn from_str(text: &str) -> Result<Self, InvalidInteger> {
        let (is_negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, part) = rest.split_once('.').unwrap_or((rest, "0"));
        let are_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(digits) || !are_digits(part) || part.bytes().any(|byte| byte != b'0') {
            return Err(InvalidInteger(()));
        }
        Ok(match digits.trim_start_matches('0') {
            "" => Self::default(),
            digits => Self { is_negative, digits: digits.into() },
        })
    }
}

impl fmt::Display for BigInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(!self.is_negative, "", &self.digits)
    }
}

impl Ord for BigInteger {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |of: &Self| of.digits.len();
        let by_size = size(self).cmp(&size(other)).then_with(|| self.digits.cmp(&other.digits));
        match (self.is_negative, other.is_negative) {
            (false, false) => by_size,
            (true, true) => by_size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for BigInteger {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        $(impl From<$type> for BigInteger {
            fn from(integer: $type) -> Self {
                // What an integer is shown as is always read.
                integer.to_string().parse().unwrap_or_default()
            }
        }

        impl TryFrom<&BigInteger> for $type {
            type Error = ParseIntError;

            fn try_from(integer: &BigInteger) -> Result<Self, ParseIntError> {
                integer.to_string().parse()
            }
        }

        impl TryFrom<BigInteger> for $type {
            type Error = ParseIntError;

            fn try_from(integer: BigInteger) -> Result<Self, ParseIntError> {
                Self::try_from(&integer)
            }
        })*
    };
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl Serialize for BigInteger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (i64::try_from(self), u64::try_from(self)) {
            (Ok(integer), _) => serializer.serialize_i64(integer),
            (_, Ok(integer)) => serializer.serialize_u64(integer),
            _ if Format::of::<S::Error>() == Format::Json => write_number(self, serializer),
            // Other formats have no larger integers, or not all of their digits.
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for BigInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_number(deserializer, "an integer")
    }
}

json_as_serde!(BigInteger);

impl Parameter for BigInteger {
    fn each(&self, give: &mut dyn FnMut(String)) {
        give(self.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str =
        "115792089237316195423570985008687907853269984665640564039457584007913129639935";

    fn read(text: &str) -> BigInteger {
        serde_json::from_str(text).expect(text)
    }

    #[test]
    fn every_digit_comes_back() {
        let texts = [
            "0",
            "-1",
            "9223372036854775808",
            "18446744073709551616",
            LONG,
            "-340282366920938463463374607431768211456",
        ];
        for text in texts {
            assert_eq!(serde_json::to_string(&read(text)).expect(text), text);
            assert_eq!((read(text).to_string(), text.parse()), (text.to_owned(), Ok(read(text))));
            let bytes = rmp_serde::to_vec(&read(text)).expect("MessagePack");
            assert_eq!(
                rmp_serde::from_slice::<BigInteger>(&bytes).expect("MessagePack"),
                read(text)
            );
            let mut given = Vec::new();
            read(text).each(&mut |text| given.push(text));
            assert_eq!(given, [text]);
        }
    }

    #[test]
    fn integers_are_read_in_any_spelling() {
        for (text, integer) in [
            ("3.0", "3"),
            ("1e20", "100000000000000000000"),
            ("1.50e1", "15"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("1.5E+1", "15"),
        ] {
            assert_eq!(read(text).to_string(), integer, "{text}");
        }
        for text in ["1.5", "1e-1", "\"1\"", "true", "null", "[]", "1e999999999"] {
            let error = serde_json::from_str::<BigInteger>(text).expect_err(text).to_string();
            assert!(error.contains("is not an integer"), "{error}");
        }
        for text in ["", "-", "a", "1.", ".0", "--1", "1_000"] {
            assert!(text.parse::<BigInteger>().is_err(), "{text}");
        }
    }

    #[test]
    fn integers_become_each_other_if_they_fit() {
        let most = BigInteger::from(u64::MAX);
        assert_eq!(
            (u64::try_from(&most), u128::try_from(&most)),
            (Ok(u64::MAX), Ok(u64::MAX.into()))
        );
        assert!(i64::try_from(most).is_err());
        assert!(
            u64::try_from(BigInteger::from(-1)).is_err() && u128::try_from(read(LONG)).is_err()
        );
        assert_eq!(
            format!("{:>5}|{:+}|{:05}", read("-12"), read("7"), read("-3")),
            "  -12|+7|-0003"
        );
    }

    #[test]
    fn integers_are_in_their_order() {
        let sorted = ["-100", "-99", "-1", "0", "5", "10", "99", LONG].map(read);
        let mut shuffled = sorted.clone();
        shuffled.reverse();
        shuffled.sort();
        assert_eq!(shuffled, sorted);
    }
}
