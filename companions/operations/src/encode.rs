//! The URL, the headers and the cookies of a request, by the styles of its parameters (OpenAPI 3.1.1, 4.8.12.3).
//!
//! Items are encoded one by one, and what separates them is not: `["a,b", "c"]` → `a%2Cb,c`. Null and an empty list are
//! no parameter. This is how the generated client sends them.

use std::fmt;

use serde_json::{Map, Value};

use text::{component, cookie, deep, fields, has_bare_comma, prefixed, reserved, text};

use crate::{Location, Operation, Parameter, Style};

mod text;

/// Where a request goes, and what it says beside its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The path, encoded.
    pub path: String,
    /// The query, each pair encoded: `name=value`.
    pub query: Vec<String>,
    /// Names and values of headers.
    pub headers: Vec<(String, String)>,
    /// Cookies, their values encoded: `name=value`.
    pub cookies: Vec<String>,
}

impl Request {
    /// The path and the query: `/books?limit=5`.
    #[must_use]
    pub fn target(&self) -> String {
        // A path of a description may have a query of its own.
        let sign = if self.path.contains('?') { '&' } else { '?' };
        match self.query.is_empty() {
            true => self.path.clone(),
            false => format!("{}{sign}{}", self.path, self.query.join("&")),
        }
    }

    /// The headers, and all cookies in one of them (RFC 6265, 5.4).
    #[must_use]
    pub fn into_headers(self) -> Vec<(String, String)> {
        let mut headers = self.headers;
        if !self.cookies.is_empty() {
            headers.push(("cookie".to_owned(), self.cookies.join("; ")));
        }
        headers
    }
}

/// An `application/x-www-form-urlencoded` body: a pair for each member, or for each item of a member that is a list. What is
/// nested is JSON text.
pub(crate) fn form(members: &Map<String, Value>) -> String {
    fields(members).join("&")
}

/// Why a parameter cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The parameter.
    pub parameter: String,
    /// The reason: `it is empty`.
    pub reason: String,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the parameter `{}` cannot be sent: {}", self.parameter, self.reason)
    }
}

impl std::error::Error for EncodeError {}

impl Operation {
    /// The request with these values of parameters, by their names. The body is not in it.
    ///
    /// # Errors
    /// If a required parameter is missing, or a value cannot be sent.
    pub fn request(&self, values: &Map<String, Value>) -> Result<Request, EncodeError> {
        let mut request = Request { path: self.path.clone(), ..Request::default() };
        for parameter in &self.parameters {
            let given = values.get(&parameter.name).filter(|value| !value.is_null());
            match given.or(parameter.constant.as_ref()) {
                Some(value) if parameter.writes_nothing(value) => {}
                Some(value) => parameter.write(value, &mut request)?,
                None if parameter.required => return Err(parameter.error("it is missing")),
                None => {}
            }
        }
        Ok(request)
    }
}

impl Parameter {
    fn error(&self, reason: &str) -> EncodeError {
        EncodeError { parameter: self.name.clone(), reason: reason.to_owned() }
    }

    /// An empty list has no item to write, and null is nothing. In a path, something has to stand.
    fn writes_nothing(&self, value: &Value) -> bool {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        is_empty && self.location != Location::Path && self.style != Style::Json
    }

    fn write(&self, value: &Value, request: &mut Request) -> Result<(), EncodeError> {
        match self.location {
            Location::Path => self.write_path(value, request),
            Location::Query => self.write_query(value, request),
            Location::QueryString => {
                let pairs = match value {
                    Value::Object(members) if self.style != Style::Json => fields(members),
                    other => vec![component(&text(other))],
                };
                request.query.extend(pairs);
                Ok(())
            }
            Location::Header => self.write_header(value, request),
            Location::Cookie => {
                self.write_cookies(value, request);
                Ok(())
            }
        }
    }

    /// An empty value and one that makes a segment of dots are refused: either would name another resource.
    fn write_path(&self, value: &Value, request: &mut Request) -> Result<(), EncodeError> {
        let items = self.items(value, &|text| self.path_text(text));
        let name = component(&self.name);
        let prefix = match (self.style, value) {
            (Style::Label, _) => ".".to_owned(),
            (Style::Matrix, Value::Object(_)) if self.explode => ";".to_owned(),
            (Style::Matrix, _) => format!(";{name}="),
            _ => String::new(),
        };
        let is_separate = self.explode && !prefix.is_empty();
        let groups = if is_separate { items } else { vec![items.join(",")] };
        let written: String = groups.iter().map(|group| prefixed(&prefix, group)).collect();
        if written.is_empty() {
            return Err(self.error("it is empty"));
        }
        request.path = request.path.replace(&format!("{{{}}}", self.name), &written);
        let mut segments = request.path.split('/').flat_map(|segment| segment.split("%2F"));
        match segments.any(|segment| matches!(segment, "." | "..")) {
            true => {
                Err(self.error("it would make a segment of dots, which names another resource"))
            }
            false => Ok(()),
        }
    }

