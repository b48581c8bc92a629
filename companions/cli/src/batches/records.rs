//! The records of a submission, and how they are split into batches.

use std::fs;

use lantern_operations::Operation;
use serde_json::Value;

use super::Session;
use crate::bulk::rows::csv_rows;
use crate::failure::Failure;
use crate::request::{Input, text_of};

/// The inputs of the batches that are needed for all records, with the number of records in each.
pub fn split(
    session: &Session<'_>,
    operation: &Operation,
    mut input: Input,
) -> Result<Vec<(Input, usize)>, Failure> {
    let batch = operation.batch.as_ref();
    let Some(member) = batch.and_then(|batch| batch.ids.as_deref()) else {
        return Ok(vec![(input, 0)]);
    };
    if let Some(file) = text_of(session.matches, "records") {
        let ids = read(&file, text_of(session.matches, "column").as_deref())?;
        put(&mut input, member, ids);
    }
    let ids = input.body.get(member).and_then(Value::as_array).cloned().unwrap_or_default();
    let most =
        batch.and_then(|batch| batch.at_most).map_or(usize::MAX, |most| most.max(1) as usize);
    if ids.len() <= most {
        return Ok(vec![(input, ids.len())]);
    }
    let parts = ids.chunks(most).map(|part| {
        let mut input = input.clone();
        put(&mut input, member, part.to_vec());
        (input, part.len())
    });
    Ok(parts.collect())
}

fn put(input: &mut Input, member: &str, ids: Vec<Value>) {
    crate::fields::put(&mut input.body, &[member.to_owned()], Value::Array(ids));
}

/// A record for each line of a file, or for each cell of a column.
fn read(file: &str, column: Option<&str>) -> Result<Vec<Value>, Failure> {
    let place = format!("--records {file}");
    let text = fs::read_to_string(file).map_err(|why| Failure::other(format!("{place}: {why}")))?;
    let ids: Vec<String> = match column.is_some() || file.ends_with(".csv") {
        true => cells(&text, column).map_err(|why| Failure::usage(format!("{place}: {why}")))?,
        false => text.lines().map(|line| line.trim().to_owned()).collect(),
    };
    let ids: Vec<Value> = ids.into_iter().filter(|id| !id.is_empty()).map(Value::from).collect();
    if ids.is_empty() {
        return Err(Failure::usage(format!("{place}: it has no records")));
    }
    Ok(ids)
}

fn cells(text: &str, column: Option<&str>) -> Result<Vec<String>, String> {
    let (columns, rows) = csv_rows(text)?;
    let place = match column {
        None => 0,
        Some(name) => columns.iter().position(|known| known == name).ok_or_else(|| {
            format!("there is no column `{name}`; there are {}", columns.join(", "))
        })?,
    };
    let cell = |cells: Vec<(String, Value)>| {
        cells.into_iter().nth(place).and_then(|(_, value)| value.as_str().map(str::to_owned))
    };
    Ok(rows.into_iter().filter_map(cell).collect())
}
