//! Texts are taken for what has a spelling, and a text that is no such value is an error of the call, which is not sent.

use fixture::mock::Mock;
use fixture::orders::Get;
use fixture::{Client, ErrorKind};
use service::answer;

mod service;

const ID: &str = "67E55044-10b1-426f-9247-bb680e5fe0c8";

#[test]
fn texts_and_values_are_sent() {
    let day = jiff::civil::date(2024, 3, 1);
    let (request, _) = answer("204 No Content", &[], "", |url| {
        let client = Client::builder().base_url(url).build().expect("a client");
        let call = client.orders().get(ID, Vec::new()).since("2024-03-01T10:00:00+02:00");
        call.days(["2024-03-01", "2024-03-02"]).from(day).send_blocking().expect("a reply");
    });
    let query = "since=2024-03-01T10%3A00%3A00%2B02%3A00&days=2024-03-01&days=2024-03-02&from=%222024-03-01%22";
    assert_eq!(request.target(), format!("/orders/{ID}?{query}"));
    let id: uuid::Uuid = ID.parse().expect("a UUID");
    let (request, _) = answer("204 No Content", &[], "", |url| {
        let client = Client::builder().base_url(url).build().expect("a client");
        client.orders().get(id, Vec::new()).days([day]).send_blocking().expect("a reply");
    });
    assert_eq!(request.target(), format!("/orders/{}?days=2024-03-01", ID.to_lowercase()));
}

#[test]
fn a_text_that_is_no_such_value_is_an_error_before_anything_is_sent() {
    let mock = Mock::new();
    let orders = mock.client();
    let orders = orders.orders();
    for (call, part) in [
        (orders.get("17", Vec::new()), "`id` cannot be sent: \"17\" is not a UUID: "),
        (orders.get(ID, Vec::new()).since("now"), "`since` cannot be sent: \"now\" is not a date-time: "),
        (orders.get(ID, Vec::new()).days(["2024-03-01", "x"]), "`days` cannot be sent: \"x\" is not a date: "),
    ] {
        let error = call.send_blocking().expect_err(part);
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
    assert_eq!(mock.seen::<Get>().len(), 0);
}
