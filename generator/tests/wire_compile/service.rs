//! A service that answers what it is told, and hands over the requests.

#![allow(dead_code, reason = "no test uses all of these")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A request as it came.
pub struct Request {
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// `/a?b=c`
    pub fn target(&self) -> &str {
        self.head.split(' ').nth(1).expect("a target")
    }

    /// The lines of a header.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let lines = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.trim()).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Answers one call, and gives the request and what the caller made of the answer: `status` is `200 OK`, and
/// `headers` are lines.
pub fn answer<T>(
    status: &str,
    headers: &[&str],
    body: &str,
    call: impl FnOnce(&str) -> T,
) -> (Request, T) {
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let (url, requests) = serve_with(status, &headers, body);
    let result = call(&url);
    (requests.recv().expect("a request"), result)
}

/// Answers one call after the other, each with headers and a body of JSON, and gives the requests.
pub fn answer_in_turn<T>(
    replies: &[(&[&str], &str)],
    run: impl FnOnce(&str) -> T,
) -> (Vec<Request>, T) {
    let texts: Vec<String> = replies
        .iter()
        .map(|(headers, body)| {
            let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
            let json = format!("Content-Type: application/json\r\n{headers}");
            text("200 OK", &json, body)
        })
        .collect();
    let (url, requests) = serve_texts(texts);
    let result = run(&url);
    (requests.try_iter().collect(), result)
}

/// Answers one request after the other, each with a status, headers and a body.
pub fn serve_in_turn(replies: &[(&str, &[&str], &str)]) -> (String, Receiver<Request>) {
    let texts = replies.iter().map(|(status, headers, body)| {
        let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        text(status, &headers, body)
    });
    serve_texts(texts.collect::<Vec<_>>())
}

/// Takes all requests and answers them with a status alone: `204 No Content`.
pub fn serve_as(status: &str) -> (String, Receiver<Request>) {
    serve_with(status, "", "")
}

/// Takes all requests.
pub fn serve() -> (String, Receiver<Request>) {
    serve_with("204 No Content", "", "")
}

fn serve_with(status: &str, headers: &str, body: &str) -> (String, Receiver<Request>) {
    serve_texts(std::iter::repeat(text(status, headers, body)))
}

fn text(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    let ending = format!("Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    format!("HTTP/1.1 {status}\r\n{headers}{ending}")
}

/// Answers with these texts in turn, and then no more.
fn serve_texts(
    texts: impl IntoIterator<Item = String, IntoIter: Send + 'static>,
) -> (String, Receiver<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (send, requests) = channel();
    let mut texts = texts.into_iter();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Some(text) = texts.next() else { return };
            let mut stream = stream.expect("a connection");
            // The request is handed over before its answer, so that it is there when the call ends.
            if send.send(request(&mut stream)).is_err() {
                return;
            }
            stream.write_all(text.as_bytes()).expect("a reader");
        }
    });
    (url, requests)
}

fn request(stream: &mut TcpStream) -> Request {
    let mut bytes = Vec::new();
    let mut read = [0; 4096];
    loop {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
            });
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                return Request { head, body: bytes[end + 4..].to_vec() };
            }
        }
        let count = stream.read(&mut read).expect("a request");
        assert!(count > 0, "the request ends in the middle");
        bytes.extend_from_slice(&read[..count]);
    }
}
