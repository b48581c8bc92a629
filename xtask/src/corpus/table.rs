//! The outcomes as a table, or as JSON.

use super::outcome::Outcome;

const HEAD: [&str; 12] = [
    "description",
    "generated",
    "compiled",
    "warnings",
    "operations",
    "examples",
    "read",
    "equal",
    "lines",
    "generate s",
    "check s",
    "check MB",
];

/// A table with a line for each description, and one for all of them.
pub fn table(outcomes: &[Outcome]) -> String {
    let mut rows: Vec<[String; 12]> = vec![HEAD.map(str::to_owned)];
    rows.extend(outcomes.iter().map(row));
    rows.push(row(&sum(outcomes)));
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |row: &[String; 12]| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    let lost = outcomes.iter().flat_map(|outcome| {
        outcome.lost.iter().map(move |lost| format!("{}: {lost}", outcome.name))
    });
    rows.iter().map(line).chain(lost).collect::<Vec<_>>().join("\n")
}

/// A JSON object a line.
pub fn lines(outcomes: &[Outcome]) -> String {
    let lines = outcomes.iter().filter_map(|outcome| serde_json::to_string(outcome).ok());
    lines.collect::<Vec<_>>().join("\n")
}

fn row(outcome: &Outcome) -> [String; 12] {
    let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    [
        outcome.name.clone(),
        word(outcome.generated),
        word(outcome.compiled),
        format!("{}+{}", outcome.warnings, outcome.compiler_warnings),
        format!("{}/{}", outcome.operations_out, outcome.operations_in),
        format!("{}/{}", outcome.fitting, outcome.examples),
        outcome.decoded.to_string(),
        outcome.equal.to_string(),
        outcome.lines.to_string(),
        format!("{:.1}", outcome.generate_seconds),
        format!("{:.1}", outcome.check_seconds),
        outcome.check_memory.map_or_else(|| "-".to_owned(), |kib| (kib / 1024).to_string()),
    ]
}

fn sum(outcomes: &[Outcome]) -> Outcome {
    let all = |of: fn(&Outcome) -> usize| outcomes.iter().map(of).sum();
    Outcome {
        name: format!("all {}", outcomes.len()),
        generated: outcomes.iter().all(|outcome| outcome.generated),
        compiled: outcomes.iter().all(|outcome| outcome.compiled),
        warnings: all(|outcome| outcome.warnings),
        compiler_warnings: all(|outcome| outcome.compiler_warnings),
        operations_in: all(|outcome| outcome.operations_in),
        operations_out: all(|outcome| outcome.operations_out),
        examples: all(|outcome| outcome.examples),
        fitting: all(|outcome| outcome.fitting),
        decoded: all(|outcome| outcome.decoded),
        equal: all(|outcome| outcome.equal),
        lines: all(|outcome| outcome.lines),
        generate_seconds: outcomes.iter().map(|outcome| outcome.generate_seconds).sum(),
        check_seconds: outcomes.iter().map(|outcome| outcome.check_seconds).sum(),
        // They are not all at work at once.
        check_memory: outcomes.iter().filter_map(|outcome| outcome.check_memory).max(),
        ..Outcome::default()
    }
}
