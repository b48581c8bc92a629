//! What is shown of batches, and how much of their results is taken.

use std::error::Error as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use lantern_client::batch::{FetchError, Record, Table};
use lantern_client::{Client, Error, ErrorKind, Sending, Transport};

use crate::tables::phone_batch;

/// Results that come in pieces, without their length.
#[derive(Clone, Debug)]
struct Pieces(Vec<&'static str>);

impl Transport for Pieces {
    fn send(&self, _: reqwest::Request) -> Sending<'_> {
        let body = reqwest::Body::wrap(Body(self.0.clone().into_iter()));
        Box::pin(async { Ok(http::Response::new(body).into()) })
    }
}

struct Body(std::vec::IntoIter<&'static str>);

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let piece = self.0.next().map(|piece| Ok(http_body::Frame::data(Bytes::from(piece))));
        Poll::Ready(piece)
    }
}

/// What comes of a limit of ten bytes.
async fn ten_bytes(pieces: &[&'static str]) -> Result<Table<Record>, Error> {
    let transport = Pieces(pieces.to_vec());
    let builder = Client::builder().api_key(crate::KEY).transport(transport).max_body(10);
    let client = builder.build().expect("a client");
    phone_batch("https://bucket.example.com/1.csv").report(&client).await
}

#[tokio::test]
async fn results_in_pieces_are_taken_up_to_the_limit() {
    let table = ten_bytes(&["id\nabc", "defg"]).await.expect("ten bytes");
    assert_eq!(table.rows().next().expect("a row").expect("good").get("id"), Some("abcdefg"));
    for pieces in [&["id\nabc", "defgh"][..], &["id\nabcdefgh"], &["id\nabcdefg", "h"]] {
        let error = ten_bytes(pieces).await.expect_err("eleven bytes");
        assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "{pieces:?}");
        assert!(error.to_string().contains("more than 10 bytes"), "{error}");
    }
}

#[tokio::test]
async fn neither_cells_nor_signatures_are_shown() {
    let batch = phone_batch("https://bucket.example.com/1.csv?sig=canary");
    let shown = format!("{batch:?}");
    assert!(shown.contains("run-1") && !shown.contains("canary"), "{shown}");

    let table = ten_bytes(&["a,b\nc,d\ne"]).await.expect("a table");
    let shown = format!("{table:?}");
    assert_eq!(shown, r#"Table { columns: ["a", "b"], bytes: 9, .. }"#);
    let bad = table.rows().filter_map(Result::err).next().expect("a bad row");
    assert_eq!(bad.cells, ["e"]);
    assert_eq!(format!("{bad:?}"), format!("BadRow({bad})"));
    assert!(bad.to_string().starts_with("line 3: "), "{bad}");
}

#[test]
fn a_failure_to_fetch_names_its_cause() {
    let error = FetchError::passing("cut off");
    assert!(error.source().is_none());
    let error = error.with_source(std::io::Error::other("a reset"));
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("a reset"));
    assert_eq!(error.to_string(), "cut off");
}
