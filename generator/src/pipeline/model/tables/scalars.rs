//! Types of numbers and strings, by their `format` (OpenAPI 3.1.0, 4.4).

use crate::pipeline::model::{Format, IntegerType, Ty};

/// The type of integers; `i64` if the format is not known.
pub fn integer(format: Option<&str>) -> IntegerType {
    match format {
        Some("int8") => IntegerType::I8,
        Some("int16") => IntegerType::I16,
        Some("int32") => IntegerType::I32,
        Some("uint8") => IntegerType::U8,
        Some("uint16") => IntegerType::U16,
        Some("uint32") => IntegerType::U32,
        Some("uint64" | "uint") => IntegerType::U64,
        _ => IntegerType::I64,
    }
}

/// A `float` is an `f64` too: an `f32` would round what many services send. So is a `decimal`,
/// because `serde_json` reads numbers as `f64`.
pub fn number(format: Option<&str>) -> Ty {
    match format {
        Some("int32") => Ty::Integer(IntegerType::I32),
        Some("int64") => Ty::Integer(IntegerType::I64),
        _ => Ty::Float,
    }
}

pub fn string(format: Option<&str>) -> Ty {
    match format {
        Some(other) => Format::named(other).map_or(Ty::String, Ty::Formatted),
        None => Ty::String,
    }
}
