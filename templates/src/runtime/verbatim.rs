//! Values that are written as the text that they were read from.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::{AddrParseError, IpAddr, Ipv6Addr};
use std::ops::Deref;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Parameter;
use super::json::{Json, Text, count_loose};

/// A value that goes back to the service as the text it came as.
///
/// Many texts stand for one value: `2001:DB8::0:1` and `2001:db8::1` are one address, and a moment can be written with
/// any offset and any number of digits. Some services compare texts, so what was read is written letter by letter as it was; a value of
/// the caller's own is written in the usual form. Two are equal where their values are.
///
/// It derefs to the value, and is made of one by [`From`], or of a text by [`FromStr`].
#[derive(Clone, Default)]
pub struct Verbatim<T> {
    value: T,
    /// The text that was read, where the value is usually written otherwise.
    text: Option<Box<str>>,
}

/// A value that stands for a text.
pub trait Textual: Sized {
    /// Why a text stands for no such value.
    type Error: fmt::Display;

    /// What it is, for errors: `a UUID`.
    const EXPECTED: &'static str;

    /// Reads any text that stands for such a value.
    ///
    /// # Errors
    /// Where it stands for none.
    fn read_text(text: &str) -> Result<Self, Self::Error>;

    /// The usual text.
    fn usual_text(&self) -> String;

    /// Whether a text that the value was read from is the usual one.
    fn is_usual_text(&self, text: &str) -> bool {
        self.usual_text() == text
    }
}

impl<T> Verbatim<T> {
    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for Verbatim<T> {
    fn from(value: T) -> Self {
        Self { value, text: None }
    }
}

impl<T: Textual> FromStr for Verbatim<T> {
    type Err = T::Error;

    fn from_str(text: &str) -> Result<Self, T::Error> {
        let value = T::read_text(text)?;
        let text = (!value.is_usual_text(text)).then(|| text.into());
        Ok(Self { value, text })
    }
}

/// Texts are arguments of operations by these.
macro_rules! texts {
    ($($type:ty)*) => {
        $(impl<T: Textual> TryFrom<$type> for Verbatim<T> {
            type Error = InvalidText;

            fn try_from(text: $type) -> Result<Self, InvalidText> {
                let invalid = |error: T::Error| InvalidText {
                    text: text.to_string(),
                    expected: T::EXPECTED,
                    reason: error.to_string(),
                };
                text.parse().map_err(invalid)
            }
        })*
    };
}

texts!(&str &String String);

/// A text that is not a value of the type that it was given for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidText {
    text: String,
    expected: &'static str,
    reason: String,
}

/// `"a" is not a UUID: invalid length`
impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}: {}", self.text, self.expected, self.reason)
    }
}

impl std::error::Error for InvalidText {}

impl<T> Deref for Verbatim<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Textual> fmt::Display for Verbatim<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => f.pad(text),
            None => f.pad(&self.value.usual_text()),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Verbatim<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Verbatim<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Verbatim<T> {}

impl<T: PartialEq> PartialEq<T> for Verbatim<T> {
    fn eq(&self, other: &T) -> bool {
        self.value == *other
    }
}

impl<T: PartialOrd> PartialOrd for Verbatim<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Verbatim<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Verbatim<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: Textual> Json for Verbatim<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(Text(T::EXPECTED, Self::from_str))
    }
}

impl<T: Textual> Serialize for Verbatim<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write(serializer)
    }
}

impl<'de, T: Textual> Deserialize<'de> for Verbatim<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer)
    }
}

impl<T: Textual> Parameter for Verbatim<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        give(self.to_string());
    }
}

macro_rules! addresses {
    ($($type:ty = $expected:literal)*) => {
        $(impl Textual for $type {
            type Error = AddrParseError;

            const EXPECTED: &'static str = $expected;

            fn read_text(text: &str) -> Result<Self, AddrParseError> {
                text.parse()
            }

            fn usual_text(&self) -> String {
                self.to_string()
            }
        })*
    };
}

addresses! {
    IpAddr = "an IP address"
    Ipv6Addr = "an IPv6 address"
}

/// `2024-01-01T00:00:00Z`, with any offset (RFC 3339); without one it is taken as UTC, which is what services written in
/// Python mean by it. A date alone is its midnight.
impl Textual for Timestamp {
    type Error = jiff::Error;

    const EXPECTED: &'static str = "a date-time";

    fn read_text(text: &str) -> Result<Self, jiff::Error> {
        // Of a union that has both, this is the day.
        if is_day(text) {
            count_loose();
        }
        let text = without_further_digits(text);
        text.parse().or_else(|error| {
            let zoneless: DateTime = text.parse().map_err(|_| error)?;
            TimeZone::UTC.to_timestamp(zoneless)
        })
    }

    fn usual_text(&self) -> String {
        self.to_string()
    }

    fn is_usual_text(&self, text: &str) -> bool {
        // A leap second is read as the second before it.
        let is_plain = has_form(text, b"0000-00-00T00:00:00Z") && !text.ends_with("60Z");
        is_plain || self.usual_text() == text
    }
}

