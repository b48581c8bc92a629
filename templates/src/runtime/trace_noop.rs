//! Takes the place of `trace` without the feature `tracing`: nothing is reported.

use std::future::Future;
use std::time::Duration;

use reqwest::Url;

use super::Error;
use super::hooks::Attempt;
use super::reply::Received;

pub struct Span;

impl Span {
    pub fn new(_: &Attempt, _: &Url) -> Self {
        Self
    }

    pub fn around<F: Future>(&self, attempt: F) -> F {
        attempt
    }

    pub fn tell(&self, _: &Result<Received, Error>) {}
}

pub fn measure(_: &Attempt, _: &Url, _: Duration, _: &Result<Received, Error>) {}

pub fn queue<F: Future>(_: &str, turn: F) -> F {
    turn
}

pub fn gate_closed(_: &str, _: Option<Duration>) {}

pub fn pause(_: &Attempt, _: Duration, _: &Error) {}

pub fn abandoned(_: &str, _: usize) {}

pub fn carried<F: Future>(future: F) -> F {
    future
}
