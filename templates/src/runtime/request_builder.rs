//! A request while it is put together.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, RANGE, REFERER, USER_AGENT,
};
use reqwest::{Method, Request};
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use super::call::Constant;
use super::client::Client;
use super::decode::is_object;
use super::header::header;
use super::hooks::BeforeSending;
use super::members::member;
use super::parameter::Parameter;
use super::percent::{self, component};
use super::settings::Settings;
use super::tokens::Tokens;
use super::unpack::ACCEPTED;
use super::{Error, ErrorKind, Policy, Upload, platform};

mod authorize;

/// Headers that a request has once (RFC 9110); other ones may be lists in several lines.
const ONCE: [HeaderName; 10] = [
    ACCEPT,
    ACCEPT_ENCODING,
    CONTENT_TYPE,
    HOST,
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("last-event-id"),
    ORIGIN,
    RANGE,
    REFERER,
    USER_AGENT,
];

/// Whether a call has left for the service, for whoever holds the call.
#[derive(Clone, Debug, Default)]
pub struct SentFlag(Arc<AtomicBool>);

impl SentFlag {
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// How a request is treated that is of no operation.
#[derive(Clone, Copy, Debug)]
pub struct Treatment {
    pub policy: &'static Policy,
    /// The sets of security schemes of which one is needed; `None` for all that the client has.
    pub security: Option<&'static [&'static [&'static str]]>,
}

/// A request while it is put together.
///
/// What cannot be sent is remembered as a fault and reported when the call is sent, so that
/// the words of a call can be chained.
#[derive(Clone, Debug)]
pub struct RequestBuilder {
    pub client: Client,
    pub method: Method,
    /// The path as the description writes it: what errors and logs show.
    pub template: &'static str,
    path: Cow<'static, str>,
    /// Where it goes, where that is a server of its own.
    pub server: Option<Box<Url>>,
    query: Vec<(String, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    cookies: Vec<String>,
    /// Parameters that are sent unless they are set.
    pub constants: Vec<Constant>,
    /// The media types that are welcome.
    accept: &'static str,
    /// That of the body.
    media_type: Option<Cow<'static, str>>,
    body: Bytes,
    /// A body that is not in memory.
    upload: Option<Upload>,
    pub settings: Settings,
    /// What it is signed in by, where that has to be asked for.
    pub tokens: Option<Tokens>,
    /// How it is treated, if no operation says that.
    pub treatment: Option<Treatment>,
    /// Whether it goes to another service, which gets nothing of what the client knows.
    pub is_foreign: bool,
    /// Whom to tell that it is sent.
    pub sent: Option<SentFlag>,
    /// Whom to ask before it is sent.
    pub before: Option<BeforeSending>,
    /// Why it cannot be sent.
    fault: Option<String>,
}

impl RequestBuilder {
    pub fn new(client: &Client, method: Method, template: &'static str) -> Self {
        Self {
            client: client.clone(),
            method,
            template,
            path: template.into(),
            server: None,
            query: Vec::new(),
            headers: Vec::with_capacity(1),
            cookies: Vec::new(),
            constants: Vec::new(),
            accept: "*/*",
            media_type: None,
            body: Bytes::new(),
            upload: None,
            settings: client.shared.settings,
            tokens: None,
            treatment: None,
            is_foreign: false,
            sent: None,
            before: None,
            fault: None,
        }
    }

    /// What its path is joined to.
    pub fn base_url(&self) -> &Url {
        self.server.as_deref().unwrap_or(&self.client.shared.base_url)
    }

