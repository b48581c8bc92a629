//! The base URL of a client, and the servers of operations.

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::resolve::{Operation, Resolved, Server};

/// Why a relative URL is not used.
pub const RELATIVE: &str = "nothing says what it is relative to";

/// The first server with an absolute URL.
///
/// If the description has none for all operations, the first one of an operation.
pub fn base_url(resolved: &Resolved) -> Option<String> {
    let own = resolved.operations.iter().flat_map(|operation| &operation.servers);
    let mut servers = resolved.servers.iter().chain(own);
    let first = servers.find(|server| matches!(usable(&server.url), Usable::Yes));
    first.map(|server| server.url.clone())
}

/// The path of the first server, if all servers are relative: `/api/v3`. It belongs behind a base URL of the caller that
/// has no path (OpenAPI 3.1.1, 4.8.5: it is relative to where the description is served).
pub fn base_path(resolved: &Resolved, base_url: Option<&str>) -> Option<String> {
    let first = resolved.servers.first().filter(|_| base_url.is_none())?;
    let is_path = matches!(usable(&first.url), Usable::Relative)
        && !first.url.starts_with("//")
        && first.url.chars().all(is_of_a_url);
    let steps = first.url.split('/').filter(|step| !matches!(*step, "" | "." | ".."));
    let path: String = steps.map(|step| format!("/{step}")).collect();
    (is_path && !path.is_empty()).then_some(path)
}

/// The server of an operation, if it has one of its own.
pub fn server_of(
    operation: &Operation,
    base_url: Option<&str>,
    diagnostics: &mut DiagnosticSink,
) -> Option<String> {
    let is_usual = |server: &Server| {
        Some(server.url.trim_end_matches('/')) == base_url.map(|url| url.trim_end_matches('/'))
    };
    if operation.servers.iter().any(is_usual) {
        return None;
    }
    let server = first(&operation.servers, base_url, diagnostics);
    let relative = operation.servers.iter().find(|it| matches!(usable(&it.url), Usable::Relative));
    if let (None, Some(relative)) = (&server, relative) {
        not_used(relative, RELATIVE, diagnostics);
    }
    server
}

/// The first server that can be used; a relative one if it is known what it is relative to.
fn first(
    servers: &[Server],
    base_url: Option<&str>,
    diagnostics: &mut DiagnosticSink,
) -> Option<String> {
    for server in servers {
        match usable(&server.url) {
            Usable::Yes => return Some(server.url.clone()),
            Usable::Relative => {
                let joined = base_url.and_then(|base| joined(base, &server.url));
                if joined.is_some() {
                    return joined;
                }
            }
            Usable::No(why) => not_used(server, why, diagnostics),
        }
    }
    None
}

/// Reports a server that is not used.
pub fn not_used(server: &Server, why: &str, diagnostics: &mut DiagnosticSink) {
    diagnostics.not_generated(&server.at.at("url"), format!("this server is not used: {why}"));
}

/// `https://example.com/v1` and `/v2` → `https://example.com/v2`
fn joined(base_url: &str, path: &str) -> Option<String> {
    let (scheme, rest) = base_url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let is_plain =
        path.starts_with('/') && !path.starts_with("//") && path.chars().all(is_of_a_url);
    is_plain.then(|| format!("{scheme}://{authority}{path}"))
}

pub enum Usable {
    Yes,
    /// It depends on the location of the description, which a client does not know.
    Relative,
    No(&'static str),
}

/// Whether a URL (RFC 3986) can be a base URL.
pub fn usable(url: &str) -> Usable {
    let Some((scheme, rest)) = url.split_once(':') else { return Usable::Relative };
    if scheme.contains(['/', '?', '#', '{']) || scheme.is_empty() {
        return Usable::Relative;
    }
    if !["https", "http"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Usable::No("its scheme is neither `https` nor `http`");
    }
    let authority = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
    match authority {
        None | Some("") => Usable::No("it names no host"),
        Some(authority) if authority.contains('@') => Usable::No("it holds a user or a password"),
        Some(_) if url.contains('{') => Usable::No("it has a variable that nothing describes"),
        Some(_) if !url.chars().all(is_of_a_url) => {
            Usable::No("it holds characters that no URL has")
        }
        Some(_) => Usable::Yes,
    }
}

/// The characters of a URL (RFC 3986, 2), and `%`.
pub fn is_of_a_url(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}
