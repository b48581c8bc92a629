//! "Did you mean": the name that somebody may have meant by another.

use strsim::damerau_levenshtein;

/// The candidate that is most like `name`, if one is like it at all.
///
/// As rustc has it: the same but for case, or no more than a third of the letters different.
/// `Usr` → `User`, `CUSTOMER` → `Customer`
#[must_use]
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let furthest = name.chars().count().max(3) / 3;
    let distances = candidates.into_iter().filter_map(|candidate| {
        let distance = match candidate.eq_ignore_ascii_case(name) {
            true => 0,
            false if candidate.len().abs_diff(name.len()) > name.len() => return None,
            false => damerau_levenshtein(name, candidate),
        };
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
        ];
        for (name, expected) in rules {
            assert_eq!(closest(name, names), expected, "{name}");
        }
    }
}
