//! Calls over loopback HTTP, in turns with bare ones, as figures that `cargo xtask bench` keeps: a line of JSON each.
//!
//! ```console
//! cargo bench -p templates-throughput --bench throughput
//! ```

use serde_json::json;

mod sides;

use sides::{CALLERS, Side};

const TURNS: usize = 100;
/// Calls of a turn.
const CALLS: usize = 1_024;

fn main() {
    for callers in CALLERS {
        let part_of_bare = ratio(callers);
        let figure =
            json!({"figure": "throughput", "callers": callers, "part_of_bare": part_of_bare});
        println!("{figure}");
    }
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
        bare.div_duration_f64(client)
    });
    median(ratios.collect())
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
