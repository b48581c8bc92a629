//! What every generated client stands on: sending, decoding, errors.
//!
//! Nothing here depends on a description. The generated modules speak to it in a few words:
//! `get post put …` begin a [`Call`], `path query header json form text bytes` fill it, and
//! the `json_…!` macros say how a type reads and writes JSON.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a description may need only some of the words"
)]

pub(crate) mod json;

mod attempt;
mod body;
mod call;
mod client;
mod clock;
mod credentials;
mod credits;
mod detail;
mod draft;
mod error;
mod limiter;
mod operation;
mod parameter;
mod reply;
mod retry;
mod send;
mod transport;

pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use clock::{Clock, Sleep, TokioClock};
pub use detail::{Detail, Invalid};
pub use error::{Error, ErrorKind, Phase, Timing};
pub use operation::{Operation, Policy, RateLimit, Repeat};
pub use parameter::Parameter;
pub use reply::{Meta, Received, Reply};
pub use retry::Retry;
pub use transport::{Delivery, Sending, Transport, TransportError};

pub(crate) use credentials::{Credential, Placement, Service, Signals};
pub(crate) use json::{json_enum, json_integer_enum, json_object, json_union};
