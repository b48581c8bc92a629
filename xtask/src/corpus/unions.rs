//! Whether each value finds its variant of a union again.

use std::collections::BTreeSet;

use lantern_generator::analysis::variants::VariantValue;
use serde::{Deserialize, Serialize};

use super::fits::Judge;
use super::samples;

/// Values of variants that come out otherwise.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Confused {
    /// Pairs that a warning names: a value of one was read as the other.
    pub warned: BTreeSet<String>,
    /// How many values came out otherwise.
    pub count: usize,
    /// All others, with what became of them.
    pub lost: Vec<String>,
}

/// Values of variants, and who judges them.
pub struct Proof<'a> {
    pub values: Vec<&'a VariantValue>,
    pub judge: &'a Judge,
}

/// The values that follow the schema of their variant, as far as that can be told.
pub fn fitting<'a>(values: &'a [VariantValue], judge: &Judge) -> Vec<&'a VariantValue> {
    let fits = |value: &&VariantValue| {
        judge.fits(&value.example.schema, &value.example.value) != Some(false)
    };
    values.iter().filter(fits).collect()
}

impl Proof<'_> {
    /// What became of the values, by what the program printed of each.
    pub fn confused<'l>(
        &self,
        lines: impl Iterator<Item = &'l str>,
        warnings: &[String],
    ) -> Confused {
        let mut confused = Confused::default();
        for (value, line) in self.values.iter().zip(lines) {
            let Err(why) = self.judged(value, line) else { continue };
            confused.count += 1;
            let VariantValue { union, variant, .. } = value;
            match why {
                Why::ReadAs(other) if is_warned_of(variant, &other, warnings) => {
                    confused.warned.insert(format!("{union}: {variant}, {other}"));
                }
                why => {
                    confused.lost.push(format!("{union}::{variant} {why} {}", value.example.value))
                }
            }
        }
        confused
    }

    fn judged(&self, value: &VariantValue, line: &str) -> Result<(), Why> {
        let (name, written) = samples::printed(line).map_err(Why::NotRead)?;
        if name != value.variant {
            let is_same = samples::difference(&value.example.value, &written, "").is_none();
            return match is_same && self.is_of_narrower(value, name) {
                true => Ok(()),
                false => Err(Why::ReadAs(name.to_owned())),
            };
        }
        let example = &value.example;
        match samples::difference(&example.value, &written, "") {
            None => Ok(()),
            Some(place) => match self.judge.fits(&example.schema, &written) {
                Some(true) => Ok(()),
                _ => Err(Why::Changed(place)),
            },
        }
    }

    /// Whether a value belongs to another variant as well, whose values all belong to its own one, too: a list of strings
    /// is also a list of anything. Nothing is lost if it is read as the narrower type.
    fn is_of_narrower(&self, value: &VariantValue, other: &str) -> bool {
        let narrower: Vec<_> = self
            .values
            .iter()
            .filter(|one| one.union == value.union && one.variant == other)
            .map(|one| &one.example)
            .collect();
        let fits = |schema, value| self.judge.fits(schema, value) == Some(true);
        let example = &value.example;
        !narrower.is_empty()
            && narrower
                .iter()
                .all(|one| fits(&one.schema, &example.value) && fits(&example.schema, &one.value))
    }
}

/// What became of a value.
enum Why {
    NotRead(String),
    ReadAs(String),
    Changed(String),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotRead(why) => write!(f, "is not read ({why}):"),
            Self::ReadAs(other) => write!(f, "is read as {other}:"),
            Self::Changed(place) => write!(f, "is written otherwise ({place}):"),
        }
    }
}

/// Whether a warning names both variants.
fn is_warned_of(one: &str, other: &str, warnings: &[String]) -> bool {
    let names = |warning: &String, name: &str| warning.contains(&format!("`{name}`"));
    warnings.iter().any(|warning| names(warning, one) && names(warning, other))
}
