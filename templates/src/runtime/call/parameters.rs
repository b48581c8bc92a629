//! Parameters in a request, by their styles (OpenAPI 3.1.1, 4.8.12.3).
//!
//! Items are encoded one by one, and what separates them is not: `["a,b", "c"]` → `a%2Cb,c`. Without an item there is
//! no parameter.

use super::Call;
use crate::runtime::Parameter;
use crate::runtime::json::Json;
use crate::runtime::parameter::{Assignments, Loose, Writing, members_of, pairs};
use crate::runtime::percent::{component, cookie, reserved};

impl<Op> Call<Op> {
    /// `style: simple`: `/x/{id}` with `a/b` → `/x/a%2Fb`.
    pub(crate) fn path(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, component);
        self.request.path(name, &items.join(","));
        self
    }

    /// The same, but each `/` of the value stays: `/x/{path}` with `a/b` → `/x/a/b`.
    pub(crate) fn path_with_slashes(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, with_slashes);
        self.request.path(name, &items.join(","));
        self
    }

    /// `style: label` and `style: matrix`: `.blue.black`, `;color=blue,black`.
    pub(crate) fn path_styled(
        mut self,
        name: &str,
        start: &str,
        by: &str,
        value: impl Parameter,
    ) -> Self {
        let items = self.encoded_items(name, &value, component);
        let groups = if start == by { items } else { Vec::from_iter(joined(&items, by)) };
        let styled = groups.iter().map(|group| after(start, group));
        self.request.path(name, &styled.collect::<String>());
        self
    }

    /// `style: matrix` with `explode: true` of a union: `;R=100;G=200`, `;color=blue;color=black`.
    pub(crate) fn path_matrix_any(self, name: &str, value: &impl Json) -> Self {
        if members_of(value).is_some() {
            return self.path_styled(name, ";", ";", Assignments(value));
        }
        let start = format!(";{name}=");
        self.path_styled(name, &start, &start, Loose(value))
    }

    /// Adds a pair to the query, also one that the description does not have. A list adds a pair for
    /// each item.
    pub fn query(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, component);
        items.into_iter().for_each(|item| self.request.query(name, item));
        self
    }

    /// `in: querystring`: the whole query is one value.
    pub(crate) fn query_string(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, component);
        items.into_iter().for_each(|item| self.request.query_text(item));
        self
    }

    /// The styles with `explode: false`: all items in one pair, with `,`, a space or `|` between them.
    pub(crate) fn query_joined(mut self, name: &str, by: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, component);
        if by == " " {
            // The item's space and the separating one look the same.
            self.refuse_items_with(name, &value, &items, |item| item.contains("%20"), "a space");
        }
        let by = if by == " " { "%20" } else { by };
        if !items.is_empty() {
            self.request.query(name, items.join(by));
        }
        self
    }

    /// `style: form` of an object: `R=100&G=200`.
    pub(crate) fn query_fields(mut self, value: &impl Json) -> Self {
        self.request.query_object(pairs("", Writing::Fields, value), component);
        self
    }

    /// The same with `allowReserved: true`.
    pub(crate) fn query_fields_reserved(mut self, value: &impl Json) -> Self {
        self.request.query_object(pairs("", Writing::Fields, value), |text| reserved(text, ""));
        self
    }

    /// The same of a union, whose value may be something else: `color=blue`.
    pub(crate) fn query_any(self, name: &str, value: &impl Json) -> Self {
        match members_of(value) {
            Some(_) => self.query_fields(value),
            None => self.query(name, Loose(value)),
        }
    }

    /// The same with `allowReserved: true`.
    pub(crate) fn query_any_reserved(self, name: &str, value: &impl Json) -> Self {
        match members_of(value) {
            Some(_) => self.query_fields_reserved(value),
            None => self.query_reserved(name, Loose(value)),
        }
    }

    /// `style: deepObject`: `color[R]=100&color[G]=200`.
    pub(crate) fn query_deep(mut self, name: &str, value: &impl Json) -> Self {
        self.request.query_object(pairs(name, Writing::Deep, value), component);
        self
    }

    /// The same with `allowReserved: true`.
    pub(crate) fn query_deep_reserved(mut self, name: &str, value: &impl Json) -> Self {
        self.request.query_object(pairs(name, Writing::Deep, value), |text| reserved(text, ""));
        self
    }

    /// `style: simple` in a header, where nothing is encoded. Only in quotes can an item have a comma (RFC 9110,
    /// 5.6.1).
    pub(crate) fn header_parameter(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, str::to_owned);
        self.refuse_items_with(name, &value, &items, has_bare_comma, "a comma");
        if !items.is_empty() {
            self.request.header(name, &items.join(","));
        }
        self
    }

    /// `allowReserved: true` with `explode: true`.
    pub(crate) fn query_reserved(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, |text| reserved(text, ""));
        items.into_iter().for_each(|item| self.request.query(name, item));
        self
    }

    /// `allowReserved: true` with `explode: false`. What separates items is encoded within them.
    pub(crate) fn query_joined_reserved(
        mut self,
        name: &str,
        by: &str,
        value: impl Parameter,
    ) -> Self {
        let items = self.encoded_items(name, &value, |text| reserved(text, by));
        if !items.is_empty() {
            self.request.query(name, items.join(if by == " " { "%20" } else { by }));
        }
        self
    }

    /// `style: form` in cookies with `explode: true`: a cookie for each item, as OpenAPI 3.2 shows it for
    /// `style: cookie`.
    pub(crate) fn cookie(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, cookie);
        items.iter().for_each(|item| self.request.cookie(name, item));
        self
    }

    /// `style: form` of an object in cookies with `explode: true`: a cookie for each member, whose name is encoded
    /// unless it is the name of a cookie as it is.
    pub(crate) fn cookie_fields(mut self, value: &impl Json) -> Self {
        match pairs("", Writing::Fields, value) {
            Ok(pairs) => {
                let pairs = pairs.iter().map(|(name, text)| (component(name), cookie(text)));
                pairs.for_each(|(name, text)| self.request.cookie(&name, &text));
            }
            Err(error) => self.request.refuse(format!("a cookie cannot be sent: {error}")),
        }
        self
    }

    /// `style: form` in cookies with `explode: true` of a union, whose value may be an object.
    pub(crate) fn cookie_any(self, name: &str, value: &impl Json) -> Self {
        match members_of(value) {
            Some(_) => self.cookie_fields(value),
            None => self.cookie(name, Loose(value)),
        }
    }

    /// `style: form` in a cookie with `explode: false`.
    pub(crate) fn cookie_joined(mut self, name: &str, value: impl Parameter) -> Self {
        let items = self.encoded_items(name, &value, cookie);
        if !items.is_empty() {
            self.request.cookie(name, &items.join(","));
        }
        self
    }

    /// The items of a value, encoded. What cannot be sent is reported when the call is sent.
    fn encoded_items(
        &mut self,
        name: &str,
        value: &impl Parameter,
        encode: impl Fn(&str) -> String,
    ) -> Vec<String> {
        self.request.check_parameter(name, value);
        let mut items = Vec::new();
        value.each_encoded(&encode, &mut |item| items.push(item));
        items
    }

    /// Refuses a list of which an item could not be told from two items.
    fn refuse_items_with(
        &mut self,
        name: &str,
        value: &impl Parameter,
        items: &[String],
        has: impl Fn(&str) -> bool,
        what: &str,
    ) {
        if items.iter().any(|item| has(item)) && value.is_list() {
            let reason = format!("an item has {what}, which separates items");
            self.request.refuse(format!("the parameter `{name}` cannot be sent: {reason}"));
        }
    }
}

