//! Unions: a value that has one of several shapes.

use serde::de::{self, Deserialize, Deserializer, Error as _};

use super::exact::Source;
use super::{Format, depth};

/// Defines how a union finds its variant.
///
/// The enum has one further variant, `Unrecognized(Value)`, for all other values. Without a tag, the
/// first variant is used that has the value's kind and a field for each of its members, or else the
/// one with fields for most of them. A value that an enum lists belongs to this enum:
///
/// ```text
/// json_union!(Price { Amount(Number), Range(Object) });
/// ```
///
/// Members that have other values in other variants are listed with a variant. The variant is not used if a
/// member with one listed value has another one. If several values are listed and the member has none of
/// them, it is used only if no other variant fits better:
///
/// ```text
/// json_union!(Result { Good(Object, "ok" = true), Bad(Object, "ok" = false, "code" = 1 | 2) });
/// ```
///
/// Such a member can be one of a member. One without a value can only be null, and a range of integers has both ends:
///
/// ```text
/// json_union!(Job { Open(Object, "end"), Closed(Object, "result"."code" = 0 to 9) });
/// ```
///
/// Values of a variant whose type does not list them are listed with its kind:
///
/// ```text
/// json_union!(Length { Unlimited(String = "none"), Days(String) });
/// ```
///
/// With a tag, a member of the object names the variant. If the member is absent, the variants are tried as
/// without a tag, also by the members that are listed with them; but none is used if two fit equally well:
///
/// ```text
/// json_union!(Event by "type" { Opened = "opened", Closed("code" = 1 | 2) = "closed" });
/// ```
///
/// A variant without a tag can stand for all other tags, and for none:
///
/// ```text
/// json_union!(Event by "type" or Other { Opened = "opened" });
/// ```
macro_rules! json_union {
    ($name:ident { $(
        $variant:ident(
            $kind:ident $(= $($own:literal $(to $end:literal)?)|+)?
            $(, $($member:literal).+ $(= $($value:literal $(to $last:literal)?)|+)?)*
        )
    ),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => $crate::runtime::json::Json::write(held, serializer),)*
                    Self::Unrecognized(held) => $crate::runtime::json::Json::write(held, serializer),
                }
            }
        }

        impl $crate::runtime::json::Union for $name {
            fn of_text(
                text: &str,
                format: $crate::runtime::json::Format,
            ) -> Result<Self, serde_json::Error> {
                $crate::runtime::json::read_union(
                    text,
                    format,
                    &[$((
                        $crate::runtime::json::Kind::$kind,
                        &[$($($crate::runtime::json::Listed::from($own)$(.up_to($end))?),+)?],
                        &[$((
                            &[$($member),+],
                            &[$($($crate::runtime::json::Listed::from($value)$(.up_to($last))?),+)?],
                        )),*],
                        |value| $crate::runtime::json::read_matching(value, Self::$variant),
                    ),)*],
                    Self::Unrecognized,
                )
            }
        }

        $crate::runtime::json::json_read_union!($name);
    };
    ($name:ident by $tag:literal $(or $other:ident)? { $(
        $variant:ident $((
            $($($member:literal).+ $(= $($listed:literal $(to $last:literal)?)|+)?),+
        ))? = $value:literal
    ),* $(,)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(held) => {
                        $crate::runtime::json::Json::write_tagged(
                            held,
                            ($tag, $crate::runtime::json::Scalar::from($value)),
                            serializer,
                        )
                    })*
                    $(Self::$other(held) => $crate::runtime::json::Json::write(held, serializer),)?
                    Self::Unrecognized(held) => $crate::runtime::json::Json::write(held, serializer),
                }
            }
        }

        impl $crate::runtime::json::Union for $name {
            fn of_text(
                text: &str,
                _format: $crate::runtime::json::Format,
            ) -> Result<Self, serde_json::Error> {
                $crate::runtime::json::read_tagged(
                    text,
                    $tag,
                    &[$((
                        $crate::runtime::json::Scalar::from($value),
                        &[$($((
                            &[$($member),+],
                            &[$($($crate::runtime::json::Listed::from($listed)$(.up_to($last))?),+)?],
                        )),+)?],
                        |value| $crate::runtime::json::read_variant(value, Self::$variant),
                    ),)*],
                    &[$(|value| $crate::runtime::json::read_matching(value, Self::$other))?],
                    Self::Unrecognized,
                )
            }
        }

        $crate::runtime::json::json_read_union!($name);
    };
}

/// Implements the reading of a union, by its [`Union`].
macro_rules! json_read_union {
    ($name:ident) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_captured(deserializer)
            }
        }

        impl $crate::runtime::json::Json for $name {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::json::read_captured(deserializer)
            }

            fn read_whole(text: &str) -> Result<Self, serde_json::Error> {
                $crate::runtime::json::read_uncaptured(text)
            }

            fn is_unrecognized(&self) -> bool {
                matches!(self, Self::Unrecognized(_))
            }
        }
    };
}

