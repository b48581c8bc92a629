//! Replies: the body, the status and the headers.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{AsHeaderName, CONTENT_TYPE, HeaderMap, SET_COOKIE};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::attempt::Open;
use super::decode::{from_slice, is_object};
use super::header::split_unquoted;
use super::hooks::Attempt;
use super::json::Json;
use super::members::member;
use super::{Error, ErrorKind, Timing, media_type};

/// A successful reply. It derefs to its body, and has the status and the headers.
#[derive(Clone)]
pub struct Reply<T> {
    pub(super) body: T,
    pub(super) meta: Meta,
    /// The text of the body, if it is a JSON object.
    pub(super) object: Bytes,
    pub(super) timing: Timing,
}

impl<T> Reply<T> {
    /// A reply whose body was read, or is a stream.
    pub(super) fn of(body: T, received: Received) -> Self {
        let Received { meta, body: text, timing, .. } = received;
        let object = if is_object(&text) { text } else { Bytes::new() };
        Self { body, meta, object, timing }
    }

    /// The same reply with another body, made from its own.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { body, meta, object, timing } = self;
        Reply { body: change(body), meta, object, timing }
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body, by value.
    pub fn into_body(self) -> T {
        self.body
    }

    /// A member of the body by its name in JSON, with or without a field in this crate.
    ///
    /// A member without a field is in `extra`. If a later version has a field for it, it is not in
    /// `extra` any more, but this method finds it in both versions, as the service wrote it: null
    /// is [`Value::Null`]. `None` if there is no such member, or the body is not an object.
    ///
    /// ```text
    /// let phone = reply.member("phone");
    /// ```
    ///
    /// [`AnyMember`](super::AnyMember) does the same for an object within the body.
    pub fn member(&self, name: &str) -> Option<Value> {
        member(&self.object, name)
    }

    /// How often the request was sent, and how the time was spent. The time of a stream ends with its head.
    pub fn timing(&self) -> Timing {
        self.timing
    }

    /// The status: a number between 200 and 299.
    pub fn status(&self) -> StatusCode {
        self.meta.status
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The headers of the description, with their types.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }
}

/// The text of the body is not shown, because it may have values that the body's type hides.
impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("body", &self.body)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

/// The body is written, without the status and the headers.
impl<T: Serialize> Serialize for Reply<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.body.serialize(serializer)
    }
}

/// The status and the headers of a reply.
#[derive(Clone, Debug)]
pub struct Meta {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The texts of headers that are repeated.
    repeated: Option<Box<HeaderMap<String>>>,
}

impl Meta {
    pub(super) fn new(status: StatusCode, headers: HeaderMap) -> Self {
        let repeated = (headers.len() > headers.keys_len()).then(|| Box::new(repeated(&headers)));
        Self { status, headers, repeated }
    }

    /// The service's id of the request: `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        self.text("x-request-id")
    }

    /// The text of a header, if it is there and is text.
    ///
    /// If it is repeated, this is all of its lines with `, ` between them, which is the same (RFC 9110, 5.3). Of
    /// `Set-Cookie`, which is not, it is the first line; [`headers`](Reply::headers) has the others.
    pub fn header(&self, name: &str) -> Option<&str> {
        let repeated = self.repeated.as_ref().and_then(|repeated| repeated.get(name));
        repeated.map(String::as_str).or_else(|| self.text(name))
    }

    pub(super) fn is(&self, media_type: &str) -> bool {
        media_type::is_one_of(self.stated_media_type(), media_type)
    }

    /// The media type without its parameters, in lower case; empty where none is stated.
    pub(super) fn media_type(&self) -> String {
        media_type::name(self.stated_media_type()).to_ascii_lowercase()
    }

    pub(super) fn stated_media_type(&self) -> &str {
        self.text(CONTENT_TYPE).unwrap_or_default()
    }

    pub(super) fn text(&self, name: impl AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The value of a header, if it is there and can be parsed.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.trim().parse().ok()
    }

    /// The values of a header, on all of its lines, if each can be read as one.
    pub(crate) fn list<T: FromStr>(&self, name: &str) -> Option<Vec<T>> {
        let items = list_items(self.header(name)?).into_iter();
        items.map(|item| item.parse().ok()).collect()
    }
}

/// The headers that have several lines, as one text each.
fn repeated(headers: &HeaderMap) -> HeaderMap<String> {
    let mut repeated = HeaderMap::default();
    for name in headers.keys().filter(|name| *name != SET_COOKIE) {
        let lines: Vec<_> = headers.get_all(name).iter().collect();
        let texts: Option<Vec<_>> = lines.iter().map(|line| line.to_str().ok()).collect();
        if let Some(texts) = texts.filter(|texts| texts.len() > 1) {
            repeated.insert(name.clone(), texts.join(", "));
        }
    }
    repeated
}

