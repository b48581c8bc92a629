//! How cost grows with the description.

use super::super::goals::exponent_of;
use super::super::results::{Grown, Measured};
use super::super::tool::{TOOLS, Tool};
use super::generate::{cell, stamp};
use super::table::Table;

pub fn section(measured: &Measured<Grown>, has_plot: bool) -> String {
    let plot = if has_plot {
        "![Time against the size of a description](performance.svg)\n\n"
    } else {
        ""
    };
    format!(
        "## Growth\n\n{plot}{}\nSeconds on the clock for one made description, so many times as large; in brackets, ours / \
         theirs:\n\n{}\nThe exponents of growth from 8 times on; 1 is linear:\n\n{}",
        stamp(&measured.stamp),
        times(&measured.rows),
        exponents(&measured.rows)
    )
}

fn times(rows: &[Grown]) -> Table<7> {
    let [one, two, three, four, five] = TOOLS.map(Tool::name);
    let mut table = Table::new(["times", "MB", one, two, three, four, five]);
    let own = rows.iter().filter(|row| row.tool == Tool::LanternGenerator);
    for own in own {
        let same = rows.iter().filter(|row| row.times == own.times);
        let same = same.map(|row| (row.tool, &row.runs));
        let [one, two, three, four, five] = TOOLS.map(|tool| {
            cell(same.clone(), tool, |run| run.wall, |seconds| format!("{seconds:.2}"))
        });
        let megabytes = format!("{:.2}", own.bytes as f64 / 1e6);
        table.row([format!("×{}", own.times), megabytes, one, two, three, four, five]);
    }
    table
}

fn exponents(rows: &[Grown]) -> Table<3> {
    let mut table = Table::new(["generator", "time", "memory"]);
    let shown = |found: Option<f64>| found.map_or("–".to_owned(), |found| format!("{found:.2}"));
    for tool in TOOLS {
        let time = exponent_of(rows, tool, |run| run.wall);
        let memory = exponent_of(rows, tool, |run| run.peak as f64);
        table.row([tool.name().to_owned(), shown(time), shown(memory)]);
    }
    table
}
