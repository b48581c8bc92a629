//! A browser, or another engine of JavaScript with `fetch` and timers.

mod clock;
mod http;
mod response;
mod upload;

pub use clock::{Instant, now, sleep, wall};
pub use http::Http;
pub use response::Response;
#[cfg(feature = "mock")]
pub use upload::load;
pub use upload::upload;

#[cfg(feature = "blocking")]
compile_error!("a browser has no calls that block: turn off the feature `blocking`");
