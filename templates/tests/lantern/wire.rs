//! A server on bare TCP, which says exactly what a test wants on the wire.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_client::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does once it has read a request.
#[derive(Clone)]
pub enum Then {
    /// Says this, and keeps the connection open in silence.
    Say(Vec<u8>),
    /// Says this, and closes the connection.
    Close(Vec<u8>),
    /// Says this a byte at a time, with this pause after each.
    Drip(Vec<u8>, Duration),
    /// Says the first, then the second for ever.
    Endless(Vec<u8>, Vec<u8>),
    /// Cuts the connection by a reset.
    Reset,
}

/// A server that does the same after each request.
pub struct Wire {
    pub address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Wire {
    pub async fn new(then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = heads.clone();
        let connections = Arc::<AtomicUsize>::default();
        let accepted = connections.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                accepted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, then.clone(), seen.clone()));
            }
        });
        Self { address, heads, connections }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder().api_key(crate::KEY).base_url(format!("http://{}", self.address))
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// How many requests arrived.
    pub fn requests(&self) -> usize {
        self.heads().len()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// The heads of the requests that arrived.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }
}

async fn serve(mut stream: TcpStream, then: Then, heads: Arc<Mutex<Vec<String>>>) {
    while let Some(head) = read_request(&mut stream).await {
        heads.lock().expect("no panic").push(head);
        if act(&mut stream, &then).await.is_none() {
            return;
        }
    }
}

/// `None` where the connection is over.
async fn act(stream: &mut TcpStream, then: &Then) -> Option<()> {
    match then {
        Then::Say(text) => stream.write_all(text).await.ok(),
        Then::Close(text) => {
            stream.write_all(text).await.ok()?;
            None
        }
        Then::Drip(text, pause) => {
            for byte in text {
                stream.write_all(&[*byte]).await.ok()?;
                tokio::time::sleep(*pause).await;
            }
            Some(())
        }
        Then::Endless(head, piece) => {
            stream.write_all(head).await.ok()?;
            loop {
                stream.write_all(piece).await.ok()?;
            }
        }
        Then::Reset => {
            stream.set_zero_linger().ok()?;
            None
        }
    }
}

/// Reads a head and as much body as it announces; gives the head.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await {
            Ok(size) if size > 0 => read.extend_from_slice(&buffer[..size]),
            _ => return None,
        }
        let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..end]).into_owned();
        let fields = head.to_ascii_lowercase();
        let length = fields.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
        if read.len() >= end + 4 + length {
            return Some(head);
        }
    }
}

/// A reply with its length.
pub fn reply(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}
