//! Required parameters that have only one value. They are sent unless the caller or the client sets them.

use super::Call;
use super::parameters::{after, with_slashes};
use crate::runtime::percent::{component, cookie, reserved};
use crate::runtime::request_builder::RequestBuilder;

/// A parameter that has only one value.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    place: Place,
    name: &'static str,
    value: &'static str,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// After this, in the path: `;name=` in `style: matrix`.
    Path(&'static str),
    PathWithSlashes,
    Query,
    /// Reserved characters are not encoded, but for what would separate items.
    QueryReserved(&'static str),
    Header,
    Cookie,
}

impl<Op> Call<Op> {
    /// A constant in the place of `{name}`.
    pub(crate) fn constant_path(self, name: &'static str, value: &'static str) -> Self {
        self.constant(Place::Path(""), name, value)
    }

    /// `style: label` and `style: matrix`: a constant after `.` or `;name=`.
    pub(crate) fn constant_path_styled(
        self,
        name: &'static str,
        start: &'static str,
        value: &'static str,
    ) -> Self {
        self.constant(Place::Path(start), name, value)
    }

    /// A constant in the path, whose slashes stay.
    pub(crate) fn constant_path_with_slashes(
        self,
        name: &'static str,
        value: &'static str,
    ) -> Self {
        self.constant(Place::PathWithSlashes, name, value)
    }

    /// A constant in the query.
    pub(crate) fn constant_query(self, name: &'static str, value: &'static str) -> Self {
        self.constant(Place::Query, name, value)
    }

    /// `allowReserved: true`: a constant in the query, of which only what separates items is encoded.
    pub(crate) fn constant_query_reserved(
        self,
        name: &'static str,
        by: &'static str,
        value: &'static str,
    ) -> Self {
        self.constant(Place::QueryReserved(by), name, value)
    }

    /// A constant in a header.
    pub(crate) fn constant_header(self, name: &'static str, value: &'static str) -> Self {
        self.constant(Place::Header, name, value)
    }

    /// A constant in a cookie.
    pub(crate) fn constant_cookie(self, name: &'static str, value: &'static str) -> Self {
        self.constant(Place::Cookie, name, value)
    }

    fn constant(mut self, place: Place, name: &'static str, value: &'static str) -> Self {
        self.request.constants.push(Constant { place, name, value });
        self
    }
}

impl RequestBuilder {
    /// Adds the constants that nothing has set.
    pub fn add_constants(&mut self) {
        for Constant { place, name, value } in std::mem::take(&mut self.constants) {
            match place {
                Place::Path(start) if self.has_placeholder(name) => {
                    self.path(name, &after(start, &component(value)));
                }
                Place::PathWithSlashes if self.has_placeholder(name) => {
                    self.path(name, &with_slashes(value));
                }
                Place::Query if !self.has_pair(name) => self.query(name, component(value)),
                Place::QueryReserved(by) if !self.has_pair(name) => {
                    self.query(name, reserved(value, by));
                }
                Place::Header if !self.has_header_called(name) => self.header(name, value),
                Place::Cookie if !self.has_cookie(name) => self.cookie(name, &cookie(value)),
                Place::Path(_) | Place::PathWithSlashes => {}
                Place::Query | Place::QueryReserved(_) | Place::Header | Place::Cookie => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::Call;
    use crate::Client;

    /// What a call sends: the target, and the headers `x-version` and `cookie`.
    fn sent(fill: impl FnOnce(Call<()>) -> Call<()>) -> [String; 3] {
        let client = Client::builder().base_url("https://example.com").api_key("k");
        let client = client.default_query("from", "client").build().expect("a client");
        let call: Call<()> = Call::new(&client, Method::GET, "/{version}/a{mark}/{file}");
        let call = call.constant_path("version", "v1/2").constant_query("type", "a b");
        let call = call
            .constant_path_styled("mark", ";mark=", "")
            .constant_path_with_slashes("file", "b/c d");
        let call = call.constant_query_reserved("at", ",", "/a,b");
        let call = call.constant_query("from", "constant");
        let call = call.constant_header("X-Version", "3").constant_cookie("kind", "c;d");
        let mut request = fill(call).into_request();
        request.add_client(Some(&[]));
        request.check().expect("a request");
        let request = request.build();
        let header = |name: &str| {
            let value = request.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let target = format!("{}?{}", request.url().path(), request.url().query().unwrap_or(""));
        [target, header("x-version"), header("cookie")]
    }

    #[test]
    fn a_constant_is_sent_by_itself() {
        let expected =
            ["/v1%2F2/a;mark/b/c%20d?from=client&type=a%20b&at=/a%2Cb", "3", "kind=c%3Bd"];
        assert_eq!(sent(|call| call), expected);
    }

    #[test]
    fn what_is_set_is_sent_in_the_place_of_a_constant() {
        let set = |call: Call<()>| {
            let call = call.path("version", "v2").query("type", "b").query("from", "call");
            let call = call.path("mark", ";mark=e").path("file", "f").query("at", "g");
            call.header("x-version", "4").cookie("kind", "e")
        };
        assert_eq!(sent(set), ["/v2/a%3Bmark%3De/f?type=b&from=call&at=g", "4", "kind=e"]);
    }

    #[test]
    fn names_of_pairs_differ_by_case() {
        let [target, ..] = sent(|call| call.query("Type", "b"));
        assert_eq!(target, "/v1%2F2/a;mark/b/c%20d?Type=b&from=client&type=a%20b&at=/a%2Cb");
    }
}
