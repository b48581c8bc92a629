//! The rows of a file as requests. All are read before the first is sent, so that a fault in one costs nothing.

use std::fs;
use std::path::Path;

use clap::ArgMatches;
use lantern_operations::{Operation, Table};
use serde_json::{Map, Value};

use crate::Outgoing;
use crate::failure::Failure;
use crate::fields::Field;
use crate::request::Input;
use crate::values;

/// How many faults are shown.
const MOST_FAULTS: usize = 10;

/// A row and its request.
#[derive(Clone)]
pub struct Row {
    /// Its number; the first one is 1.
    pub number: i64,
    /// The values of its parameters.
    pub parameters: Map<String, Value>,
    /// Its request.
    pub request: Outgoing,
    /// The same as text, by which a later run knows it again.
    pub text: String,
}

/// The texts of a row by their columns.
type Cells = Vec<(String, Value)>;

/// Reads the rows of a file. Flags beside them are the same for all rows.
pub fn read(
    file: &Path,
    fields: &[Field],
    matches: &ArgMatches,
    table: &Table,
    operation: &'static Operation,
) -> Result<Vec<Row>, Failure> {
    let (columns, cells) = cells(file)?;
    let mapped = mapped(&columns, fields, matches)?;
    let common = Input::from_arguments(fields, matches)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (index, cells) in cells.iter().enumerate() {
        let number = index as i64 + 1;
        match request(cells, &mapped, &common, table, operation) {
            Ok((parameters, request)) => {
                rows.push(Row { number, parameters, text: request.text(), request });
            }
            Err(why) => faults.push(format!("row {number}: {}", why.message)),
        }
    }
    if faults.is_empty() {
        return Ok(rows);
    }
    let count = faults.len();
    faults.truncate(MOST_FAULTS);
    let shown = faults.join("\n  ");
    let (file, all) = (file.display(), cells.len());
    Err(Failure::usage(format!(
        "{file}: {count} of {all} rows cannot be sent; nothing was sent\n  {shown}"
    )))
}

fn request(
    cells: &Cells,
    mapped: &[(String, &Field)],
    common: &Input,
    table: &Table,
    operation: &'static Operation,
) -> Result<(Map<String, Value>, Outgoing), Failure> {
    let mut input = common.clone();
    for (column, field) in mapped {
        let cell = cells.iter().find(|(name, _)| name == column).map(|(_, value)| value);
        match cell {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.is_empty() => {}
            Some(Value::String(text)) => {
                let value = values::read(text, field.kind);
                let value = value.map_err(|why| Failure::usage(format!("{column}: {why}")))?;
                input.set(field, if field.many { Value::Array(vec![value]) } else { value });
            }
            Some(other) => input.set(field, other.clone()),
        }
    }
    let request = input.request(table, operation)?;
    Ok((input.parameters, request))
}

/// Which columns go to which fields: those that `--map` names, and those of the same name.
fn mapped<'a>(
    columns: &[String],
    fields: &'a [Field],
    matches: &ArgMatches,
) -> Result<Vec<(String, &'a Field)>, Failure> {
    let known = |name: &str| {
        fields.iter().find(|field| field.flag == name || field.name().eq_ignore_ascii_case(name))
    };
    let mut mapped: Vec<(String, &Field)> = Vec::new();
    for pair in matches.get_many::<String>("map").into_iter().flatten() {
        let (name, column) = pair
            .split_once('=')
            .ok_or_else(|| Failure::usage(format!("--map {pair}: it is written FIELD=COLUMN")))?;
        let field = known(name).ok_or_else(|| {
            Failure::usage(format!("--map {pair}: there is no field `{name}`; see --help"))
        })?;
        if !columns.iter().any(|known| known == column) {
            let columns = columns.join(", ");
            let message =
                format!("--map {pair}: there is no column `{column}`; there are {columns}");
            return Err(Failure::usage(message));
        }
        mapped.push((column.to_owned(), field));
    }
    for column in columns {
        let field =
            known(column).filter(|field| !mapped.iter().any(|(_, it)| it.flag == field.flag));
        mapped.extend(field.map(|field| (column.clone(), field)));
    }
    if mapped.is_empty() {
        let columns = columns.join(", ");
        let message =
            format!("no column is called like a field; use --map FIELD=COLUMN ({columns})");
        return Err(Failure::usage(message));
    }
    Ok(mapped)
}

fn cells(file: &Path) -> Result<(Vec<String>, Vec<Cells>), Failure> {
    let place = format!("--from {}", file.display());
    let text = fs::read_to_string(file).map_err(|why| Failure::other(format!("{place}: {why}")))?;
    let is_lines = file.extension().is_some_and(|it| it == "jsonl" || it == "ndjson");
    let rows = if is_lines { json_lines(&text) } else { csv_rows(&text) };
    rows.map_err(|why| Failure::usage(format!("{place}: {why}")))
}

/// The columns of a CSV file, and its rows.
pub fn csv_rows(text: &str) -> Result<(Vec<String>, Vec<Cells>), String> {
    // Excel writes a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> =
        reader.headers().map_err(|why| why.to_string())?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|why| why.to_string())?;
        let cells = columns.iter().zip(record.iter());
        rows.push(cells.map(|(name, cell)| (name.clone(), cell.into())).collect());
    }
    Ok((columns, rows))
}

fn json_lines(text: &str) -> Result<(Vec<String>, Vec<Cells>), String> {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let object: Map<String, Value> =
            serde_json::from_str(line).map_err(|why| format!("line {}: {why}", index + 1))?;
        for name in object.keys() {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        rows.push(object.into_iter().collect());
    }
    Ok((columns, rows))
}
