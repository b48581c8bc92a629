//! Types of other crates, as generated types have them.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserializer, Serializer};

use super::json::Text;

/// Says how a type of another crate is read and written, and what a parameter of it is: what its JSON is.
///
/// ```text
/// own_type!(chrono::NaiveDate);                                     // by serde's traits
/// own_type!(uuid::Uuid as text);                                    // by `Display` and `FromStr`
/// own_type!(rust_decimal::Decimal as number);                       // by the same, digit by digit
/// own_type!(time::OffsetDateTime, time::serde::rfc3339);            // by two functions of a module
/// ```
macro_rules! own_type {
    ($type:ty) => {
        $crate::runtime::json::json_as_serde!($type);
        $crate::runtime::own_type::own_parameter!($type);
    };
    ($type:ty as text) => {
        $crate::runtime::own_type::own_type!(
            $type, $crate::runtime::own_type::write_text, $crate::runtime::own_type::read_text, concat!("a `", stringify!($type), "`")
        );
    };
    ($type:ty as number) => {
        $crate::runtime::own_type::own_type!(
            $type, $crate::runtime::number::write_number, $crate::runtime::number::read_number, concat!("a `", stringify!($type), "`")
        );
    };
    ($type:ty, $write:path, $read:path, $expected:expr) => {
        impl $crate::runtime::json::Json for $type {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $write(self, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(deserializer, $expected)
            }
        }

        $crate::runtime::own_type::own_parameter!($type);
    };
    ($type:ty, $($module:ident)::+) => {
        impl $crate::runtime::json::Json for $type {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $($module)::+::serialize(self, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $($module)::+::deserialize(deserializer)
            }
        }

        $crate::runtime::own_type::own_parameter!($type);
    };
}

/// A parameter is written as in JSON: `Display` of many types is for people, and not what services read.
macro_rules! own_parameter {
    ($type:ty) => {
        impl $crate::runtime::parameter::Parameter for $type {
            fn each(&self, give: &mut dyn FnMut(String)) {
                $crate::runtime::parameter::Parameter::each(
                    &$crate::runtime::parameter::Loose(self),
                    give,
                );
            }

            fn is_list(&self) -> bool {
                $crate::runtime::parameter::Parameter::is_list(&$crate::runtime::parameter::Loose(
                    self,
                ))
            }

            fn fault(&self) -> Option<String> {
                $crate::runtime::parameter::Parameter::fault(&$crate::runtime::parameter::Loose(
                    self,
                ))
            }
        }
    };
}

pub(crate) use {own_parameter, own_type};

pub(crate) fn write_text<S: Serializer>(
    value: &impl Display,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

pub(crate) fn read_text<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    deserializer.deserialize_string(Text(expected, T::from_str))
}

#[cfg(test)]
mod tests {
    use std::fmt;
    use std::num::ParseIntError;

    use super::*;
    use crate::runtime::Parameter;
    use crate::runtime::json::{Json, Owned, Ref};

    /// A number with two decimals, which is a text of its own.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Cents(i64);

    impl fmt::Display for Cents {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
        }
    }

    impl FromStr for Cents {
        type Err = ParseIntError;

        fn from_str(text: &str) -> Result<Self, ParseIntError> {
            let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
            Ok(Self(whole.parse::<i64>()? * 100 + format!("{part:0<2}").parse::<i64>()?))
        }
    }

    /// The same as a text.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Label(Cents);

    impl fmt::Display for Label {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }

    impl FromStr for Label {
        type Err = ParseIntError;

        fn from_str(text: &str) -> Result<Self, ParseIntError> {
            text.parse().map(Self)
        }
    }

    /// The same as a number of cents.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Whole(i64);

    mod whole {
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use super::Whole;

        pub fn serialize<S: Serializer>(value: &Whole, serializer: S) -> Result<S::Ok, S::Error> {
            value.0.serialize(serializer)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Whole, D::Error> {
            i64::deserialize(deserializer).map(Whole)
        }
    }

    own_type!(Cents as number);
    own_type!(Label as text);
    own_type!(Whole, whole);
    own_type!(std::time::Duration);

    fn comes_back<T: Json + PartialEq + fmt::Debug>(text: &str, value: &T) {
        let Owned(read): Owned<T> = serde_json::from_str(text).expect(text);
        assert_eq!(read, *value);
        assert_eq!(serde_json::to_string(&Ref(value)).expect(text), text);
        let tree = serde_json::to_value(Ref(value)).expect(text);
        let Owned(read): Owned<T> = serde_json::from_value(tree).expect(text);
        assert_eq!(read, *value);
        let bytes = rmp_serde::to_vec(&Ref(value)).expect("MessagePack");
        let Owned(read): Owned<T> = rmp_serde::from_slice(&bytes).expect("MessagePack");
        assert_eq!(read, *value);
    }

    #[test]
    fn each_kind_comes_back_as_it_came() {
        comes_back("12.50", &Cents(1250));
        comes_back("\"12.50\"", &Label(Cents(1250)));
        comes_back("1250", &Whole(1250));
        comes_back("[10.00,0.05]", &vec![Cents(1000), Cents(5)]);
        comes_back("null", &None::<Cents>);
        comes_back(r#"{"secs":2,"nanos":0}"#, &std::time::Duration::from_secs(2));
    }

    #[test]
    fn a_number_is_read_in_any_spelling_but_as_a_text() {
        let read = |text| serde_json::from_str::<Owned<Cents>>(text).map(|Owned(read)| read);
        for (text, cents) in [("12.5e1", 12500), ("1E2", 10000), ("1250e-2", 1250), ("5e-2", 5)] {
            assert_eq!(read(text).expect(text), Cents(cents), "{text}");
        }
        for text in ["\"12.50\"", "true", "[]", "1e999"] {
            assert!(read(text).is_err(), "{text}");
        }
        let why = serde_json::from_str::<Owned<Label>>("\"a\"").map(|_| ()).expect_err("no number");
        assert!(why.to_string().starts_with("\"a\" is not a `Label`"), "{why}");
    }

    #[test]
    fn a_parameter_is_what_the_json_is() {
        let texts = |value: &dyn Parameter| {
            let mut texts = Vec::new();
            value.each(&mut |text| texts.push(text));
            texts
        };
        assert_eq!(texts(&Cents(1250)), ["12.50"]);
        assert_eq!(texts(&Label(Cents(1250))), ["12.50"]);
        assert_eq!(texts(&vec![Whole(1), Whole(2)]), ["1", "2"]);
    }
}
