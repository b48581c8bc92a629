//! What an operation without an `operationId` is called: by what is done, and to what.

use super::shared::singular;
use super::words::split;

/// Words at the end of a path that say what is done.
const ACTIONS: &[&str] = &[
    "accept",
    "activate",
    "add",
    "apply",
    "approve",
    "archive",
    "assign",
    "cancel",
    "check",
    "clear",
    "clone",
    "close",
    "complete",
    "confirm",
    "connect",
    "convert",
    "copy",
    "deactivate",
    "decline",
    "disable",
    "disconnect",
    "download",
    "enable",
    "execute",
    "export",
    "finish",
    "import",
    "invite",
    "join",
    "leave",
    "lock",
    "login",
    "logout",
    "mark",
    "merge",
    "move",
    "notify",
    "open",
    "pause",
    "preview",
    "publish",
    "query",
    "refresh",
    "register",
    "reject",
    "release",
    "remove",
    "rename",
    "reopen",
    "replay",
    "reset",
    "resend",
    "restart",
    "restore",
    "resume",
    "retry",
    "revoke",
    "rotate",
    "run",
    "search",
    "send",
    "share",
    "sign",
    "start",
    "stop",
    "submit",
    "subscribe",
    "sync",
    "test",
    "toggle",
    "transfer",
    "trigger",
    "unarchive",
    "unlock",
    "unpublish",
    "unsubscribe",
    "update",
    "upload",
    "upsert",
    "validate",
    "verify",
];

/// A step of a path.
#[derive(PartialEq, Eq)]
enum Step<'a> {
    /// Its words.
    Words(Vec<String>),
    /// The name of a parameter.
    Parameter(&'a str),
}

/// The words of a method and a path: `get`, `/users/{id}/posts` → `list user posts`.
///
/// The first `prefix` steps are those that all paths have, and left out if others are left. Parameters are left out: what
/// stands before one is in the singular.
#[must_use]
pub fn path_words(method: &str, path: &str, prefix: usize) -> String {
    let steps = without_prefix(path, prefix);
    let is_one = matches!(steps.last(), Some(Step::Parameter(_)));
    let mut words = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let Step::Words(literal) = step else { continue };
        let before_parameter = matches!(steps.get(index + 1), Some(Step::Parameter(_)));
        words.push(if before_parameter { in_singular(literal) } else { literal.clone() });
    }
    let Some(last) = words.pop() else { return all_path_words(method, path, prefix) };
    let is_action = !is_one && last.first().is_some_and(|word| ACTIONS.contains(&word.as_str()));
    let outer = words.concat();
    let named = match is_action && !(method == "get" && outer.is_empty()) {
        true => [last, outer].concat(),
        false => {
            let verb = verb(method, is_one, &last);
            let last = if verb == "create" { in_singular(&last) } else { last };
            [vec![verb.to_owned()], outer, last].concat()
        }
    };
    named.join(" ")
}

/// The words of a method and of all steps behind the prefix: `get`, `/users/{id}` → `get users by id`.
#[must_use]
pub fn all_path_words(method: &str, path: &str, prefix: usize) -> String {
    let steps = without_prefix(path, prefix).into_iter().flat_map(|step| match step {
        Step::Words(words) => words,
        Step::Parameter(name) => [vec!["by".to_owned()], split(name)].concat(),
    });
    std::iter::once(method.to_owned()).chain(steps).collect::<Vec<_>>().join(" ")
}

/// How many steps all of several paths have in common at their beginning, and each has others after these.
#[must_use]
pub fn common_steps<'a>(mut paths: impl Iterator<Item = &'a str>) -> usize {
    let own = |path: &'a str| path.split('/').filter(|step| !step.is_empty());
    let Some(first) = paths.next() else { return 0 };
    let mut common: Vec<&str> = own(first).collect();
    common.pop();
    for path in paths {
        let same = common.iter().zip(own(path)).take_while(|(one, other)| *one == other).count();
        common.truncate(same.min(own(path).count().saturating_sub(1)));
    }
    common.iter().take_while(|step| !step.contains('{')).count()
}

/// The steps behind the prefix, without versions and other words that say nothing.
fn without_prefix(path: &str, prefix: usize) -> Vec<Step<'_>> {
    let all: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let rest = all.get(prefix..).filter(|rest| !rest.is_empty()).unwrap_or(&all);
    let general = rest.iter().take_while(|step| is_general(step)).count();
    let rest = rest.get(general..).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    rest.iter().map(|text| step(text)).filter(|step| *step != Step::Words(Vec::new())).collect()
}

/// `api`, `v1`
fn is_general(step: &str) -> bool {
    let is_version = step
        .strip_prefix(['v', 'V'])
        .is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()));
    is_version || ["api", "rest"].contains(&step.to_lowercase().as_str())
}

/// `{id}` and `{id}.json` are parameters, and everything else is words.
fn step(text: &str) -> Step<'_> {
    let parameter = text.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    match parameter {
        Some((name, _)) => Step::Parameter(name.split(':').next().unwrap_or(name)),
        None => Step::Words(split(&text.replace(['{', '}'], " "))),
    }
}

fn verb(method: &str, is_one: bool, last: &[String]) -> &'static str {
    let is_plural = last.last().is_some_and(|word| singular(word) != *word);
    match method {
        "get" if is_plural && !is_one => "list",
        "get" => "get",
        "post" => "create",
        "put" => "replace",
        "patch" => "update",
        "delete" => "delete",
        "head" => "head",
        "options" => "options",
        "trace" => "trace",
        _ => "query",
    }
}

fn in_singular(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_named_by_what_they_do_and_to_what() {
        for (method, path, expected) in [
            ("get", "/transactions", "list transactions"),
            ("get", "/hosts/{host}", "get host"),
            ("post", "/hosts", "create host"),
            ("put", "/hosts/{host}", "replace host"),
            ("patch", "/hosts/{host}", "update host"),
            ("delete", "/hosts/{host}", "delete host"),
            ("get", "/users/{id}/posts", "list user posts"),
            ("get", "/users/{id}/posts/{post_id}.json", "get user post"),
            ("post", "/loans/{id}/approve", "approve loan"),
            ("post", "/auth/login", "login auth"),
            ("get", "/search", "get search"),
            ("get", "/api/v1/status", "get status"),
            ("get", "/v2", "get v2"),
            ("get", "/", "get"),
            ("get", "/{owner}/{repo}", "get by owner by repo"),
            ("get", "/repos/{owner}/{repo}/vms", "list repo vms"),
            ("get", "/address-books/{id}", "get address book"),
            ("post", "/audio/transcriptions", "create audio transcription"),
        ] {
            assert_eq!(path_words(method, path, 0), expected, "{method} {path}");
        }
        assert_eq!(path_words("get", "/shop/admin/users", 2), "list users");
        assert_eq!(
            all_path_words("get", "/v1/users/{user_id}/posts", 0),
            "get users by user id posts"
        );
    }

    #[test]
    fn what_all_paths_begin_with_is_common() {
        for (paths, expected) in [
            (&["/shop/users", "/shop/orders/{id}"][..], 1),
            (&["/shop", "/shop/orders"], 0),
            (&["/{realm}/users", "/{realm}/orders"], 0),
            (&["/a/b/c"], 2),
            (&[], 0),
        ] {
            assert_eq!(common_steps(paths.iter().copied()), expected, "{paths:?}");
        }
    }
}
