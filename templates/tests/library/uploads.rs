//! Bodies that are sent without being in memory, over loopback.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use futures::stream;
use templates::dependencies::bytes::Bytes;
use templates::dependencies::reqwest::Method;
use templates::{Call, Client, CustomRequest, ErrorKind, FilePart, Retry, Upload};

use crate::alone::run_alone;

const MEBIBYTE: usize = 1 << 20;
const OK: &str = "200 OK";
const BUSY: &str = "503 Service Unavailable";

/// A request: its head, how long its body is, and the sum of its bytes.
struct Taken {
    head: String,
    size: usize,
    sum: u64,
}

/// Takes requests, keeps nothing of their bodies, and answers with these statuses in turn.
fn sink(statuses: &'static [&'static str]) -> (String, Receiver<Taken>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (send, taken) = channel();
    thread::spawn(move || {
        for (status, stream) in statuses.iter().zip(listener.incoming()) {
            let mut stream = stream.expect("a connection");
            let request = take(&mut stream);
            let reply =
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(reply.as_bytes()).expect("a reader");
            send.send(request).expect("a test");
        }
    });
    (url, taken)
}

fn take(stream: &mut TcpStream) -> Taken {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("text").to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let (size, sum) = match length {
        Some(length) => counted(&mut stream.take(length)),
        None => chunked(stream),
    };
    Taken { head, size, sum }
}

fn counted(body: &mut impl Read) -> (usize, u64) {
    let (mut size, mut sum, mut piece) = (0, 0, [0; 65_536]);
    loop {
        let count = body.read(&mut piece).expect("a body");
        if count == 0 {
            return (size, sum);
        }
        size += count;
        sum += piece[..count].iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
}

fn chunked(stream: &mut TcpStream) -> (usize, u64) {
    let (mut size, mut sum) = (0, 0);
    loop {
        let (mut line, mut byte) = (Vec::new(), [0]);
        while !line.ends_with(b"\r\n") {
            stream.read_exact(&mut byte).expect("a chunk");
            line.push(byte[0]);
        }
        let line = String::from_utf8(line).expect("text");
        let length = u64::from_str_radix(line.trim(), 16).expect("a length");
        let (of_piece, of_sum) = counted(&mut stream.take(length));
        stream.read_exact(&mut [0; 2]).expect("an end");
        size += of_piece;
        sum += of_sum;
        if length == 0 {
            return (size, sum);
        }
    }
}

/// A file of so many bytes, each of them 1.
fn file(name: &str, size: usize) -> PathBuf {
    let path = std::env::temp_dir().join(format!("templates-{}-{name}", std::process::id()));
    let mut file = std::fs::File::create(&path).expect("a file");
    let piece = vec![1; MEBIBYTE];
    let mut left = size;
    while left > 0 {
        let count = left.min(MEBIBYTE);
        file.write_all(&piece[..count]).expect("a disk");
        left -= count;
    }
    path
}

fn client(url: &str) -> Client {
    let mut retry = Retry::times(2);
    retry.base = std::time::Duration::ZERO;
    Client::builder().api_key("key").base_url(url).retry(retry).build().expect("a client")
}

fn put(url: &str, body: impl Into<Upload>) -> Call<CustomRequest> {
    let call = client(url).request(Method::PUT, "/v1/blob");
    call.with_bytes("application/octet-stream", body)
}

fn pieces(count: usize) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> + Send {
    stream::iter((0..count).map(|_| Ok(Bytes::from_static(&[1; 1024]))))
}

#[test]
fn a_file_is_sent_without_being_in_memory() {
    assert!(run_alone("uploads::a_file_is_sent_without_being_in_memory_alone", &[]));
}

/// Tests of one process share its memory.
#[tokio::test]
#[ignore = "run by a_file_is_sent_without_being_in_memory"]
async fn a_file_is_sent_without_being_in_memory_alone() {
    let path = file("large", 64 * MEBIBYTE);
    let (url, taken) = sink(&[OK]);
    crate::MEMORY.reset_peak_usage();
    let before = crate::MEMORY.peak_usage();
    put(&url, Upload::file(&path)).await.expect("taken");
    let used = crate::MEMORY.peak_usage() - before;
    let taken = taken.recv().expect("a request");
    assert_eq!((taken.size, taken.sum), (64 * MEBIBYTE, 64 * MEBIBYTE as u64));
    assert!(taken.head.contains("content-length: 67108864\r\n"), "{}", taken.head);
    assert!(used <= 32 * MEBIBYTE, "{used} bytes");
    std::fs::remove_file(path).expect("a file");
}

#[tokio::test]
async fn a_file_is_sent_again_as_it_was() {
    let path = file("again", 100_000);
    let (url, taken) = sink(&[BUSY, OK]);
    let reply = put(&url, Upload::file(&path)).await.expect("taken");
    assert_eq!(reply.timing().attempts, 2);
    let sizes: Vec<_> = taken.iter().take(2).map(|taken| (taken.size, taken.sum)).collect();
    assert_eq!(sizes, [(100_000, 100_000); 2]);
    std::fs::remove_file(path).expect("a file");
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_or_with_its_length_and_never_twice() {
    let (url, taken) = sink(&[OK, OK, BUSY]);
    put(&url, Upload::stream(pieces(100))).await.expect("taken");
    let first = taken.recv().expect("a request");
    assert!(first.head.contains("transfer-encoding: chunked\r\n"), "{}", first.head);
    assert_eq!(first.size, 102_400);
    put(&url, Upload::reader(&b"0123456789"[..]).length(10)).await.expect("taken");
    let second = taken.recv().expect("a request");
    assert!(second.head.contains("content-length: 10\r\n"), "{}", second.head);
    let error = put(&url, Upload::stream(pieces(3))).await.expect_err("busy");
    assert_eq!((error.status().map(|it| it.as_u16()), error.timing().attempts), (Some(503), 1));
    assert!(!error.is_retryable());
    assert!(error.to_string().contains("can be read only once"), "{error}");
}

#[tokio::test]
async fn a_stream_of_which_nothing_was_read_is_sent_again() {
    let call = put("http://127.0.0.1:9", Upload::stream(pieces(1)));
    let error = call.await.expect_err("no service");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Connect, 3));
    assert!(error.is_retryable(), "{error}");
}

