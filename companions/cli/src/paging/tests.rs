//! All styles of pages against a service in memory that has the numbers below 25.

use std::sync::Mutex;

use lantern_operations::{Operation, Pagination, Table};
use serde_json::{Value, json};

use super::{Items, Pages};
use crate::failure::{Failure, FailureKind};
use crate::request::Input;
use crate::{Answer, Outgoing, Sending, Service};

const BASE: &str = "http://shelf.example/base";

/// Answers a request by its target and its body.
type Answering = fn(&str, &Value) -> Result<Answer, Failure>;

struct Shelf {
    answer: Answering,
    targets: Mutex<Vec<String>>,
}

impl Service for Shelf {
    fn send<'a>(&'a self, request: &'a Outgoing) -> Sending<'a> {
        self.targets.lock().expect("no panic").push(request.target.clone());
        let answer = (self.answer)(&request.target, &request.body());
        Box::pin(async move { answer })
    }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn collect(
    pagination: Value,
    parameters: Value,
    most: u64,
    answer: Answering,
) -> (Items, Vec<String>) {
    let names = ["page", "offset", "after", "from", "to", "limit"];
    let declared: Vec<_> =
        names.iter().map(|name| json!({"name": name, "location": "query", "schema": {}})).collect();
    let operation = json!({
        "id": "list", "group": "books", "command": "list", "method": "POST", "path": "/books",
        "parameters": declared, "pagination": pagination,
        "body": {"content": [{"mediaType": "application/json"}]},
    });
    let operation: &Operation = leak(serde_json::from_value(operation).expect("an operation"));
    let pagination: &Pagination = operation.pagination.as_ref().expect("pages");
    let input = Input {
        parameters: parameters.as_object().cloned().unwrap_or_default(),
        body: Value::Null,
        raw: None,
    };
    let table = leak(Table::new("Shelf", "1"));
    let pages = Pages { table, operation, pagination, input: &input, base: BASE, most };
    let shelf = Shelf { answer, targets: Mutex::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let found = runtime.expect("a runtime").block_on(pages.collect(&shelf, |_| {}));
    (found, shelf.targets.into_inner().expect("no panic"))
}

fn reply(body: Value) -> Result<Answer, Failure> {
    Ok(Answer { status: 200, body: body.to_string().into_bytes(), ..Answer::default() })
}

fn with_header(name: &str, value: String, body: Value) -> Result<Answer, Failure> {
    reply(body).map(|answer| Answer { headers: vec![(name.to_owned(), value)], ..answer })
}

/// The number that a query has for a name.
fn number(target: &str, name: &str) -> Option<u64> {
    let query = target.split_once('?')?.1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name)?.1.parse().ok()
}

/// Ten numbers from here on, and where the next ones are.
fn ten(from: u64) -> (Vec<u64>, Option<u64>) {
    ((from..25.min(from + 10)).collect(), Some(from + 10).filter(|next| *next < 25))
}

fn all(found: &Items) -> Vec<u64> {
    assert!(found.failure.is_none(), "{:?}", found.failure);
    found.items.iter().filter_map(Value::as_u64).collect()
}

#[test]
fn each_style_of_pages_gives_all_items_once() {
    let expected: Vec<u64> = (0..25).collect();
    let query = |name: &str| json!({"query": name});
    let styles: [(Value, Answering); 7] = [
        (json!({"page": {"parameter": query("page"), "first": 0}}), |target, _| {
            reply(json!({"data": ten(number(target, "page").unwrap_or(0) * 10).0}))
        }),
        (
            json!({"page": {"parameter": query("page"), "first": 1, "lastAt": "/pages"}}),
            |target, _| {
                let page = number(target, "page").unwrap_or(1);
                assert!(page <= 3, "the last one is stated");
                reply(json!({"data": ten((page - 1) * 10).0, "pages": 3}))
            },
        ),
        (json!({"offset": {"parameter": {"body": "offset"}, "totalAt": "/total"}}), |_, body| {
            reply(json!({"data": ten(body["offset"].as_u64().unwrap_or(0)).0, "total": 25}))
        }),
        (json!({"cursor": {"parameter": query("after"), "at": "/next"}}), |target, _| {
            let (data, next) = ten(number(target, "after").unwrap_or(0));
            reply(json!({"data": data, "next": next.map(|next| next.to_string())}))
        }),
        (
            json!({"cursorHeader": {"parameter": query("after"), "header": "X-Next"}}),
            |target, _| {
                let (data, next) = ten(number(target, "after").unwrap_or(0));
                with_header(
                    "x-next",
                    next.map(|it| it.to_string()).unwrap_or_default(),
                    json!({"data": data}),
                )
            },
        ),
        (json!("link"), |target, _| {
            let (data, next) = ten(number(target, "after").unwrap_or(0));
            let link = next.map(|next| format!("<{BASE}/books?after={next}>; rel=\"next\""));
            with_header("link", link.unwrap_or_default(), json!({"data": data}))
        }),
        (json!({"url": {"at": "/links/next"}}), |target, _| {
            let (data, next) = ten(number(target, "after").unwrap_or(0));
            reply(
                json!({"data": data, "links": {"next": next.map(|next| format!("?after={next}"))}}),
            )
        }),
    ];
    for (style, answer) in styles {
        let told = style.to_string();
        let pagination = json!({"items": "/data", "style": style});
        let (found, _) = collect(pagination.clone(), json!({}), u64::MAX, answer);
        assert_eq!(all(&found), expected, "{told}");
        let (found, targets) = collect(pagination, json!({}), 2, answer);
        assert_eq!((all(&found).len(), targets.len()), (20, 2), "{told}");
    }
}

/// A reply that is full may lack items, so its window is halved.
#[test]
fn windows_of_time_give_all_items_whatever_a_reply_can_have() {
    // A number a second, at most ten in a reply.
    let answer = |target: &str, _: &Value| {
        let second = |name: &str| -> u64 {
            let (_, rest) =
                target.split_once(&format!("{name}=2026-01-01T00%3A00%3A")).expect("a time");
            rest[..2].parse().expect("a second")
        };
        reply(json!((second("from")..second("to").min(25)).take(10).collect::<Vec<_>>()))
    };
    let pagination =
        json!({"items": "", "style": {"window": {"from": "from", "to": "to", "size": 10}}});
    let time = json!({"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:00:50Z"});
    let (found, _) = collect(pagination.clone(), time, u64::MAX, answer);
    assert_eq!(all(&found), (0..25).collect::<Vec<_>>());
    let (found, targets) =
        collect(pagination, json!({}), u64::MAX, |_, _| reply(vec![1; 10].into()));
    assert_eq!((found.items.len(), targets.len()), (0, 1));
    assert!(found.failure.is_some_and(|it| it.message.contains("may lack items")));
}

#[test]
fn items_that_came_before_a_failure_are_kept_and_no_page_is_asked_for_elsewhere() {
    let pagination = json!({"items": "/data", "style": {"url": {"at": "/next"}}});
    for (next, why) in [
        ("https://evil.example/base/books", "another server"),
        ("http://shelf.example:81/base/books", "another server"),
        ("//evil.example/", "another server"),
        ("/admin", "not below"),
        ("?", "names itself"),
    ] {
        let body = leak(json!({"data": [1], "next": next}));
        static BODY: Mutex<Option<&'static Value>> = Mutex::new(None);
        *BODY.lock().expect("no panic") = Some(body);
        let answer = |_: &str, _: &Value| {
            let body = *BODY.lock().expect("no panic");
            reply(body.expect("a body").clone())
        };
        let (found, targets) = collect(pagination.clone(), json!({}), 3, answer);
        let failure = found.failure.expect(next);
        assert!(failure.message.contains(why), "{next}: {}", failure.message);
        assert!(targets.iter().all(|target| target.starts_with("/books")), "{targets:?}");
    }
    let (found, _) = collect(
        json!({"items": "", "style": {"page": {"parameter": {"query": "page"}, "first": 1}}}),
        json!({}),
        u64::MAX,
        |target, _| match number(target, "page") {
            Some(3) => Err(Failure::new(FailureKind::Service, "500")),
            _ => reply(json!([1, 2])),
        },
    );
    assert_eq!(
        (found.items.len(), found.failure.map(|it| it.kind)),
        (4, Some(FailureKind::Service))
    );
}
