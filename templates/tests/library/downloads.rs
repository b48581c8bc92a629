//! Replies of bytes that come piece by piece.

use std::io::Write;
use std::sync::Arc;

use flate2::{Compression, write::GzEncoder};
use templates::desk::PrintCatalogueReply;
use templates::{ByteStream, Client, Error, ErrorKind, Phase, Sending, Transport};
use tokio::io::AsyncWriteExt;
use tokio::sync::Notify;

use crate::alone::run_alone;
use crate::client;
use crate::desk::Desk;
use crate::drip::{Alarm, Then, dripping, serving};

const PNG: &str = "image/png";

async fn download(client: &Client) -> Result<ByteStream, Error> {
    Ok(client.desk().download_cover(7).stream().await?.into_body())
}

/// All that comes, and the error that ends it.
async fn read(pieces: &mut ByteStream) -> (Vec<u8>, Option<Error>) {
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        match piece {
            Ok(piece) => bytes.extend_from_slice(&piece),
            Err(error) => {
                assert!(pieces.next().await.is_none(), "an error is the last item");
                return (bytes, Some(error));
            }
        }
    }
    (bytes, None)
}

/// A server that answers every request with this, and closes the connection.
async fn saying(head: &str, body: &[u8]) -> Client {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n{head}\r\n");
    let reply: Arc<[u8]> = [head.as_bytes(), body].concat().into();
    let server = serving(move |mut stream| {
        let reply = reply.clone();
        async move { stream.write_all(&reply).await.expect("a connection") }
    });
    server.await.build().expect("a client")
}

#[tokio::test]
async fn pieces_come_before_the_reply_ends() {
    let server = dripping(PNG, &["front", "spine"], Then::Silence).await;
    let client = server.max_body(6).build().expect("a client");
    let reply = client.desk().download_cover(7).stream().await.expect("a head");
    assert_eq!(client.known_credits(), Some(7.0), "the head is learned from");
    assert_eq!((reply.status().as_u16(), reply.content_length()), (200, None));
    let mut pieces = reply.into_body();
    assert_eq!(*pieces.next().await.expect("a piece").expect("bytes"), *b"front");
    assert_eq!(*pieces.next().await.expect("a piece").expect("bytes"), *b"spine", "past max_body");
}

#[test]
fn a_large_download_takes_little_memory() {
    assert!(run_alone("downloads::a_large_download_takes_little_memory_alone", &[]));
}

/// Tests of one process share its memory.
#[tokio::test]
#[ignore = "run by a_large_download_takes_little_memory"]
async fn a_large_download_takes_little_memory_alone() {
    const PIECE: usize = 1 << 16;
    const PIECES: usize = 800;
    let server = serving(|mut stream| async move {
        let length = PIECE * PIECES;
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("a connection");
        for _ in 0..PIECES {
            stream.write_all(&[7; PIECE]).await.expect("a connection");
        }
    });
    let client = server.await.max_body(PIECE).build().expect("a client");
    crate::MEMORY.reset_peak_usage();
    let before = crate::MEMORY.peak_usage();
    let mut pieces = download(&client).await.expect("a head");
    assert_eq!(pieces.content_length(), Some((PIECE * PIECES) as u64));
    let mut size = 0;
    while let Some(piece) = pieces.next().await {
        size += piece.expect("bytes").len();
    }
    assert_eq!(size, PIECE * PIECES);
    let used = crate::MEMORY.peak_usage() - before;
    assert!(used <= 8 << 20, "{used} bytes");
}

#[tokio::test]
async fn silence_ends_a_download() {
    let alarm = Alarm::default();
    let server = dripping(PNG, &["front"], Then::Silence).await;
    let client = server.clock(alarm.clone()).build().expect("a client");
    let mut pieces = download(&client).await.expect("a head");
    assert!(pieces.next().await.expect("a piece").is_ok());
    alarm.0.notify_one();
    let (_, error) = read(&mut pieces).await;
    let error = error.expect("silence");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Body)));
}

#[tokio::test]
async fn a_cut_is_an_error_and_no_end() {
    let chunked = dripping(PNG, &["front"], Then::Cut).await.build().expect("a client");
    let stated = saying("content-length: 9\r\n", b"front").await;
    for client in [chunked, stated] {
        let mut pieces = download(&client).await.expect("a head");
        let (bytes, error) = read(&mut pieces).await;
        assert_eq!(bytes, b"front");
        let error = error.expect("a cut");
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
}

/// A transport that knows nothing of lengths.
#[derive(Debug)]
struct Short;

impl Transport for Short {
    fn send(&self, _: reqwest::Request) -> Sending<'_> {
        let reply = http::Response::builder().header("content-length", "9").body("front");
        Box::pin(async { Ok(reply.expect("a reply").into()) })
    }
}

#[tokio::test]
async fn fewer_bytes_than_stated_are_an_error() {
    let builder = Client::builder().api_key("key").base_url("http://127.0.0.1:9").transport(Short);
    let mut pieces = download(&builder.build().expect("a client")).await.expect("a head");
    let (bytes, error) = read(&mut pieces).await;
    let error = error.expect("an early end");
    assert_eq!((&bytes[..], error.kind()), (&b"front"[..], ErrorKind::Transport));
    assert!(error.to_string().contains("ended 4 bytes too early"), "{error}");
}

