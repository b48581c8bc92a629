//! Each style of a parameter and of a form is sent as it says, below the described path.

use fixture::{Client, types};
use service::answer;

mod service;

fn client(url: &str) -> Client {
    Client::builder().base_url(url).build().expect("a client")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn parameters_have_their_styles() {
    let (request, result) = answer("204 No Content", &[], "", |url| {
        let searches = client(url);
        let call = searches.searches().search("he \"llo");
        let call = call.filter(types::SearchFilter::default().a(1)).route("a/b?c=d&e");
        let call = call.routes(texts(&["a,b", "c/d"])).seen(texts(&["a", "b;c"]));
        let call = call.kept(texts(&["a", "b"])).choices(types::SearchChoices::default().theme("x"));
        call.send_blocking().map(drop)
    });
    result.expect("a reply");
    let query = "text=he%20%22llo&filter=%7B%22a%22%3A1%7D&route=a/b?c=d%26e&routes=a%2Cb,c/d";
    assert_eq!(request.target(), format!("/api/v3/searches?{query}"));
    assert_eq!(request.header("cookie"), ["seen=a; seen=b%3Bc; kept=a,b; theme=x"]);
}

#[test]
fn lists_of_forms_follow_their_encoding() {
    let body = types::ReportRequest::default().ids(vec![1, 2]).tags(texts(&["a", "b c"]));
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).searches().report(body).send_blocking().map(drop)
    });
    result.expect("a reply");
    assert_eq!(request.text(), "ids=1,2&tags=a&tags=b+c");
    assert_eq!(request.header("content-type"), ["application/x-www-form-urlencoded"]);
}

#[test]
fn a_form_that_is_a_string_is_sent_as_it_is() {
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).searches().send_text("a=b&c").send_blocking().map(drop)
    });
    result.expect("a reply");
    assert_eq!((request.target(), request.text()), ("/api/v3/texts", "a=b&c".to_owned()));
}

#[test]
fn the_query_of_a_path_is_sent_before_what_callers_set() {
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).searches().list_saved_searches().limit(5).send_blocking().map(drop)
    });
    result.expect("a reply");
    assert_eq!(request.target(), "/api/v3/searches?kind=saved&comp&limit=5");
    let (request, result) = answer("204 No Content", &[], "", |url| {
        client(url).searches().list_shared_searches("a&b").send_blocking().map(drop)
    });
    result.expect("a reply");
    assert_eq!(request.target(), "/api/v3/searches?kind=shared&owner=a%26b");
}

/// A value of any type from its JSON.
fn value<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect(json)
}

#[test]
fn a_value_of_a_union_is_sent_as_what_it_is() {
    let table = [
        (["{\"gte\":5}", "{\"by\":\"a\"}", "{\"x\":1}", "{\"k\":\"v\"}"], "created%5Bgte%5D=5&expand%5B%5D=a&expand%5B%5D=b&days%5B%5D=2024-01-31&by=a&area=x,1&k=v", "x,1"),
        (["5", "[\"a\",\"b\"]", "\"here\"", "[1,2]"], "created=5&expand%5B%5D=a&expand%5B%5D=b&days%5B%5D=2024-01-31&sort=a&sort=b&area=here&anything=1&anything=2", "here"),
    ];
    for ([created, sort, area, anything], query, header) in table {
        let (request, result) = answer("204 No Content", &[], "", |url| {
            let client = client(url);
            let call = client.searches().list_charges().created(value(created)).sort(value(sort));
            let call = call.expand(["a", "b"]).days([jiff::civil::date(2024, 1, 31)]);
            let call = call.area(value(area)).anything(value(anything)).x_area(value(area));
            call.send_blocking().map(drop)
        });
        result.expect("a reply");
        let target = request.target();
        let mut sent: Vec<_> = target.split_once('?').expect("a query").1.split('&').collect();
        let mut expected: Vec<_> = query.split('&').collect();
        sent.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sent, expected);
        assert_eq!(request.header("x-area"), [header]);
    }
}

/// The target and the cookies of a call whose parameters are all one value of a union.
fn area(area: types::Area) -> (String, String) {
    let (request, result) = answer("204 No Content", &[], "", |url| {
        let searches = client(url);
        let call = searches.searches().list_areas(area.clone(), area.clone(), area.clone());
        call.near(area.clone()).last(area.clone()).send_blocking().map(drop)
    });
    result.expect("a reply");
    (request.target().to_owned(), request.header("cookie").join(" "))
}

#[test]
fn a_value_of_a_union_is_sent_as_what_it_is_in_each_style() {
    let (target, cookies) = area(types::Area::String("a/b".to_owned()));
    assert_eq!(target, "/api/v3/areas/;first=a%2Fb/.a%2Fb/;third=a%2Fb?near=a/b");
    assert_eq!(cookies, "last=a/b");
    let (target, cookies) = area(types::Area::List(texts(&["a", "b"])));
    assert_eq!(target, "/api/v3/areas/;first=a;first=b/.a.b/;third=a,b?near=a&near=b");
    assert_eq!(cookies, "last=a; last=b");
    let (target, cookies) = area(types::Area::Box(types::AreaBox::default().x("a/b").y(1)));
    assert_eq!(target, "/api/v3/areas/;x=a%2Fb;y=1/.x=a%2Fb.y=1/;third=x,a%2Fb,y,1?x=a/b&y=1");
    assert_eq!(cookies, "x=a/b; y=1");
}

#[test]
fn any_value_in_a_path_is_sent_as_what_it_is() {
    for (value, path) in [
        (serde_json::json!({"a": 1, "b": "c,d"}), "a,1,b,c%2Cd"),
        (serde_json::json!([1, "b"]), "1,b"),
        (serde_json::json!("a"), "a"),
    ] {
        let (request, result) = answer("204 No Content", &[], "", |url| {
            client(url).searches().find_anything(value).send_blocking().map(drop)
        });
        result.expect("a reply");
        assert_eq!(request.target(), format!("/api/v3/anything/{path}"));
    }
}
