//! What the client costs beside bare reqwest and serde_json: the same requests over loopback HTTP
//! to the same server, one after the other.
//!
//! ```console
//! cargo bench -p templates-throughput --bench cost
//! ```
//!
//! Divan prints times and allocations; with one caller they are those of a single call. The bench
//! `throughput` compares both in turns, so that whatever else the machine does falls on both.

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};

mod sides;

use sides::{CALLERS, Side};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = CALLERS)]
fn client(bencher: Bencher, callers: usize) {
    let side = Side::client();
    bencher.counter(ItemsCount::new(callers)).bench_local(|| side.round(callers));
}

#[divan::bench(args = CALLERS)]
fn bare(bencher: Bencher, callers: usize) {
    let side = Side::bare();
    bencher.counter(ItemsCount::new(callers)).bench_local(|| side.round(callers));
}