pub(crate) use {json_read_union, json_union};

/// A value that has one of several shapes.
pub(crate) trait Union: Sized {
    /// Reads the value that JSON text is, without white space around it; it came from this format.
    fn of_text(text: &str, format: Format) -> Result<Self, serde_json::Error>;
}

/// Reads a union that is a part of something. Where it ends is not known yet, so it is looked through first.
pub(crate) fn read_captured<'de, D: Deserializer<'de>, T: Union>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = Source::deserialize(deserializer)?.into_text();
    read_checked(&text, Format::of::<D::Error>()).map_err(without_place)
}

/// Reads a union that a text is as a whole. It is not looked through first: a variant is read to its end, and no
/// variant fits a faulty text.
pub(crate) fn read_uncaptured<T: Union>(text: &str) -> Result<T, serde_json::Error> {
    read_checked(text.trim_matches([' ', '\t', '\n', '\r']), Format::Json)
}

fn read_checked<T: Union>(text: &str, format: Format) -> Result<T, serde_json::Error> {
    match depth::is_too_deep(text) {
        true => Err(serde_json::Error::custom("recursion limit exceeded")),
        false => T::of_text(text, format),
    }
}

/// The same error without its line and column, as they are relative to a part of the text.
fn without_place<E: de::Error>(error: serde_json::Error) -> E {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    E::custom(message.strip_suffix(&place).unwrap_or(&message))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use crate::runtime::decode::from_slice;
    use crate::runtime::json::{json_object, json_union};

    #[derive(Clone, Debug, PartialEq)]
    enum Answer {
        Count(i64),
        Rows(Vec<Row>),
        Row(Box<Row>),
        Unrecognized(Value),
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Row {
        id: i64,
        next: Option<Answer>,
    }

    json_union!(Answer { Count(Integer), Rows(Array), Row(Object) });
    json_object!(Row { id, next: optional });

    #[test]
    fn a_union_at_the_top_is_read_as_one_within_a_text() {
        for text in [
            "1",
            " \r\n\t1 \n",
            "1.5",
            "\"1\"",
            "null",
            r#" [{"id": 1}, {"id": 2, "next": [{"id": 3, "next": 4}]}] "#,
            r#"[{"id": 1}, {"id": "2"}]"#,
            r#"{"id": 1, "next": {"id": 2}}"#,
            r#"{"id": 1, "other": 2}"#,
            "{}",
            "",
            " ",
            "1 2",
            "\u{a0}1",
            r#"[{"id": 1}"#,
            r#"[{"id": 1}] ]"#,
            r#"[{"id": 1},]"#,
            r#"{"id": 1, "other": "\ud800"}"#,
            r#"{"id": 1e400}"#,
        ] {
            let within: Result<Vec<Answer>, _> = from_slice(format!("[{text}]").as_bytes());
            let within = within.ok().filter(|answers| answers.len() == 1);
            let whole: Result<Answer, _> = from_slice(text.as_bytes());
            assert_eq!(whole.ok().map(|answer| vec![answer]), within, "{text}");
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    enum Job {
        Open(Map<String, Value>),
        Few(Map<String, Value>),
        Many(Map<String, Value>),
        Unrecognized(Value),
    }

    json_union!(Job {
        Few(Object, "result"."code" = 0i64 to 9i64), Many(Object, "result"."code" = 10i64 to 99i64),
        Open(Object, "result"),
    });

    #[test]
    fn variants_are_told_apart_by_ranges_within_members_and_by_null() {
        for (text, expected) in [
            (r#"{"result": {"code": 0}}"#, "Few("),
            (r#"{"result": {"code": 9}}"#, "Few("),
            (r#"{"result": {"code": 10}}"#, "Many("),
            (r#"{"result": {"code": 99.0}}"#, "Many("),
            (r#"{"result": {"code": 100}}"#, "Few("),
            (r#"{"result": {"code": "10"}}"#, "Few("),
            (r#"{"result": null}"#, "Few("),
        ] {
            let read: Job = from_slice(text.as_bytes()).expect("JSON");
            assert!(format!("{read:?}").starts_with(expected), "{text} is {read:?}");
        }
    }

    #[test]
    fn a_faulty_text_of_a_union_is_told_with_its_place() {
        let error =
            from_slice::<Answer>(b"[{\"id\": 1},\n{\"id\": 2]").expect_err("a brace is missing");
        assert!(error.to_string().contains("line 2 column 9"), "{error}");
        let error = from_slice::<Answer>(b"[1, \"\xff\"]").expect_err("no Unicode");
        assert!(error.to_string().contains("invalid unicode code point"), "{error}");
    }
}