#[tokio::test]
async fn what_cannot_be_sent_is_told_before() {
    let (url, taken) = sink(&[OK]);
    let error = put(&url, Upload::file("/nowhere/at/all")).await.expect_err("no file");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
    let call = put(&url, Upload::stream(pieces(1)));
    let again = call.clone();
    call.await.expect("taken");
    taken.recv().expect("a request");
    let error = again.await.expect_err("a spent stream");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Request, 0));
}

#[tokio::test]
async fn an_error_of_a_stream_is_one_of_the_call() {
    let (url, _taken) = sink(&[OK]);
    let faulty = stream::iter([Ok(Bytes::from_static(b"a")), Err("the tape is torn")]);
    let error = put(&url, Upload::stream(faulty)).await.expect_err("no whole body");
    assert!(format!("{error:#?}").contains("the tape is torn"), "{error:#?}");
}

#[tokio::test]
async fn parts_of_a_form_can_be_files_and_streams() {
    let path = file("part", 200_000);
    let (url, taken) = sink(&[BUSY, OK, BUSY]);
    let cover = |front: FilePart| templates::types::NewCover::new(front, "a caption");
    let front = FilePart::upload("front.png", Upload::file(&path)).content_type("image/png");
    client(&url).desk().upload_cover(7, cover(front)).await.expect("taken");
    for taken in taken.iter().take(2) {
        assert!(taken.head.contains("content-length: 200"), "{}", taken.head);
        assert!(taken.size > 200_000 && taken.size < 201_000, "{}", taken.size);
    }
    let once = FilePart::upload("front.png", Upload::stream(pieces(2)));
    let error = client(&url).desk().upload_cover(7, cover(once)).await.expect_err("busy");
    assert!(error.to_string().contains("can be read only once"), "{error}");
    assert!(taken.recv().expect("a request").head.contains("chunked"));
    std::fs::remove_file(path).expect("a file");
}
