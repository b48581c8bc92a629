//! Numbers and texts, by their `format` (OpenAPI 3.1.0, 4.4).

use crate::pipeline::model::{Format, Ty};

/// An integer; without a format it is as wide as most services mean it.
pub fn integer(format: Option<&str>) -> Ty {
    Ty::Integer(match format {
        Some("int8") => "i8",
        Some("int16") => "i16",
        Some("int32") => "i32",
        Some("uint8") => "u8",
        Some("uint16") => "u16",
        Some("uint32") => "u32",
        Some("uint64" | "uint") => "u64",
        _ => "i64",
    })
}

/// The least and the greatest integer of that type.
pub fn ends(format: Option<&str>) -> (i128, i128) {
    match integer(format) {
        Ty::Integer("i8") => (i8::MIN.into(), i8::MAX.into()),
        Ty::Integer("i16") => (i16::MIN.into(), i16::MAX.into()),
        Ty::Integer("i32") => (i32::MIN.into(), i32::MAX.into()),
        Ty::Integer("u8") => (0, u8::MAX.into()),
        Ty::Integer("u16") => (0, u16::MAX.into()),
        Ty::Integer("u32") => (0, u32::MAX.into()),
        Ty::Integer("u64") => (0, u64::MAX.into()),
        _ => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// A `float` is an `f64` too: an `f32` would round what many services send. So is a `decimal`:
/// `serde_json` reads numbers no more exactly.
pub fn number(format: Option<&str>) -> Ty {
    match format {
        Some("int32") => Ty::Integer("i32"),
        Some("int64") => Ty::Integer("i64"),
        _ => Ty::Float("f64"),
    }
}

pub fn string(format: Option<&str>) -> Ty {
    match format {
        Some("date-time") => Ty::Timestamp,
        Some("date") => Ty::Date,
        Some(other) => Format::named(other).map_or(Ty::String, Ty::Formatted),
        None => Ty::String,
    }
}
