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
