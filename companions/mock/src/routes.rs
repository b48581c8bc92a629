//! Finds the operation of a request.

use std::collections::HashMap;

use lantern_operations::{Operation, Table};
use percent_encoding::percent_decode_str;

/// The paths of a table.
#[derive(Debug)]
pub struct Routes {
    routes: Vec<Route>,
    /// Paths of servers, below which operations are served, too.
    bases: Vec<String>,
}

#[derive(Debug)]
struct Route {
    /// The place of the operation in the table.
    operation: usize,
    method: String,
    segments: Vec<Vec<Piece>>,
    /// Pairs that the query has to have: `/messages?beta=true`
    query: Vec<String>,
    /// Whether the value of a parameter may have slashes.
    spans: bool,
}

/// A piece of a segment: `v{version}.json` has three.
#[derive(Debug)]
enum Piece {
    Literal(String),
    Parameter(String),
}

/// What is at a path.
#[derive(Debug)]
pub enum Found {
    /// An operation, and the values in the path as they were written.
    Operation { operation: usize, values: HashMap<String, String> },
    /// Operations with these other methods.
    Methods(Vec<String>),
    /// Nothing.
    Nothing,
}

impl Routes {
    pub fn new(table: &Table) -> Self {
        let mut routes: Vec<Route> =
            table.operations.iter().enumerate().map(|(at, it)| Route::new(at, it)).collect();
        // Literal segments come before placeholders, from left to right.
        routes.sort_by_key(|route| {
            let breadths: Vec<u8> = route.segments.iter().map(|it| breadth(it)).collect();
            (breadths, std::cmp::Reverse(route.query.len()))
        });
        let bases =
            table.servers.iter().map(|server| base(&server.url)).filter(|base| !base.is_empty());
        Self { routes, bases: bases.collect() }
    }

    /// What is at a path, of which no segment is decoded yet.
    pub fn find(&self, method: &str, path: &str, query: &str) -> Found {
        let below = self.bases.iter().filter_map(|base| path.strip_prefix(base.as_str()));
        let paths = below.filter(|rest| rest.starts_with('/')).chain([path]);
        let mut all = paths.map(|path| self.at(method, path, query));
        all.find(|found| !matches!(found, Found::Nothing)).unwrap_or(Found::Nothing)
    }

    fn at(&self, method: &str, path: &str, query: &str) -> Found {
        let segments: Vec<&str> = path.split('/').collect();
        let mut methods: Vec<String> = Vec::new();
        let mut first: Option<Vec<u8>> = None;
        for route in &self.routes {
            let has = |pair: &String| query.split('&').any(|own| own == pair);
            let values = route.values(&segments).filter(|_| route.query.iter().all(has));
            let Some(values) = values else { continue };
            if route.method == method {
                return Found::Operation { operation: route.operation, values };
            }
            // Of paths that fit less exactly, no other method is told.
            let breadths: Vec<u8> = route.segments.iter().map(|it| breadth(it)).collect();
            if first.get_or_insert_with(|| breadths.clone()) == &breadths
                && !methods.contains(&route.method)
            {
                methods.push(route.method.clone());
            }
        }
        if methods.is_empty() { Found::Nothing } else { Found::Methods(methods) }
    }
}

impl Route {
    fn new(at: usize, operation: &Operation) -> Self {
        let path = operation.path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
        let spans = operation.parameters.iter().any(|parameter| {
            parameter.allow_reserved && path.ends_with(&format!("{{{}}}", parameter.name))
        });
        let segments = path.split('/').map(pieces).collect();
        Self { operation: at, method: operation.method.clone(), segments, query, spans }
    }

    fn values(&self, segments: &[&str]) -> Option<HashMap<String, String>> {
        let own = self.segments.len();
        let fits = segments.len() == own || (self.spans && segments.len() > own);
        if !fits || own == 0 {
            return None;
        }
        let mut values = HashMap::new();
        let (last, before) = self.segments.split_last()?;
        before
            .iter()
            .zip(segments)
            .try_for_each(|(pieces, text)| read(pieces, text, &mut values))?;
        read(last, &segments[own - 1..].join("/"), &mut values)?;
        Some(values)
    }
}

