//! CSV.

use lantern_operations::{cell, columns};
use serde_json::Value;

/// Lines of cells as CSV.
pub fn csv(lines: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        // Writing to memory does not fail.
        let _ = writer.write_record(line);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A list of objects as CSV, with a column for each member.
pub fn csv_of(rows: &Value) -> String {
    let rows: Vec<&Value> = rows.as_array().into_iter().flatten().collect();
    let columns = columns(&rows);
    let header = columns.iter().map(|name| (*name).to_owned()).collect();
    let line = |row: &&Value| columns.iter().map(|name| cell(row.get(*name))).collect();
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows.iter().map(line)).collect();
    csv(&lines)
}
