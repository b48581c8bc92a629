//! The generated Lantern client talks over loopback HTTP to a model of the service.

mod errors;
mod families;
mod server;
mod virtual_time;

use lantern_client::Client;
use server::Server;

/// Must be seen in the `Authorization` header and nowhere else.
const KEY: &str = "canary-4711";

fn client(server: &Server) -> Client {
    Client::builder().api_key(KEY).base_url(server.url()).build().expect("a client")
}
