//! Processes that keep one rate limit together in Redis.
#![cfg(feature = "server")]

#[path = "../../../tests/shared/alone.rs"]
mod alone;
mod server;

use std::time::Duration;

use lantern_client::{ErrorKind, Phase};

use alone::run_alone;
use server::{Arrival, Redis, Service, call, client};

const PROCESSES: usize = 8;
const CALLS: usize = 12;
/// Half of all calls at once.
const LIMIT: usize = PROCESSES * CALLS / 2;
/// Requests may arrive later by a hundredth of it, also on a busy machine.
const TIME: Duration = Duration::from_secs(15);

const SHORT: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn eight_processes_keep_one_limit() {
    let (redis, service) = (Redis::start(), Service::start(LIMIT, TIME).await);
    let processes = (0..PROCESSES).map(|process| {
        let (service, redis, process) = (service.url(), redis.url(), process.to_string());
        tokio::task::spawn_blocking(move || {
            let environment = [("SERVICE", &*service), ("REDIS", &*redis), ("PROCESS", &*process)];
            run_alone("one_of_eight_processes", &environment)
        })
    });
    for process in processes.collect::<Vec<_>>() {
        assert!(process.await.expect("a process"));
    }
    let arrivals = service.arrivals();
    assert_eq!(arrivals.len(), PROCESSES * CALLS);
    assert!(arrivals.iter().all(|arrival| arrival.status == 200), "no 429");
    let took = arrivals[arrivals.len() - 1].at - arrivals[0].at;
    println!(
        "{:.1} % of the rate that is allowed",
        100.0 * TIME.as_secs_f64() / took.as_secs_f64()
    );
    for process in 0..PROCESSES {
        assert_in_order(&arrivals, &process.to_string());
    }
}

/// Calls that are sent at the same time can overtake each other on the way; those that wait longer are later ones.
fn assert_in_order(arrivals: &[Arrival], process: &str) {
    let own = arrivals.iter().filter_map(|arrival| {
        let (by, number) = arrival.record.split_once('-')?;
        (by == process).then(|| (arrival.at, number.parse::<usize>().expect("a number")))
    });
    let own: Vec<_> = own.collect();
    let bursts = own.chunk_by(|one, next| next.0 - one.0 < TIME / 2);
    let numbers = bursts.map(|burst| burst.iter().map(|call| call.1).collect::<Vec<_>>());
    let numbers: Vec<_> = numbers.collect();
    for two in numbers.windows(2) {
        assert!(two[0].iter().max() < two[1].iter().min(), "{process}: {numbers:?}");
    }
}

#[tokio::test]
#[ignore = "another test runs it in processes of its own"]
async fn one_of_eight_processes() {
    let variable = |name| std::env::var(name).expect("a variable");
    let (service, redis) = (variable("SERVICE"), variable("REDIS"));
    let client = client(&service, &redis, LIMIT as u32, TIME).await;
    let calls = (0..CALLS).map(|number| {
        let (client, record) = (client.clone(), format!("{}-{number}", variable("PROCESS")));
        tokio::spawn(async move { call(&client, &record).await })
    });
    for done in calls.collect::<Vec<_>>() {
        done.await.expect("no panic").expect("a reply");
    }
}

#[tokio::test]
async fn a_429_holds_up_other_processes_too() {
    // It takes one request in a time, and the clients believe that it takes many.
    let time = Duration::from_secs(2);
    let (redis, service) = (Redis::start(), Service::start(1, time).await);
    let one = client(&service.url(), &redis.url(), 100, time).await;
    let other = client(&service.url(), &redis.url(), 100, time).await;
    call(&one, "1").await.expect("a reply");
    let error = call(&one, "2").await.expect_err("too many");
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    call(&other, "3").await.expect("a reply, later");
    let arrivals = service.arrivals();
    assert_eq!(arrivals.iter().map(|arrival| arrival.status).collect::<Vec<_>>(), [200, 429, 200]);
}

#[tokio::test]
async fn without_redis_nothing_is_sent() {
    let (mut redis, service) = (Redis::start(), Service::start(10, SHORT).await);
    let client = client(&service.url(), &redis.url(), 10, SHORT).await;
    call(&client, "1").await.expect("a reply");
    redis.stop();
    let error = call(&client, "2").await.expect_err("no Redis");
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Connect, Some(Phase::Queue)), "{error}");
    assert!(error.is_retryable(), "nothing was sent");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    assert_eq!(service.arrivals().len(), 1);
}

#[tokio::test]
async fn what_redis_loses_does_not_exceed_the_limit() {
    let (mut redis, service) = (Redis::start(), Service::start(2, SHORT).await);
    let client = client(&service.url(), &redis.url(), 2, SHORT).await;
    // Another process has used the limit up, so that this one does not know of it by itself.
    let other = server::client(&service.url(), &redis.url(), 2, SHORT).await;
    call(&client, "1").await.expect("a reply");
    call(&other, "2").await.expect("a reply");
    redis.stop();
    redis.start_again();
    let deadline = tokio::time::Instant::now() + 4 * SHORT;
    // The lost connection is noticed by a call that ends with an error.
    while let Err(error) = call(&client, "3").await {
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(tokio::time::Instant::now() < deadline, "{error}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(
        service.arrivals().iter().all(|arrival| arrival.status == 200),
        "{:?}",
        service.arrivals()
    );
    assert_eq!(service.arrivals().len(), 3);
}

#[tokio::test]
async fn redis_learns_nothing_of_requests_and_keys() {
    let (redis, service) = (Redis::start(), Service::start(2, SHORT).await);
    let client = client(&service.url(), &redis.url(), 2, SHORT).await;
    call(&client, "secret-record").await.expect("a reply");
    let mut contents = redis.contents();
    contents.sort();
    assert_eq!(
        contents,
        ["{rate-limits:test}:enrichment:mark", "{rate-limits:test}:enrichment:requests"]
    );
}
