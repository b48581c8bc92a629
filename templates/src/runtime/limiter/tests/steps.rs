//! Single steps of the queue: what a ticket is told, and who is woken.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Waker;
use std::time::{Duration, Instant};

use super::super::group::{State, Turn};
use super::super::queue::{Lane, Place};
use super::super::window::{SlidingWindow, Window};
use super::Woken;

/// A group that takes some requests in a second, which is 1,010 milliseconds with its reserve.
struct Steps {
    began: Instant,
    state: State,
    tickets: Vec<(Place, Arc<Woken>)>,
}

impl Steps {
    fn new(requests: u32) -> Self {
        let window = Some(Window { requests, time: Duration::from_secs(1) });
        let state = State::new(SlidingWindow::described(window));
        Self { began: Instant::now(), state, tickets: Vec::new() }
    }

    fn at(&self, millis: u64) -> Instant {
        self.began + Duration::from_millis(millis)
    }

    fn change(&mut self, step: impl FnOnce(&mut State, &mut Vec<Waker>)) {
        let mut wakeups = Vec::new();
        step(&mut self.state, &mut wakeups);
        wakeups.into_iter().for_each(Waker::wake);
    }

    /// A new ticket that asks for the first time; until when it waits, in milliseconds.
    fn join(&mut self, lane: Lane, now: u64) -> Option<u64> {
        let place = self.state.join(lane);
        self.tickets.push((place, Arc::new(Woken(AtomicBool::new(false)))));
        self.ask(self.tickets.len() - 1, now)
    }

    /// Asks again; until when it waits. `None` if it is admitted.
    fn ask(&mut self, ticket: usize, now: u64) -> Option<u64> {
        let (place, woken) = self.tickets[ticket].clone();
        let (now, mut turn) = (self.at(now), Turn::Admitted);
        self.change(|state, wakeups| turn = state.poll(place, now, &woken.into(), wakeups));
        match turn {
            Turn::Admitted => None,
            Turn::Wait(until) => Some((until - self.began).as_millis() as u64),
        }
    }

    /// Which tickets were woken since the last look.
    fn woken(&self) -> Vec<usize> {
        let is_woken = |index: &usize| self.tickets[*index].1.0.swap(false, Ordering::Relaxed);
        (0..self.tickets.len()).filter(is_woken).collect()
    }
}

#[test]
fn the_first_ticket_waits_for_the_opening_and_each_further_one_a_little_longer() {
    let mut steps = Steps::new(1);
    assert_eq!(steps.join(Lane::Newcomer, 0), None);
    assert_eq!(steps.join(Lane::Newcomer, 1), Some(1_010), "the first looks at the opening");
    assert_eq!(steps.join(Lane::Newcomer, 2), Some(1_010 + 50 + 2));
    assert_eq!(steps.join(Lane::Newcomer, 3), Some(1_010 + 50 + 3));
    assert_eq!(steps.join(Lane::Retry, 4), Some(1_010), "the lane of retries comes first");
    assert!(steps.woken().is_empty());
}

#[test]
fn a_free_turn_is_for_the_first_ticket_which_has_fifty_milliseconds_to_take_it() {
    let mut steps = Steps::new(1);
    for now in 0..4 {
        steps.join(Lane::Newcomer, now);
    }
    assert_eq!(steps.ask(2, 1_009), Some(1_010 + 50 + 2));
    assert_eq!(steps.ask(2, 1_010), Some(1_010 + 50), "it waits for the one before it");
    assert!(steps.woken().is_empty(), "which was due just now");
    assert_eq!(steps.ask(2, 1_059), Some(1_010 + 50));
    assert_eq!(steps.ask(2, 1_060), None, "the one before it is passed");
    assert_eq!(steps.woken(), [3], "and not called again");
    assert_eq!(steps.ask(1, 1_070), Some(2_070), "it has kept its place");
    assert_eq!(steps.ask(3, 2_070), Some(2_070 + 50));
}

#[test]
fn a_ticket_that_waits_for_a_later_moment_is_woken_for_a_turn_that_comes_before() {
    let mut steps = Steps::new(2);
    let admitted = steps.at(0);
    for now in [0, 1, 2, 3] {
        steps.join(Lane::Newcomer, now);
    }
    steps.change(|state, wakeups| state.take_back(admitted, wakeups));
    assert_eq!(steps.woken(), [2, 3], "all of those that wait");
    assert_eq!(steps.ask(3, 5), Some(5 + 50), "the one before it comes first");
    assert_eq!(steps.woken(), [2]);
    assert_eq!(steps.ask(2, 6), None);
    assert_eq!(steps.woken(), [3], "it may be its turn now");
    assert_eq!(steps.ask(3, 7), Some(1_011), "what was sent second leaves the window first");
}

#[test]
fn the_place_of_a_ticket_that_leaves_is_free_for_the_next() {
    let mut steps = Steps::new(1);
    for now in 0..4 {
        steps.join(Lane::Newcomer, now);
    }
    let (first, _) = steps.tickets[1];
    steps.change(|state, wakeups| state.leave(first, wakeups));
    assert_eq!(steps.woken(), [2]);
    assert_eq!(steps.ask(2, 4), Some(1_010));
    assert_eq!(steps.ask(3, 4), Some(1_010 + 50 + 2), "two have left, and two are before it");
}

#[test]
fn a_lower_limit_of_the_service_wakes_all_and_one_that_is_known_nobody() {
    let mut steps = Steps::new(2);
    for now in [0, 1, 2, 3] {
        steps.join(Lane::Newcomer, now);
    }
    for (stated, woken) in [(Some(2), vec![]), (None, vec![]), (Some(1), vec![2, 3])] {
        steps.change(|state, wakeups| state.learn(stated, wakeups));
        assert_eq!(steps.woken(), woken, "{stated:?}");
    }
    assert_eq!(steps.ask(2, 4), Some(1_011), "one leaves the window at 1,010, and one is enough");
}