/// How much a segment takes: the lower, the more exact.
fn breadth(pieces: &[Piece]) -> u8 {
    match pieces {
        [Piece::Literal(_)] | [] => 0,
        [Piece::Parameter(_)] => 2,
        _ => 1,
    }
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

/// Reads the values of a segment. A value ends where the next literal begins, the last one where the segment ends.
fn read(pieces: &[Piece], text: &str, values: &mut HashMap<String, String>) -> Option<()> {
    let mut rest = text;
    for (at, piece) in pieces.iter().enumerate() {
        match (piece, pieces.get(at + 1)) {
            (Piece::Literal(literal), _) => rest = after_literal(rest, literal)?,
            (Piece::Parameter(name), Some(Piece::Literal(next))) => {
                let is_last = at + 2 == pieces.len();
                let end =
                    if is_last { rest.rfind(next.as_str()) } else { rest.find(next.as_str()) }?;
                values.insert(name.clone(), rest[..end].to_owned());
                rest = &rest[end..];
            }
            (Piece::Parameter(name), _) => {
                values.insert(name.clone(), std::mem::take(&mut rest).to_owned());
            }
        }
    }
    let are_there = pieces.iter().all(|piece| match piece {
        Piece::Parameter(name) => values.get(name).is_some_and(|value| !value.is_empty()),
        Piece::Literal(_) => true,
    });
    (rest.is_empty() && are_there).then_some(())
}

/// What follows a literal, which may be encoded otherwise: `a%20b`.
fn after_literal<'t>(text: &'t str, literal: &str) -> Option<&'t str> {
    let plain = text.strip_prefix(literal);
    plain.or_else(|| {
        (percent_decode_str(text).decode_utf8().ok()? == decoded(literal)).then_some("")
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The path of a server: `https://a.example/v1/` → `/v1`
/// The path of a URL, without a slash at its end.
pub fn base(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path =
        if rest.len() == url.len() { rest } else { rest.find('/').map_or("", |at| &rest[at..]) };
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn routes(paths: &[&str]) -> Routes {
        let mut table = Table::new("Test", "1");
        table.operations = paths
            .iter()
            .map(|path| {
                let (method, path) = path.split_once(' ').expect("a method");
                let operation = json!({"id": path, "group": "g", "command": "c", "method": method, "path": path});
                serde_json::from_value(operation).expect("an operation")
            })
            .collect();
        table.servers =
            serde_json::from_value(json!([{"url": "https://a.example/v1/"}])).expect("servers");
        Routes::new(&table)
    }

    fn found(routes: &Routes, path: &str) -> (Option<usize>, Vec<(String, String)>) {
        match routes.find("GET", path, "") {
            Found::Operation { operation, values } => {
                let mut values: Vec<_> = values.into_iter().collect();
                values.sort();
                (Some(operation), values)
            }
            _ => (None, Vec::new()),
        }
    }

    #[test]
    fn literal_segments_come_before_placeholders() {
        let routes =
            routes(&["GET /a/{id}", "GET /a/me", "GET /{x}/me", "GET /a/v{n}.json", "GET /"]);
        let one = |at, values: &[(&str, &str)]| {
            let values =
                values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            (at, values.collect::<Vec<_>>())
        };
        assert_eq!(found(&routes, "/a/me"), one(Some(1), &[]));
        assert_eq!(found(&routes, "/a/7"), one(Some(0), &[("id", "7")]));
        assert_eq!(found(&routes, "/b/me"), one(Some(2), &[("x", "b")]));
        assert_eq!(found(&routes, "/a/v1.2.json"), one(Some(3), &[("n", "1.2")]));
        assert_eq!(found(&routes, "/v1/a/me"), one(Some(1), &[]), "below the server's path");
        assert_eq!(found(&routes, "/"), one(Some(4), &[]));
        assert_eq!(found(&routes, "/a/"), one(None, &[]));
        assert_eq!(found(&routes, "/a/b/c"), one(None, &[]));
    }

    #[test]
    fn other_methods_are_told() {
        let routes = routes(&["POST /a/{id}", "PUT /a/{id}", "DELETE /a/me"]);
        let Found::Methods(methods) = routes.find("GET", "/a/1", "") else { panic!("no methods") };
        assert_eq!(methods, ["POST", "PUT"]);
        let Found::Methods(methods) = routes.find("GET", "/a/me", "") else { panic!("no methods") };
        assert_eq!(methods, ["DELETE"]);
        assert!(matches!(routes.find("POST", "/a/me", ""), Found::Operation { operation: 0, .. }));
    }

    #[test]
    fn a_query_in_a_path_has_to_be_there() {
        let routes = routes(&["GET /a", "GET /a?beta=true"]);
        let found = |query| match routes.find("GET", "/a", query) {
            Found::Operation { operation, .. } => Some(operation),
            _ => None,
        };
        assert_eq!((found(""), found("x=1&beta=true")), (Some(0), Some(1)));
    }
}
