//! The score by which a union selects the variant that fits a value best.

use std::cell::Cell;

/// How badly a value fits a type, the most important first. All are 0 for a value that fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misfit {
    /// Members whose value is listed for another variant of the union, and not for this one.
    pub telling: usize,
    /// Members without a field, at any depth. Null counts as absent.
    pub unnamed: usize,
    /// Unknown values of enums, and strings in the format of another type, at any depth.
    pub loose: usize,
}

thread_local! {
    /// How badly the value that [`counted`] reads fits so far. It is kept here because serde's traits cannot pass it on.
    static MISFIT: Cell<Misfit> = const { Cell::new(Misfit { telling: 0, unnamed: 0, loose: 0 }) };
}

/// Counts members without a field.
pub(super) fn count(members: usize) {
    count_misfit(Misfit { unnamed: members, ..Misfit::default() });
}

/// Counts an unknown value of an enum, or a string in the format of another type.
pub(crate) fn count_loose() {
    count_misfit(Misfit { loose: 1, ..Misfit::default() });
}

/// Adds the count of a value within the one that is read.
pub(super) fn count_misfit(within: Misfit) {
    let before = MISFIT.get();
    MISFIT.set(Misfit {
        telling: before.telling,
        unnamed: before.unnamed + within.unnamed,
        loose: before.loose + within.loose + within.telling,
    });
}

/// Reads a value, and returns how badly it fits.
pub(super) fn counted<T>(read: impl FnOnce() -> T) -> (T, Misfit) {
    let outside = MISFIT.replace(Misfit::default());
    let value = read();
    (value, MISFIT.replace(outside))
}
