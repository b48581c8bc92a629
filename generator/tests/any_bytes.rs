//! The stable twin of the fuzz target `description`: bytes by chance, and fixtures with bytes changed by chance.

use crate::fixture;

mod promise;

fn fixtures() -> Vec<Vec<u8>> {
    let paths = fixture::all("clients").into_iter();
    paths.map(|path| std::fs::read(path).expect("a fixture")).collect()
}

#[test]
fn bytes_by_chance_break_no_promise() {
    let mut rng = fastrand::Rng::with_seed(1);
    let syntax = b"{}[]:,-\"'#&*!|>%@`?\\ \n\t\r0a";
    for _ in 0..2_000 {
        let length = rng.usize(0..200);
        let bytes: Vec<u8> = (0..length)
            .map(|_| if rng.bool() { syntax[rng.usize(0..syntax.len())] } else { rng.u8(..) })
            .collect();
        promise::hold(String::from_utf8_lossy(&bytes).as_bytes());
    }
}

#[test]
fn fixtures_with_bytes_changed_by_chance_break_no_promise() {
    let fixtures = fixtures();
    let mut rng = fastrand::Rng::with_seed(2);
    for _ in 0..200 {
        let mut bytes = fixtures[rng.usize(0..fixtures.len())].clone();
        for _ in 0..rng.usize(1..8) {
            let at = rng.usize(0..bytes.len().max(1));
            match rng.u32(0..4) {
                0 => drop(bytes.splice(at..at, [rng.u8(..)])),
                1 => bytes.truncate(at),
                2 => drop(bytes.splice(at..bytes.len().min(at + rng.usize(0..20)), [])),
                _ => {
                    let piece: Vec<u8> =
                        bytes.iter().skip(at).take(rng.usize(0..60)).copied().collect();
                    bytes.extend(piece);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        promise::hold(String::from_utf8_lossy(&bytes).as_bytes());
    }
}