/// The items of a list, without empty ones (RFC 9110, 5.6.1).
fn list_items(text: &str) -> Vec<&str> {
    split_unquoted(text, ',').filter(|item| !item.is_empty()).collect()
}

/// A reply whose body was received and has not been decoded.
#[derive(Clone)]
pub struct Received {
    pub(super) meta: Meta,
    pub(super) body: Bytes,
    /// The rest of a body that is a stream.
    pub(super) open: Option<Arc<Mutex<Option<Open>>>>,
    /// What it answers: errors call it `GET /v1/credits/usage`.
    pub(super) call: Attempt,
    /// How often the request was sent, and how the time was spent.
    pub(super) timing: Timing,
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("meta", &self.meta)
            .field("body", &self.body)
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl Received {
    pub(crate) fn status(&self) -> u16 {
        self.meta.status.as_u16()
    }

    /// Whether the reply states this media type, or one in this range.
    pub(crate) fn is(&self, media_type: &str) -> bool {
        self.meta.is(media_type)
    }

    pub(crate) fn is_any(&self, media_types: &[&str]) -> bool {
        media_types.iter().any(|media_type| self.is(media_type))
    }

    pub(crate) fn json<T: Json>(&self) -> Result<T, Error> {
        from_slice(&self.body).map_err(|error| self.undecodable(&error))
    }

    pub(crate) fn text(&self) -> Result<String, Error> {
        String::from_utf8(self.body.to_vec()).map_err(|error| self.undecodable(&error))
    }

    /// The string of a reply that may have any media type.
    pub(crate) fn text_or_json(&self) -> Result<String, Error> {
        let media_type = self.meta.media_type();
        match media_type.ends_with("/json") || media_type.ends_with("+json") {
            true => self.json(),
            false => self.text(),
        }
    }

    pub(crate) fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.body.clone())
    }

    pub(crate) fn nothing(&self) -> Result<(), Error> {
        Ok(())
    }

    pub(super) fn undecodable(&self, error: &dyn std::error::Error) -> Error {
        let message = format!("the reply to {} cannot be read: {error}", self.call);
        let error = Error::new(ErrorKind::Decode, message).with_timing(self.timing);
        error.with_reply(self.meta.clone(), self.body.clone())
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use reqwest::header::HeaderValue;

    use super::*;

    fn received(media_type: &'static str, body: &'static str) -> Received {
        let headers = [(CONTENT_TYPE, HeaderValue::from_static(media_type))];
        let meta = Meta::new(StatusCode::OK, HeaderMap::from_iter(headers));
        let call = Attempt { operation: "read", method: Method::GET, path: "/", resends: 0 };
        let body = Bytes::from_static(body.as_bytes());
        Received { meta, body, open: None, call, timing: Timing::default() }
    }

    #[test]
    fn a_string_is_read_as_its_media_type_says() {
        for (media_type, body, expected) in [
            ("text/plain; charset=utf-8", "a \"b\"", "a \"b\""),
            ("application/octet-stream", "{}", "{}"),
            ("application/json", "\"a\"", "a"),
            ("application/problem+json; v=1", "\"a\"", "a"),
        ] {
            let read = received(media_type, body).text_or_json();
            assert_eq!(read.expect(media_type), expected);
        }
        let error = received("application/json", "a").text_or_json().expect_err("not JSON");
        assert_eq!(error.kind(), ErrorKind::Decode);
    }

    #[test]
    fn every_line_of_a_repeated_header_is_read() {
        let lines = [
            ("link", "<a>; rel=\"next, more\""),
            ("link", "<b>"),
            ("x-counts", "1, 2"),
            ("x-counts", ",3"),
            ("x-words", "a,\"b, \\\"c\",d"),
            ("x-limit", "5"),
            ("x-limit", "6"),
            ("set-cookie", "a=b"),
            ("set-cookie", "c=d"),
        ];
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        let meta = Meta::new(StatusCode::OK, headers);
        assert_eq!(meta.header("Link"), Some("<a>; rel=\"next, more\", <b>"));
        assert_eq!(meta.list("X-Counts"), Some(vec![1, 2, 3]));
        assert_eq!(meta.list::<i64>("Link"), None);
        assert_eq!(meta.list::<i64>("X-None"), None);
        let words = ["a", "\"b, \\\"c\"", "d"].map(str::to_owned);
        assert_eq!(meta.list("X-Words"), Some(words.to_vec()));
        assert_eq!(meta.parsed("X-Limit"), Some(5));
        assert_eq!(meta.header("Set-Cookie"), Some("a=b"));
    }
}
