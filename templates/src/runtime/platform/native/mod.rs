//! A program with an operating system.

mod clock;
mod failures;
mod http;
mod tracked;
mod upload;

pub use reqwest::Response;

pub use clock::{Instant, now, sleep, wall};
pub use http::Http;
#[cfg(feature = "mock")]
pub use upload::load;
pub use upload::upload;
