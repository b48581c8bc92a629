//! What a broken or hostile service does on the wire, and what the client makes of it.

use std::time::{Duration, Instant};

use lantern_client::{Client, Error, ErrorKind, Phase, types};

use crate::alone::run_alone;
use crate::assert_secret;
use crate::virtual_time::{BALANCE, RUN};
use crate::wire::{Then, Wire, reply};

fn balance() -> Vec<u8> {
    reply("200 OK", "content-type: application/json\r\n", BALANCE.as_bytes())
}

async fn remaining(wire: &Wire) -> Error {
    let error = wire.client().credits().remaining().no_retry().await.expect_err("a failure");
    assert_secret(&error);
    error
}

async fn batch(client: &Client) -> Result<(), Error> {
    client.batches().phone(types::BatchRequest::new(vec!["a".into()], 5)).await.map(drop)
}

#[tokio::test]
async fn c01_a_silent_service_ends_in_a_timeout_that_names_the_phase() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\r\n".to_vec();
    let cases = [
        (Then::Say(Vec::new()), Phase::Response),
        (Then::Say(head), Phase::Body),
        (Then::Drip(balance(), Duration::from_millis(100)), Phase::Response),
    ];
    for (then, phase) in cases {
        let wire = Wire::new(then).await;
        let call = wire.client().credits().remaining().timeout(Duration::from_millis(300)).await;
        let error = call.expect_err("a timeout");
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(phase)));
        assert_eq!(wire.requests(), 1);
        assert_secret(&error);
    }
}

#[tokio::test]
async fn c02_a_submission_that_is_cut_off_is_sent_once() {
    let cut = reply("200 OK", "", RUN.as_bytes());
    let half = cut[..cut.len() - 5].to_vec();
    for then in [Then::Reset, Then::Close(Vec::new()), Then::Close(half)] {
        let wire = Wire::new(then).await;
        let error = batch(&wire.client()).await.expect_err("no answer");
        assert_eq!(error.kind(), ErrorKind::OutcomeUnknown, "{error:?}");
        assert_eq!(wire.requests(), 1);
        assert_secret(&error);
    }
}

/// RFC 9113, 6.5 and 6.8: settings, and a farewell that no stream was looked at before.
#[tokio::test]
async fn c02_a_submission_that_http_2_refuses_is_sent_again() {
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let farewell = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let wire = Wire::new(Then::Say([&settings[..], &farewell].concat())).await;
    let http = reqwest::Client::builder().http2_prior_knowledge().retry(reqwest::retry::never());
    let builder = wire.builder().http_client(http.build().expect("HTTP/2"));
    let retry = lantern_client::Retry::times(2).backoff(Duration::ZERO, Duration::ZERO);
    let client = builder.no_rate_limit("batches").retry(retry).build().expect("a client");
    let error = batch(&client).await.expect_err("a refusal");
    assert_eq!((error.kind(), error.timing().attempts), (ErrorKind::Connect, 3), "{error:?}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn c04_idle_connections_that_close_do_no_harm() {
    let run = reply("200 OK", "content-type: application/json\r\n", RUN.as_bytes());
    let wire = Wire::new(Then::Close(run)).await;
    let client = wire.builder().no_rate_limit("batches").build().expect("a client");
    for number in 0..1_000 {
        batch(&client).await.unwrap_or_else(|error| panic!("number {number}: {error:?}"));
    }
    assert_eq!(wire.requests(), 1_000);
}

#[tokio::test]
async fn c04_only_what_may_be_repeated_shares_a_connection() {
    let run = reply("200 OK", "content-type: application/json\r\n", RUN.as_bytes());
    let wire = Wire::new(Then::Say(run)).await;
    let client = wire.builder().no_rate_limit("batches").build().expect("a client");
    for _ in 0..3 {
        batch(&client).await.expect("a run");
    }
    assert_eq!(wire.connections(), 3);
    let wire = Wire::new(Then::Say(balance())).await;
    let client = wire.client();
    for _ in 0..3 {
        client.credits().remaining().await.expect("a balance");
    }
    assert_eq!(wire.connections(), 1);
}

#[tokio::test]
async fn c10_no_redirect_is_followed() {
    let elsewhere = Wire::new(Then::Say(balance())).await;
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let location = format!("location: http://{}/\r\n", elsewhere.address);
        let wire = Wire::new(Then::Say(reply(status, &location, b""))).await;
        assert_eq!(remaining(&wire).await.kind(), ErrorKind::Status);
        assert!(batch(&wire.client()).await.is_err());
    }
    assert_eq!(elsewhere.requests(), 0);
}

