//! A program with an operating system.

mod clock;
mod failures;
mod http;
mod tracked;

pub use reqwest::Response;

pub use clock::{Instant, now, sleep, wall};
pub use http::Http;
