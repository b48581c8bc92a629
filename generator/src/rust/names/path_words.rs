//! What an operation without an `operationId` is called: by what is done, and to what.

use super::actions::{is_verb, says_what_is_done};
use super::shared::singular;
use super::words::split;

/// A step of a path.
#[derive(PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Its words.
    Words(Vec<String>),
    /// The name of a parameter.
    Parameter(&'a str),
}

/// What a method and a path say.
#[derive(Debug, PartialEq, Eq)]
pub struct PathWords {
    /// What is done, and to what.
    pub words: String,
    /// Whether the path says what is done, and not the method.
    pub has_verb: bool,
}

/// The words of a method and a path: `get`, `/users/{id}/posts` → `list user posts`.
///
/// The first `prefix` steps are those that all paths have, and left out if others are left. Parameters are left out: what
/// stands before one is in the singular.
///
/// `creates` tells that the summary says so.
#[must_use]
pub fn path_words(method: &str, path: &str, prefix: usize, creates: bool) -> PathWords {
    let steps = without_prefix(path, prefix);
    let is_one = matches!(steps.last(), Some(Step::Parameter(_)));
    let mut words = Vec::new();
    let mut own_verb = None;
    for (index, step) in steps.iter().enumerate() {
        let Step::Words(literal) = step else { continue };
        let before_parameter = matches!(steps.get(index + 1), Some(Step::Parameter(_)));
        own_verb = if is_verb(literal) { Some(words.len()) } else { own_verb };
        words.push(if before_parameter { in_singular(literal) } else { literal.clone() });
    }
    if let Some(words) = own_verb.and_then(|at| by_own_verb(at, &words, is_one)) {
        return PathWords { words, has_verb: true };
    }
    let Some(last) = words.pop() else {
        return PathWords { words: all_path_words(method, path, prefix), has_verb: false };
    };
    let is_action = !is_one && says_what_is_done(method, &last, creates);
    let mut outer = words.concat();
    let has_verb = is_action && !(method == "get" && outer.is_empty());
    let named = match has_verb {
        true => {
            if last == ["create"] {
                outer = in_singular(&outer);
            }
            [last, outer].concat()
        }
        false => {
            let verb = verb(method, is_one, &last);
            let last = if verb == "create" { in_singular(&last) } else { last };
            [vec![verb.to_owned()], outer, last].concat()
        }
    };
    PathWords { words: named.join(" "), has_verb }
}

/// The words of a path with a verb of its own, if that does not stand at the end: `/user/update/info` → `update user
/// info`, `/users/delete/{id}` → `delete user`.
fn by_own_verb(at: usize, words: &[Vec<String>], is_one: bool) -> Option<String> {
    let is_last = at + 1 == words.len();
    if words.len() == 1 || (is_last && !is_one) {
        return None;
    }
    let (outer, rest) = words.split_at_checked(at)?;
    let (verb, inner) = rest.split_first()?;
    let object = [outer.concat(), inner.concat()].concat();
    let object = if is_last { in_singular(&object) } else { object };
    Some([verb.clone(), object].concat().join(" "))
}

/// The words at the end of a path, if they say what is done and to what: `/documents/addDocument` → `add document`.
///
/// What is one of something is the thing itself: `/user/password/reset_request` → `reset password request`.
#[must_use]
pub fn own_action(method: &str, path: &str, prefix: usize, creates: bool) -> Option<String> {
    let steps = without_prefix(path, prefix);
    let (Step::Words(last), before) = steps.split_last()? else { return None };
    if last.len() < 2 || !says_what_is_done(method, last, creates) {
        return None;
    }
    let (verb, rest) = last.split_first()?;
    let thing = match before {
        [.., Step::Words(_), Step::Words(thing)] if is_thing(thing, rest) => thing.as_slice(),
        _ => &[],
    };
    Some([std::slice::from_ref(verb), thing, rest].concat().join(" "))
}

