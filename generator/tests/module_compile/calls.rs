//! Calls of three clients in one crate, over loopback and without a network.

#![allow(missing_docs, unreachable_pub, reason = "the service is written for crates without these lints")]

use service::answer;
use shop_app::clients::library::mock::Mock;
use shop_app::clients::{library, prices, shop};
use shop_app::money::Money;

mod service;

#[test]
fn a_client_that_is_a_module_sends_and_reads() {
    let body = r#"[{"id": 1, "ship_to": {"city": "Ulm"}}]"#;
    let (request, orders) = answer("200 OK", &["Content-Type: application/json"], body, |url| {
        let client = shop::Client::builder().base_url(url).build().expect("a client");
        client.orders().list().send_blocking().expect("orders").into_body()
    });
    assert_eq!(request.target(), "/orders");
    assert!(request.header("user-agent")[0].starts_with("shop-app/"), "{:?}", request.head);
    assert_eq!(orders[0].id, 1);
}

#[test]
fn a_type_of_the_crate_around_the_module_is_used() {
    let (_, price) = answer("200 OK", &["Content-Type: application/json"], "\"12.50 EUR\"", |url| {
        let client = prices::Client::builder().base_url(url).build().expect("a client");
        client.api().get_price().send_blocking().expect("a price").into_body()
    });
    let price: Money = price;
    assert_eq!(price.to_string(), "12.50 EUR");
}

#[test]
fn the_test_kit_is_there_where_it_was_asked_for() {
    let mock = Mock::new().with_examples();
    let client: library::Client = mock.client();
    client.books().list().send_blocking().expect("books");
    assert_eq!(mock.seen::<library::books::ListBooks>().len(), 1);
}
