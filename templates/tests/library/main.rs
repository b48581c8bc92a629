//! The specimen talks over loopback HTTP to a small library: each form that a body, a parameter
//! or a reply can have, on the wire.

#[path = "../shared/alone.rs"]
mod alone;
mod bodies;
mod desk;
mod downloads;
mod drift;
mod drip;
mod mock;
mod oauth;
mod office;
#[path = "../shared/recorder.rs"]
mod recorder;
mod secrecy;
mod servers;
mod sign_in;
mod streams;
mod uploads;
mod validate;
mod webhooks;

use desk::Desk;
use templates::{Client, Retry};

/// Tells how much memory a download takes.
#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

/// A client that repeats at once where it repeats.
fn client(desk: &Desk) -> Client {
    let mut retry = Retry::times(1);
    retry.base = std::time::Duration::ZERO;
    Client::builder().api_key("key").base_url(desk.url()).retry(retry).build().expect("a client")
}
