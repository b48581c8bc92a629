//! The name of an event says what its data are, whether they are JSON or text.

use fixture::mock::Mock;
use fixture::shop::{WatchAnswers, WatchOrders, WatchPrices};
use fixture::types::{WatchAnswersResponse, OrderEvent};
use fixture::{Call, Event, ItemStream, Operation};

const STREAM: &str = "text/event-stream";

/// All events of a stream.
fn events<Op, T>(call: Call<Op>) -> Vec<Event<T>>
where
    Op: Operation<Success = ItemStream<Event<T>>>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let mut events = call.await.expect("events").into_body();
        let mut found = Vec::new();
        while let Some(event) = events.next().await {
            found.push(event.expect("an event"));
        }
        found
    })
}

#[test]
fn the_name_says_what_the_data_are() {
    let mock = Mock::new();
    let sent = "event: placed\nid: 7\ndata: {\"number\": 1}\n\n\
                event: cancelled\ndata: {\"number\": 1,\ndata:  \"why\": \"no stock\"}\n\n\
                event: noted\ndata: 123\n\nevent: noted\ndata: a \"note\"\n\n\
                event: shipped\ndata: {\"number\": 2}\n\n";
    mock.on::<WatchOrders>().reply_bytes(STREAM, sent);
    let found = events(mock.client().shop().watch_orders());
    let [placed, cancelled, digits, quotes, shipped] = &found[..] else { panic!("{found:?}") };
    assert_eq!((placed.name.as_deref(), placed.id.as_deref()), (Some("placed"), Some("7")));
    let OrderEvent::Placed(placed) = &placed.data else { panic!("{placed:?}") };
    assert_eq!(placed.data.as_ref().expect("data").number, 1);
    let OrderEvent::Cancelled(cancelled) = &cancelled.data else { panic!("{cancelled:?}") };
    assert_eq!(cancelled.data.as_ref().expect("data").why.as_deref(), Some("no stock"));
    for (noted, text) in [(digits, "123"), (quotes, "a \"note\"")] {
        let OrderEvent::Noted(noted) = &noted.data else { panic!("{noted:?}") };
        assert_eq!(noted.data.as_deref(), Some(text));
    }
    let OrderEvent::Unrecognized(shipped) = &shipped.data else { panic!("{shipped:?}") };
    assert_eq!((&shipped["event"], &shipped["data"]["number"]), (&"shipped".into(), &2.into()));
}

/// Services that were described before OpenAPI 3.2 send the event as fields, or as JSON within the data.
#[test]
fn an_event_may_be_within_the_data() {
    let sent = [
        "event: delta\ndata: {\"text\": \"Hel\"}\n\nevent: done\ndata: {}\n\n",
        "data: {\"event\": \"delta\", \"data\": {\"text\": \"Hel\"}}\n\n\
         data: {\"event\": \"done\", \"data\": \"{}\"}\n\n",
    ];
    for sent in sent {
        let mock = Mock::new();
        mock.on::<WatchAnswers>().reply_bytes(STREAM, sent);
        let found = events(mock.client().shop().watch_answers());
        let [delta, done] = &found[..] else { panic!("{found:?}") };
        let WatchAnswersResponse::DeltaEvent(delta) = &delta.data else { panic!("{delta:?}") };
        assert_eq!(delta.data.text, "Hel");
        let WatchAnswersResponse::DoneEvent(done) = &done.data else { panic!("{done:?}") };
        assert_eq!(done.data, "{}");
    }
}

#[test]
fn one_kind_of_event_needs_no_name() {
    for sent in ["id: 1\ndata: {\"price\": 2.5}\n\n", "data: {\"data\": {\"price\": 2.5}}\n\n"] {
        let mock = Mock::new();
        mock.on::<WatchPrices>().reply_bytes(STREAM, sent);
        let found = events(mock.client().shop().watch_prices());
        assert_eq!(found[0].data.data.price, 2.5);
    }
}

/// The test kit answers with an event of the first kind.
#[test]
fn the_example_is_an_event() {
    let found = events(Mock::new().with_examples().client().shop().watch_orders());
    assert!(matches!(found[0].data, OrderEvent::Placed(_)), "{found:?}");
}
