//! Whether a request is as described.

use lantern_operations::{Location, Operation, Parameter, Schema};
use serde_json::Value;

use super::problem::problems;
use super::{Incoming, Problem, Said, body, media_of, parameters};
use crate::schemas::Schemas;

/// Headers that are not parameters (OpenAPI 3.1.1, 4.8.12.2.1).
const NO_PARAMETERS: &[&str] = &["accept", "content-type", "authorization"];

/// As many problems are told.
const MOST_TOLD: usize = 50;

/// What a request says, or what is wrong with it.
pub async fn check(
    schemas: &Schemas,
    operation: &Operation,
    request: &Incoming,
) -> Result<Said, Vec<Problem>> {
    let mut said = Said::default();
    let mut found = Vec::new();
    for parameter in operation.parameters.iter().filter(|it| is_checked(it)) {
        match check_parameter(schemas, parameter, request) {
            Ok(Some(value)) => drop(said.parameters.insert(parameter.name.clone(), value)),
            Ok(None) => {}
            Err(problems) => found.extend(problems),
        }
    }
    match check_body(schemas, operation, request).await {
        Ok(value) => said.body = value,
        Err(problems) => found.extend(problems.into_iter().map(|problem| problem.within("body"))),
    }
    found.truncate(MOST_TOLD);
    if found.is_empty() { Ok(said) } else { Err(found) }
}

fn is_checked(parameter: &Parameter) -> bool {
    let name = parameter.name.to_ascii_lowercase();
    parameter.location != Location::Header || !NO_PARAMETERS.contains(&name.as_str())
}

fn check_parameter(
    schemas: &Schemas,
    parameter: &Parameter,
    request: &Incoming,
) -> Result<Option<Value>, Vec<Problem>> {
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let here = |problem: Problem| problem.within(parameter.name.as_str()).within(place);
    match parameters::read(schemas, parameter, request) {
        None if parameter.required => Err(vec![here(Problem::missing())]),
        None => Ok(None),
        Some(Err(problem)) => Err(vec![here(problem)]),
        Some(Ok(value)) => {
            let found = judge(schemas, &parameter.schema, &value);
            if found.is_empty() {
                Ok(Some(value))
            } else {
                Err(found.into_iter().map(here).collect())
            }
        }
    }
}

async fn check_body(
    schemas: &Schemas,
    operation: &Operation,
    request: &Incoming,
) -> Result<Option<Value>, Vec<Problem>> {
    let Some(described) = &operation.body else { return Ok(None) };
    let content_type = request.header("content-type");
    if body::is_absent(described, content_type.as_deref(), request) {
        return if described.required { Err(vec![Problem::missing()]) } else { Ok(None) };
    }
    let media = media_of(described, content_type.as_deref()).filter(|media| body::is_read(media));
    let Some(media) = media else { return Ok(None) };
    let value = body::read(schemas, media, request).await.map_err(|problem| vec![problem])?;
    let schema = media.schema.as_ref().filter(|it| media.is_json() || !body::has_files(Some(*it)));
    let found = schema.map_or_else(Vec::new, |schema| judge(schemas, schema, &value));
    if found.is_empty() { Ok(Some(value)) } else { Err(found) }
}

fn judge(schemas: &Schemas, schema: &Schema, value: &Value) -> Vec<Problem> {
    let Some(validator) = schemas.validator(schema) else { return Vec::new() };
    validator.iter_errors(value).take(MOST_TOLD).flat_map(|error| problems(&error)).collect()
}
