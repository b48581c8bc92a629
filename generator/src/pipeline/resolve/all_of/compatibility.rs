//! Whether values can follow two schemas, by their kinds.

use serde_json::Value;

use super::super::{Field, Kind, Schema};
use super::{Schemas, parts};
use crate::pipeline::normalize::is_wider_integer;
use crate::pointer::Pointer;

/// Whether each value of `one` is a value of `other`, by their kinds.
pub(super) fn narrows(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::StringEnum(one), Kind::StringEnum(other)) => {
            one.iter().all(|text| other.contains(text))
        }
        (Kind::IntegerEnum(one), Kind::IntegerEnum(other)) => {
            one.iter().all(|it| other.contains(it))
        }
        (Kind::StringEnum(_), Kind::String(_)) | (Kind::IntegerEnum(_), Kind::Integer(_)) => true,
        (Kind::Integer(_) | Kind::IntegerEnum(_), Kind::Number(_)) => true,
        (Kind::String(Some(_)), Kind::String(None)) => true,
        (Kind::Integer(Some(_)), Kind::Integer(None)) => true,
        // Values of a wider format are described, too.
        (Kind::Integer(Some(one)), Kind::Integer(Some(other))) => !is_wider_integer(other, one),
        (Kind::Number(_), Kind::Number(_)) => true,
        (Kind::Boolean(Some(_)), Kind::Boolean(None)) => true,
        (Kind::Array(_) | Kind::Tuple(_), Kind::Array(None)) => true,
        _ => one == other,
    }
}

/// The values that all parts allow, if a part lists its values and some are left.
///
/// `enum: [a, b]`, `enum: [b, c]` and `type: string` → `enum: [b]`; `enum: [a, 1]` and `type: string` → `enum: [a]`
pub(super) fn shared(parts: &[&Schema]) -> Option<Kind> {
    let mut parts = parts.iter().map(|part| &part.kind);
    let first = parts.next()?.clone();
    let shared = parts.try_fold(first, |shared, kind| match (shared, kind) {
        (Kind::StringEnum(texts), Kind::StringEnum(other)) => {
            Some(Kind::StringEnum(texts.into_iter().filter(|text| other.contains(text)).collect()))
        }
        (Kind::IntegerEnum(integers), Kind::IntegerEnum(other)) => {
            Some(Kind::IntegerEnum(integers.into_iter().filter(|it| other.contains(it)).collect()))
        }
        (Kind::MixedEnum(values), kind) => allowed(&values, kind).map(kind_of_values),
        (shared, Kind::MixedEnum(values)) => allowed(values, &shared).map(kind_of_values),
        (shared, kind) if narrows(&shared, kind) => Some(shared),
        (shared, kind) if narrows(kind, &shared) => Some(kind.clone()),
        _ => None,
    });
    shared.filter(|shared| match shared {
        Kind::MixedEnum(values) => !values.is_empty(),
        shared => !shared.values().is_empty(),
    })
}

/// Those of the values of an enum of several types that a kind allows; `None` if that depends on more than the kind.
fn allowed(values: &[Value], kind: &Kind) -> Option<Vec<Value>> {
    let is_allowed: &dyn Fn(&Value) -> bool = match kind {
        Kind::Any => &|_| true,
        Kind::Boolean(only) => {
            &|value| value.as_bool().is_some_and(|it| only.is_none_or(|only| only == it))
        }
        Kind::Integer(_) => &|value| value.is_i64() || value.is_u64(),
        Kind::Number(_) => &Value::is_number,
        Kind::IntegerEnum(integers) => {
            &|value| value.as_i64().is_some_and(|value| integers.contains(&value))
        }
        Kind::String(_) => &Value::is_string,
        Kind::StringEnum(texts) => {
            &|value| value.as_str().is_some_and(|value| texts.iter().any(|text| text == value))
        }
        Kind::MixedEnum(others) => &|value| others.contains(value),
        Kind::Array(_) | Kind::Tuple(_) | Kind::Object(_) => &|_| false,
        Kind::Union(_) | Kind::Alias(_) | Kind::AllOf(_) => return None,
    };
    Some(values.iter().filter(|value| is_allowed(value)).cloned().collect())
}

