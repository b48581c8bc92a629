//! The page, made of rows.

use std::path::{Path, PathBuf};

use lantern_generator::cli::Failure;

use super::goals::{self, Bound, Goal};
use super::plot;
use super::results::Results;
use super::tool::{PEERS, Tool};
use crate::files::put;

mod calls;
mod clients;
mod generate;
mod growth;
mod table;

use table::Table;

/// What people say of the figures, above all where a goal is not met.
const NOTES: &str = include_str!("notes.md");

/// Writes the page and its plot into a folder, and returns where the page is.
pub fn write(results: &Results, folder: &Path) -> Result<PathBuf, Failure> {
    let plot = plot::draw(results);
    if let Some(svg) = &plot {
        put(&folder.join("performance.svg"), svg)?;
    }
    let page = folder.join("performance.md");
    put(&page, &text(results, plot.is_some()))?;
    Ok(page)
}

fn text(results: &Results, has_plot: bool) -> String {
    let mut sections = vec![HEAD.to_owned(), goals_section(&goals::goals(results))];
    sections.extend(results.generate.as_ref().map(generate::section));
    sections.extend(results.growth.as_ref().map(|measured| growth::section(measured, has_plot)));
    sections.extend(results.compile.as_ref().map(clients::section));
    sections.extend(results.programs.as_ref().map(clients::programs));
    sections.extend(results.figures.as_ref().map(calls::section));
    sections.push(repeat());
    sections.join("\n")
}

const HEAD: &str = "\
# Performance

`cargo xtask bench` measures the generator and its clients beside other generators, and writes this page. A figure is
the median of several runs of a whole process; a ratio is the median of the ratios of each turn, in which all generators
run one after the other. A ratio below 1 means that ours takes less.
";

fn goals_section(goals: &[Goal]) -> String {
    let mut table = Table::new(["goal", "bound", "measured", "met"]);
    for goal in goals {
        let bound = match goal.bound {
            Bound::AtMost(most) => format!("≤ {most}"),
            Bound::AtLeast(least) => format!("≥ {least}"),
        };
        let met = if goal.is_met() { "yes" } else { "**no**" };
        table.row([goal.what.clone(), bound, format!("{:.2}", goal.measured), met.to_owned()]);
    }
    let notes = if NOTES.trim().is_empty() { String::new() } else { format!("\n{NOTES}") };
    format!("## Goals\n\n{table}{notes}")
}

fn repeat() -> String {
    let mut versions = Table::new(["generator", "package on crates.io", "version"]);
    for (tool, (package, version)) in
        PEERS.into_iter().filter_map(|tool: Tool| Some((tool, tool.package()?)))
    {
        versions.row([tool.name().to_owned(), format!("`{package}`"), version.to_owned()]);
    }
    format!("{REPEAT}\n{versions}")
}

const REPEAT: &str = "\
## Repeat it

```console
cargo xtask bench FOLDER-OF-DESCRIPTIONS
cargo xtask bench FOLDER-OF-DESCRIPTIONS --check NAME    # compile clients of more descriptions
cargo xtask bench FOLDER-OF-DESCRIPTIONS --part calls    # measure one part again
```

The first run installs the other generators below `target/bench`, which takes some minutes; `--scratch` names another
folder. Memory is the highest resident size of one process, on Linux never less than that of the program that measures.
The descriptions of other vendors are not part of this project.
";

#[cfg(test)]
mod tests {
    use super::super::process::Run;
    use super::super::results::{Figure, Generated, Grown, Program, Runs, Stamp};
    use super::*;

    fn stamp() -> Stamp {
        Stamp {
            date: "2026-01-01".into(),
            commit: "abc".into(),
            processor: "A processor".into(),
            cores: 2,
            memory: 8 << 30,
            system: "linux".into(),
            rustc: "rustc 1.95.0".into(),
        }
    }

    fn done(walls: &[f64]) -> Runs {
        let run = |&wall: &f64| Run { wall, user: wall, system: 0.0, peak: 10 << 20 };
        Runs::Done(walls.iter().map(run).collect())
    }

    fn program(tool: Tool, runs: Runs, bytes: Option<u64>) -> Program {
        Program { tool, runs, bytes }
    }

    fn results() -> Results {
        let generated =
            |tool, runs| Generated { description: "shop".into(), bytes: 2_000_000, tool, runs };
        let rows = vec![
            generated(Tool::LanternGenerator, done(&[1.0, 1.2, 1.1])),
            generated(Tool::Oas3Gen, done(&[2.0, 2.4, 2.2])),
            generated(Tool::Progenitor, Runs::Refused("error: no".into())),
        ];
        let grown = |times: usize| Grown {
            times,
            bytes: times as u64 * 1_000,
            tool: Tool::LanternGenerator,
            runs: done(&[times as f64 * 0.01]),
        };
        let figures = vec![Figure::Throughput { callers: 16, part_of_bare: 0.97 }];
        Results {
            generate: stamp().on(rows),
            growth: stamp().on([8, 16, 32].map(grown).into()),
            compile: None,
            programs: stamp().on(vec![
                program(Tool::LanternGenerator, done(&[4.0]), Some(7_200_000)),
                program(Tool::Ploidy, done(&[8.0]), Some(6_500_000)),
                program(Tool::Oas3Gen, Runs::Refused("error: no".into()), None),
            ]),
            figures: stamp().on(figures),
        }
    }

    #[test]
    fn the_page_shows_medians_ratios_refusals_and_goals() {
        let page = text(&results(), true);
        for part in [
            "| `shop` | 2.0 | 1.10 | 2.20 (0.50) |",
            "refused",
            "| ours | 4.0 | 7.2 |",
            "| ploidy | 8.0 (0.50) | 6.5 |",
            "| oas3-gen | refused | – |",
            "| time of `shop`, ours / oas3-gen | ≤ 0.5 | 0.50 | yes |",
            "| growth of time, exponent | ≤ 1.05 | 1.00 | yes |",
            "≥ 0.98 | 0.97 | **no** |",
            "2026-01-01",
            "`cargo-progenitor`",
        ] {
            assert!(page.contains(part), "{part} is missing in\n{page}");
        }
    }

    #[test]
    fn the_page_of_kept_results_is_the_same() {
        let kept = serde_json::to_string(&results()).expect("JSON");
        let read: Results = serde_json::from_str(&kept).expect("results");
        assert_eq!(text(&read, true), text(&results(), true));
    }

    #[test]
    fn the_plot_is_drawn_of_growth_and_descriptions() {
        let svg = plot::draw(&results()).expect("a plot");
        assert!(svg.starts_with("<svg") && svg.contains("lantern-generator"), "{svg}");
        assert_eq!(plot::draw(&Results::default()), None);
    }
}
