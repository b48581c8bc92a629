//! What became of a description.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::unions;

/// What became of a description.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CorpusReport {
    pub name: String,
    /// Whether a client came out.
    pub generated: bool,
    /// Whether cargo takes it.
    pub compiled: bool,
    /// What the generator warned of.
    pub warnings: usize,
    /// What the compiler warned of.
    pub compiler_warnings: usize,
    /// The operations of the description, and the methods of the client.
    pub operations_in: usize,
    pub operations_out: usize,
    /// The examples of the description, and those that follow their own schema.
    pub examples: usize,
    pub fitting: usize,
    /// Those of them that the client's types read, and that come out as they went in.
    pub decoded: usize,
    pub equal: usize,
    /// The unions of the client, their variants, and the values that were made of these and follow their schemas.
    pub unions: usize,
    pub variants: usize,
    pub variant_values: usize,
    /// Values of variants that come out otherwise.
    pub confused: unions::Confused,
    /// The lines of the client's sources.
    pub lines: usize,
    pub generate_seconds: f64,
    pub check_seconds: f64,
    /// The most memory in KiB that the compiler took for the client; `None` where the system does not tell.
    pub check_memory: Option<u64>,
    /// The first thing that went wrong.
    pub trouble: Option<String>,
    /// Examples that follow their schema and do not come through, with the reason.
    pub lost: Vec<String>,
}

impl CorpusReport {
    /// Whether the client is whole and compiles without a warning.
    fn is_good(&self) -> bool {
        self.compiled && self.compiler_warnings == 0 && self.operations_in == self.operations_out
    }
}

/// What is wrong with any of them, the worst first.
pub fn worst_fault(
    reports: &[CorpusReport],
    of_examples: bool,
    of_variants: bool,
) -> Option<&'static str> {
    if !reports.iter().all(CorpusReport::is_good) {
        return Some("not every description gave a whole client");
    }
    let lost = reports.iter().any(|report| !report.lost.is_empty());
    let confused = reports.iter().any(|report| !report.confused.lost.is_empty());
    let examples = (of_examples && lost).then_some("not every example came through");
    examples.or((of_variants && confused).then_some("not every value found its variant"))
}

impl fmt::Display for CorpusReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, operations_in, operations_out, fitting, decoded, equal, lines, .. } = self;
        match &self.trouble {
            Some(trouble) => write!(f, "{name}: {trouble}"),
            None => write!(
                f,
                "{name}: {operations_out} of {operations_in} operations, {decoded} of {fitting} examples read, \
                 {equal} equal, {lines} lines, checked in {:.0} s",
                self.check_seconds
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_count_where_they_are_asked_for() {
        let good = CorpusReport { compiled: true, ..CorpusReport::default() };
        let lossy = CorpusReport { lost: vec!["/a: why".to_owned()], ..good.clone() };
        let mut confused = good.clone();
        confused.confused.lost.push("a::B".to_owned());
        assert_eq!(worst_fault(&[confused.clone()], true, false), None);
        let expected = Some("not every value found its variant");
        assert_eq!(worst_fault(&[confused], false, true), expected);
        let table = [
            (vec![good.clone()], true, None),
            (vec![good.clone(), lossy.clone()], false, None),
            (vec![good, lossy.clone()], true, Some("not every example came through")),
            (
                vec![CorpusReport::default(), lossy],
                true,
                Some("not every description gave a whole client"),
            ),
        ];
        for (reports, of_examples, expected) in table {
            assert_eq!(worst_fault(&reports, of_examples, false), expected, "{reports:?}");
        }
    }
}