/// `2024-01-31`; of a date-time it is the day that is written there, whatever its offset.
impl Textual for Date {
    type Error = jiff::Error;

    const EXPECTED: &'static str = "a date";

    fn read_text(text: &str) -> Result<Self, jiff::Error> {
        if !is_day(text) {
            count_loose();
        }
        text.parse().or_else(|error| {
            let is_moment = Timestamp::read_text(text).is_ok();
            let day = text.get(..10).filter(|_| is_moment).map(str::parse);
            day.unwrap_or(Err(error))
        })
    }

    fn usual_text(&self) -> String {
        self.to_string()
    }

    fn is_usual_text(&self, text: &str) -> bool {
        has_form(text, b"0000-00-00") || self.usual_text() == text
    }
}

/// Whether a text has a digit for each zero of a form, and the signs of the form. Most dates are written in the usual form,
/// so comparing them with it is faster than writing them anew.
fn has_form(text: &str, form: &[u8]) -> bool {
    let fits = |(byte, sign): (u8, &u8)| match sign {
        b'0' => byte.is_ascii_digit(),
        sign => byte == *sign,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
}

/// Whether a text is as long as a day: `2024-01-31`.
fn is_day(text: &str) -> bool {
    text.len() <= 10
}

/// The text with the nine digits of a fraction that a moment can have; the others stay in the text that is kept.
fn without_further_digits(text: &str) -> Cow<'_, str> {
    const MOST: usize = 9;
    let fraction = text.find('.').map_or(text.len(), |point| point + 1);
    let digits = text[fraction..].bytes().take_while(u8::is_ascii_digit).count();
    match digits > MOST {
        true => [&text[..fraction + MOST], &text[fraction + digits..]].concat().into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_days_come_back_as_they_came() {
        let table = [
            ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
            ("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00Z"),
            ("2024-01-01T02:00:00.500+02:00", "2024-01-01T00:00:00.5Z"),
            ("2024-01-01T00:00:00", "2024-01-01T00:00:00Z"),
            ("2024-01-01 00:00:00.25", "2024-01-01T00:00:00.25Z"),
            ("2024-01-01t00:00:00z", "2024-01-01T00:00:00Z"),
            ("2024-01-01T00:00:00.1234567891234+00:00", "2024-01-01T00:00:00.123456789Z"),
            ("2024-01-01", "2024-01-01T00:00:00Z"),
            ("2024-01-01T00:00:60Z", "2024-01-01T00:00:59Z"),
        ];
        for (text, expected) in table {
            let moment = read::<Timestamp>(text).expect(text);
            assert_eq!(moment.into_inner().to_string(), expected, "{text}");
            assert_eq!(read::<Timestamp>(text).expect(text).to_string(), text);
            let day = read::<Date>(text).expect(text);
            assert_eq!(
                (day.to_string(), day.into_inner().to_string()),
                (text.to_owned(), "2024-01-01".into())
            );
        }
        for text in ["", "yesterday", "2024-13-01T00:00:00Z", "2024-01-01 at ten"] {
            let error = read::<Timestamp>(text).expect_err(text);
            assert!(error.contains("is not a date-time"), "{error}");
            assert!(read::<Date>(text).expect_err(text).contains("is not a date"), "{text}");
        }
    }

    fn read<T: Textual>(text: &str) -> Result<Verbatim<T>, String> {
        serde_json::from_value(text.into()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_text_is_usual_if_it_is_what_the_value_is_written_as() {
        let moments = ["0000-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "9999-12-30T22:00:00Z"];
        let others = ["2024-01-01T00:00:00z", "2016-12-31T23:59:60Z", "2024-01-01 00:00:00Z"];
        for text in moments.into_iter().chain(others) {
            let moment = Timestamp::read_text(text).expect(text);
            assert_eq!(moment.is_usual_text(text), moment.usual_text() == text, "{text}");
        }
        for text in ["0000-01-01", "2024-02-29", "9999-12-31", "20240229"] {
            let day = Date::read_text(text).expect(text);
            assert_eq!(day.is_usual_text(text), day.usual_text() == text, "{text}");
        }
    }

    #[test]
    fn any_spelling_comes_back_as_it_came() {
        let spellings = ["2001:db8::1", "2001:DB8::1", "2001:0db8:0:0:0:0:0:1"];
        let usual = Verbatim::from("2001:db8::1".parse::<Ipv6Addr>().expect("an address"));
        for spelling in spellings {
            let read = read::<Ipv6Addr>(spelling).expect(spelling);
            assert_eq!(read, usual);
            assert_eq!(serde_json::to_value(&read).expect("a text"), spelling);
            let mut given = Vec::new();
            read.each(&mut |text| given.push(text));
            assert_eq!(given, [spelling]);
        }
        assert_eq!(usual.to_string(), "2001:db8::1");
    }

    #[test]
    fn what_is_none_says_what_it_should_be() {
        let error = read::<IpAddr>("192.0.2.1/24").expect_err("no address");
        assert!(error.starts_with("\"192.0.2.1/24\" is not an IP address: "), "{error}");
    }
}
