//! Hostile descriptions without end, each made again by its number.

pub mod grammar;
pub mod mutation;
pub mod payloads;

use crate::fixture;

/// The fixtures of which hostile descriptions are made by mutation.
pub fn seeds() -> Vec<String> {
    let paths = fixture::all("clients").into_iter().chain(fixture::all("refused"));
    paths.map(|path| std::fs::read_to_string(path).expect("a fixture")).collect()
}

/// The description of that number: every other one by the grammar, the rest by mutation.
pub fn description(number: u64, seeds: &[String]) -> String {
    let mut rng = fastrand::Rng::with_seed(number);
    match number % 2 {
        0 => grammar::description(&mut rng),
        _ => mutation::description(seeds, &mut rng),
    }
}
