//! Hostile descriptions without end, each made again by its number.

use std::path::Path;

pub mod grammar;
pub mod mutation;
pub mod payloads;

/// The fixtures of which hostile descriptions are made by mutation.
pub fn seeds() -> Vec<String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = [fixtures.clone(), fixtures.join("refused")];
    let mut texts: Vec<String> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("fixtures"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| std::fs::read_to_string(path).expect("a fixture"))
        .collect();
    texts.sort();
    texts
}

/// The description of that number: every other one by the grammar, the rest by mutation.
pub fn description(number: u64, seeds: &[String]) -> String {
    let mut rng = fastrand::Rng::with_seed(number);
    match number % 2 {
        0 => grammar::description(&mut rng),
        _ => mutation::description(seeds, &mut rng),
    }
}
