//! Rate limit groups: their names, and who may change their figures.

use std::time::Duration;

use lantern_client::{Client, ClientBuilder, ErrorKind, rate_limits, types};
use tokio::time::Instant;

use crate::virtual_time::{Answer, BALANCE, RUN, Service};

#[test]
fn an_unknown_group_is_an_error_that_names_the_known_ones() {
    let minute = Duration::from_secs(60);
    let setters: [fn(ClientBuilder, Duration) -> ClientBuilder; 3] = [
        |builder, minute| builder.rate_limit("enrichmnt", 10, minute),
        |builder, _| builder.no_rate_limit("enrichmnt"),
        |builder, _| builder.no_rate_limit(""),
    ];
    for set in setters {
        let builder = set(Client::builder().api_key(crate::KEY), minute);
        let error = builder.build().expect_err("no such group");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let shown = error.to_string();
        assert!(shown.contains("the groups are `enrichment`, "), "{shown}");
    }
}

#[test]
fn each_group_is_a_constant() {
    let groups = [
        (rate_limits::ENRICHMENT, "enrichment"),
        (rate_limits::MATCH, "match"),
        (rate_limits::SALESFORCE, "salesforce"),
        (rate_limits::ROUTING, "routing"),
        (rate_limits::TRIGGERS, "triggers"),
        (rate_limits::LOGS, "logs"),
        (rate_limits::BATCHES, "batches"),
        (rate_limits::CREDITS, "credits"),
        (rate_limits::WORKFLOWS, "workflows"),
        (rate_limits::FORMS, "forms"),
    ];
    for (constant, name) in groups {
        assert_eq!(constant, name);
        let builder = Client::builder().api_key(crate::KEY).no_rate_limit(constant);
        builder.build().expect("a group");
    }
}

/// A service that states this limit with each reply.
fn stating(limit: &'static str) -> Service {
    Service::new(move |_, _, body| {
        let headers = vec![("x-ratelimit-limit", limit.to_owned())];
        Answer::Reply(200, headers, if body.contains("ids") { RUN } else { BALANCE })
    })
}

async fn batch(client: &Client) {
    let request = types::BatchRequest::new(vec!["a".into()], 5);
    client.batches().phone(request).await.expect("a batch");
}

async fn phone(client: &Client) {
    let request = types::PhoneEnrichmentRequest::new("a").email("ada@example.com");
    client.enrichment().phone(request).await.expect("a reply");
}

#[tokio::test(start_paused = true)]
async fn the_ceiling_of_the_key_does_not_lift_the_limit_of_a_group() {
    let client = stating("50").client();
    let began = Instant::now();
    for _ in 0..3 {
        batch(&client).await;
    }
    assert!(began.elapsed() >= Duration::from_secs(120), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_lower_figure_holds_until_a_higher_one_is_stated() {
    let service = Service::new(|number, _, _| {
        let limit = if number < 2 { "2" } else { "60" };
        Answer::Reply(200, vec![("x-ratelimit-limit", limit.to_owned())], BALANCE)
    });
    let client = service.client();
    let began = Instant::now();
    for _ in 0..3 {
        phone(&client).await;
    }
    assert!(began.elapsed() >= Duration::from_secs(60), "two a minute");
    let began = Instant::now();
    for _ in 0..47 {
        phone(&client).await;
    }
    assert!(began.elapsed() < Duration::from_secs(2), "fifty a minute again, and no more");
    phone(&client).await;
    phone(&client).await;
    phone(&client).await;
    assert!(began.elapsed() > Duration::from_secs(50), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_the_caller_sets_overrules_the_description_and_the_service() {
    for stated in ["1", "1000"] {
        let service = stating(stated);
        let builder = Client::builder().api_key(crate::KEY).transport(service.clone());
        let builder = builder.rate_limit(rate_limits::BATCHES, 3, Duration::from_secs(60));
        let client = builder.no_rate_limit(rate_limits::ENRICHMENT).build().expect("a client");
        let began = Instant::now();
        for _ in 0..3 {
            batch(&client).await;
        }
        for _ in 0..100 {
            phone(&client).await;
        }
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        batch(&client).await;
        assert!(began.elapsed() > Duration::from_secs(59), "{:?}", began.elapsed());
    }
}
