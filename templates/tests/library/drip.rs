//! Servers whose replies come piece by piece, and a clock that a test sets.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use templates::{Client, ClientBuilder, Clock, Sleep};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What follows the last piece.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Silence,
    /// The connection is closed in the middle of the reply.
    Cut,
}

/// A server that answers each request like this, on a connection of its own.
pub async fn serving<F>(answer: impl Fn(TcpStream) -> F + Send + 'static) -> ClientBuilder
where
    F: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            answer(stream).await;
        }
    });
    Client::builder().api_key("key").base_url(url)
}

/// One that sends these pieces, a chunk each.
pub async fn dripping(
    media_type: &'static str,
    pieces: &'static [&'static str],
    then: Then,
) -> ClientBuilder {
    serving(move |mut stream| async move {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\nx-credits-left: 7\r\n\
             transfer-encoding: chunked\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("a connection");
        for piece in pieces {
            let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
            stream.write_all(chunk.as_bytes()).await.expect("a connection");
            stream.flush().await.expect("a connection");
        }
        if then == Then::Silence {
            pending::<()>().await;
        }
    })
    .await
}

/// A clock whose time is up when a test says so.
#[derive(Clone, Debug, Default)]
pub struct Alarm(pub Arc<Notify>);

impl Clock for Alarm {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> Sleep {
        let alarm = self.0.clone();
        Box::pin(async move { alarm.notified().await })
    }
}