/// A text whose slashes stay.
pub(super) fn with_slashes(text: &str) -> String {
    text.split('/').map(component).collect::<Vec<_>>().join("/")
}

/// A value after `.` or `;name=`. A name without a value has no `=` (RFC 6570, 3.2.7).
pub(super) fn after(start: &str, encoded: &str) -> String {
    match encoded {
        "" => start.trim_end_matches('=').to_owned(),
        encoded => format!("{start}{encoded}"),
    }
}

/// All items in one text, if there are any.
fn joined(items: &[String], by: &str) -> Option<String> {
    (!items.is_empty()).then(|| items.join(by))
}

/// Whether a text has a comma outside of quotes.
fn has_bare_comma(text: &str) -> bool {
    text.split('"').step_by(2).any(|part| part.contains(','))
}

#[cfg(test)]
mod tests {
    use reqwest::{Method, Request};
    use serde_json::{Value, json};

    use super::Call;
    use crate::runtime::parameter::{Assignments, JsonText, Loose, Members};
    use crate::{Client, ErrorKind};

    fn request(
        path: &'static str,
        fill: impl FnOnce(Call<()>) -> Call<()>,
    ) -> Result<Request, String> {
        let client = Client::builder().base_url("https://example.com/base").api_key("k").build();
        let call: Call<()> = Call::new(&client.expect("a client"), Method::GET, path);
        let request = fill(call).into_request();
        let fault = |error: crate::Error| {
            assert_eq!(error.kind(), ErrorKind::Request);
            error.to_string()
        };
        request.check().map(|()| request.build()).map_err(fault)
    }

