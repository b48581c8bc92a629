//! How long a 429 closes the gate.

use std::time::{Duration, Instant};

use super::super::gate::Gate;
use super::super::jitter_above;

/// Moments in seconds after the test began, and how many of them the gate stays closed.
fn moments() -> (impl Fn(u64) -> Instant, impl Fn(&Gate) -> f64) {
    let began = Instant::now();
    let closed = move |gate: &Gate| (gate.opening(began) - began).as_secs_f64();
    (move |seconds| began + Duration::from_secs(seconds), closed)
}

/// A pause, with up to a tenth and half a second more.
fn is_about(pause: f64, seconds: f64) -> bool {
    (seconds..=seconds * 1.1 + 0.5).contains(&pause)
}

#[test]
fn c05_pauses_grow_while_nothing_but_429_comes_and_start_again_after_another_reply() {
    let (at, closed) = moments();
    let mut gate = Gate::default();
    let pause = |gate: &mut Gate, minute: u64| {
        gate.close(at(minute * 600), at(minute * 600), None);
        closed(gate) - minute as f64 * 600.0
    };
    for (minute, seconds) in [5, 10, 20, 40, 60, 60, 60].into_iter().enumerate() {
        let pause = pause(&mut gate, minute as u64);
        assert!(is_about(pause, seconds as f64), "{seconds}: {pause}");
    }
    gate.pass();
    let pause = pause(&mut gate, 7);
    assert!(is_about(pause, 5.0), "{pause}");
}

#[test]
fn c07_a_429_to_a_request_from_before_the_gate_closed_counts_only_if_it_asks_for_more() {
    let (at, closed) = moments();
    let mut gate = Gate::default();
    gate.close(at(1), at(2), Some(Duration::from_secs(30)));
    let first = closed(&gate);
    assert!(is_about(first - 2.0, 30.0), "{first}");
    gate.close(at(1), at(31), None);
    gate.close(at(1), at(20), Some(Duration::ZERO));
    assert_eq!(closed(&gate), first, "it says nothing new");
    gate.close(at(1), at(20), Some(Duration::from_secs(90)));
    assert!(is_about(closed(&gate) - 20.0, 90.0), "{}", closed(&gate));
    gate.close(at(2), at(200), None);
    let second = closed(&gate) - 200.0;
    assert!(is_about(second, 10.0), "the second in a row, as it was not sent before: {second}");
}

#[test]
fn a_gate_that_was_closed_is_open_from_its_moment_on() {
    let (at, closed) = moments();
    let mut gate = Gate::default();
    assert_eq!(gate.opening(at(7)), at(7));
    gate.close(at(0), at(0), Some(Duration::from_secs(30)));
    let opening = at(0) + Duration::from_secs_f64(closed(&gate));
    assert!(gate.opening(at(20)) > at(29), "until then");
    assert_eq!(gate.opening(opening + Duration::from_secs(1)), opening + Duration::from_secs(1));
}

#[test]
fn jitter_is_up_to_a_tenth_and_half_a_second() {
    for seconds in [0, 10, 600] {
        let most = seconds as f64 * 0.1 + 0.5;
        let drawn = (0..2_000).map(|_| jitter_above(Duration::from_secs(seconds)).as_secs_f64());
        let longest = drawn.fold(0.0, f64::max);
        assert!(longest <= most && longest > most * 0.95, "{longest} of {most}");
    }
}
