//! Thousands of tickets, each of which is polled when it is woken or wakes itself.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use super::super::group::{State, Turn};
use super::super::queue::{Lane, Place};
use super::super::window::{SlidingWindow, Window};

/// Wakes a ticket by its number.
struct ByNumber {
    number: usize,
    woken: Arc<Mutex<Vec<usize>>>,
}

impl Wake for ByNumber {
    fn wake(self: Arc<Self>) {
        self.woken.lock().expect("no panic").push(self.number);
    }
}

/// How often so many tickets are polled, all of which come at once, until each had its turn.
fn polls(tickets: usize) -> usize {
    let window = Window { requests: 50, time: Duration::from_secs(60) };
    let mut state = State::new(SlidingWindow::described(Some(window)));
    let woken = Arc::default();
    let places: Vec<Place> = (0..tickets).map(|_| state.join(Lane::Newcomer)).collect();
    let waker = |number| Waker::from(Arc::new(ByNumber { number, woken: Arc::clone(&woken) }));
    let wakers: Vec<Waker> = (0..tickets).map(waker).collect();
    let mut now = Instant::now();
    // A ticket that is polled sets its alarm anew, so an earlier one is gone.
    let mut alarms: Vec<Option<Instant>> = vec![Some(now); tickets];
    let mut open: BinaryHeap<_> = (0..tickets).map(|number| Reverse((now, number))).collect();
    let mut polls = 0;
    while let Some(Reverse((moment, number))) = open.pop() {
        if alarms[number] != Some(moment) {
            continue;
        }
        now = now.max(moment);
        polls += 1;
        let mut wakeups = Vec::new();
        alarms[number] = match state.poll(places[number], now, &wakers[number], &mut wakeups) {
            Turn::Admitted => None,
            Turn::Wait(until) => Some(until),
        };
        open.extend(alarms[number].map(|until| Reverse((until, number))));
        wakeups.into_iter().for_each(Waker::wake);
        for number in woken.lock().expect("no panic").drain(..) {
            if alarms[number].is_some() {
                alarms[number] = Some(now);
                open.push(Reverse((now, number)));
            }
        }
    }
    polls
}

#[test]
fn c25_a_ticket_is_polled_as_often_however_many_wait() {
    let (few, many) = (polls(1_000) / 1_000, polls(16_000) / 16_000);
    assert!(many <= few + few / 2 + 2, "{few} polls a ticket of 1,000, and {many} of 16,000");
}
