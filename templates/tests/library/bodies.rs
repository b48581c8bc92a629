//! What goes out in other forms than JSON, and what comes back so.

use templates::desk::DonateBookBody;
use templates::types::{Binding, Device, Donation, Filter, Item, NewCover, PriceRange, SignIn};
use templates::{Content, ErrorKind, FilePart};

use crate::client;
use crate::desk::{Desk, Part};

/// A JSON body of the library.
const JSON: &str = "application/json";

fn file(name: &str, file_name: &str, content_type: &str, content: &[u8]) -> Part {
    Part {
        name: name.to_owned(),
        file_name: Some(file_name.to_owned()),
        content_type: Some(content_type.to_owned()),
        content: content.to_vec().into(),
    }
}

fn value(name: &str, content_type: Option<&str>, content: &'static str) -> Part {
    let content_type = content_type.map(str::to_owned);
    Part { name: name.to_owned(), file_name: None, content_type, content: content.into() }
}

fn cover() -> NewCover {
    NewCover::new(b"\x89PNG\r\n--front".to_vec(), "A \"caption\"\r\n")
        .back(FilePart::new("back \"1\".png", "B"))
        .spine(vec![
            FilePart::new("left.svg", "L").content_type("image/svg+xml"),
            FilePart::new("right", "R"),
        ])
        .labels(vec!["old".to_owned(), "röd".to_owned()])
        .price(serde_json::from_str::<PriceRange>(r#"{"from": 1.5, "to": 2.0}"#).expect("a price"))
}

/// What another reader finds in that cover.
fn parts() -> Vec<Part> {
    vec![
        file("front", "front", "application/octet-stream", b"\x89PNG\r\n--front"),
        file("back", "back %221%22.png", "image/png", b"B"),
        file("spine", "left.svg", "image/svg+xml", b"L"),
        file("spine", "right", "application/octet-stream", b"R"),
        value("caption", None, "A \"caption\"\r\n"),
        value("labels", None, "old"),
        value("labels", None, "röd"),
        value("price", Some(JSON), r#"{"from":1.5,"to":2.0}"#),
    ]
}

#[tokio::test]
async fn files_and_fields_arrive_as_parts() {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    client(&desk).desk().upload_cover(7, cover()).await.expect("stored");
    let seen = desk.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].line, "PUT /v1/books/7/cover");
    assert_eq!(seen[0].headers["content-length"], seen[0].body.len().to_string().as_str());
    assert_eq!(seen[0].parts().await, parts());
}

#[tokio::test]
async fn parts_are_sent_again_as_they_were() {
    let desk = Desk::answering(&[(503, JSON, b"{}"), (204, JSON, b"")]).await;
    client(&desk).desk().upload_cover(7, cover()).await.expect("stored");
    let seen = desk.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].body, seen[1].body);
    assert_eq!(seen[1].parts().await, parts());
}

#[tokio::test]
async fn each_call_has_a_boundary_of_its_own() {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    for _ in 0..2 {
        client(&desk).desk().upload_cover(7, cover()).await.expect("stored");
    }
    let seen = desk.seen();
    assert_ne!(seen[0].headers["content-type"], seen[1].headers["content-type"]);
}

#[tokio::test]
async fn a_part_that_cannot_be_sent_is_not_sent() {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    let file = FilePart::new("a", "").content_type("image/png\r\nX-Evil: yes");
    let sent = client(&desk).desk().upload_cover(7, NewCover::new(file, "")).await;
    assert_eq!(sent.expect_err("no media type").kind(), ErrorKind::Request);
    assert!(desk.seen().is_empty());
}

#[tokio::test]
async fn a_part_that_is_no_number_is_not_sent() {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let body = cover().price(PriceRange::new(1.0, number));
        let error = client(&desk).desk().upload_cover(7, body).await.expect_err("no number");
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.to_string().contains(&format!("JSON has no number for {number}")), "{error}");
    }
    assert!(desk.seen().is_empty());
}

