//! XML is sent and read as a text, and never as JSON.

use fixture::Client;
use fixture::orders::AddOrderBody;
use service::answer;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

#[test]
fn xml_is_a_text_on_both_ways() {
    let xml = "<order id=\"1\"/>";
    for (body, media_type) in [
        (AddOrderBody::Xml(xml.to_owned()), "application/xml"),
        (AddOrderBody::OrderVersion2(xml.to_owned()), "application/vnd.order+xml; version=2"),
    ] {
        let (request, reply) = answer("200 OK", &["Content-Type: application/xml"], xml, |url| {
            client(url).orders().add(body).send_blocking().expect("a reply")
        });
        assert_eq!(
            (request.header("content-type"), request.text()),
            (vec![media_type], xml.to_owned())
        );
        assert_eq!(request.header("accept"), ["application/xml"]);
        assert_eq!(*reply, xml);
    }
    let (request, _) = answer("204 No Content", &[], "", |url| {
        client(url).orders().replace(xml).send_blocking().map(drop).expect("a reply")
    });
    assert_eq!(
        (request.header("content-type"), request.text()),
        (vec!["text/xml"], xml.to_owned())
    );
}
