//! Every media type of a status is a case of the reply.

use fixture::{Client, types};
use service::{Request, answer};

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

/// The call of an operation of this tag, and what its reply is shown as.
macro_rules! shown {
    ($status:literal, $media_type:literal, $body:literal, $operation:ident) => {{
        let headers = [concat!("Content-Type: ", $media_type)];
        answer($status, &headers, $body, |url| {
            let reply = client(url).articles().$operation().send_blocking();
            reply.map(|reply| format!("{:?}", reply.body()))
        })
    }};
}

fn variant(shown: &Result<String, fixture::Error>) -> &str {
    let shown = shown.as_ref().expect("a reply");
    shown.split(['(', ' ']).next().expect("a variant")
}

#[test]
fn a_reply_is_read_by_its_media_type() {
    for ((request, reply), expected) in [
        (shown!("200 OK", "application/json", r#"{"text":"a"}"#, read), "Json"),
        (shown!("200 OK", "application/hal+json", r#"{"text":"a"}"#, read), "Json"),
        (shown!("200 OK", "application/vnd.acme.v2+json", r#"{"title":"a"}"#, read), "AcmeV2"),
        (shown!("200 OK", "text/html; charset=utf-8", "<p>", read), "Html"),
        (shown!("200 OK", "text/plain", "{}", read), "Text"),
        (shown!("200 OK", "Text/CSV", "a,b", read), "Csv"),
        (shown!("200 OK", "application/pdf", "%PDF", read), "Pdf"),
        (shown!("200 OK", "image/svg+xml", "<svg/>", read), "Svg"),
        (
            shown!("200 OK", "application/vnd.acme+json; version=2", "{}", read_version),
            "AcmeVersion2",
        ),
        (shown!("200 OK", "application/vnd.acme+json", r#"{"text":"a"}"#, read_version), "Acme"),
        (
            shown!("200 OK", "application/vnd.acme+json;version=3;q=\"a;b\"", "[]", read_version),
            "AcmeVersion3QAB",
        ),
        (shown!("200 OK", "image/png", "P", read_picture), "Image"),
        (shown!("200 OK", "image/svg+xml", "<svg/>", read_picture), "Svg"),
        (shown!("200 OK", "application/json", r#"{"text":"a"}"#, read_picture), "Json"),
        (shown!("200 OK", "text/plain", "a", read_picture), "Content"),
        (shown!("200 OK", "text/csv", "a", read_job), "OkCsv"),
        (shown!("200 OK", "application/json", r#"{"text":"a"}"#, read_job), "OkJson"),
        (shown!("202 Accepted", "text/csv", "a", read_job), "AcceptedCsv"),
        (shown!("202 Accepted", "application/json", "{}", read_job), "AcceptedJson"),
        (shown!("204 No Content", "text/csv", "", read_job), "Other"),
        (shown!("200 OK", "image/gif", "G", read_scan), "Bytes"),
        (shown!("200 OK", "application/json", r#"{"text":"a"}"#, read_scan), "Json"),
    ] {
        assert_eq!(variant(&reply), expected, "{}", request.head);
    }
}

#[test]
fn every_media_type_is_asked_for_once() {
    let (asked, _) = shown!("200 OK", "application/json", r#"{"text":"a"}"#, read);
    let expected = "application/json, application/hal+json, application/vnd.acme.v2+json, text/html, \
                    text/plain, text/csv, application/pdf, image/svg+xml";
    assert_eq!(asked.header("accept"), [expected]);
    let (asked, _) = shown!("200 OK", "application/vnd.acme+json", r#"{"text":"a"}"#, read_version);
    let expected = "application/vnd.acme+json; version=2, application/vnd.acme+json, \
                    application/vnd.acme+json; version=\"3\"; q=\"a;b\"";
    assert_eq!(asked.header("accept"), [expected]);
}

#[test]
fn a_body_states_its_media_type_with_its_parameters() {
    use fixture::articles::AddJobBody;
    for (body, expected, text) in [
        (AddJobBody::Json(types::Plain::new("a")), "application/json", r#"{"text":"a"}"#),
        (
            AddJobBody::AcmeVersion2(types::Rich::default()),
            "application/vnd.acme+json; version=2",
            "{}",
        ),
        (
            AddJobBody::AcmeVersion3(types::Rich::default()),
            "application/vnd.acme+json; version=3",
            "{}",
        ),
        (AddJobBody::Csv("a,é".to_owned()), "text/csv; charset=utf-8", "a,é"),
    ] {
        let (sent, result): (Request, _) = answer("204 No Content", &[], "", |url| {
            client(url).articles().add_job(body).send_blocking().map(drop)
        });
        assert!(result.is_ok());
        assert_eq!((sent.header("content-type"), sent.text()), (vec![expected], text.to_owned()));
    }
}
