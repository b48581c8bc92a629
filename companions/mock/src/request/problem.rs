//! What is wrong with a request, in the words of FastAPI.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::{Value, json};

/// What is wrong with a part of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where it is: `["body", "ids", 0]`.
    pub loc: Vec<Value>,
    /// What is wrong.
    pub msg: String,
    /// A word for it: `missing`.
    pub kind: &'static str,
    /// What was sent.
    pub input: Box<Value>,
}

impl Problem {
    pub fn new(kind: &'static str, msg: impl Into<String>, input: Value) -> Self {
        Self { loc: Vec::new(), msg: msg.into(), kind, input: Box::new(input) }
    }

    pub fn missing() -> Self {
        Self::new("missing", "Field required", Value::Null)
    }

    /// The same, within something.
    pub fn within(mut self, outer: impl Into<Value>) -> Self {
        self.loc.insert(0, outer.into());
        self
    }

    /// As FastAPI writes it.
    pub fn to_json(&self) -> Value {
        json!({ "loc": self.loc, "msg": self.msg, "type": self.kind, "input": self.input })
    }

    /// As a line.
    pub fn to_line(&self) -> String {
        let parts =
            self.loc.iter().map(|part| part.as_str().map_or(part.to_string(), str::to_owned));
        format!("{}: {}", parts.collect::<Vec<_>>().join("."), self.msg)
    }
}

/// What a validator found.
pub fn problems(error: &ValidationError<'_>) -> Vec<Problem> {
    let at: Vec<Value> = error.instance_path().iter().map(|segment| part(&segment)).collect();
    let one = |kind: &'static str, msg: String| {
        vec![Problem {
            loc: at.clone(),
            ..Problem::new(kind, msg, error.instance().as_ref().clone())
        }]
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let loc = at.iter().cloned().chain([property.clone()]).collect();
            vec![Problem { loc, ..Problem::missing() }]
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let extra = |name: &String| Problem {
                loc: at.iter().cloned().chain([name.as_str().into()]).collect(),
                ..Problem::new(
                    "extra_forbidden",
                    "Extra inputs are not permitted",
                    error.instance()[name].clone(),
                )
            };
            unexpected.iter().map(extra).collect()
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            in_branches(&at, context).unwrap_or_else(|| {
                one("union_error", "Input should be one of the allowed forms".to_owned())
            })
        }
        other => {
            let (kind, msg) = worded(other, error);
            one(kind, msg)
        }
    }
}

/// The problems of the branch that is meant: the one that is not null, or the one whose type is right.
fn in_branches(at: &[Value], context: &[Vec<ValidationError<'static>>]) -> Option<Vec<Problem>> {
    let is_here = |error: &ValidationError<'_>| error.instance_path().iter().count() == at.len();
    let is_null = |error: &ValidationError<'_>| {
        let kind = error.kind();
        is_here(error)
            && matches!(kind, ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Null) })
    };
    let has_type = |branch: &&Vec<ValidationError<'static>>| {
        !branch
            .iter()
            .any(|error| is_here(error) && matches!(error.kind(), ValidationErrorKind::Type { .. }))
    };
    let meant: Vec<_> = context.iter().filter(|branch| !branch.iter().any(is_null)).collect();
    let branch = match meant.as_slice() {
        [only] => Some(*only),
        several => several.iter().copied().find(has_type),
    };
    branch.map(|branch| branch.iter().flat_map(problems).collect())
}

fn part(segment: &LocationSegment<'_>) -> Value {
    match segment {
        LocationSegment::Property(name) => name.as_ref().into(),
        LocationSegment::Index(index) => (*index).into(),
    }
}

fn worded(kind: &ValidationErrorKind, error: &ValidationError<'_>) -> (&'static str, String) {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Type { kind } => typed(kind),
        Kind::Minimum { limit } => {
            ("greater_than_equal", format!("Input should be greater than or equal to {limit}"))
        }
        Kind::Maximum { limit } => {
            ("less_than_equal", format!("Input should be less than or equal to {limit}"))
        }
        Kind::ExclusiveMinimum { limit } => {
            ("greater_than", format!("Input should be greater than {limit}"))
        }
        Kind::ExclusiveMaximum { limit } => {
            ("less_than", format!("Input should be less than {limit}"))
        }
        Kind::MultipleOf { multiple_of } => {
            ("multiple_of", format!("Input should be a multiple of {multiple_of}"))
        }
        Kind::MinLength { limit } => {
            ("string_too_short", format!("String should have at least {limit} characters"))
        }
        Kind::MaxLength { limit } => {
            ("string_too_long", format!("String should have at most {limit} characters"))
        }
        Kind::MinItems { limit } => {
            ("too_short", format!("List should have at least {limit} items after validation"))
        }
        Kind::MaxItems { limit } => {
            ("too_long", format!("List should have at most {limit} items after validation"))
        }
        Kind::Pattern { pattern } => {
            ("string_pattern_mismatch", format!("String should match pattern '{pattern}'"))
        }
        Kind::Enum { options } => ("enum", format!("Input should be one of {options}")),
        Kind::Constant { expected_value } => {
            ("literal_error", format!("Input should be {expected_value}"))
        }
        Kind::Format { format } => formatted(format),
        _ => ("value_error", error.to_string()),
    }
}

fn typed(kind: &TypeKind) -> (&'static str, String) {
    let types: Vec<JsonType> = match kind {
        TypeKind::Single(one) => vec![*one],
        TypeKind::Multiple(several) => several.iter().collect(),
    };
    let first = types.into_iter().find(|one| *one != JsonType::Null);
    let (kind, what) = match first {
        Some(JsonType::String) => ("string_type", "string"),
        Some(JsonType::Integer) => ("int_type", "integer"),
        Some(JsonType::Number) => ("float_type", "number"),
        Some(JsonType::Boolean) => ("bool_type", "boolean"),
        Some(JsonType::Array) => ("list_type", "list"),
        Some(JsonType::Object) => ("model_attributes_type", "dictionary"),
        _ => return ("none_required", "Input should be None".to_owned()),
    };
    (kind, format!("Input should be a valid {what}"))
}

fn formatted(format: &str) -> (&'static str, String) {
    let kind = match format {
        "date-time" => "datetime_parsing",
        "date" => "date_parsing",
        "time" => "time_parsing",
        "uuid" => "uuid_parsing",
        "uri" => "url_parsing",
        _ => "value_error",
    };
    (kind, format!("Input should be a valid {format}"))
}
