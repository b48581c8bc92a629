//! Calls over loopback HTTP, in turns with bare ones.

use crate::sides::{CALLERS, Side};
use crate::{Figure, median, seconds};

const TURNS: usize = 100;
/// Calls of a turn.
const CALLS: usize = 1_024;

pub fn figures() -> impl Iterator<Item = Figure> {
    CALLERS.into_iter().map(|callers| Figure::Throughput { callers, part_of_bare: ratio(callers) })
}

/// The bare time through the client's, of rounds in turns.
fn ratio(callers: usize) -> f64 {
    let (client, bare) = (Side::client(), Side::bare());
    let rounds = CALLS / callers;
    let ratios = (0..TURNS).map(|turn| {
        // Who comes second finds the server warm, so they take turns in that too.
        let (client, bare) = match turn % 2 {
            0 => (client.time(rounds, callers), bare.time(rounds, callers)),
            _ => {
                let bare = bare.time(rounds, callers);
                (client.time(rounds, callers), bare)
            }
        };
        seconds(bare) / seconds(client)
    });
    median(ratios.collect())
}