    fn path(fill: impl FnOnce(Call<()>) -> Call<()>) -> Result<String, String> {
        let request = request("/{a}", fill)?;
        Ok(request.url().path().trim_start_matches("/base/").to_owned())
    }

    fn query(fill: impl FnOnce(Call<()>) -> Call<()>) -> Result<String, String> {
        Ok(request("/", fill)?.url().query().unwrap_or_default().to_owned())
    }

    fn header(name: &str, fill: impl FnOnce(Call<()>) -> Call<()>) -> Result<String, String> {
        let request = request("/", fill)?;
        let value = request.headers().get(name).map(|value| value.to_str().expect("text"));
        Ok(value.unwrap_or_default().to_owned())
    }

    #[test]
    fn what_separates_items_is_not_encoded_and_items_are() {
        let texts = vec!["a,b;c=d", "é |/"];
        let (first, second) = ("a%2Cb%3Bc%3Dd", "%C3%A9%20%7C%2F");
        assert_eq!(path(|call| call.path("a", &texts)), Ok(format!("{first},{second}")));
        let matrix = path(|call| call.path_styled("a", ";a=", ",", &texts));
        assert_eq!(matrix, Ok(format!(";a={first},{second}")));
        let exploded = path(|call| call.path_styled("a", ";a=", ";a=", &texts));
        assert_eq!(exploded, Ok(format!(";a={first};a={second}")));
        let empty = vec!["", "b"];
        let matrix = path(|call| call.path_styled("a", ";a=", ";a=", &empty));
        assert_eq!(matrix.as_deref(), Ok(";a;a=b"));
        let matrix = path(|call| call.path_styled("a", ";a=", ",", ""));
        assert_eq!(matrix.as_deref(), Ok(";a"));
        let label = path(|call| call.path_styled("a", ".", ".", &texts));
        assert_eq!(label, Ok(format!(".{first}.{second}")));
        let pairs = query(|call| call.query("a b", &texts));
        assert_eq!(pairs, Ok(format!("a%20b={first}&a%20b={second}")));
        let joined = query(|call| call.query_joined("a", ",", &texts));
        assert_eq!(joined, Ok(format!("a={first},{second}")));
        let piped = query(|call| call.query_joined("a", "|", &texts));
        assert_eq!(piped, Ok(format!("a={first}|{second}")));
        let spaced = query(|call| call.query_joined("a", " ", vec!["a", "b"]));
        assert_eq!(spaced.as_deref(), Ok("a=a%20b"));
    }

    #[test]
    fn names_and_values_of_objects_are_encoded_and_their_signs_are_not() {
        let object: Value = json!({"a=b": "c,d", "e": 1});
        let assignments = |call: Call<()>| call.path("a", Assignments(&object));
        assert_eq!(path(assignments).as_deref(), Ok("a%3Db=c%2Cd,e=1"));
        let matrix = |call: Call<()>| call.path_styled("a", ";", ";", Assignments(&object));
        assert_eq!(path(matrix).as_deref(), Ok(";a%3Db=c%2Cd;e=1"));
        let members = |call: Call<()>| call.query_joined("q", ",", Members(&object));
        assert_eq!(query(members).as_deref(), Ok("q=a%3Db,c%2Cd,e,1"));
        let fields = |call: Call<()>| call.query_fields(&object);
        assert_eq!(query(fields).as_deref(), Ok("a%3Db=c%2Cd&e=1"));
        let deep = |call: Call<()>| call.query_deep("q", &object);
        assert_eq!(query(deep).as_deref(), Ok("q%5Ba%3Db%5D=c%2Cd&q%5Be%5D=1"));
    }

