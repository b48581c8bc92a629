//! C32: bodies that were packed for the way come whole, or end in an error.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use lantern_client::{Client, Error, ErrorKind, types};

use crate::assert_secret;
use crate::virtual_time::{BALANCE, RUN};
use crate::wire::{Then, Wire, reply};

fn packed(text: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text).expect("packed");
    packer.finish().expect("packed")
}

fn halves() -> [Vec<u8>; 2] {
    let (first, second) = BALANCE.as_bytes().split_at(14);
    [packed(first), packed(second)]
}

async fn remaining(status: &str, coding: &str, body: &[u8]) -> Result<f64, Error> {
    let headers = format!("content-type: application/json\r\n{coding}\r\n");
    let wire = Wire::new(Then::Close(reply(status, &headers, body))).await;
    let call = wire.client().credits().remaining().no_retry();
    let result = call.await.map(|reply| reply.remaining_credits);
    if let Err(error) = &result {
        assert_secret(error);
    }
    result
}

#[tokio::test]
async fn c32_every_way_to_pack_a_body_is_undone() {
    let [first, second] = halves();
    let members = [&first[..], &second].concat();
    let empties = [&packed(b"")[..], &first, &packed(b""), &second, &packed(b"")].concat();
    let whole = packed(BALANCE.as_bytes());
    let twice = packed(&members);
    let cases: [(&str, &[u8]); 12] = [
        ("content-encoding: gzip", &whole),
        ("content-encoding: gzip", &members),
        ("content-encoding: gzip", &empties),
        ("Content-Encoding: GZIP", &members),
        ("content-encoding: x-gzip", &members),
        ("content-encoding: gzip, gzip", &twice),
        ("content-encoding: gzip\r\ncontent-encoding: x-gzip", &twice),
        ("content-encoding: identity, gzip", &members),
        ("content-encoding: identity", BALANCE.as_bytes()),
        ("content-encoding: ", BALANCE.as_bytes()),
        ("content-encoding: ,gzip,", &whole),
        ("x-coding: br", BALANCE.as_bytes()),
    ];
    for (coding, body) in cases {
        assert_eq!(remaining("200 OK", coding, body).await.expect(coding), 5.0, "{coding}");
    }
}

#[tokio::test]
async fn a_packed_body_may_be_as_large_as_is_allowed_and_no_larger() {
    let packed = packed(BALANCE.as_bytes());
    let headers = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
    for (most, fits) in [(BALANCE.len(), true), (BALANCE.len() - 1, false)] {
        let wire = Wire::new(Then::Close(reply("200 OK", headers, &packed))).await;
        let client = wire.builder().max_body(most).build().expect("a client");
        let result = client.credits().remaining().no_retry().await;
        assert_eq!(result.is_ok(), fits, "{most}: {:?}", result.err());
    }
}

#[tokio::test]
async fn c32_what_cannot_be_unpacked_to_its_end_is_an_error() {
    let [first, second] = halves();
    let gzip = "content-encoding: gzip";
    let whole = packed(BALANCE.as_bytes());
    let mut wrong_sum = whole.clone();
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    let mut cases = vec![
        ("garbage at the end", [&whole[..], b"garbage"].concat()),
        ("one byte at the end", [&whole[..], b"x"].concat()),
        ("zeros at the end", [&whole[..], &[0; 16]].concat()),
        ("half a second member", [&first[..], &second[..second.len() / 2]].concat()),
        ("the head of a second member", [&first[..], &second[..10]].concat()),
        ("a part of a head", [&first[..], &second[..3]].concat()),
        ("a wrong checksum", wrong_sum),
        ("no gzip", BALANCE.as_bytes().to_vec()),
    ];
    cases.extend((1..whole.len()).map(|end| ("cut", whole[..end].to_vec())));
    for (what, body) in cases {
        let error = remaining("200 OK", gzip, &body).await.expect_err(what);
        assert_eq!(error.kind(), ErrorKind::Transport, "{what}: {error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{what}");
        assert!(error.to_string().contains("unpacked"), "{what}: {error}");
        assert!(!error.is_retryable());
    }
    // Packed once, and said to be so twice.
    let error =
        remaining("200 OK", "content-encoding: gzip, gzip", &whole).await.expect_err("once");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn c32_a_coding_that_nobody_asked_for_is_an_error_that_keeps_the_body() {
    for coding in ["br", "zstd", "deflate", "compress", "gzip, br", "gzip,gzip,gzip,gzip,gzip"] {
        let coding = format!("content-encoding: {coding}");
        let error = remaining("200 OK", &coding, b"raw bytes").await.expect_err("not asked for");
        assert_eq!(error.kind(), ErrorKind::Decode, "{coding}");
        assert_eq!(error.body(), Some(&b"raw bytes"[..]), "{coding}");
        assert!(error.to_string().contains("coding"), "{error}");
        let error = remaining("503 No", &coding, b"raw bytes").await.expect_err("a failure");
        assert_eq!(error.kind(), ErrorKind::Status, "the status comes first");
    }
}

#[tokio::test]
async fn c32_a_body_that_is_not_there_is_not_unpacked() {
    for status in ["204 No Content", "304 Not Modified", "200 OK", "404 Not Found"] {
        for coding in ["gzip", "br"] {
            let headers = format!("content-encoding: {coding}\r\n");
            let text = match status {
                "200 OK" | "404 Not Found" => reply(status, &headers, b""),
                _ => format!("HTTP/1.1 {status}\r\n{headers}\r\n").into_bytes(),
            };
            let wire = Wire::new(Then::Close(text)).await;
            let call = wire.client().credits().remaining().no_retry();
            let error = call.await.expect_err("nothing is no balance");
            let expected =
                if status.starts_with('2') { ErrorKind::Decode } else { ErrorKind::Status };
            assert_eq!(error.kind(), expected, "{status} {coding}: {error:?}");
            assert!(!error.to_string().contains("coding"), "{error}");
        }
    }
}

#[tokio::test]
async fn c32_a_charged_call_whose_body_cannot_be_unpacked_is_not_repeated() {
    let body = [&packed(RUN.as_bytes())[..], b"garbage"].concat();
    let wire = Wire::new(Then::Close(reply("200 OK", "content-encoding: gzip\r\n", &body))).await;
    let call = wire.client().batches().phone(types::BatchRequest::new(vec!["a".into()], 5));
    let error = call.await.expect_err("garbage");
    assert_eq!((error.kind(), wire.requests()), (ErrorKind::OutcomeUnknown, 1));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

/// Pieces of one byte, so that every boundary is met.
#[tokio::test]
async fn c32_members_may_come_in_any_pieces() {
    let body = halves().concat();
    let mut text =
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for byte in body {
        text.extend_from_slice(b"1\r\n");
        text.push(byte);
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(b"0\r\n\r\n");
    let wire = Wire::new(Then::Close(text)).await;
    let reply = wire.client().credits().remaining().await.expect("a reply");
    assert_eq!(reply.remaining_credits, 5.0);
    assert_eq!(reply.headers().get("content-encoding"), None);
}

#[tokio::test]
async fn gzip_is_asked_for_but_for_parts() {
    let wire = Wire::new(Then::Say(reply("200 OK", "", BALANCE.as_bytes()))).await;
    let client: Client = wire.client();
    client.credits().remaining().await.expect("a reply");
    assert!(wire.heads()[0].contains("accept-encoding: gzip"), "{}", wire.heads()[0]);
    client.credits().remaining().header("range", "bytes=0-").await.expect("a reply");
    assert!(!wire.heads()[1].contains("accept-encoding"), "{}", wire.heads()[1]);
}
