//! Parameters and bodies of types of other crates are sent as the services read them.

use std::num::NonZeroU32;

use chrono::{DateTime, NaiveDate};
use fixture::{Client, types};
use rust_decimal::Decimal;
use service::answer;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 3, 1).expect("a day")
}

#[test]
fn parameters_are_what_the_json_is() {
    let (request, _) = answer("200 OK", &["content-type: application/json"], "[]", |url| {
        client(url)
            .orders()
            .list(day())
            .since(DateTime::UNIX_EPOCH)
            .least(Decimal::new(1250, 2))
            .ids([uuid::Uuid::nil()])
            .window(std::time::Duration::from_secs(2))
            .x_step(NonZeroU32::MIN)
            .send_blocking()
            .expect("a reply")
    });
    assert_eq!(
        request.target(),
        "/orders/2024-03-01?since=1970-01-01T00%3A00%3A00Z&least=12.50\
         &ids=00000000-0000-0000-0000-000000000000&nanos=0&secs=2"
    );
    assert_eq!(request.header("x-step"), ["1"]);
}

#[test]
fn bodies_and_replies_keep_their_digits() {
    let order = types::Order::new(
        uuid::Uuid::nil(),
        "0.10".parse::<Decimal>().expect("a number"),
        DateTime::UNIX_EPOCH,
        types::OrderState::Done,
    );
    let headers = ["content-type: application/json"];
    let (request, reply) = answer("200 OK", &headers, "99999999999999999.990", |url| {
        client(url).orders().put(day(), order).send_blocking().expect("a reply").into_body()
    });
    assert!(request.text().contains(r#""total":0.10,"#), "{}", request.text());
    assert_eq!(reply.to_string(), "99999999999999999.990");
}