    /// Puts an encoded value in the place of `{name}`.
    ///
    /// An empty value and one that makes a dot segment are refused: a URL resolves dot segments away (RFC 3986,
    /// 5.2.4), and either would name another resource. Some services decode `%2F` before they do so.
    pub fn path(&mut self, name: &str, encoded: &str) {
        self.path = self.path.replace(&format!("{{{name}}}"), encoded).into();
        let path = self.path.split('?').next().unwrap_or_default();
        let mut segments = path.split('/').flat_map(|segment| segment.split("%2F"));
        if encoded.is_empty() {
            self.refuse(format!("the path parameter `{name}` cannot be sent: it is empty"));
        } else if segments.any(|segment| matches!(segment, "." | "..")) {
            let fault = "it would make a segment of dots, which names another resource";
            self.refuse(format!("the path parameter `{name}` cannot be sent: {fault}"));
        }
    }

    /// Another path, with its query, which are encoded.
    pub fn target(&mut self, encoded: &str) {
        self.path = encoded.to_owned().into();
    }

    /// Adds a pair, of which the value is encoded.
    pub fn query(&mut self, name: &str, encoded: String) {
        self.query.push((name.to_owned(), encoded));
    }

    /// A text that is the whole query, encoded: it has no name.
    pub fn query_text(&mut self, encoded: String) {
        self.query.push((String::new(), encoded));
    }

    /// The value of a pair, decoded.
    pub fn query_value(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = self.query.iter().find(|(known, _)| known == name)?;
        percent_decode_str(value).decode_utf8().ok()
    }

    /// Puts a pair, of which the value is encoded, in the place of all pairs of this name.
    pub fn set_query(&mut self, name: &str, encoded: String) {
        self.query.retain(|(known, _)| known != name);
        self.query(name, encoded);
    }

    /// Requests this URL instead, which must be a whole one.
    pub fn go_to(&mut self, url: &str) -> Result<(), String> {
        let url = Url::parse(url).map_err(|why| why.to_string())?;
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        self.path = format!("{}{query}", url.path()).into();
        self.query.clear();
        // The URL is whole: it has them, too.
        self.constants.clear();
        let origin = url.join("/").map_err(|why| why.to_string())?;
        self.server = Some(Box::new(origin));
        Ok(())
    }

    /// Puts a member, of which the value is JSON, in the place of the one of this name in the JSON body.
    pub fn set_member(&mut self, name: &str, json: String) {
        let body = if self.body.is_empty() { b"{}".as_slice() } else { &self.body };
        let members: serde_json::Result<BTreeMap<String, Box<RawValue>>> =
            serde_json::from_slice(body);
        let changed = members.and_then(|mut members| {
            members.insert(name.to_owned(), RawValue::from_string(json)?);
            serde_json::to_vec(&members)
        });
        match changed {
            Ok(body) => {
                self.media_type.get_or_insert("application/json".into());
                self.body = body.into();
            }
            Err(why) => self.refuse(format!("`{name}` cannot be set in the body: {why}")),
        }
    }

    /// The pairs of an object, or why it is none.
    pub fn query_object(
        &mut self,
        pairs: serde_json::Result<Vec<(String, String)>>,
        encode: impl Fn(&str) -> String,
    ) {
        match pairs {
            Ok(pairs) => pairs.iter().for_each(|(name, value)| self.query(name, encode(value))),
            Err(error) => self.refuse(format!("a query parameter cannot be sent: {error}")),
        }
    }

    /// Remembers what keeps a parameter from being sent.
    pub fn check_parameter(&mut self, name: &str, value: &impl Parameter) {
        if let Some(fault) = value.fault() {
            self.refuse(format!("the parameter `{name}` cannot be sent: {fault}"));
        }
    }

