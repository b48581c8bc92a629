//! Random schedules over the queue: futures that are polled, not polled, and dropped in any order.
//!
//! `SCHEDULES=10000000 cargo test --release -p templates --lib limiter` runs more of them.

mod gate;
mod group;
mod many;
mod shared;
mod steps;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use super::group::{State, Turn};
use super::queue::{GRACE, Lane, Place};
use super::window::{SlidingWindow, Window};

const USUAL_SCHEDULES: u64 = 100_000;
const OPERATIONS: usize = 24;
const MOST_WAITERS: usize = 8;

/// The future of a call that waits for its turn.
struct Waiter {
    place: Place,
    woken: Arc<Woken>,
    waker: Waker,
    /// When it wakes itself.
    alarm: Instant,
    /// Whether somebody polls it when it is woken.
    is_polled: bool,
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A rate limit group, its waiters, and what is expected of it.
struct Schedule {
    random: fastrand::Rng,
    now: Instant,
    state: State,
    window: Option<Window>,
    waiters: Vec<Waiter>,
    admitted: Vec<Instant>,
    /// Since when a turn has been free for a waiter that is polled.
    idle_since: Option<Instant>,
}

impl Schedule {
    fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let time = Duration::from_millis(random.u64(1..=2_000));
        let window = Window { requests: random.u32(1..=4), time };
        let window = Some(window).filter(|_| random.u8(0..10) > 0);
        Self {
            now: Instant::now(),
            state: State::new(SlidingWindow::described(window)),
            random,
            window,
            waiters: Vec::new(),
            admitted: Vec::new(),
            idle_since: None,
        }
    }

    fn run(mut self) {
        for _ in 0..OPERATIONS {
            self.step();
            self.poll_the_woken();
            self.check_idleness();
        }
        for _ in 0..10_000 {
            if !self.waiters.iter().any(|waiter| waiter.is_polled) {
                return self.check_window();
            }
            self.pass_time(Duration::from_secs(600));
        }
        panic!("a waiter that is polled waits for ever");
    }

    fn step(&mut self) {
        match self.random.u8(0..16) {
            0..6 if self.waiters.len() < MOST_WAITERS => self.join(),
            6 | 7 => self.change_waiter(|waiter| waiter.is_polled = false),
            8 => self.change_waiter(|waiter| {
                waiter.is_polled = true;
                waiter.woken.0.store(true, Ordering::Relaxed);
            }),
            9 => self.drop_waiter(),
            10 => self.close(),
            11 => {
                let stated = self.random.u32(0..=6);
                self.change(|state, wakeups| state.learn(Some(stated), wakeups));
            }
            12 => self.take_back(),
            _ => {
                let time = Duration::from_millis(self.random.u64(0..=1_500));
                self.pass_time(time);
            }
        }
    }

    fn change<T>(&mut self, step: impl FnOnce(&mut State, &mut Vec<Waker>) -> T) -> T {
        let mut wakeups = Vec::new();
        let result = step(&mut self.state, &mut wakeups);
        wakeups.into_iter().for_each(Waker::wake);
        result
    }

    fn join(&mut self) {
        let lane = if self.random.u8(0..5) == 0 { Lane::Retry } else { Lane::Newcomer };
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let place = self.state.join(lane);
        let waker = woken.clone().into();
        self.waiters.push(Waiter { place, woken, waker, alarm: self.now, is_polled: true });
    }

    fn change_waiter(&mut self, change: impl FnOnce(&mut Waiter)) {
        let Some(last) = self.waiters.len().checked_sub(1) else { return };
        let chosen = self.random.usize(0..=last);
        change(&mut self.waiters[chosen]);
        self.idle_since = None;
    }

    fn drop_waiter(&mut self) {
        let Some(last) = self.waiters.len().checked_sub(1) else { return };
        let dropped = self.waiters.swap_remove(self.random.usize(0..=last));
        self.change(|state, wakeups| state.leave(dropped.place, wakeups));
    }

    fn close(&mut self) {
        let (now, earlier) = (self.now, Duration::from_millis(self.random.u64(0..=100)));
        let stated = Duration::from_millis(self.random.u64(0..=3_000));
        self.state.close(now.checked_sub(earlier).unwrap_or(now), now, Some(stated));
    }

    fn take_back(&mut self) {
        let Some(admitted) = self.admitted.pop() else { return };
        self.change(|state, wakeups| state.take_back(admitted, wakeups));
    }

    /// Lets time pass, and everybody be polled at the moments for which they asked.
    fn pass_time(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            let opening = self.state.opening(self.now);
            let alarms = self.waiters.iter().filter(|waiter| waiter.is_polled);
            let moments = alarms.map(|waiter| waiter.alarm).chain([opening, end]);
            let next = moments.filter(|moment| *moment > self.now).min();
            self.now = next.unwrap_or(end);
            self.poll_the_woken();
            self.check_idleness();
        }
    }

    /// Polls those that were woken, in any order, until nobody is.
    fn poll_the_woken(&mut self) {
        loop {
            let now = self.now;
            let is_due = |waiter: &Waiter| {
                let is_woken = waiter.woken.0.load(Ordering::Relaxed) || waiter.alarm <= now;
                waiter.is_polled && is_woken
            };
            let due = (0..self.waiters.len()).filter(|index| is_due(&self.waiters[*index]));
            let due: Vec<usize> = due.collect();
            let Some(chosen) = self.random.choice(due) else { return };
            self.poll(chosen);
        }
    }

    fn poll(&mut self, index: usize) {
        let (now, waiter) = (self.now, &self.waiters[index]);
        let (place, waker) = (waiter.place, waiter.waker.clone());
        waiter.woken.0.store(false, Ordering::Relaxed);
        match self.change(|state, wakeups| state.poll(place, now, &waker, wakeups)) {
            Turn::Wait(until) => {
                assert!(until > now, "it would be polled again and again");
                self.waiters[index].alarm = until;
            }
            Turn::Admitted => self.admit(index),
        }
    }

    fn admit(&mut self, index: usize) {
        let admitted = self.waiters.swap_remove(index);
        let mut others = self.waiters.iter().filter(|other| other.is_polled);
        assert!(!others.any(|other| other.place < admitted.place), "the order is unfair");
        assert!(self.state.gate.opening(self.now) <= self.now, "the gate is closed");
        self.admitted.push(self.now);
        self.idle_since = None;
    }

    /// A free turn is taken soon by whoever is polled, whoever is not.
    fn check_idleness(&mut self) {
        let is_polled = self.waiters.iter().any(|waiter| waiter.is_polled);
        if !is_polled || self.state.opening(self.now) > self.now {
            self.idle_since = None;
            return;
        }
        let since = *self.idle_since.get_or_insert(self.now);
        let bound = 3 * GRACE + Duration::from_millis(50);
        assert!(self.now - since <= bound, "{:?} without a request", self.now - since);
    }

    fn check_window(&self) {
        let Some(window) = self.window else { return };
        for (index, from) in self.admitted.iter().enumerate() {
            let rest = &self.admitted[index..];
            let within = rest.iter().take_while(|sent| **sent < *from + window.time).count();
            assert!(within <= window.requests as usize, "{within} in a window");
        }
    }
}

#[test]
fn c25_random_schedules_neither_hang_nor_change_the_order() {
    let stated = std::env::var("SCHEDULES").ok().and_then(|text| text.parse().ok());
    let seeds = 0..stated.unwrap_or(USUAL_SCHEDULES);
    for seed in seeds {
        let run = std::panic::catch_unwind(|| Schedule::new(seed).run());
        assert!(run.is_ok(), "the schedule with the seed {seed}");
    }
}