    #[test]
    fn a_value_of_a_union_is_sent_as_what_it_is() {
        let (object, list, text) = (json!({"a": 1, "b": "c,d"}), json!(["x", "y"]), json!("z"));
        let any = |value: &Value| query(|call| call.query_any("q", value));
        assert_eq!(any(&object).as_deref(), Ok("a=1&b=c%2Cd"));
        assert_eq!(any(&list).as_deref(), Ok("q=x&q=y"));
        assert_eq!(any(&text).as_deref(), Ok("q=z"));
        let deep = |value: &Value| query(|call| call.query_deep("q", value));
        assert_eq!(deep(&list).as_deref(), Ok("q%5B%5D=x&q%5B%5D=y"));
        assert_eq!(deep(&text).as_deref(), Ok("q=z"));
        let joined = |value: &Value| query(|call| call.query_joined("q", ",", Members(value)));
        assert_eq!(joined(&object).as_deref(), Ok("q=a,1,b,c%2Cd"));
        assert_eq!(joined(&text).as_deref(), Ok("q=z"));
        let header =
            |value: &Value| header("x-a", |call| call.header_parameter("X-A", Assignments(value)));
        assert_eq!(header(&json!({"a": 1})).as_deref(), Ok("a=1"));
        assert_eq!(header(&json!("b,c")).as_deref(), Ok("b,c"));
    }

    #[test]
    fn a_value_of_a_union_in_a_path_or_in_cookies_is_sent_as_what_it_is() {
        let (object, list, text) = (json!({"a": 1, "b": "c,d"}), json!(["x", "y"]), json!("z"));
        let matrix = |value: &Value| path(|call| call.path_matrix_any("a", value));
        assert_eq!(matrix(&object).as_deref(), Ok(";a=1;b=c%2Cd"));
        assert_eq!(matrix(&list).as_deref(), Ok(";a=x;a=y"));
        assert_eq!(matrix(&text).as_deref(), Ok(";a=z"));
        let label =
            |value: &Value| path(|call| call.path_styled("a", ".", ".", Assignments(value)));
        assert_eq!(label(&object).as_deref(), Ok(".a=1.b=c%2Cd"));
        assert_eq!(label(&list).as_deref(), Ok(".x.y"));
        let cookies = |value: &Value| header("cookie", |call| call.cookie_any("a", value));
        assert_eq!(cookies(&object).as_deref(), Ok("a=1; b=c%2Cd"));
        assert_eq!(cookies(&list).as_deref(), Ok("a=x; a=y"));
        assert_eq!(cookies(&text).as_deref(), Ok("a=z"));
    }

    #[test]
    fn reserved_characters_stay_in_objects_too() {
        let (object, text) = (json!({"a/b": "c/d&e"}), json!("c/d"));
        let fields = query(|call| call.query_fields_reserved(&object));
        assert_eq!(fields.as_deref(), Ok("a%2Fb=c/d%26e"));
        let any = |value: &Value| query(|call| call.query_any_reserved("q", value));
        assert_eq!(any(&object).as_deref(), Ok("a%2Fb=c/d%26e"));
        assert_eq!(any(&text).as_deref(), Ok("q=c/d"));
        let deep = query(|call| call.query_deep_reserved("q", &object));
        assert_eq!(deep.as_deref(), Ok("q%5Ba%2Fb%5D=c/d%26e"));
    }

    #[test]
    fn a_whole_query_is_one_value() {
        let object: Value = json!({"a": "b&c"});
        let whole = |call: Call<()>| call.query_string("q", JsonText(&object));
        assert_eq!(query(whole).as_deref(), Ok("%7B%22a%22%3A%22b%26c%22%7D"));
        assert_eq!(query(|call| call.query_string("q", "a=b")).as_deref(), Ok("a%3Db"));
    }

    #[test]
    fn an_empty_list_is_no_parameter_with_and_without_explode() {
        let none: Vec<String> = Vec::new();
        assert_eq!(query(|call| call.query("a", &none)).as_deref(), Ok(""));
        assert_eq!(query(|call| call.query_joined("a", ",", &none)).as_deref(), Ok(""));
        assert_eq!(query(|call| call.query_joined("a", ",", Loose(&json!([])))).as_deref(), Ok(""));
        assert_eq!(query(|call| call.query_joined("a", ",", "")).as_deref(), Ok("a="));
        assert_eq!(header("x-a", |call| call.header_parameter("X-A", &none)).as_deref(), Ok(""));
        assert_eq!(header("cookie", |call| call.cookie("a", &none)).as_deref(), Ok(""));
        assert!(path(|call| call.path("a", &none)).is_err_and(|why| why.contains("it is empty")));
        assert!(path(|call| call.path_styled("a", ".", ".", &none)).is_err());
    }

