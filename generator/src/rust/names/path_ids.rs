//! Ids that tools made of methods and paths.

use super::path_words::{Step, is_general, steps};
use super::words::split;

/// An id whose words are those of a method and a path, in the order of either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathId {
    /// It says nothing of parameters, so that it may be what an author would say, too: `getUsers` of `GET /users`.
    Plain,
    /// It says that there are parameters: `get-users-userId` of `GET /users/{userId}`, `post_files_id_copy` of `POST
    /// /files/{file_id}/copy`, `usersIdGet` of `GET /users/{id}`.
    WithParameters,
}

impl PathId {
    /// What an id is, if it is made of the method and the path of its operation.
    #[must_use]
    pub fn of(id: &str, method: &str, path: &str) -> Option<Self> {
        let words = split(id);
        let is_method = |word: &String| word.eq_ignore_ascii_case(method);
        let rest = match (words.split_first(), words.split_last()) {
            (Some((first, rest)), _) if is_method(first) => rest,
            (_, Some((last, rest))) if is_method(last) => rest,
            _ => return None,
        };
        let is_made_of = |said: fn(&Step<'_>) -> Vec<Vec<String>>| are_words_of(rest, path, said);
        match rest.is_empty() || !is_made_of(ways_to_say) {
            true => None,
            false if is_made_of(own_words) => Some(Self::Plain),
            false => Some(Self::WithParameters),
        }
    }
}

/// Whether words are those of the steps of a path, each as it may be said.
fn are_words_of(words: &[String], path: &str, said: fn(&Step<'_>) -> Vec<Vec<String>>) -> bool {
    let mut reached = vec![0];
    for step in steps(path) {
        let ways = said(&step);
        let ends = reached.iter().flat_map(|&from| {
            let fitting = ways.iter().filter(move |way| words[from..].starts_with(way));
            fitting.map(move |way| from + way.len())
        });
        let mut next: Vec<usize> = ends.collect();
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    reached.contains(&words.len())
}

/// The words of a step, which are none for a parameter. Those that say nothing may be left out.
fn own_words(step: &Step<'_>) -> Vec<Vec<String>> {
    match step {
        Step::Words(own) if own.iter().all(|word| is_general(word)) => {
            vec![own.clone(), Vec::new()]
        }
        Step::Words(own) => vec![own.clone()],
        Step::Parameter(_) => vec![Vec::new()],
    }
}

/// All ways in which tools say a step.
fn ways_to_say(step: &Step<'_>) -> Vec<Vec<String>> {
    let Step::Parameter(name) = step else { return own_words(step) };
    let (by, id) = (vec!["by".to_owned()], vec!["id".to_owned()]);
    let name = split(name);
    vec![Vec::new(), [&*by, &name].concat(), name, [&*by, &id].concat(), id]
}

#[cfg(test)]
mod tests {
    use super::PathId::{self, Plain, WithParameters};

    #[test]
    fn ids_made_of_a_method_and_a_path_are_told_from_others() {
        for (id, method, path, expected) in [
            ("get-users-userId", "get", "/users/{userId}", Some(WithParameters)),
            ("post_files_id_copy", "post", "/files/{file_id}/copy", Some(WithParameters)),
            ("put_files_id#add_lock", "put", "/files/{file_id}#add_lock", Some(WithParameters)),
            ("usersIdGet", "get", "/users/{id}", Some(WithParameters)),
            ("getApiV1UsersById", "get", "/api/v1/users/{userId}", Some(WithParameters)),
            ("getUsersByUserId", "get", "/api/v1/users/{userId}", Some(WithParameters)),
            ("getUser", "get", "/user/{id}", Some(Plain)),
            ("get_users", "get", "/users", Some(Plain)),
            ("getUser", "get", "/users/{id}", None),
            ("listUsers", "get", "/users", None),
            ("get", "get", "/users", None),
            ("getUsersById", "put", "/users/{id}", None),
            ("getUserByName", "get", "/user/{username}", None),
            ("", "get", "/", None),
        ] {
            assert_eq!(PathId::of(id, method, path), expected, "{id} {method} {path}");
        }
        let (ids, path) = (format!("get{}x", "Id".repeat(40)), "/{id}".repeat(5_000));
        assert_eq!(PathId::of(&ids, "get", &path), None);
    }
}
