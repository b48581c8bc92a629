//! All pages of a list: one call after the other, as the table says where the next page is.

use clap::{Arg, ArgAction, ArgMatches};
use lantern_operations::{Operation, PageParameter, PageStyle, Pagination, Table};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::fields::put;
use crate::request::Input;
use crate::{Answer, Outgoing, Service, call};
use place::{find, list, text};
use window::Window;

mod link;
mod place;
#[cfg(test)]
mod tests;
mod window;

/// The flags of operations with pages.
pub const FLAGS: &[&str] = &["all", "max-pages"];

/// The flags of operations with pages, as arguments.
pub fn flags() -> Vec<Arg> {
    vec![
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .help("Follow the pages to the last one, and print the items of all"),
        Arg::new("max-pages")
            .long("max-pages")
            .value_name("NUMBER")
            .value_parser(clap::value_parser!(u64).range(1..))
            .help("Follow the pages, but no further than this one"),
    ]
}

/// How many pages the arguments ask for; `None` if they ask for one call.
pub fn wanted(matches: &ArgMatches) -> Option<u64> {
    let most = matches.try_get_one::<u64>("max-pages").ok().flatten().copied();
    let all = matches.try_get_one::<bool>("all").ok().flatten().is_some_and(|all| *all);
    most.or(all.then_some(u64::MAX))
}

/// The items of pages, and why they are not all.
#[derive(Debug, Default)]
pub struct Items {
    pub items: Vec<Value>,
    pub failure: Option<Failure>,
}

/// The pages of a call.
pub struct Pages<'a> {
    pub table: &'static Table,
    pub operation: &'static Operation,
    pub pagination: &'static Pagination,
    /// What is asked for in all.
    pub input: &'a Input,
    /// The place of the service.
    pub base: &'a str,
    pub most: u64,
}

/// Where a page is.
#[derive(Clone, Debug, PartialEq)]
enum Position {
    /// The value of the parameter.
    Value(Value),
    /// The path and the query.
    Target(String),
    Window(Window),
}

/// What is to be done after a reply.
enum Step {
    /// It may lack items: this page is asked for in its place.
    Instead(Position),
    /// The page is whole, and this one comes next.
    Next(Option<Position>),
}

