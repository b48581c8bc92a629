//! The generated Lantern client talks over loopback HTTP to a model of the service.

#[path = "../shared/alone.rs"]
mod alone;
mod answers;
mod batches;
mod beyond;
mod blocking;
mod bulk;
mod cancelling;
mod charges;
mod connecting;
mod cost;
mod credits;
mod decoding;
mod environment;
mod errors;
mod families;
mod faults;
mod fetched;
mod floor;
mod formats;
mod headers;
mod hooks;
mod mock;
mod packed;
mod places;
mod rate_limits;
#[path = "../shared/recorder.rs"]
mod recorder;
mod retries;
mod rotation;
mod server;
mod shared_limits;
mod small;
mod spans;
mod tables;
mod unpolled;
mod validating;
mod virtual_time;
mod waits;
mod wire;

use lantern_client::{Client, Error};
use server::Server;

#[global_allocator]
static MEMORY: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

/// Must be seen in the `Authorization` header and nowhere else.
const KEY: &str = "canary-4711";

fn client(server: &Server) -> Client {
    Client::builder().api_key(KEY).base_url(server.url()).build().expect("a client")
}

/// Neither the error nor what caused it shows the key.
fn assert_secret(error: &Error) {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown += &format!("{cause} {cause:?}");
        source = cause.source();
    }
    assert!(!shown.contains(KEY), "{shown}");
}