#[tokio::test]
async fn c11_what_is_no_answer_of_the_service_is_a_typed_error() {
    let html = "content-type: text/html\r\nx-request-id: r-1\r\n";
    let long = "<p>".repeat(10_000);
    let cases = [
        (reply("502 Bad Gateway", html, long.as_bytes()), ErrorKind::Status, 502),
        (reply("200 OK", html, b"<h1>Welcome</h1>"), ErrorKind::Decode, 200),
        (reply("200 OK", html, b""), ErrorKind::Decode, 200),
        (
            b"HTTP/1.1 204 No Content\r\nx-request-id: r-1\r\n\r\nbody".to_vec(),
            ErrorKind::Decode,
            204,
        ),
        (
            reply("422 No", html, br#"{"detail": [{"loc": ["body"], "msg": "m", "type": "t"}]}"#),
            ErrorKind::Status,
            422,
        ),
        (
            reply("401 No", html, br#"{"error": "bad key", "request_id": "r-1"}"#),
            ErrorKind::Status,
            401,
        ),
    ];
    for (answer, kind, status) in cases {
        let error = remaining(&Wire::new(Then::Say(answer)).await).await;
        assert_eq!(error.kind(), kind, "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.request_id().as_deref(), Some("r-1"));
        let whole = if status == 502 { long.len() } else { 0 };
        assert!(error.body().is_some_and(|body| body.len() >= whole), "all of it is kept");
        assert!(format!("{error:?}").matches("<p>").count() <= 4096 / 3 + 1, "a part is shown");
    }
}

#[tokio::test]
async fn c12_a_broken_body_is_never_a_value() {
    let cut = balance()[..balance().len() - 5].to_vec();
    let error = remaining(&Wire::new(Then::Close(cut)).await).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    let gzip = "content-encoding: gzip\r\n";
    let error = remaining(&Wire::new(Then::Say(reply("200 OK", gzip, b"no gzip"))).await).await;
    assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
    let trailing = format!("{BALANCE}}}");
    let error =
        remaining(&Wire::new(Then::Say(reply("200 OK", "", trailing.as_bytes()))).await).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn c14_heads_beyond_measure_fail_at_once() {
    let many: String = (0..200).map(|number| format!("x-{number}: a\r\n")).collect();
    let big = format!("x-big: {}\r\n", "a".repeat(1_000_000));
    let two = "content-length: 7\r\n";
    for headers in [many.as_str(), &big, two] {
        let wire = Wire::new(Then::Say(reply("200 OK", headers, BALANCE.as_bytes()))).await;
        let began = Instant::now();
        let error = wire.client().credits().remaining().await.expect_err("a bad head");
        assert_eq!(error.kind(), ErrorKind::Transport, "{error:?}");
        assert!(error.to_string().contains("with what is not HTTP"), "{error}");
        // An attempt may take a minute.
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
        assert_eq!(wire.requests(), 1);
    }
}

/// 1 MiB of zeros in deflate, ended so that it can be repeated.
fn packed_zeros() -> Vec<u8> {
    let mut packer = flate2::Compress::new(flate2::Compression::best(), false);
    let mut packed = Vec::with_capacity(1 << 16);
    let zeros = vec![0; 1 << 20];
    packer.compress_vec(&zeros, &mut packed, flate2::FlushCompress::Full).expect("packed");
    assert_eq!(packer.total_in(), 1 << 20);
    packed
}

const CAP: usize = 8 << 20;

/// Half a megabyte that unpacks to 512 MiB, and a body without end.
async fn c13_bodies() -> [Wire; 2] {
    let gzip_head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let bomb = [&gzip_head[..], &packed_zeros().repeat(512)].concat();
    let bomb = reply("200 OK", "content-encoding: gzip\r\n", &bomb);
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let chunk = [&b"4000\r\n"[..], &[b'x'; 0x4000], b"\r\n"].concat();
    [Wire::new(Then::Say(bomb)).await, Wire::new(Then::Endless(head, chunk)).await]
}

/// Memory is measured in a process of its own.
#[test]
fn c13_a_body_without_end_costs_no_more_than_it_may_have() {
    assert!(run_alone("faults::c13_in_a_process_of_its_own", &[]));
}

#[tokio::test]
#[ignore = "run by c13_a_body_without_end_costs_no_more_than_it_may_have"]
async fn c13_in_a_process_of_its_own() {
    for wire in c13_bodies().await {
        let client = wire.builder().max_body(CAP).build().expect("a client");
        crate::MEMORY.reset_peak_usage();
        let before = crate::MEMORY.peak_usage();
        let error = client.credits().remaining().await.expect_err("too large");
        let used = crate::MEMORY.peak_usage() - before;
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{error:?}");
        assert!(used <= CAP + (4 << 20), "{used} bytes");
        assert_eq!(wire.requests(), 1);
    }
}

/// The environment is read in a process of its own.
#[test]
fn c24_no_proxy_keeps_off_the_proxy_of_the_environment() {
    let test = "faults::c24_in_a_process_of_its_own";
    let proxy = ("HTTP_PROXY", "http://127.0.0.1:9");
    assert!(!run_alone(test, &[proxy, ("C24", "proxy")]), "the proxy is used");
    assert!(run_alone(test, &[proxy, ("C24", "no proxy")]), "no_proxy keeps off it");
}

#[tokio::test]
#[ignore = "run by c24_no_proxy_keeps_off_the_proxy_of_the_environment"]
async fn c24_in_a_process_of_its_own() {
    let wire = Wire::new(Then::Say(balance())).await;
    let builder = wire.builder();
    let builder = match std::env::var("C24").as_deref() {
        Ok("no proxy") => builder.no_proxy(),
        _ => builder,
    };
    let call = builder.build().expect("a client").credits().remaining();
    call.no_retry().await.expect("a reply past the proxy");
}
