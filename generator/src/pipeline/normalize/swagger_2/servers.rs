//! `schemes`, `host` and `basePath`: where the service is.

use serde_json::{Value, json};

use super::{Members, Upgrade};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

impl Upgrade<'_> {
    /// `schemes: [https], host: example.com, basePath: /v1` → `servers: [{url: 'https://example.com/v1'}]`
    pub(super) fn servers(&mut self, members: &mut Members) {
        let stated = take_schemes(members);
        let host = members.shift_remove("host");
        let path = members.shift_remove("basePath");
        let text = |value: &Option<Value>| {
            value.as_ref().and_then(Value::as_str).unwrap_or_default().trim().to_owned()
        };
        let (host, path) = (text(&host), rooted(&text(&path)));
        if host.is_empty() {
            if !path.is_empty() {
                self.place_servers(members, vec![path], "basePath");
            }
            return;
        }
        let authority = self.without_scheme(&host);
        let schemes = self.schemes(&stated, &host);
        let rest = format!("{authority}{path}");
        let urls = schemes.iter().map(|scheme| format!("{scheme}://{rest}")).collect();
        self.place_servers(members, urls, "host");
        self.server = schemes.into_iter().next().map(|scheme| (scheme, rest));
    }

    /// `host: https://example.com/` → `example.com`
    fn without_scheme(&mut self, host: &str) -> String {
        let bare = host.split_once("://").map_or(host, |(_, rest)| rest).trim_end_matches('/');
        if bare != host {
            let message = format!("`{host}` was read as `{bare}`: `host` is a name, and a port");
            let at = Pointer::root().at("host");
            self.diagnostics.warn(DiagnosticCode::Corrected, &at, message);
        }
        bare.to_owned()
    }

    fn schemes(&mut self, stated: &[String], host: &str) -> Vec<String> {
        let schemes: Vec<String> = known(stated).map(str::to_owned).collect();
        if !schemes.is_empty() {
            return schemes;
        }
        if let Some((scheme, _)) = host.split_once("://") {
            return vec![scheme.to_owned()];
        }
        let at = Pointer::root().at(if stated.is_empty() { "host" } else { "schemes" });
        let message = "the description states neither `https` nor `http`; taken as `https`";
        self.diagnostics.warn(DiagnosticCode::Corrected, &at, message);
        vec!["https".to_owned()]
    }

    fn place_servers(&mut self, members: &mut Members, urls: Vec<String>, from: &str) {
        let (at, from) = (Pointer::root().at("servers"), Pointer::root().at(from));
        for index in 0..urls.len() {
            self.moves.copied(&from, at.at(index).at("url"));
        }
        let servers = urls.into_iter().map(|url| json!({ "url": url }));
        members.insert("servers".to_owned(), servers.collect());
    }

    /// An operation that is not served by the scheme of the first server has servers of its own.
    pub(super) fn operation_schemes(&mut self, operation: &mut Members, at: &Pointer) {
        let stated = take_schemes(operation);
        let Some((usual, rest)) = self.server.clone().filter(|_| !stated.is_empty()) else {
            return;
        };
        if stated.contains(&usual) {
            return;
        }
        let servers: Vec<Value> =
            known(&stated).map(|scheme| json!({ "url": format!("{scheme}://{rest}") })).collect();
        if !servers.is_empty() {
            self.moves.copied(&at.at("schemes"), at.at("servers"));
            operation.insert("servers".to_owned(), servers.into());
        }
    }
}

/// The schemes that clients speak, `https` before `http`: a credential is not to be sent in the open where there is
/// another way.
fn known(stated: &[String]) -> impl Iterator<Item = &'static str> {
    ["https", "http"].into_iter().filter(|known| stated.iter().any(|one| one == known))
}

fn take_schemes(members: &mut Members) -> Vec<String> {
    match members.shift_remove("schemes") {
        Some(Value::Array(items)) => {
            items.iter().filter_map(|item| item.as_str().map(str::to_ascii_lowercase)).collect()
        }
        Some(Value::String(text)) => vec![text.to_ascii_lowercase()],
        _ => Vec::new(),
    }
}

/// `v1/` → `/v1`
fn rooted(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{path}") }
}