#[tokio::test]
async fn what_is_compressed_is_unpacked() {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&[7; 100_000]).expect("packed");
    let packed = packer.finish().expect("packed");
    let head = format!("content-encoding: gzip\r\ncontent-length: {}\r\n", packed.len());
    let mut pieces = download(&saying(&head, &packed).await).await.expect("a head");
    assert_eq!(pieces.content_length(), None, "what comes is longer");
    let (bytes, error) = read(&mut pieces).await;
    assert!(bytes == [7; 100_000] && error.is_none(), "{} bytes, {error:?}", bytes.len());

    let half = &packed[..packed.len() / 2];
    let head = format!("content-encoding: gzip\r\ncontent-length: {}\r\n", half.len());
    let mut pieces = download(&saying(&head, half).await).await.expect("a head");
    let (_, error) = read(&mut pieces).await;
    assert_eq!(error.expect("a cut").kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn the_head_tells_which_of_several_replies_it_is() {
    let pdf = "application/pdf";
    let desk = Desk::answering(&[(202, pdf, b""), (200, pdf, b"%PDF"), (200, pdf, b"%PDF")]).await;
    let client = client(&desk);
    let reply = client.desk().print_catalogue().stream().await.expect("a head");
    assert_eq!(reply.status().as_u16(), 202);
    assert_eq!(read(&mut reply.into_body()).await.0, b"");
    let reply = client.desk().print_catalogue().stream().await.expect("a head");
    assert_eq!(reply.status().as_u16(), 200);
    assert_eq!(read(&mut reply.into_body()).await.0, b"%PDF");
    let whole = client.desk().print_catalogue().await.expect("a reply").into_body();
    assert_eq!(whole, PrintCatalogueReply::Ok("%PDF".into()));
}

#[tokio::test]
async fn a_refusal_is_the_usual_error() {
    let body = br#"{"error": "no such cover"}"#;
    let desk = Desk::answering(&[(404, "application/json", body)]).await;
    let error = download(&client(&desk)).await.expect_err("a refusal");
    assert_eq!(
        (error.kind(), error.status().map(|it| it.as_u16())),
        (ErrorKind::Status, Some(404))
    );
    assert_eq!(error.message().as_deref(), Some("no such cover"));
    assert_eq!(desk.seen()[0].headers["accept"], PNG);
}

#[tokio::test]
async fn a_success_that_says_that_it_is_none_is_an_error() {
    let body = br#"{"ok": false, "error": "no such cover"}"#;
    let desk = Desk::answering(&[(200, "application/json", body)]).await;
    let error = download(&client(&desk)).await.expect_err("a failure");
    assert_eq!(error.kind(), ErrorKind::Unsuccessful);
}

#[tokio::test]
async fn the_head_is_asked_for_again() {
    let desk = Desk::answering(&[(503, "application/json", b"{}"), (200, PNG, b"front")]).await;
    let mut pieces = download(&client(&desk)).await.expect("a head");
    assert_eq!(pieces.content_length(), Some(5));
    let (bytes, error) = read(&mut pieces).await;
    assert!(bytes == b"front" && error.is_none(), "{bytes:?}, {error:?}");
    assert_eq!(desk.seen().len(), 2);
}

#[tokio::test]
async fn nothing_is_asked_for_again_after_the_head() {
    let requests = Arc::new(std::sync::Mutex::new(0));
    let counted = requests.clone();
    let server = serving(move |mut stream| {
        *counted.lock().expect("no panic") += 1;
        async move {
            let head = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfront";
            stream.write_all(head).await.expect("a connection");
        }
    });
    let client = server.await.build().expect("a client");
    let mut pieces = download(&client).await.expect("a head");
    assert!(read(&mut pieces).await.1.is_some());
    assert_eq!(*requests.lock().expect("no panic"), 1);
}

#[tokio::test]
async fn a_dropped_download_ends_on_both_sides() {
    let closed = Arc::new(Notify::new());
    let told = closed.clone();
    let server = serving(move |mut stream| {
        let told = told.clone();
        async move {
            let _ =
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n").await;
            while stream.write_all(&[7; 1 << 16]).await.is_ok() {}
            told.notify_one();
        }
    });
    let client = server.await.build().expect("a client");
    let mut pieces = download(&client).await.expect("a head");
    assert!(pieces.next().await.expect("a piece").is_ok());
    drop(pieces);
    closed.notified().await;
}

#[cfg(feature = "blocking")]
mod blocking {
    use std::io::{BufRead, Read};
    use std::sync::mpsc;

    use templates::{Client, Error, ErrorKind};

    use super::saying;

    /// A server on a thread of its own, so that it answers while the test is blocked.
    fn saying_apart(head: &'static str, body: &'static [u8]) -> Client {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                sender.send(saying(head, body).await).expect("the test waits for it");
                std::future::pending::<()>().await
            });
        });
        receiver.recv().expect("a client")
    }

    #[test]
    fn a_download_is_read() {
        let client = saying_apart("content-length: 14\r\n", b"front\nand back");
        let reply = client.desk().download_cover(7).stream_blocking().expect("a head");
        assert_eq!(reply.content_length(), Some(14));
        let mut reader = reply.into_body();
        let (mut line, mut rest) = (String::new(), Vec::new());
        assert_eq!(reader.read_line(&mut line).expect("a line"), 6);
        reader.read_to_end(&mut rest).expect("the rest");
        assert_eq!((&*line, &rest[..]), ("front\n", &b"and back"[..]));
    }

    #[test]
    fn a_cut_is_an_error_and_no_end() {
        let client = saying_apart("content-length: 9\r\n", b"front");
        let reply = client.desk().download_cover(7).stream_blocking().expect("a head");
        let mut bytes = Vec::new();
        let error = reply.into_body().read_to_end(&mut bytes).expect_err("a cut");
        let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<Error>());
        assert_eq!(cause.map(Error::kind), Some(ErrorKind::Transport));
        assert_eq!(bytes, b"front");
    }
}