    fn path_text(&self, text: &str) -> String {
        match self.allow_reserved {
            true => text.split('/').map(component).collect::<Vec<_>>().join("/"),
            false => component(text),
        }
    }

    fn write_query(&self, value: &Value, request: &mut Request) -> Result<(), EncodeError> {
        let name = component(&self.name);
        let encode = |text: &str| self.query_text(text);
        match (self.style, value) {
            (Style::Json, value) => {
                request.query.push(format!("{name}={}", component(&value.to_string())));
            }
            (Style::DeepObject, Value::Object(_)) => deep(&self.name, value, &mut request.query),
            (_, Value::Object(members)) if self.explode => request.query.extend(fields(members)),
            (_, value) if self.explode => {
                let items = self.items(value, &encode);
                request.query.extend(items.iter().map(|item| format!("{name}={item}")));
            }
            (style, value) => {
                let items = self.items(value, &encode);
                if style == Style::SpaceDelimited && items.iter().any(|item| item.contains("%20")) {
                    return Err(self.error("an item has a space, which separates items"));
                }
                let separator = match style {
                    Style::SpaceDelimited => "%20",
                    Style::PipeDelimited => "|",
                    _ => ",",
                };
                request.query.push(format!("{name}={}", items.join(separator)));
            }
        }
        Ok(())
    }

    fn query_text(&self, text: &str) -> String {
        match (self.allow_reserved, self.explode) {
            (false, _) => component(text),
            (true, true) => reserved(text),
            // What separates items is encoded within them.
            (true, false) => {
                let separator = if self.style == Style::PipeDelimited { '|' } else { ',' };
                text.split(separator)
                    .map(reserved)
                    .collect::<Vec<_>>()
                    .join(&component(&separator.to_string()))
            }
        }
    }

    fn write_header(&self, value: &Value, request: &mut Request) -> Result<(), EncodeError> {
        let written = match self.style {
            Style::Json => value.to_string(),
            _ => {
                let items = self.items(value, &str::to_owned);
                let is_list = matches!(value, Value::Array(_) | Value::Object(_));
                if is_list && items.iter().any(|item| has_bare_comma(item)) {
                    return Err(self.error("an item has a comma, which separates items"));
                }
                items.join(",")
            }
        };
        if written.contains(['\r', '\n', '\0']) {
            return Err(self.error("it has a line break"));
        }
        request.headers.push((self.name.clone(), written));
        Ok(())
    }

    fn write_cookies(&self, value: &Value, request: &mut Request) {
        match value {
            _ if self.style == Style::Json => {
                request.cookies.push(format!("{}={}", self.name, cookie(&value.to_string())));
            }
            Value::Object(members) if self.explode => {
                let pairs = members
                    .iter()
                    .map(|(name, value)| format!("{}={}", component(name), cookie(&text(value))));
                request.cookies.extend(pairs);
            }
            value if self.explode => {
                let items = self.items(value, &cookie);
                request.cookies.extend(items.iter().map(|item| format!("{}={item}", self.name)));
            }
            value => {
                let items = self.items(value, &cookie);
                request.cookies.push(format!("{}={}", self.name, items.join(",")));
            }
        }
    }

    /// The encoded texts that a value stands for: one for a scalar, one an item, and one or two a member.
    fn items(&self, value: &Value, encode: &dyn Fn(&str) -> String) -> Vec<String> {
        match value {
            _ if self.style == Style::Json => vec![encode(&value.to_string())],
            Value::Array(items) => items.iter().map(|item| encode(&text(item))).collect(),
            Value::Object(members) => {
                let pairs = members.iter().filter(|(_, value)| !value.is_null());
                let pairs = pairs.map(|(name, value)| (encode(name), encode(&text(value))));
                match self.explode {
                    true => pairs.map(|(name, value)| format!("{name}={value}")).collect(),
                    false => pairs.flat_map(|(name, value)| [name, value]).collect(),
                }
            }
            scalar => vec![encode(&text(scalar))],
        }
    }
}