/// The kind of an enum of some values.
fn kind_of_values(values: Vec<Value>) -> Kind {
    let texts: Option<Vec<String>> =
        values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    let integers: Option<Vec<i64>> = values.iter().map(Value::as_i64).collect();
    match (texts, integers) {
        (Some(texts), _) => Kind::StringEnum(texts),
        (_, Some(integers)) => Kind::IntegerEnum(integers),
        _ => Kind::MixedEnum(values),
    }
}

/// Whether the values are listed.
pub(super) fn is_enum(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::MixedEnum(_) | Kind::Boolean(Some(_))
    )
}

/// Whether no value but null can follow both, by their kinds.
pub(super) fn are_disjoint(one: &Kind, other: &Kind) -> bool {
    match (one, other) {
        (Kind::StringEnum(one), Kind::StringEnum(other)) => {
            !one.iter().any(|text| other.contains(text))
        }
        (Kind::IntegerEnum(one), Kind::IntegerEnum(other)) => {
            !one.iter().any(|it| other.contains(it))
        }
        (Kind::Boolean(Some(one)), Kind::Boolean(Some(other))) => one != other,
        (Kind::MixedEnum(values), kind) | (kind, Kind::MixedEnum(values)) => {
            allowed(values, kind).is_some_and(|allowed| allowed.is_empty())
        }
        _ => are_of_other_types(one, other),
    }
}

fn are_of_other_types(one: &Kind, other: &Kind) -> bool {
    class(one).zip(class(other)).is_some_and(|(one, other)| one != other)
}

/// The type of JSON Schema that all values of a kind have.
fn class(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Boolean(_) => "boolean",
        Kind::Integer(_) | Kind::IntegerEnum(_) | Kind::Number(_) => "number",
        Kind::String(_) | Kind::StringEnum(_) => "string",
        Kind::Array(_) | Kind::Tuple(_) => "array",
        Kind::Object(_) => "object",
        Kind::Any | Kind::MixedEnum(_) | Kind::Union(_) | Kind::Alias(_) | Kind::AllOf(_) => {
            return None;
        }
    })
}

/// The parts that say something of values that follow the variants of a row: a keyword of one type says nothing of
/// values of others (JSON Schema 2020-12 Core, 7.6.1).
///
/// `minLength: 2` beside `oneOf: [{$ref: Name}, {type: integer}]` is about names only.
pub(super) fn applying<'a>(
    plain: &[&'a Schema],
    row: &[&Pointer],
    schemas: &Schemas,
) -> Vec<&'a Schema> {
    let applies = |part: &&&Schema| {
        let mut ends = row.iter().flat_map(|at| ends(at, schemas));
        !part.is_typeless || !ends.any(|end| are_of_other_types(&part.kind, &end.kind))
    };
    plain.iter().filter(applies).copied().collect()
}

/// Whether there can be a value that follows some schemas and the variants of a row.
pub(super) fn can_hold(plain: &[&Schema], row: &[&Pointer], schemas: &Schemas) -> bool {
    let ends = row.iter().flat_map(|at| ends(at, schemas));
    let all: Vec<&Schema> = plain.iter().copied().chain(ends).collect();
    let mut rest = all.as_slice();
    while let [one, others @ ..] = rest {
        if others.iter().any(|other| exclude(&one.kind, &other.kind, schemas)) {
            return false;
        }
        rest = others;
    }
    true
}

/// Whether no value follows both. Objects exclude each other by a required member.
fn exclude(one: &Kind, other: &Kind, schemas: &Schemas) -> bool {
    let (Kind::Object(one), Kind::Object(other)) = (one, other) else {
        return are_disjoint(one, other);
    };
    let values = |field: &Field| {
        let end = ends(field.schema.as_ref()?, schemas).into_iter().next()?;
        is_enum(&end.kind).then_some(&end.kind)
    };
    one.fields.iter().any(|field| {
        let Some(own) = values(field) else { return false };
        let same = other.fields.iter().find(|other| other.name == field.name);
        same.is_some_and(|same| {
            (field.required || same.required)
                && values(same).is_some_and(|values| are_disjoint(own, values))
        })
    })
}

fn ends<'a>(at: &Pointer, schemas: &'a Schemas) -> Vec<&'a Schema> {
    parts(at, schemas, &mut vec![at.clone()]).unwrap_or_default()
}