    pub fn header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, _)) if name == COOKIE => self.cookie_pairs(value),
            Ok((name, value)) => self.checked_header(name, value),
            Err(reason) => self.refuse(reason),
        }
    }

    /// A header of the caller. Of those that a request has once, the last one counts.
    fn checked_header(&mut self, name: HeaderName, mut value: HeaderValue) {
        let is_secret = self.client.shared.service.hides(&name);
        value.set_sensitive(is_secret);
        if is_secret || ONCE.contains(&name) {
            self.headers.retain(|(known, _)| *known != name);
        }
        self.ready_header(name, value);
    }

    /// A header that was made before.
    pub fn ready_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.push((name, value));
    }

    /// Adds a key by which the service knows the attempts of one call, unless the caller has set one.
    pub fn identify(&mut self, header: &'static str) {
        if !self.has_header_called(header) {
            self.header(header, &random_uuid());
        }
    }

    pub fn has_header(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    /// Whether nothing has filled `{name}` yet.
    pub fn has_placeholder(&self, name: &str) -> bool {
        self.path.contains(&format!("{{{name}}}"))
    }

    /// Whether the query has a pair of exactly this name.
    pub fn has_pair(&self, name: &str) -> bool {
        self.query.iter().any(|(known, _)| known == name)
    }

    /// The same by the text of its name.
    pub fn has_header_called(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known.as_str().eq_ignore_ascii_case(name))
    }

    pub fn has_query(&self, name: &str) -> bool {
        self.query.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    pub fn has_cookie(&self, name: &str) -> bool {
        let name_of = |cookie: &str| cookie.split('=').next().unwrap_or_default().to_owned();
        self.cookies.iter().any(|cookie| name_of(cookie).trim().eq_ignore_ascii_case(name))
    }

    /// `a=1; b=2`, as a header has it.
    fn cookie_pairs(&mut self, header: &str) {
        let pairs = header.split(';').map(str::trim).filter(|pair| !pair.is_empty());
        self.cookies.extend(pairs.map(str::to_owned));
    }

    /// Says which media types are welcome.
    pub fn accept(&mut self, media_types: &'static str) {
        self.accept = media_types;
    }

    /// Adds a cookie, of which the value is encoded.
    pub fn cookie(&mut self, name: &str, encoded: &str) {
        let cookie = format!("{name}={encoded}");
        match HeaderValue::from_str(&cookie) {
            Ok(_) => self.cookies.push(cookie),
            Err(_) => self.refuse(format!("{name:?} is not a valid name of a cookie")),
        }
    }

    pub fn body(&mut self, media_type: impl Into<Cow<'static, str>>, body: impl Into<Bytes>) {
        self.media_type = Some(media_type.into());
        self.body = body.into();
        self.upload = None;
    }

    /// A body that need not be in memory.
    pub fn upload(&mut self, media_type: impl Into<Cow<'static, str>>, upload: Upload) {
        match upload.bytes() {
            Some(bytes) => self.body(media_type, bytes),
            None => {
                self.body(media_type, Bytes::new());
                self.upload = Some(upload);
            }
        }
    }

    /// Whether a part of the body was read that cannot be read again.
    pub fn is_spent(&self) -> bool {
        self.upload.as_ref().is_some_and(Upload::is_spent)
    }

    pub fn refuse(&mut self, reason: String) {
        self.fault.get_or_insert(reason);
    }

    /// What the body is so far.
    pub fn body_bytes(&self) -> &[u8] {
        &self.body
    }

    /// A number that the query or the JSON body has by this name.
    pub fn number(&self, name: &str) -> Option<f64> {
        if let Some(value) = self.query_value(name) {
            return value.parse().ok();
        }
        let body: serde_json::Value = serde_json::from_slice(&self.body).ok()?;
        body.get(name)?.as_f64()
    }

    /// Adds a member to a body that is a JSON object. The rest of it stays as it is written.
    pub fn add_member(&mut self, name: &str, value: &Value) {
        let is_json = self.media_type.as_ref().is_none_or(|it| it.contains("json"));
        if self.body.is_empty() && is_json {
            self.body("application/json", "{}");
        }
        if !is_json || !is_object(&self.body) {
            return self.refuse(format!("`{name}` cannot be added: the body is not a JSON object"));
        }
        if member::<IgnoredAny>(&self.body, name).is_some() {
            return self.refuse(format!("`{name}` cannot be added: the body has such a member"));
        }
        let text = String::from_utf8_lossy(&self.body);
        let text = text.trim_end();
        let start = text.strip_suffix('}').unwrap_or(text).trim_end();
        let comma = if start.ends_with('{') { "" } else { "," };
        self.body = format!("{start}{comma}{}:{value}}}", Value::from(name)).into();
    }

    /// Another body of the same media type.
    pub fn replace_body(&mut self, body: impl Into<Bytes>) {
        self.body = body.into();
    }

    /// The first thing that keeps it from being sent.
    pub fn check(&self) -> Result<(), Error> {
        let of_body = || self.upload.as_ref().and_then(Upload::fault);
        let fault = self.fault.clone().or_else(of_body);
        fault.map_or(Ok(()), |fault| Err(Error::new(ErrorKind::Request, fault)))
    }

    /// The request, made anew for each attempt: that costs less than to copy one.
    pub fn build(&self) -> Request {
        let mut request = Request::new(self.method.clone(), self.url());
        let headers = request.headers_mut();
        // Three from below, and the HTTP client adds a few of its own.
        headers.reserve(self.headers.len() + 6);
        for (name, value) in &self.headers {
            headers.append(name, value.clone());
        }
        self.complete(headers);
        if let Some(cookies) = self.cookie_header() {
            headers.insert(COOKIE, cookies);
        }
        if let Some(upload) = &self.upload {
            *request.body_mut() = Some(platform::upload(upload));
        } else if !self.body.is_empty() {
            *request.body_mut() = Some(self.body.clone().into());
        } else if has_content(&self.method) {
            // Some services refuse such a request without a length (RFC 9110, 8.6).
            request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        request
    }

    /// Adds what every request says, unless the caller said it already. It is the same for all,
    /// so that drafts need not keep it.
    fn complete(&self, headers: &mut HeaderMap) {
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static(self.accept));
        // Of a part, what is counted is what comes.
        if !headers.contains_key(RANGE) {
            headers.entry(ACCEPT_ENCODING).or_insert(ACCEPTED);
        }
        if let Some(media_type) = self.content_type() {
            headers.entry(CONTENT_TYPE).or_insert(media_type);
        }
        if let Some(user_agent) = &self.client.shared.user_agent {
            headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
        }
    }

    /// Media types with a boundary are made for each call; the others are never copied.
    fn content_type(&self) -> Option<HeaderValue> {
        match self.media_type.as_ref()? {
            Cow::Borrowed(text) => Some(HeaderValue::from_static(text)),
            Cow::Owned(text) => HeaderValue::from_str(text).ok(),
        }
    }

    /// Values are encoded, so that they can stand in a header; names that cannot are refused.
    fn cookie_header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&self.cookies.join("; ")).ok()?;
        value.set_sensitive(true);
        (!self.cookies.is_empty()).then_some(value)
    }

    /// `https://host/base/` and `/v1/books` → `https://host/base/v1/books?…`.
    pub fn url(&self) -> Url {
        let (path, fixed) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let mut url = self.base_url().clone();
        let base = url.path().trim_end_matches('/');
        url.set_path(&format!("{base}{path}"));
        if !self.query.is_empty() || !fixed.is_empty() {
            let pairs = self.query.iter().map(|(name, value)| match name.is_empty() {
                true => value.clone(),
                false => format!("{}={value}", component(name)),
            });
            let fixed = (!fixed.is_empty()).then(|| fixed.to_owned());
            let query: Vec<String> = fixed.into_iter().chain(pairs).collect();
            url.set_query(Some(&query.join("&")));
        }
        url
    }
}

/// A random UUID (RFC 9562, 5.4). It has to differ from others, and nobody has to be unable to guess it.
fn random_uuid() -> String {
    let random = fastrand::u128(..) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let digits = format!("{random:032x}");
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

/// Whether requests of this method usually have content (RFC 9110, 9.3).
fn has_content(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}
