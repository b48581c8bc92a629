//! "Did you mean": the name that somebody may have meant by another.

use strsim::damerau_levenshtein;

/// Nobody mistypes a longer name, and to compare texts takes time by the square of their length.
const LONGEST: usize = 200;

/// The candidate that is most like `name`, if one is like it at all.
///
/// As rustc has it: no more than a third of the letters different. Case does not count.
/// `Usr` → `User`, `CUSTOMER` → `Customer`
#[must_use]
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_lowercase();
    let furthest = name.chars().count().max(3) / 3;
    let distances = candidates.into_iter().filter_map(|candidate| {
        // A much longer one cannot be near, and to compare it would take long.
        let is_near = candidate.len() <= 2 * name.len() + 4;
        let distance = is_near.then(|| damerau_levenshtein(&name, &candidate.to_lowercase()))?;
        (distance <= furthest).then_some((distance, candidate))
    });
    distances.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn only_a_like_name_is_proposed() {
        let names = ["User", "Customer", "Order", "Orders"];
        let rules = [
            ("Usr", Some("User")),
            ("CUSTOMER", Some("Customer")),
            ("Costumer", Some("Customer")),
            ("Ordres", Some("Orders")),
            ("Invoice", None),
            ("", None),
            (&*"User".repeat(100_000), None),
        ];
        for (name, expected) in rules {
            assert_eq!(closest(name, names), expected, "{name}");
        }
    }
}
