//! What became of a description.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What became of a description.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
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

impl Outcome {
    /// Whether the client is whole and compiles without a warning.
    fn is_good(&self) -> bool {
        self.compiled && self.compiler_warnings == 0 && self.operations_in == self.operations_out
    }
}

/// What is wrong with any of them, the worst first.
pub fn worst_fault(outcomes: &[Outcome], of_examples: bool) -> Option<&'static str> {
    if !outcomes.iter().all(Outcome::is_good) {
        return Some("not every description gave a whole client");
    }
    let lost = outcomes.iter().any(|outcome| !outcome.lost.is_empty());
    (of_examples && lost).then_some("not every example came through")
}

impl fmt::Display for Outcome {
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
        let good = Outcome { compiled: true, ..Outcome::default() };
        let lossy = Outcome { lost: vec!["/a: why".to_owned()], ..good.clone() };
        let table = [
            (vec![good.clone()], true, None),
            (vec![good.clone(), lossy.clone()], false, None),
            (vec![good, lossy.clone()], true, Some("not every example came through")),
            (
                vec![Outcome::default(), lossy],
                true,
                Some("not every description gave a whole client"),
            ),
        ];
        for (outcomes, of_examples, expected) in table {
            assert_eq!(worst_fault(&outcomes, of_examples), expected, "{outcomes:?}");
        }
    }
}
