//! Calls, and reading replies.

use super::super::results::{Figure, Measured};
use super::generate::stamp;
use super::table::Table;

pub fn section(measured: &Measured<Figure>) -> String {
    let mut table = Table::new(["what", "measured"]);
    for figure in &measured.rows {
        table.row(cells(figure));
    }
    format!("## Calls\n\n{}\n{table}", stamp(&measured.stamp))
}

fn cells(figure: &Figure) -> [String; 2] {
    match figure {
        Figure::Throughput { callers, part_of_bare } => [
            format!("calls over loopback HTTP, {callers} at once"),
            format!("{:.1} % of bare reqwest and serde_json", part_of_bare * 100.0),
        ],
        Figure::LogExport { bytes, seconds, plain_seconds, ratio } => [
            format!("decode {:.0} MB of a log export", *bytes as f64 / 1e6),
            format!(
                "{:.0} ms; types with serde's derives: {:.0} ms; ratio {ratio:.2}",
                seconds * 1e3,
                plain_seconds * 1e3
            ),
        ],
        Figure::CsvRows { rows, bytes, seconds, peak_bytes } => [
            format!(
                "read {rows} rows of a batch, {:.1} MB of CSV, one after the other",
                *bytes as f64 / 1e6
            ),
            format!(
                "{:.0} ms, {:.1} KB of memory beside the text",
                seconds * 1e3,
                *peak_bytes as f64 / 1e3
            ),
        ],
        Figure::Queue { calls, seconds } => [
            format!("{calls} calls that wait for their turn at once"),
            format!("{:.0} ms, {:.1} µs a call", seconds * 1e3, seconds * 1e6 / *calls as f64),
        ],
    }
}
