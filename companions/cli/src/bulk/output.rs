//! The output of a run: a line of JSON for each row that was sent, in the order of the rows.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::ledger::Ledger;
use crate::failure::Failure;

/// Writes what the ledger knows. The file is whole at any moment.
pub fn write(out: &Path, ledger: &dyn Ledger) -> Result<(), Failure> {
    let fault = |why: std::io::Error| Failure::other(format!("{}: {why}", out.display()));
    let lines = ledger.results()?.into_iter().map(|(number, state, reply)| {
        let reply = reply.map(|text| serde_json::from_str(&text).unwrap_or(Value::String(text)));
        let name = if state == "answered" { "reply" } else { "error" };
        format!("{}\n", json!({ "row": number, "state": state, name: reply }))
    });
    let text: String = lines.collect();
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    fs::write(&name, text).map_err(fault)?;
    fs::rename(&name, out).map_err(fault)
}
