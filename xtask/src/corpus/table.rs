//! The reports as a table, or as JSON.

use super::report::CorpusReport;
use super::unions;

const HEAD: [&str; 14] = [
    "description",
    "generated",
    "compiled",
    "warnings",
    "operations",
    "examples",
    "read",
    "equal",
    "unions",
    "variants",
    "lines",
    "generate s",
    "check s",
    "check MB",
];

/// A table with a line for each description, and one for all of them.
pub fn table(reports: &[CorpusReport]) -> String {
    let mut rows: Vec<[String; 14]> = vec![HEAD.map(str::to_owned)];
    rows.extend(reports.iter().map(row));
    rows.push(row(&sum(reports)));
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |row: &[String; 14]| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    let lost = reports
        .iter()
        .flat_map(|report| report.lost.iter().map(move |lost| format!("{}: {lost}", report.name)));
    let confused = reports.iter().flat_map(|report| {
        report.confused.lost.iter().map(move |lost| format!("{}: {lost}", report.name))
    });
    rows.iter().map(line).chain(lost).chain(confused).collect::<Vec<_>>().join("\n")
}

/// A JSON object a line.
pub fn lines(reports: &[CorpusReport]) -> String {
    let lines = reports.iter().filter_map(|report| serde_json::to_string(report).ok());
    lines.collect::<Vec<_>>().join("\n")
}

fn row(report: &CorpusReport) -> [String; 14] {
    let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    [
        report.name.clone(),
        word(report.generated),
        word(report.compiled),
        format!("{}+{}", report.warnings, report.compiler_warnings),
        format!("{}/{}", report.operations_out, report.operations_in),
        format!("{}/{}", report.fitting, report.examples),
        report.decoded.to_string(),
        report.equal.to_string(),
        report.unions.to_string(),
        // Those that come back as the same variant.
        format!("{}/{}", report.variant_values - report.confused.count, report.variant_values),
        report.lines.to_string(),
        format!("{:.1}", report.generate_seconds),
        format!("{:.1}", report.check_seconds),
        report.check_memory.map_or_else(|| "-".to_owned(), |kib| (kib / 1024).to_string()),
    ]
}

fn sum(reports: &[CorpusReport]) -> CorpusReport {
    let all = |of: fn(&CorpusReport) -> usize| reports.iter().map(of).sum();
    CorpusReport {
        name: format!("all {}", reports.len()),
        generated: reports.iter().all(|report| report.generated),
        compiled: reports.iter().all(|report| report.compiled),
        warnings: all(|report| report.warnings),
        compiler_warnings: all(|report| report.compiler_warnings),
        operations_in: all(|report| report.operations_in),
        operations_out: all(|report| report.operations_out),
        examples: all(|report| report.examples),
        fitting: all(|report| report.fitting),
        decoded: all(|report| report.decoded),
        equal: all(|report| report.equal),
        unions: all(|report| report.unions),
        variant_values: all(|report| report.variant_values),
        confused: unions::Confused {
            count: all(|report| report.confused.count),
            ..unions::Confused::default()
        },
        lines: all(|report| report.lines),
        generate_seconds: reports.iter().map(|report| report.generate_seconds).sum(),
        check_seconds: reports.iter().map(|report| report.check_seconds).sum(),
        // They are not all at work at once.
        check_memory: reports.iter().filter_map(|report| report.check_memory).max(),
        ..CorpusReport::default()
    }
}