impl Pages<'_> {
    /// The items of all pages. Those that came before a failure are there, too. `tell` is told of each reply.
    pub async fn collect(&self, service: &dyn Service, tell: impl Fn(&Answer)) -> Items {
        let mut found = Items::default();
        let (mut position, mut pages) = (None, 0);
        while pages < self.most {
            match self.page(service, position.as_ref(), &tell).await {
                Ok((_, Step::Instead(other))) => position = Some(other),
                Ok((items, Step::Next(next))) => {
                    found.items.extend(items);
                    pages += 1;
                    match next {
                        None => break,
                        next => position = next,
                    }
                }
                Err(failure) => {
                    found.failure = Some(failure);
                    break;
                }
            }
        }
        found
    }

    async fn page(
        &self,
        service: &dyn Service,
        position: Option<&Position>,
        tell: impl Fn(&Answer),
    ) -> Result<(Vec<Value>, Step), Failure> {
        let input = self.input_at(position);
        let mut request = input.request(self.table, self.operation)?;
        if let Some(Position::Target(target)) = position {
            request.target.clone_from(target);
        }
        let answer = call::send(service, &request).await?;
        tell(&answer);
        let body: Value = serde_json::from_slice(&answer.body)
            .map_err(|why| Failure::other(format!("the page is not JSON: {why}")))?;
        let at = &self.pagination.items;
        let items = list(&body, at)
            .ok_or_else(|| Failure::other(format!("the page has no list at `{at}`")))?;
        let step = self.step(&input, &request, &answer, &body, items.len() as u64)?;
        let again = match &step {
            Step::Next(next) => next.as_ref(),
            Step::Instead(_) => None,
        };
        match again.is_some() && again == position {
            true => Err(Failure::other("the page names itself as the next one")),
            false => Ok((items.clone(), step)),
        }
    }

    /// The values of the request for the page at a position.
    fn input_at(&self, position: Option<&Position>) -> Input {
        let mut input = self.input.clone();
        match (position, &self.pagination.style) {
            (Some(Position::Value(value)), style) => {
                if let Some(parameter) = parameter(style) {
                    set(&mut input, parameter, value.clone());
                }
            }
            (Some(Position::Window(window)), PageStyle::Window { from, to, .. }) => {
                input.parameters.insert(from.clone(), window.from.to_string().into());
                input.parameters.insert(to.clone(), window.to.to_string().into());
            }
            _ => {}
        }
        input
    }

    fn step(
        &self,
        input: &Input,
        request: &Outgoing,
        answer: &Answer,
        body: &Value,
        count: u64,
    ) -> Result<Step, Failure> {
        let style = &self.pagination.style;
        if let PageStyle::Window { .. } = style {
            return window::step(style, &self.input.parameters, &input.parameters, count);
        }
        let more = self.pagination.more.as_ref();
        if more.is_some_and(|more| text(body, more).is_none()) {
            return Ok(Step::Next(None));
        }
        let number = || parameter(style).and_then(|it| number(input, it));
        let figure = |at: &Option<String>| text(body, at.as_deref()?)?.parse::<u64>().ok();
        let next =
            |now: u64, is_last: bool| (!is_last && count > 0).then(|| Position::Value(now.into()));
        Ok(Step::Next(match style {
            PageStyle::Cursor { at, .. } => text(body, at).map(|it| Position::Value(it.into())),
            PageStyle::CursorHeader { header, .. } => {
                let cursor = answer.header(header).filter(|cursor| !cursor.is_empty());
                cursor.map(|cursor| Position::Value(cursor.into()))
            }
            PageStyle::Page { first, last_at, .. } => {
                let now = number().unwrap_or(*first);
                next(now.saturating_add(1), figure(last_at).is_some_and(|last| now >= last))
            }
            PageStyle::Offset { total_at, .. } => {
                let now = number().unwrap_or(0).saturating_add(count);
                next(now, figure(total_at).is_some_and(|all| now >= all))
            }
            PageStyle::Link => {
                let url = answer.header("link").and_then(link::next);
                url.map(|url| self.beside(request, url)).transpose()?
            }
            PageStyle::Url { at } => {
                let url = find(body, at).and_then(Value::as_str).filter(|url| !url.is_empty());
                url.map(|url| self.beside(request, url)).transpose()?
            }
            PageStyle::Window { .. } => None,
        }))
    }

    /// The page at a URL. It must be at the same service, because it gets the secrets.
    fn beside(&self, request: &Outgoing, url: &str) -> Result<Position, Failure> {
        let refusal = |why: &str| Failure::other(format!("the next page {why}"));
        let base = self.base.trim_end_matches('/');
        let here = url::Url::parse(&format!("{base}{}", request.target));
        let here = here.map_err(|why| refusal(&format!("is at no URL: {why}")))?;
        let next = here.join(url).map_err(|why| refusal(&format!("is at no URL: {why}")))?;
        if next.origin() != here.origin() {
            return Err(refusal("is at another server, which must not get the secrets"));
        }
        let path =
            url::Url::parse(base).map_or_else(|_| String::new(), |base| base.path().to_owned());
        let target = &next[url::Position::BeforePath..url::Position::AfterQuery];
        let below = target.strip_prefix(path.trim_end_matches('/'));
        let target = below.filter(|below| below.starts_with('/'));
        let target = target.ok_or_else(|| refusal("is not below the URL of the service"))?;
        Ok(Position::Target(target.to_owned()))
    }
}

fn parameter(style: &PageStyle) -> Option<&PageParameter> {
    match style {
        PageStyle::Cursor { parameter, .. }
        | PageStyle::CursorHeader { parameter, .. }
        | PageStyle::Page { parameter, .. }
        | PageStyle::Offset { parameter, .. } => Some(parameter),
        PageStyle::Link | PageStyle::Url { .. } | PageStyle::Window { .. } => None,
    }
}

fn set(input: &mut Input, parameter: &PageParameter, value: Value) {
    match parameter {
        PageParameter::Query(name) => drop(input.parameters.insert(name.clone(), value)),
        PageParameter::Body(name) => put(&mut input.body, std::slice::from_ref(name), value),
    }
}

/// The number that a request has for the parameter.
fn number(input: &Input, parameter: &PageParameter) -> Option<u64> {
    match parameter {
        PageParameter::Query(name) => number_of(&input.parameters, name),
        PageParameter::Body(name) => input.body.get(name)?.as_u64(),
    }
}

fn number_of(parameters: &Map<String, Value>, name: &str) -> Option<u64> {
    let value = parameters.get(name)?;
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
