//! Bulk runs: a call for each of any number of requests, several at a time.
//!
//! A [`Run`] is a stream of requests with their results. However it ends, each request appears
//! exactly once: with a result, or as one that was not sent.
//!
//! ```text
//! requests ──► queue of the rate limit ──► in flight ──► next: a request and its result
//!    │                  │
//!    └─ after a stop ───┴────────────────────────────► into_unsent
//! ```

mod in_flight;
mod run;
mod settings;
mod source;
mod stop;
mod unsent;

pub use in_flight::Done;
pub use run::Run;
pub use stop::{StopReason, Stopper};
pub use unsent::Unsent;
