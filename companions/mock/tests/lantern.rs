//! The generated client of Lantern and a mock server of the same table understand each other.

use std::fmt::Debug;
use std::future::IntoFuture;
use std::time::Duration;

use lantern_client::batch::Web;
use lantern_client::mock::Example;
use lantern_client::{Client, Error, ErrorKind, Reply, types};
use lantern_mock::{MockBuilder, MockServer};
use lantern_operations::Table;

const KEY: &str = "canary";

async fn server(settings: impl FnOnce(MockBuilder) -> MockBuilder) -> MockServer {
    let table = include_str!("../../../generated/lantern-cli/src/operations.json");
    let table = Table::from_json(table).expect("a table");
    settings(MockServer::builder(table).key(KEY).batch_delay(Duration::from_millis(200)))
        .start()
        .await
        .expect("a free port")
}

fn client(server: &MockServer) -> Client {
    let builder = Client::builder().api_key(KEY).base_url(server.url());
    builder.no_rate_limit("batches").build().expect("a client")
}

/// The reply of a call, which the client could read.
async fn answered<T: Debug>(call: impl IntoFuture<Output = Result<Reply<T>, Error>>) -> Reply<T> {
    call.await.unwrap_or_else(|error| panic!("{error:?}"))
}

#[tokio::test]
async fn each_operation_gets_a_reply_that_the_client_reads() {
    let server = server(MockBuilder::no_limits).await;
    let client = client(&server);
    let (from, to) = ("2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z");
    let enrichment = client.enrichment();
    answered(enrichment.phone(Example::example())).await;
    answered(enrichment.email(Example::example())).await;
    answered(enrichment.company(Example::example())).await;
    answered(enrichment.person(Example::example())).await;
    answered(enrichment.ai(Example::example())).await;
    answered(enrichment.research(Example::example())).await;
    answered(client.matching().objects(Example::example())).await;
    answered(client.salesforce().convert(Example::example())).await;
    answered(client.routing().assign(Example::example())).await;
    answered(client.triggers().salesforce(Example::example())).await;
    answered(client.logs().routing(from, to)).await;
    answered(client.logs().routing(from, to).format(types::LogFormat::Csv)).await;
    answered(client.batches().phone(Example::example())).await;
    answered(client.batches().phone_and_email(Example::example())).await;
    answered(client.batches().email(Example::example())).await;
    answered(client.credits().usage(from, to)).await;
    answered(client.credits().remaining()).await;
    answered(client.workflows().trigger("workflow-1", Example::example())).await;
    answered(client.forms().submit(Example::example())).await;
    let received = server.received();
    assert!(received.iter().all(|it| it.status == Some(200)), "{received:#?}");
    assert!(!format!("{received:?}").contains(KEY));
}

#[tokio::test]
async fn a_batch_is_submitted_waited_for_and_read() {
    let server = server(|it| it).await;
    let client = client(&server);
    let ids = ["p-1", "p-2", "p-3"].map(str::to_owned).to_vec();
    let body = types::BatchRequest::new(ids, 2);
    let batch = answered(client.batches().phone(body)).await;
    let web = Web::new().expect("a fetcher").allow_local();
    let wait = batch.wait(&client).every(Duration::from_millis(50), Duration::from_millis(50));
    let rows = wait.fetch_by(web).await.expect("results");
    let ids: Vec<_> = rows.rows().map(|row| row.expect("a row").id.clone()).collect();
    assert_eq!(ids, ["p-1", "p-2"], "processing stops when the cap is reached");
    assert_eq!(server.account().charged, 2.0);
}

#[tokio::test]
async fn faults_are_survived_and_nothing_is_paid_twice() {
    let server = server(|it| {
        let it = it.no_limits().seed(3).fail("503@0.2".parse().expect("a rule"));
        it.fail("disconnect@0.2:enrichment".parse().expect("a rule"))
    })
    .await;
    let client = client(&server);
    for number in 0..10 {
        let body =
            types::PhoneEnrichmentRequest::new(format!("crm-{number}")).email("ada@example.com");
        let reply = answered(client.enrichment().phone(body)).await;
        assert_eq!(reply.record_id.as_deref(), Some(format!("crm-{number}").as_str()));
    }
    let charges = server.account().charges;
    assert_eq!(charges.len(), 10, "{charges:?}");
    assert!(server.received().len() > 12, "some requests failed");
}

#[tokio::test]
async fn an_empty_account_and_a_wrong_request_are_errors_of_their_kind() {
    let server = server(|it| it.credits(0.0)).await;
    let poor = client(&server);
    let body = || types::PhoneEnrichmentRequest::new("crm-1").email("ada@example.com");
    let error = poor.enrichment().phone(body()).await.expect_err("no credits");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(402));
    server.set_credits(100.0);
    let client = client(&server);
    let bare = types::PhoneEnrichmentRequest::new("crm-1");
    let error = client.enrichment().phone(bare).await.expect_err("none of three ways");
    assert_eq!(
        (error.kind(), error.status().map(|it| it.as_u16())),
        (ErrorKind::Status, Some(422))
    );
    let usage = client.credits().remaining().await.expect("a reply");
    assert_eq!(usage.remaining_credits, 100.0);
}
