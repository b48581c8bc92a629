//! What the project wants to reach, and whether it does.

use super::process::Run;
use super::results::{Cargo, Compiled, Figure, Generated, Grown, Results, Runs};
use super::statistics::{exponent, median_of, ratio};
use super::tool::{PEERS, Tool};

/// A bound, and what was measured.
#[derive(Debug, PartialEq)]
pub struct Goal {
    pub what: String,
    pub bound: Bound,
    pub measured: f64,
}

/// What is good enough.
#[derive(Debug, PartialEq)]
pub enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    fn at_most(what: impl Into<String>, most: f64, measured: f64) -> Self {
        Self { what: what.into(), bound: Bound::AtMost(most), measured }
    }

    pub fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost(most) => self.measured <= most,
            Bound::AtLeast(least) => self.measured >= least,
        }
    }
}

/// All goals for which something was measured.
pub fn goals(results: &Results) -> Vec<Goal> {
    let mut goals = Vec::new();
    if let Some(measured) = &results.generate {
        goals.extend(largest(&measured.rows));
        goals.extend(slowest(&measured.rows));
    }
    if let Some(measured) = &results.growth {
        goals.extend(growth(&measured.rows));
    }
    if let Some(measured) = &results.compile {
        goals.extend(compiling(&measured.rows));
    }
    if let Some(measured) = &results.figures {
        goals.extend(calls(&measured.rows));
    }
    goals
}

fn wall(run: &Run) -> f64 {
    run.wall
}

fn peak(run: &Run) -> f64 {
    run.peak as f64
}

/// The largest description, beside `oas3-gen`.
fn largest(rows: &[Generated]) -> Option<Goal> {
    let largest = rows.iter().max_by_key(|row| row.bytes)?;
    let rows = rows.iter().filter(|row| row.description == largest.description);
    let found = ratio_to(rows.map(|row| (row.tool, &row.runs)), Tool::Oas3Gen, wall)?;
    let what = format!("time of `{}`, ours / oas3-gen", largest.description);
    Some(Goal::at_most(what, 0.5, found))
}

/// The description and the other generator beside which ours is slowest.
fn slowest(rows: &[Generated]) -> Option<Goal> {
    let ratios = PEERS.into_iter().flat_map(|peer| {
        let own = rows.iter().filter(|row| row.tool == Tool::LanternGenerator);
        own.filter_map(move |own| {
            let same = rows.iter().filter(|row| row.description == own.description);
            let found = ratio_to(same.map(|row| (row.tool, &row.runs)), peer, wall)?;
            Some((format!("`{}`, ours / {}", own.description, peer.name()), found))
        })
    });
    let (place, most) = ratios.max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    Some(Goal::at_most(format!("time, the worst of all ({place})"), 1.0, most))
}

/// Ours beside another generator's.
pub fn ratio_to<'a>(
    rows: impl Iterator<Item = (Tool, &'a Runs)> + Clone,
    peer: Tool,
    figure: fn(&Run) -> f64,
) -> Option<f64> {
    let runs = |wanted| rows.clone().find(|(tool, _)| *tool == wanted)?.1.done();
    ratio(runs(Tool::LanternGenerator)?, runs(peer)?, figure)
}

fn growth(rows: &[Grown]) -> Vec<Goal> {
    let time = exponent_of(rows, Tool::LanternGenerator, wall);
    let memory = exponent_of(rows, Tool::LanternGenerator, peak);
    let goal = |what, found: Option<f64>| Some(Goal::at_most(what, 1.05, found?));
    let goals =
        [goal("growth of time, exponent", time), goal("growth of memory, exponent", memory)];
    goals.into_iter().flatten().collect()
}

/// How fast a figure of a generator grows with the size of the description. Small sizes are left out, because what a
/// process costs before it has read anything would make the growth look slower.
pub fn exponent_of(rows: &[Grown], tool: Tool, figure: fn(&Run) -> f64) -> Option<f64> {
    const LEAST: usize = 8;
    let rows = rows.iter().filter(|row| row.tool == tool && row.times >= LEAST);
    let points =
        rows.filter_map(|row| Some((row.bytes as f64, median_of(row.runs.done()?, figure)?)));
    exponent(&points.collect::<Vec<_>>())
}

fn compiling(rows: &[Compiled]) -> Vec<Goal> {
    let own = rows.iter().filter(|row| row.tool == Tool::LanternGenerator);
    let mut goals: Vec<Goal> =
        own.clone().filter_map(|own| slowest_to_compile(own, rows)).collect();
    let checked = own.filter(|own| own.command == Cargo::Check);
    if let Some(largest) = checked.max_by_key(|own| own.lines) {
        let goal = |what: &str, figure| {
            let found = ratio_to(of_the_same(largest, rows), Tool::OpenapiToRust, figure)?;
            let what = format!(
                "{what} of `cargo check` of `{}`, ours / openapi-to-rust",
                largest.description
            );
            Some(Goal::at_most(what, 0.1, found))
        };
        goals.extend([goal("time", wall), goal("memory", peak)].into_iter().flatten());
    }
    goals
}

/// The other generator beside which compiling a client of ours is slowest.
fn slowest_to_compile(own: &Compiled, rows: &[Compiled]) -> Option<Goal> {
    let ratio = |peer: Tool| Some((peer, ratio_to(of_the_same(own, rows), peer, wall)?));
    let ratios = PEERS.into_iter().filter_map(ratio);
    let (peer, most) = ratios.max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    let (command, description) = (own.command.as_str(), &own.description);
    let what = format!("time of `{command}` of `{description}`, ours / {}", peer.name());
    Some(Goal::at_most(what, 1.0, most))
}

/// The same command for the clients of one description.
pub fn of_the_same<'a>(
    own: &Compiled,
    rows: &'a [Compiled],
) -> impl Iterator<Item = (Tool, &'a Runs)> + Clone {
    let is_same =
        |row: &&Compiled| row.description == own.description && row.command == own.command;
    rows.iter().filter(is_same).map(|row| (row.tool, &row.runs))
}

fn calls(figures: &[Figure]) -> Vec<Goal> {
    let mut goals: Vec<Goal> = figures.iter().filter_map(goal_of).collect();
    let waiting = figures.iter().filter_map(|figure| match figure {
        Figure::Queue { calls, seconds } => Some((*calls as f64, *seconds)),
        _ => None,
    });
    if let Some(found) = exponent(&waiting.collect::<Vec<_>>()) {
        goals.push(Goal::at_most("growth of the queue's cost, exponent", 1.2, found));
    }
    goals
}

fn goal_of(figure: &Figure) -> Option<Goal> {
    const MEBIBYTE: f64 = (1 << 20) as f64;
    match figure {
        Figure::Throughput { callers, part_of_bare } => Some(Goal {
            what: format!("throughput of {callers} callers, ours / bare reqwest and serde_json"),
            bound: Bound::AtLeast(0.98),
            measured: *part_of_bare,
        }),
        Figure::LogExport { ratio, .. } => Some(Goal::at_most(
            "time of decoding a log export, ours / serde's derives",
            1.05,
            *ratio,
        )),
        Figure::CsvRows { rows, peak_bytes, .. } => {
            let what = format!("MiB of memory to read {rows} rows of CSV, beside the text");
            Some(Goal::at_most(what, 1.0, *peak_bytes as f64 / MEBIBYTE))
        }
        Figure::Queue { .. } => None,
    }
}
