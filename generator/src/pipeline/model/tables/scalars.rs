//! Types of numbers and strings, by their `format` (OpenAPI 3.1.0, 4.4).

use crate::pipeline::model::{Format, IntegerType, Ty};
use crate::pipeline::resolve::BIG_INTEGER;

/// The type of integers; `i64` if the format is not known.
pub fn integer(format: Option<&str>) -> IntegerType {
    known_integer(format).unwrap_or(IntegerType::I64)
}

fn known_integer(format: Option<&str>) -> Option<IntegerType> {
    Some(match format? {
        "int8" => IntegerType::I8,
        "int16" => IntegerType::I16,
        "int32" => IntegerType::I32,
        "int64" => IntegerType::I64,
        "uint8" => IntegerType::U8,
        "uint16" => IntegerType::U16,
        "uint32" => IntegerType::U32,
        "uint64" | "uint" => IntegerType::U64,
        BIG_INTEGER | "int128" | "uint128" | "int256" | "uint256" => IntegerType::Big,
        _ => return None,
    })
}

/// A `float` is an `f64` too: an `f32` would round what many services send. So is a `decimal`,
/// because `serde_json` reads numbers as `f64`.
pub fn number(format: Option<&str>) -> Ty {
    known_integer(format).map_or(Ty::Float, Ty::Integer)
}

pub fn string(format: Option<&str>) -> Ty {
    match format {
        Some(other) => Format::named(other).map_or(Ty::String, Ty::Formatted),
        None => Ty::String,
    }
}
