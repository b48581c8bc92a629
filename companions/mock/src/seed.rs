//! Numbers that are drawn by a seed, so that a run repeats.

use fastrand::Rng;

/// A generator for one matter: the same seed and the same words give the same numbers.
pub fn rng(seed: u64, words: &[&[u8]]) -> Rng {
    Rng::with_seed(mixed(seed, words))
}

/// FNV-1a over the seed and the words.
pub fn mixed(seed: u64, words: &[&[u8]]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let start = 0xcbf2_9ce4_8422_2325 ^ seed;
    // A byte that no UTF-8 has keeps words apart.
    let bytes = words.iter().flat_map(|word| word.iter().chain(&[0xff]));
    bytes.fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}
