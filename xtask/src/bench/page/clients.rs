//! What it costs to compile clients.

use super::super::results::{Cargo, Compiled, Measured};
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

fn table(rows: &[Compiled]) -> Table<6> {
    let mut table = Table::new(["description", "command", "generator", "lines", "seconds", "MB"]);
    for row in rows {
        let same = rows
            .iter()
            .filter(|other| other.description == row.description && other.command == row.command);
        let same = same.map(|row| (row.tool, &row.runs));
        let seconds =
            cell(same.clone(), row.tool, |run| run.wall, |seconds| format!("{seconds:.1}"));
        let megabytes =
            cell(same, row.tool, |run| run.peak as f64, |bytes| format!("{:.0}", bytes / 1e6));
        let command = match row.command {
            Cargo::Check => "`cargo check`",
            Cargo::Release => "`cargo build --release`",
        };
        let (description, lines) = (format!("`{}`", row.description), row.lines.to_string());
        let tool = if row.tool == Tool::LanternGenerator { "ours" } else { row.tool.name() };
        table.row([description, command.to_owned(), tool.to_owned(), lines, seconds, megabytes]);
    }
    table
}
