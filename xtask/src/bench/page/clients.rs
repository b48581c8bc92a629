//! What it costs to compile clients.

use super::super::goals::of_the_same;
use super::super::results::{Compiled, Measured, Program};
use super::super::tool::Tool;
use super::generate::{cell, stamp};
use super::table::Table;

pub fn section(measured: &Measured<Compiled>) -> String {
    format!(
        "## Compile a client\n\n{}\nThe client alone with all of its features, what it depends on being compiled; \
         in brackets, ours / theirs:\n\n{}",
        stamp(&measured.stamp),
        table(&measured.rows)
    )
}

pub fn programs(measured: &Measured<Program>) -> String {
    let mut table = Table::new(["generator", "seconds", "MB of the file"]);
    let runs = measured.rows.iter().map(|row| (row.tool, &row.runs));
    for row in &measured.rows {
        let seconds =
            cell(runs.clone(), row.tool, |run| run.wall, |seconds| format!("{seconds:.1}"));
        let megabytes = row.bytes.map(|bytes| format!("{:.1}", bytes as f64 / 1e6));
        table.row([name(row.tool), seconds, megabytes.unwrap_or_else(|| "–".to_owned())]);
    }
    format!(
        "## A small program\n\n{}\nA program that prints how many credits are left, built by \
         `cargo build --release` without symbols. The seconds are those of the program alone, its client being \
         built:\n\n{table}",
        stamp(&measured.stamp)
    )
}

/// What a generator is called in a table.
fn name(tool: Tool) -> String {
    if tool == Tool::LanternGenerator { "ours" } else { tool.name() }.to_owned()
}

fn table(rows: &[Compiled]) -> Table<6> {
    let mut table = Table::new(["description", "command", "generator", "lines", "seconds", "MB"]);
    for row in rows {
        let same = of_the_same(row, rows);
        let seconds =
            cell(same.clone(), row.tool, |run| run.wall, |seconds| format!("{seconds:.1}"));
        let megabytes =
            cell(same, row.tool, |run| run.peak as f64, |bytes| format!("{:.0}", bytes / 1e6));
        let command = format!("`{}`", row.command.as_str());
        let (description, lines) = (format!("`{}`", row.description), row.lines.to_string());
        table.row([description, command, name(row.tool), lines, seconds, megabytes]);
    }
    table
}