/// Whether words are one thing, and not said by the others that follow.
fn is_thing(words: &[String], rest: &[String]) -> bool {
    let is_caller =
        matches!(words, [word] if ["current", "me", "my", "self"].contains(&word.as_str()));
    !is_caller && words == in_singular(words) && !rest.starts_with(words)
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
    let all: Vec<&str> = parts(path).collect();
    let rest = all.get(prefix..).filter(|rest| !rest.is_empty()).unwrap_or(&all);
    let general = rest.iter().take_while(|step| is_general(step)).count();
    let rest = rest.get(general..).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    rest.iter().map(|text| step(text)).filter(|step| *step != Step::Words(Vec::new())).collect()
}

/// All steps of a path.
pub(super) fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    parts(path).map(step)
}

/// The texts between the slashes of a path; some descriptions tell operations with one path apart behind a `#`.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split(['/', '#']).filter(|part| !part.is_empty())
}

/// `api`, `v1`
pub(super) fn is_general(step: &str) -> bool {
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
            ("get", "/loans/{id}/approve", "approve loan"),
            ("post", "/auth/login", "login auth"),
            ("get", "/search", "get search"),
            ("get", "/api/v1/status", "get status"),
            ("get", "/v2", "get v2"),
            ("get", "/", "get"),
            ("get", "/{owner}/{repo}", "get by owner by repo"),
            ("get", "/repos/{owner}/{repo}/vms", "list repo vms"),
            ("get", "/address-books/{id}", "get address book"),
            ("post", "/audio/transcriptions", "create audio transcription"),
            ("post", "/posts/create", "create post"),
            ("put", "/posts/{id}/edit", "edit post"),
            ("post", "/orders/{id}/refund", "refund order"),
            ("get", "/orders/{id}/refund", "get order refund"),
            ("post", "/user/update/info", "update user info"),
            ("post", "/update/users", "update users"),
            ("get", "/users/delete/{id}", "delete user"),
            ("get", "/apps/{id}/updates/{version}", "get app update"),
            ("post", "/user/delete", "delete user"),
            ("get", "/users/{id}/open-orders", "list user open orders"),
            ("delete", "/test-cases", "delete test cases"),
            ("post", "/markets/{id}/sell-orders", "create market sell order"),
            ("post", "/chats/{id}/send/text", "send chat text"),
            ("post", "/systems/{id}/reboot", "reboot system"),
            ("post", "/accounts/{id}/login_links", "create account login link"),
            ("put", "/files/{id}#add_shared_link", "add shared link file"),
        ] {
            assert_eq!(path_words(method, path, 0, false).words, expected, "{method} {path}");
        }
        assert_eq!(path_words("get", "/shop/admin/users", 2, false).words, "list users");
        assert_eq!(path_words("post", "/sign_requests", 0, true).words, "create sign request");
        assert_eq!(path_words("post", "/sign_requests", 0, false).words, "sign requests");
        for (method, path, has_verb) in [
            ("delete", "/users/{id}", false),
            ("post", "/users/{id}/delete", true),
            ("get", "/users/delete/{id}", true),
            ("get", "/search", false),
        ] {
            assert_eq!(path_words(method, path, 0, false).has_verb, has_verb, "{method} {path}");
        }
        for (method, path, expected) in [
            ("post", "/documents/addDocument", Some("add document")),
            ("post", "/users/{id}/reset-password", Some("reset password")),
            ("get", "/documents/getComments", Some("get comments")),
            ("post", "/user/password/reset_request", Some("reset password request")),
            ("post", "/user/password/reset-password", Some("reset password")),
            ("post", "/auth/send-code", Some("send code")),
            ("post", "/users/me/change-email", Some("change email")),
            ("post", "/users/{id}/activate", None),
            ("get", "/orders/open-orders", None),
            ("delete", "/test-cases/{id}", None),
            ("post", "/markets/{id}/sell-orders", None),
        ] {
            assert_eq!(own_action(method, path, 0, false).as_deref(), expected, "{method} {path}");
        }
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