#[tokio::test]
async fn numbers_in_parts_and_forms_keep_every_digit() {
    let desk = Desk::answering(&[(204, JSON, b""), (200, "text/plain", b"token")]).await;
    let price = serde_json::from_str::<PriceRange>(r#"{"from":1.5,"to":2.0,"sum":1.10}"#);
    let body = NewCover::new(b"A".to_vec(), "B").price(price.expect("a price"));
    client(&desk).desk().upload_cover(7, body).await.expect("stored");
    let price = value("price", Some(JSON), r#"{"from":1.5,"to":2.0,"sum":1.10}"#);
    assert_eq!(desk.seen()[0].parts().await.last(), Some(&price));

    let text = r#"{"username":"ada","big":123456789012345678901234567890,"sums":[1.10,-0]}"#;
    let body: SignIn = serde_json::from_str(text).expect("a form");
    client(&desk).desk().sign_in(body).await.expect("a token");
    let form = "big=123456789012345678901234567890&sums=1.10&sums=-0&username=ada";
    assert_eq!(std::str::from_utf8(&desk.seen()[1].body), Ok(form));
}

#[tokio::test]
async fn bytes_come_back_as_they_are() {
    let desk = Desk::answering(&[(200, "image/png", b"\x89PNG\r\n\x00\xFF")]).await;
    let reply = client(&desk).desk().download_cover(7).await.expect("a cover");
    assert_eq!(**reply, *b"\x89PNG\r\n\x00\xFF");
    assert_eq!(desk.seen()[0].headers["accept"], "image/png");
}

#[tokio::test]
async fn forms_are_pairs_and_deep_fields() {
    let desk = Desk::answering(&[(200, "text/plain", b"token")]).await;
    let body = SignIn::new("ada&co")
        .scopes(vec!["a b".to_owned(), "c".to_owned()])
        .device(Device::default().name("desk"));
    let token = client(&desk).desk().sign_in(body).await.expect("a token");
    assert_eq!(token.body(), "token");
    let seen = &desk.seen()[0];
    assert_eq!(seen.headers["content-type"], "application/x-www-form-urlencoded");
    let text = std::str::from_utf8(&seen.body).expect("a text");
    let mut pairs: Vec<&str> = text.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["device%5Bname%5D=desk", "scopes=a+b", "scopes=c", "username=ada%26co"]);
    assert!(!seen.headers.contains_key("authorization"));
}

#[tokio::test]
async fn styles_are_written_and_unions_are_read() {
    let items = br#"[{"kind":"volume","title":"Iliad"},{"kind":"gap","width":3},{"kind":"cat"}]"#;
    let desk = Desk::answering(&[(200, JSON, items)]).await;
    let filter =
        Filter::default().binding(Binding::PaperBack).labels(vec!["a".to_owned(), "b".to_owned()]);
    let call = client(&desk).desk().search_shelves(vec![3, 4]).filter(filter);
    let found = call.await.expect("items").into_body();
    let line = "GET /v1/shelves/;rows=3,4\
                ?filter%5Bbinding%5D=paper-back&filter%5Blabels%5D%5B%5D=a&filter%5Blabels%5D%5B%5D=b";
    assert_eq!(desk.seen()[0].line, line);
    assert!(matches!(&found[0], Item::Volume(volume) if volume.title == "Iliad"), "{found:?}");
    assert!(matches!(&found[1], Item::Gap(gap) if gap.width == 3.0), "{found:?}");
    assert!(matches!(&found[2], Item::Unrecognized(_)), "{found:?}");
}

/// What arrives of a donation: its media type and its bytes.
async fn donated(body: impl Into<DonateBookBody>) -> (String, Vec<u8>) {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    client(&desk).desk().donate(3, body).await.expect("thanks");
    let seen = desk.seen().remove(0);
    let media_type = seen.headers["content-type"].to_str().expect("a text").to_owned();
    (media_type, seen.body.to_vec())
}

#[tokio::test]
async fn each_form_of_a_body_arrives_under_its_media_type() {
    let donation = || Donation::new("Iliad & Odyssey");
    let pdf = b"%PDF\xFF".to_vec();
    let png = Content::new("image/png; v=1", b"\x89PNG".to_vec());
    let sent = [
        donated(DonateBookBody::Json(donation())).await,
        donated(DonateBookBody::Form(donation())).await,
        donated(DonateBookBody::Pdf(pdf.clone().into())).await,
        donated(DonateBookBody::Image(png)).await,
        donated(DonateBookBody::Text("röd".to_owned())).await,
    ];
    let expected = [
        (JSON, br#"{"title":"Iliad & Odyssey"}"#.to_vec()),
        ("application/x-www-form-urlencoded", b"title=Iliad+%26+Odyssey".to_vec()),
        ("application/pdf", pdf),
        ("image/png; v=1", b"\x89PNG".to_vec()),
        ("text/plain", "röd".into()),
    ];
    assert_eq!(sent, expected.map(|(media_type, body)| (media_type.to_owned(), body)));
}

#[tokio::test]
async fn a_file_is_a_part_or_a_text() {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    let picture = FilePart::new("iliad.png", b"\x89PNG".to_vec());
    let donation = || Donation::new("Iliad").cover(picture.clone());
    client(&desk).desk().donate(3, DonateBookBody::Multipart(donation())).await.expect("thanks");
    let media_type = "application/octet-stream";
    let parts = [value("title", None, "Iliad"), file("cover", "iliad.png", media_type, b"\x89PNG")];
    assert_eq!(desk.seen()[0].parts().await, parts);
    let refused = client(&desk).desk().donate(3, donation()).await.expect_err("no text");
    assert_eq!((refused.kind(), desk.seen().len()), (ErrorKind::Request, 1));
    let drawn = Donation::new("Iliad").cover(b"<svg/>".to_vec());
    let (_, body) = donated(drawn).await;
    assert_eq!(body, br#"{"title":"Iliad","cover":"<svg/>"}"#);
}

#[tokio::test]
async fn a_value_is_sent_in_the_first_form_that_holds_it() {
    let sent = [
        donated(Donation::new("a")).await,
        donated(b"%PDF".to_vec()).await,
        donated(bytes::Bytes::from_static(b"%PDF")).await,
        donated(Content::new("image/gif", "GIF")).await,
        donated("a").await,
    ];
    let media_types = sent.map(|(media_type, _)| media_type);
    assert_eq!(
        media_types,
        [JSON, "application/pdf", "application/pdf", "image/gif", "text/plain"]
    );
}

#[tokio::test]
async fn what_is_no_media_type_is_not_sent() {
    let desk = Desk::answering(&[(204, JSON, b"")]).await;
    for text in ["image/*", "image/png\r\nX-Evil: yes", "png"] {
        let sent = client(&desk).desk().donate(3, Content::new(text, "")).await;
        assert_eq!(sent.expect_err(text).kind(), ErrorKind::Request, "{text}");
    }
    assert!(desk.seen().is_empty());
}
