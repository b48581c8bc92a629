//! Keys that change while calls are under way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lantern_client::credits::GetRemainingCredits;
use lantern_client::mock::Mock;
use lantern_client::{Client, ClientBuilder, ErrorKind, rate_limits, types};
use serde_json::json;
use tokio::task::JoinSet;

/// A service that takes the keys of one generation, and a vault that has the newest.
#[derive(Clone)]
struct Vault {
    mock: Mock,
    generation: Arc<AtomicUsize>,
    /// How often the vault was asked for each generation.
    asked: Arc<Mutex<Vec<usize>>>,
}

impl Vault {
    fn new() -> Self {
        let mock = Mock::new().with_examples();
        let generation = Arc::new(AtomicUsize::new(0));
        let valid = generation.clone();
        let is_refused = move |key: Option<&str>| {
            key != Some(&*format!("Bearer key-{}", valid.load(Ordering::SeqCst)))
        };
        mock.on::<GetRemainingCredits>()
            .when(move |request| is_refused(request.header("authorization")))
            .status(401)
            .json(json!({"success": false, "error": "an old key"}));
        Self { mock, generation, asked: Arc::default() }
    }

    fn builder(&self) -> ClientBuilder {
        let vault = self.clone();
        let builder = self.mock.client_builder().no_rate_limit(rate_limits::CREDITS);
        builder.secret_from("BearerAuth", move || {
            let vault = vault.clone();
            async move {
                let generation = vault.generation.load(Ordering::SeqCst);
                vault.asked.lock().expect("no panic").push(generation);
                tokio::time::sleep(Duration::from_millis(5)).await;
                Ok::<_, std::io::Error>(format!("key-{generation}"))
            }
        })
    }

    fn asked(&self) -> Vec<usize> {
        self.asked.lock().expect("no panic").clone()
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_changed_under_load_without_one_failed_call() {
    let vault = Vault::new();
    let client = vault.builder().build().expect("a client");
    let mut calls = JoinSet::new();
    for number in 0..400_u64 {
        let (client, vault) = (client.clone(), vault.clone());
        calls.spawn(async move {
            tokio::time::sleep(Duration::from_millis(number % 100)).await;
            if number % 100 == 50 {
                vault
                    .generation
                    .store(usize::try_from(number / 100).expect("small"), Ordering::SeqCst);
            }
            client.credits().remaining().await.map(drop)
        });
    }
    while let Some(done) = calls.join_next().await {
        done.expect("no panic").expect("no call fails");
    }
    let asked = vault.asked();
    let mut once = asked.clone();
    once.dedup();
    assert_eq!(asked, once, "each key is asked for once");
}

#[tokio::test(start_paused = true)]
async fn a_key_that_stays_refused_ends_in_401() {
    let vault = Vault::new();
    let client = vault.builder().build().expect("a client");
    assert!(client.credits().remaining().await.is_ok());
    assert_eq!(vault.asked(), [0], "it is kept");
    vault.mock.on::<GetRemainingCredits>().status(401);
    let error = client.credits().remaining().await.expect_err("no key is taken");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(vault.asked().len(), 2, "the same key is not asked for again and again");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_is_told_and_nothing_is_sent() {
    let mock = Mock::new().with_examples();
    let fail = || async { Err::<String, _>("the vault is closed") };
    let client = mock.client_builder().secret_from("BearerAuth", fail).build().expect("a client");
    let error = client.credits().remaining().await.expect_err("no key");
    assert_eq!(error.kind(), ErrorKind::SignIn);
    assert!(format!("{error:?}").ends_with("the vault is closed"), "{error:?}");
    assert!(mock.requests().is_empty());
    let unknown = Client::builder().secret_from("Other", fail).build().expect_err("no scheme");
    assert!(unknown.to_string().contains("`BearerAuth`"), "{unknown}");
}

#[tokio::test(start_paused = true)]
async fn several_keys_share_connections_and_no_limits() {
    let mock = Mock::new().with_examples();
    let builder = mock.client_builder().api_key("one");
    let limit = Duration::from_secs(3_600);
    let one = builder.rate_limit(rate_limits::CREDITS, 1, limit).build().expect("a client");
    let two = one.with_credential("BearerAuth", "two").expect("a client");
    assert!(one.credits().remaining().await.is_ok());
    let began = tokio::time::Instant::now();
    assert!(two.credits().remaining().await.is_ok());
    assert_eq!(began.elapsed(), Duration::ZERO, "the limit of one key is not that of the other");
    let seen = mock.seen::<GetRemainingCredits>();
    let keys: Vec<_> = seen.iter().map(|one| one.header("authorization")).collect();
    assert_eq!(keys, [Some("Bearer one"), Some("Bearer two")]);
    assert!(one.with_credential("Other", "two").is_err());
}

#[test]
fn a_client_without_the_key_that_every_operation_needs_is_not_built() {
    let error = Client::builder().build().expect_err("no key");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("LANTERN_API_KEY"), "{error}");
    assert!(Client::builder().without_credentials().build().is_ok());
    let signed = Client::builder().default_header("authorization", "Bearer own");
    assert!(signed.build().is_ok());
}

/// A key that is given to a call is not replaced.
#[tokio::test(start_paused = true)]
async fn a_call_with_a_key_of_its_own_asks_nobody() {
    let vault = Vault::new();
    let client = vault.builder().build().expect("a client");
    let request = types::PhoneEnrichmentRequest::new("crm-1").email("ada@example.com");
    let call = client.enrichment().phone(request).header("authorization", "Bearer own");
    assert!(call.await.is_ok());
    assert!(vault.asked().is_empty());
}