    #[test]
    fn any_value_is_a_segment_unless_it_is_one_of_dots() {
        let url = "https://a.example/b//c/...?e#f";
        let encoded = "https%3A%2F%2Fa.example%2Fb%2F%2Fc%2F...%3Fe%23f";
        assert_eq!(path(|call| call.path("a", url)).as_deref(), Ok(encoded));
        assert_eq!(path(|call| call.path_with_slashes("a", "b//c d")).as_deref(), Ok("b//c%20d"));
        assert_eq!(path(|call| call.path("a", "%2e%2e")).as_deref(), Ok("%252e%252e"));
        for value in [".", ".."] {
            assert!(path(|call| call.path("a", value)).is_err_and(|why| why.contains("`a`")));
            let below = format!("b/{value}/c");
            assert!(path(|call| call.path("a", below.as_str())).is_err());
            assert!(path(|call| call.path_with_slashes("a", below.as_str())).is_err());
        }
        let two = request("/{a}{b}", |call| call.path("a", ".").path("b", "."));
        assert!(two.is_err_and(|why| why.contains("dots")));
        let file = request("/{a}.json", |call| call.path("a", "."));
        assert_eq!(file.expect("a request").url().path(), "/base/..json");
    }

    #[test]
    fn items_that_could_be_taken_for_two_are_refused() {
        let two = vec!["a,b", "c"];
        let refused = header("x-a", |call| call.header_parameter("X-A", &two));
        assert!(refused.is_err_and(|why| why.contains("`X-A`") && why.contains("a comma")));
        let quoted = vec!["\"a,b\"", "c"];
        let sent = header("x-a", |call| call.header_parameter("X-A", &quoted));
        assert_eq!(sent.as_deref(), Ok("\"a,b\",c"));
        let one = header("x-a", |call| call.header_parameter("X-A", "a,b"));
        assert_eq!(one.as_deref(), Ok("a,b"));
        let spaced = query(|call| call.query_joined("a", " ", vec!["a b"]));
        assert!(spaced.is_err_and(|why| why.contains("a space")));
    }

    #[test]
    fn cookies_are_sent_as_they_are() {
        let sent = |value: &str| header("cookie", |call| call.cookie("sid", value));
        assert_eq!(sent("a+b/c==%7B{\"x\"}").as_deref(), Ok("sid=a+b/c==%7B{%22x%22}"));
        assert_eq!(sent("a b;c,d\\é").as_deref(), Ok("sid=a%20b%3Bc%2Cd%5C%C3%A9"));
    }

    #[test]
    fn a_list_in_cookies_is_a_cookie_an_item_or_one_for_all() {
        let items = vec!["a", "b;c"];
        let sent = |fill: &dyn Fn(Call<()>) -> Call<()>| header("cookie", fill);
        assert_eq!(sent(&|call| call.cookie("x", &items)).as_deref(), Ok("x=a; x=b%3Bc"));
        assert_eq!(sent(&|call| call.cookie_joined("x", &items)).as_deref(), Ok("x=a,b%3Bc"));
        let object = json!({"G": 200, "R": 100});
        assert_eq!(sent(&|call| call.cookie_fields(&object)).as_deref(), Ok("G=200; R=100"));
        let object = json!({"a b": "c=d", "e=f;": 1});
        let fields = sent(&|call| call.cookie_fields(&object));
        assert_eq!(fields.as_deref(), Ok("a%20b=c=d; e%3Df%3B=1"));
    }

    #[test]
    fn reserved_characters_stay_where_they_change_nothing_else() {
        let text = "a/b?c=d:e,f@g!&h+i#j[k] %é";
        let expected = "a/b?c=d:e,f@g!%26h%2Bi%23j%5Bk%5D%20%25%C3%A9";
        assert_eq!(query(|call| call.query_reserved("q", text)), Ok(format!("q={expected}")));
        let joined = query(|call| call.query_joined_reserved("q", ",", vec!["a,b", "c/d"]));
        assert_eq!(joined.as_deref(), Ok("q=a%2Cb,c/d"));
    }

    #[test]
    fn a_request_without_content_says_so_if_its_method_has_content() {
        let client = Client::builder().base_url("https://example.com").api_key("k").build();
        let client = client.expect("a client");
        let length = |method: Method| {
            let call: Call<()> = Call::new(&client, method, "/");
            let request = call.into_request().build();
            request
                .headers()
                .get("content-length")
                .map(|length| length.to_str().expect("text").to_owned())
        };
        for method in [Method::POST, Method::PUT, Method::PATCH] {
            assert_eq!(length(method).as_deref(), Some("0"));
        }
        for method in [Method::GET, Method::HEAD, Method::DELETE, Method::OPTIONS] {
            assert_eq!(length(method), None);
        }
    }
}
