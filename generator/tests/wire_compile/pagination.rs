//! All pages are asked for, in each of the ways that services have, and nothing more.

use fixture::dependencies::jiff::Timestamp;
use fixture::stock::{ByCursor, ByPage, ByWindow};
use fixture::{Call, Client, Error, ErrorKind, Paginated, types};
use service::answer_in_turn;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

const NO_HEADERS: &[&str] = &[];

/// The ids of all items, and the targets of the requests.
fn ids<Op>(replies: &[(&[&str], &str)], call: impl FnOnce(Client) -> Call<Op>) -> (Vec<i64>, Vec<String>)
where
    Op: Paginated<Item = types::Part>,
{
    let (requests, ids) = answer_in_turn(replies, |url| {
        let mut items = call(client(url)).items();
        let mut ids = Vec::new();
        while let Some(item) = items.next_blocking() {
            ids.push(item.expect("an item").id);
        }
        ids
    });
    (ids, requests.iter().map(|request| request.target().to_owned()).collect())
}

#[test]
fn a_cursor_is_handed_on_and_other_parameters_stay() {
    let replies = [
        (NO_HEADERS, r#"{"data": [{"id": 1}, {"id": 2}], "has_more": true}"#),
        (NO_HEADERS, r#"{"data": [{"id": 3}], "has_more": false}"#),
    ];
    let found = ids(&replies, |client| client.stock().by_cursor().limit(2));
    assert_eq!(found, (vec![1, 2, 3], vec!["/cursor?limit=2".to_owned(), "/cursor?limit=2&after=2".to_owned()]));
}

#[test]
fn a_cursor_in_the_body_leaves_the_rest_of_it() {
    let replies = [
        (NO_HEADERS, r#"{"data": [{"id": 1}], "paging": {"next": "a\"b"}}"#),
        (NO_HEADERS, r#"{"data": [{"id": 2}], "paging": {"next": null}}"#),
    ];
    let (requests, ids) = answer_in_turn(&replies, |url| {
        let body = types::ByCursorInBodyRequest::new("bolts");
        let mut pages = client(url).stock().by_cursor_in_body(body).pages();
        let mut ids = Vec::new();
        while let Some(page) = pages.next_blocking() {
            ids.push(page.expect("a page").data[0].id);
        }
        assert_eq!(pages.position(), None, "after the last page");
        ids
    });
    let bodies: Vec<_> = requests.iter().map(|request| request.text()).collect();
    assert_eq!(ids, [1, 2]);
    assert_eq!(bodies, [r#"{"query":"bolts"}"#, r#"{"cursor":"a\"b","query":"bolts"}"#]);
}

#[test]
fn a_cursor_in_a_header_is_handed_on() {
    let replies = [(&["X-Next-Token: a&b"][..], r#"[{"id": 1}]"#), (&[][..], r#"[{"id": 2}]"#)];
    let found = ids(&replies, |client| client.stock().by_cursor_in_header());
    let targets = ["/cursor-in-header", "/cursor-in-header?token=a%26b"].map(str::to_owned);
    assert_eq!(found, (vec![1, 2], targets.to_vec()));
}

#[test]
fn pages_are_counted_from_the_first_to_the_last() {
    let page = r#"{"data": [{"id": 1}], "paging": {"last": 1}}"#;
    let found = ids(&[(NO_HEADERS, page), (NO_HEADERS, page)], |client| client.stock().by_page());
    assert_eq!(found.1, ["/page", "/page?page=1"]);
    let found = ids(&[(NO_HEADERS, page)], |client| client.stock().by_page().page(1));
    assert_eq!(found.1, ["/page?page=1"]);
}

#[test]
fn pages_without_a_known_last_one_end_with_an_empty_one() {
    let (full, empty) = (r#"{"data": [{"id": 1}]}"#, r#"{"data": []}"#);
    let replies = [(NO_HEADERS, full), (NO_HEADERS, full), (NO_HEADERS, empty)];
    let found = ids(&replies, |client| client.stock().by_page_until_empty());
    let pages = ["/page-until-empty", "/page-until-empty?page=2", "/page-until-empty?page=3"];
    assert_eq!(found.1, pages);
    let replies = [(NO_HEADERS, r#"{"data": [{"id": 1}, {"id": 2}]}"#), (NO_HEADERS, empty)];
    let found = ids(&replies, |client| client.stock().by_offset_until_empty().limit(2));
    assert_eq!(found.1, ["/offset-until-empty?limit=2", "/offset-until-empty?limit=2&offset=2"]);
}

#[test]
fn an_offset_grows_by_what_came_until_the_total() {
    let replies = [
        (NO_HEADERS, r#"{"data": [{"id": 1}, {"id": 2}], "total": 8}"#),
        (NO_HEADERS, r#"{"data": [{"id": 3}], "total": 8}"#),
    ];
    let found = ids(&replies, |client| client.stock().by_offset().offset(5));
    assert_eq!(found, (vec![1, 2, 3], vec!["/offset?offset=5".to_owned(), "/offset?offset=7".to_owned()]));
}

#[test]
fn a_link_leads_to_the_next_page() {
    let replies = [
        (&["Link: </link?c=a%20b&d=1>; rel=\"next\"", "Link: </link>; rel=\"first\""][..], r#"[{"id": 1}]"#),
        (&["Link: <?c=2>; rel=next"][..], r#"[{"id": 2}]"#),
        (&["Link: </link>; rel=\"first\""][..], r#"[{"id": 3}]"#),
    ];
    let found = ids(&replies, |client| client.stock().by_link());
    assert_eq!(found, (vec![1, 2, 3], ["/link", "/link?c=a%20b&d=1", "/link?c=2"].map(str::to_owned).to_vec()));
}

#[test]
fn a_url_in_the_reply_leads_to_the_next_page() {
    let replies = [
        (NO_HEADERS, r#"{"data": [{"id": 1}], "paging": {"next": "/url/b?x=1"}}"#),
        (NO_HEADERS, r#"{"data": [{"id": 2}], "paging": {"next": null}}"#),
    ];
    let found = ids(&replies, |client| client.stock().by_url("a"));
    assert_eq!(found, (vec![1, 2], vec!["/url/a".to_owned(), "/url/b?x=1".to_owned()]));
}

#[test]
fn the_next_page_is_never_asked_of_another_server() {
    let body = r#"{"data": [{"id": 1}], "paging": {"next": "https://evil.example/url/b"}}"#;
    let (_, error) = answer_in_turn(&[(NO_HEADERS, body)], |url| {
        let mut pages = client(url).stock().by_url("a").pages();
        pages.next_blocking().expect("a page").expect("what came is not lost");
        let error = pages.next_blocking().expect("an item").expect_err("an error");
        assert!(pages.next_blocking().is_none(), "an error is the last item");
        error
    });
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("another server"), "{error}");
}

#[test]
fn a_service_that_names_the_same_page_again_is_not_asked_for_ever() {
    let page = r#"{"data": [{"id": 7}], "has_more": true}"#;
    let replies = [(NO_HEADERS, page), (NO_HEADERS, page)];
    let (requests, error) = answer_in_turn(&replies, |url| -> Error {
        let mut items = client(url).stock().by_cursor().items();
        items.next_blocking().expect("an item").expect("the first");
        items.next_blocking().expect("an item").expect("the second page");
        items.next_blocking().expect("an item").expect_err("the same again")
    });
    assert_eq!(requests.len(), 2);
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("the same page"), "{error}");
}

#[test]
fn a_run_is_resumed_at_its_position_and_ends_where_it_is_told() {
    let full = r#"{"data": [{"id": 4}, {"id": 5}], "has_more": true}"#;
    let (requests, position) = answer_in_turn(&[(NO_HEADERS, full)], |url| {
        let mut pages = client(url).stock().by_cursor().pages().at_most(1);
        pages.next_blocking().expect("a page").expect("the first");
        assert!(pages.next_blocking().is_none());
        pages.position().expect("more pages").to_owned()
    });
    assert_eq!((requests.len(), position.as_str()), (1, "5"));
    let (requests, ids) = answer_in_turn(&[(NO_HEADERS, full)], |url| {
        let call: Call<ByCursor> = client(url).stock().by_cursor();
        let mut items = call.pages().resume_at(position).items().at_most(1);
        let first = items.next_blocking().expect("an item").expect("the first").id;
        assert!(items.next_blocking().is_none());
        assert_eq!(items.position(), Some("5"));
        first
    });
    assert_eq!((requests[0].target(), requests.len(), ids), ("/cursor?after=5", 1, 4));
}

#[test]
fn a_failure_keeps_the_position_of_the_page_that_failed() {
    let replies = [
        (NO_HEADERS, r#"{"data": [{"id": 1}], "paging": {"last": 9}}"#),
        (NO_HEADERS, "not JSON"),
    ];
    let (_, position) = answer_in_turn(&replies, |url| {
        let call: Call<ByPage> = client(url).stock().by_page();
        let mut items = call.items();
        items.next_blocking().expect("an item").expect("the first");
        assert!(items.next_blocking().expect("an item").is_err());
        items.position().map(str::to_owned)
    });
    assert_eq!(position.as_deref(), Some("1"));
}

/// So many parts, from this id on.
fn parts(first: i64, count: i64) -> String {
    let parts: Vec<_> = (first..first + count).map(|id| format!(r#"{{"id": {id}}}"#)).collect();
    format!("[{}]", parts.join(", "))
}

fn day(hour: u8) -> String {
    format!("2026-01-01T{hour:02}:00:00Z")
}

fn moment(hour: u8) -> Timestamp {
    day(hour).parse().expect("a moment")
}

/// The hours of the windows that were asked for.
fn hours(requests: &[String]) -> Vec<[u8; 2]> {
    let hour = |target: &str, name: &str| {
        let (_, value) = target.split_once(&format!("{name}=2026-01-01T")).expect(name);
        value[..2].parse().expect("an hour")
    };
    requests.iter().map(|target| [hour(target, "since"), hour(target, "until")]).collect()
}

#[test]
fn a_window_of_time_that_is_full_is_halved_and_a_sparse_one_is_followed_by_a_longer_one() {
    let bodies = [parts(90, 4), parts(1, 3), parts(90, 4), parts(4, 0), parts(4, 1)];
    let replies = bodies.each_ref().map(|body| (NO_HEADERS, body.as_str()));
    let (found, requests) = ids(&replies, |client| {
        client.stock().by_window(moment(0)).until(moment(8)).shelf("a b")
    });
    assert_eq!(found, [1, 2, 3, 4], "no item of a reply that may lack some");
    assert_eq!(hours(&requests), [[0, 8], [0, 4], [4, 8], [4, 6], [6, 8]]);
    assert!(requests.iter().all(|target| target.contains("shelf=a%20b")), "{requests:?}");
}

#[test]
fn a_window_of_time_that_is_not_full_is_one_request() {
    let whole = parts(1, 3);
    let (found, requests) = ids(&[(NO_HEADERS, &whole)], |client| {
        client.stock().by_window(moment(0)).until(moment(8))
    });
    assert_eq!((found, requests.len()), (vec![1, 2, 3], 1));
    let (found, requests) = ids(&[(NO_HEADERS, &whole)], |client| client.stock().by_window(moment(0)));
    assert_eq!((found, requests.len()), (vec![1, 2, 3], 1), "without an end");
}

#[test]
fn a_window_is_as_full_as_the_call_and_the_description_let_it_be() {
    let [two, many, few] = [parts(1, 2), parts(1, 100), parts(1, 1)];
    let targets = |limit, first: &str| {
        let replies = [first, &few, &few].map(|body| (NO_HEADERS, body));
        let (_, requests) = ids(&replies, |client| {
            client.stock().by_window(moment(0)).until(moment(8)).limit(limit)
        });
        hours(&requests)
    };
    assert_eq!(targets(2, &two), [[0, 8], [0, 4], [4, 8]]);
    assert_eq!(targets(3, &two), [[0, 8]]);
    assert_eq!(targets(5_000, &many), [[0, 8], [0, 4], [4, 8]], "no reply has more than 100");
}

#[test]
fn a_run_through_time_is_resumed_at_its_position() {
    let [full, few] = [parts(90, 4), parts(1, 2)];
    let replies = [(NO_HEADERS, full.as_str()), (NO_HEADERS, &few)];
    let (_, position) = answer_in_turn(&replies, |url| {
        let call = client(url).stock().by_window(moment(0)).until(moment(8));
        let mut pages = call.pages().at_most(1);
        pages.next_blocking().expect("a page").expect("the first");
        assert!(pages.next_blocking().is_none());
        pages.position().expect("more pages").to_owned()
    });
    assert_eq!(position, format!("{}/{}", day(4), day(8)));
    let (requests, last) = answer_in_turn(&[(NO_HEADERS, few.as_str())], |url| {
        let call = client(url).stock().by_window(moment(0)).until(moment(8));
        let mut items = call.pages().resume_at(position).items();
        std::iter::from_fn(|| items.next_blocking()).map(|item| item.expect("an item").id).last()
    });
    let targets: Vec<_> = requests.iter().map(|request| request.target().to_owned()).collect();
    assert_eq!((hours(&targets), last), (vec![[4, 8]], Some(2)));
    let (requests, error) = answer_in_turn(&[], |url| {
        let call = client(url).stock().by_window(moment(0)).until(moment(8));
        call.pages().resume_at("17").next_blocking().expect("an item").expect_err("no position")
    });
    assert_eq!((requests.len(), error.kind()), (0, ErrorKind::Request));
}

/// The number of pages that came before the error.
fn pages_until_error(body: &str, call: impl FnOnce(Client) -> Call<ByWindow>) -> (usize, Error) {
    let (_, found) = answer_in_turn(&[(NO_HEADERS, body)], |url| {
        let mut pages = call(client(url)).pages();
        let mut whole = 0;
        loop {
            match pages.next_blocking().expect("a page or an error") {
                Ok(_) => whole += 1,
                Err(error) => return (whole, error),
            }
        }
    });
    found
}

#[test]
fn what_may_lack_items_and_cannot_be_split_comes_before_an_error() {
    let full = parts(1, 4);
    let second = |client: Client| {
        client.stock().by_window(moment(0)).until("2026-01-01T00:00:01Z".parse::<Timestamp>().expect("a moment"))
    };
    let endless = |client: Client| client.stock().by_window(moment(0));
    let envelope = |client: Client| client.stock().by_window(moment(0)).until(moment(8));
    let (pages, error) = pages_until_error(&full, second);
    assert_eq!((pages, error.kind()), (1, ErrorKind::Decode));
    assert!(error.to_string().contains("there are 4 or more in 2026-01-01T00:00:00Z/"), "{error}");
    let (pages, error) = pages_until_error(&full, endless);
    assert_eq!((pages, error.kind()), (1, ErrorKind::Decode));
    assert!(error.to_string().contains("`until`"), "{error}");
    let (pages, error) = pages_until_error(r#"{"parts": []}"#, envelope);
    assert_eq!((pages, error.kind()), (1, ErrorKind::Decode));
    assert!(error.to_string().contains("no list is at"), "{error}");
}

#[test]
fn a_fixed_size_is_what_fills_a_window() {
    let page = |parts: String| format!(r#"{{"data": {parts}}}"#);
    let bodies = [page(parts(1, 2)), page(parts(1, 1)), page(parts(2, 1))];
    let replies = bodies.each_ref().map(|body| (NO_HEADERS, body.as_str()));
    let (found, requests) = ids(&replies, |client| {
        client.stock().by_window_of_fixed_size().since(moment(0)).until(moment(2))
    });
    assert_eq!((found, hours(&requests)), (vec![1, 2], vec![[0, 2], [0, 1], [1, 2]]));
}
