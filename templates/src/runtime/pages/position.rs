//! Where the next page is, and the request for it.

use super::link;
use super::pagination::{PageParameter, Pagination, Style};
use super::window::Step;
use crate::runtime::find::{count, fault, text};
use crate::runtime::percent::component;
use crate::runtime::request_builder::RequestBuilder;
use crate::runtime::{Error, ErrorKind, Received};

/// Asks for the page at a position.
pub fn start_at(pagination: &Pagination, request: &mut RequestBuilder, position: &str) {
    match pagination.style {
        Style::Cursor(parameter, _) | Style::CursorHeader(parameter, _) => {
            set(request, parameter, position, serde_json::Value::from(position).to_string());
        }
        Style::Page(parameter, ..) | Style::Offset(parameter, _) => {
            set(request, parameter, position, position.to_owned());
        }
        Style::Link | Style::Url(_) => {
            if let Err(reason) = request.go_to(position) {
                request.refuse(format!("the next page cannot be requested: {reason}"));
            }
        }
        Style::Window(window) => window.start_at(request, position),
    }
}

fn set(request: &mut RequestBuilder, parameter: PageParameter, text: &str, json: String) {
    match parameter {
        PageParameter::Query(name) => request.set_query(name, component(text)),
        PageParameter::Body(name) => request.set_member(name, json),
    }
}

/// What is to be done after a reply. `call` is the request for all pages, `request` that for the page at `position`.
pub fn step(
    pagination: &Pagination,
    call: &RequestBuilder,
    request: &RequestBuilder,
    received: &Received,
    position: Option<&str>,
) -> Result<Step, Error> {
    match pagination.style {
        Style::Window(window) => window.step(pagination, call, request, received),
        _ => next(pagination, request, received, position).map(Step::Next),
    }
}

/// Where the page after a reply is; `None` after the last. `position` is that of the reply.
fn next(
    pagination: &Pagination,
    request: &RequestBuilder,
    received: &Received,
    position: Option<&str>,
) -> Result<Option<String>, Error> {
    if pagination.more.is_some_and(|more| text(&received.body, more).is_none()) {
        return Ok(None);
    }
    let next = match pagination.style {
        Style::Cursor(_, at) => text(&received.body, at),
        Style::CursorHeader(_, name) => {
            received.meta.text(name).filter(|cursor| !cursor.is_empty()).map(str::to_owned)
        }
        Style::Page(parameter, first, last) => {
            let now = number(request, parameter).unwrap_or(first);
            let is_last = last.and_then(|at| figure(received, at)).is_some_and(|last| now >= last);
            following(pagination, received, is_last, now.saturating_add(1))?
        }
        Style::Offset(parameter, total) => {
            let before = number(request, parameter).unwrap_or(0);
            let here = items(pagination, received)?;
            let now = before.saturating_add(here);
            let is_last = total.and_then(|at| figure(received, at)).is_some_and(|all| now >= all);
            following(pagination, received, is_last, now)?
        }
        Style::Link => received.meta.header("link").and_then(link::next).map(str::to_owned),
        Style::Url(at) => text(&received.body, at),
        Style::Window(_) => None,
    };
    let next = match pagination.style {
        Style::Link | Style::Url(_) => next.map(|url| beside(request, &url)).transpose()?,
        _ => next,
    };
    match next {
        Some(next) if Some(next.as_str()) == position => {
            Err(fault(received, "it names the same page again as the next one".to_owned()))
        }
        next => Ok(next),
    }
}

/// The number of the page after this one, unless this one is the last or empty.
fn following(
    pagination: &Pagination,
    received: &Received,
    is_last: bool,
    next: u64,
) -> Result<Option<String>, Error> {
    let is_empty = items(pagination, received)? == 0;
    Ok((!is_last && !is_empty).then(|| next.to_string()))
}

pub(super) fn items(pagination: &Pagination, received: &Received) -> Result<u64, Error> {
    let places = pagination.items;
    let count = count(&received.body, places);
    let count = count.ok_or_else(|| fault(received, format!("no list is at `{places}`")))?;
    Ok(count as u64)
}

/// A number in a reply.
fn figure(received: &Received, at: &str) -> Option<u64> {
    text(&received.body, at)?.parse().ok()
}

/// The number that a request has for the parameter.
fn number(request: &RequestBuilder, parameter: PageParameter) -> Option<u64> {
    match parameter {
        PageParameter::Query(name) => request.query_value(name)?.parse().ok(),
        PageParameter::Body(name) => {
            text(request.body_bytes(), &format!("/{}", name.replace('~', "~0").replace('/', "~1")))?
                .parse()
                .ok()
        }
    }
}

/// The whole URL of the next page. It must be at the same server, because it gets the credentials.
fn beside(request: &RequestBuilder, url: &str) -> Result<String, Error> {
    let here = request.url();
    match here.join(url) {
        Ok(next) if next.origin() == here.origin() => Ok(next.into()),
        Ok(_) => {
            let message = "the next page is at another server, which must not get the credentials";
            Err(Error::new(ErrorKind::Request, message.to_owned()))
        }
        Err(why) => {
            let message = format!("the URL of the next page cannot be read: {why}");
            Err(Error::new(ErrorKind::Request, message))
        }
    }
}
