//! Time and memory of generating.

use super::super::goals::ratio_to;
use super::super::process::Run;
use super::super::results::{Generated, Measured, Runs, Stamp};
use super::super::statistics::median_of;
use super::super::tool::{PEERS, Tool};
use super::table::Table;

pub fn section(measured: &Measured<Generated>) -> String {
    let time = table(&measured.rows, |run| run.wall, |seconds| format!("{seconds:.2}"));
    let memory =
        table(&measured.rows, |run| run.peak as f64, |bytes| format!("{:.0}", bytes / 1e6));
    let user =
        table(&measured.rows, |run| run.user + run.system, |seconds| format!("{seconds:.2}"));
    format!(
        "## Generate a client\n\n{}\nSeconds on the clock; in brackets, ours / theirs:\n\n{time}\n\
         Seconds of all cores:\n\n{user}\nMegabytes of memory:\n\n{memory}",
        stamp(&measured.stamp)
    )
}

/// When and where it was measured.
pub fn stamp(stamp: &Stamp) -> String {
    format!(
        "Measured on {} at `{}` on {}, {} cores, {:.0} GB, {}, {}.\n",
        stamp.date,
        stamp.commit,
        stamp.processor,
        stamp.cores,
        stamp.memory as f64 / 1e9,
        stamp.system,
        stamp.rustc
    )
}

/// A row a description, the largest first.
fn table(rows: &[Generated], figure: fn(&Run) -> f64, show: fn(f64) -> String) -> Table<7> {
    let [one, two, three, four] = PEERS.map(Tool::name);
    let mut table = Table::new(["description", "MB", "ours", one, two, three, four]);
    let mut own: Vec<&Generated> =
        rows.iter().filter(|row| row.tool == Tool::LanternGenerator).collect();
    own.sort_by_key(|row| std::cmp::Reverse(row.bytes));
    for own in own {
        let same = rows.iter().filter(|row| row.description == own.description);
        let same = same.map(|row| (row.tool, &row.runs));
        let cell = |tool| cell(same.clone(), tool, figure, show);
        let [one, two, three, four] = PEERS.map(cell);
        let megabytes = format!("{:.1}", own.bytes as f64 / 1e6);
        let name = format!("`{}`", own.description);
        table.row([name, megabytes, cell(Tool::LanternGenerator), one, two, three, four]);
    }
    table
}

/// `1.10 (0.50)`: the median, and for others the ratio.
pub fn cell<'a>(
    rows: impl Iterator<Item = (Tool, &'a Runs)> + Clone,
    tool: Tool,
    figure: fn(&Run) -> f64,
    show: fn(f64) -> String,
) -> String {
    let Some((_, runs)) = rows.clone().find(|(found, _)| *found == tool) else {
        return "–".to_owned();
    };
    match runs.done().and_then(|runs| median_of(runs, figure)) {
        None => "refused".to_owned(),
        Some(median) => {
            match ratio_to(rows, tool, figure).filter(|_| tool != Tool::LanternGenerator) {
                Some(ratio) => format!("{} ({ratio:.2})", show(median)),
                None => show(median),
            }
        }
    }
}
