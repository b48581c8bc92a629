//! What became of a description.

use std::fmt;

use serde::{Deserialize, Serialize};

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
pub fn worst_fault(reports: &[CorpusReport], of_examples: bool) -> Option<&'static str> {
    if !reports.iter().all(CorpusReport::is_good) {
        return Some("not every description gave a whole client");
    }
    let lost = reports.iter().any(|report| !report.lost.is_empty());
    (of_examples && lost).then_some("not every example came through")
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
            assert_eq!(worst_fault(&reports, of_examples), expected, "{reports:?}");
        }
    }
}
