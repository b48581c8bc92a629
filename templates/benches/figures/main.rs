//! What a client costs beside the plain code that it stands for, as figures that
//! `cargo xtask bench` keeps: a line of JSON each.
//!
//! ```console
//! cargo bench -p templates --bench figures
//! ```

use peak_alloc::PeakAlloc;
use serde::Serialize;

mod csv_rows;
mod log_export;
mod queue;

/// Tells how much memory is in use. It costs all that is compared the same.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Something that was measured.
#[derive(Serialize)]
#[serde(tag = "figure", rename_all = "snake_case")]
enum Figure {
    /// A log export, beside types with serde's derives.
    LogExport { bytes: usize, seconds: f64, plain_seconds: f64, ratio: f64 },
    /// Rows of a batch, read one after the other.
    CsvRows { rows: usize, bytes: usize, seconds: f64, peak_bytes: usize },
    /// Calls that wait for their turn at once.
    Queue { calls: usize, seconds: f64 },
}

fn main() {
    let figures = log_export::figures().chain(csv_rows::figures()).chain(queue::figures());
    for figure in figures {
        println!("{}", serde_json::to_string(&figure).expect("JSON"));
    }
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// How long something takes in seconds, and what it returns.
fn timed<T>(act: impl FnOnce() -> T) -> (f64, T) {
    let began = std::time::Instant::now();
    let value = act();
    (began.elapsed().as_secs_f64(), value)
}
