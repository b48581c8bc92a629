//! Hostile descriptions in any number: `cargo run --release --example hostile -- 1000000 [FIRST]`.
//!
//! Each has a number, by which it is made again: `… --example hostile -- 1 NUMBER` shows one that broke a promise.

use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "../tests/hostile/check.rs"]
mod check;
#[path = "../tests/fixture/mod.rs"]
mod fixture;
#[path = "../tests/hostile/mod.rs"]
mod hostile;

use check::Fate;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse());
    let count: u64 = arguments.next().and_then(Result::ok).unwrap_or(10_000);
    let first: u64 = arguments.next().and_then(Result::ok).unwrap_or_default();
    // A panic is told with the description that led to it.
    std::panic::set_hook(Box::new(|_| {}));
    let (seeds, start) = (hostile::seeds(), Instant::now());
    let (mut generated, mut broken, mut slowest) = (0, 0, (Duration::ZERO, first));
    for number in first..first + count {
        let text = hostile::description(number, &seeds);
        let began = Instant::now();
        match check::hold(&text) {
            Ok(Fate::Generated) => generated += 1,
            Ok(Fate::Refused) => {}
            Err(why) => {
                broken += 1;
                if count == 1 {
                    println!("{text}");
                }
                println!("description {number}: {why}");
            }
        }
        slowest = slowest.max((began.elapsed(), number));
        if (number - first) % 100_000 == 99_999 {
            eprintln!("{} descriptions in {:?}", number - first + 1, start.elapsed());
        }
    }
    let refused = count - generated - broken;
    let took = start.elapsed();
    println!(
        "{count} descriptions in {took:?}: {generated} became a crate, {refused} were refused, {broken} broke a promise"
    );
    println!("the slowest, description {}, took {:?}", slowest.1, slowest.0);
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
