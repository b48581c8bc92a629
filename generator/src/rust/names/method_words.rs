//! What a method is called beside the group that it is in.

use super::actions::may_be_done;
use super::shared::singular;
use super::words::{is_keyword, split};

/// Words that need another one after them, or before them.
const JOINTS: &[&str] = &[
    "a", "all", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or",
    "the", "to", "via", "with",
];

/// Words for groups of operations in the code of services.
const GROUPS: &[&str] = &["controller", "handler", "resource", "router", "service"];

/// The words of an operation without those of its group, if they stand at the start, or after a single word; before
/// others only if they are several, because one word may be meant otherwise there.
///
/// `issues list for repo` in `issues` → `list for repo`; `get stations` in `Stations` → `get`; `albums controller list` in
/// `Albums` → `list`; `list core v1 pod` in `core_v1` → `list pod`. There is none if too little is left: no word at all, a
/// word that needs another one, or a keyword.
#[must_use]
pub fn method_words(operation: &str, group: &str) -> Option<String> {
    let (operation, group) = (split(operation), split(group));
    let rest = without(&operation, &group).map(<[String]>::to_vec);
    let within = || behind_verb(&operation, &group).filter(|rest| group.len() > 1 && !is_id(rest));
    let mut rest = rest.or_else(within)?;
    if rest.len() > 1
        && rest.last() == group.last()
        && rest.last().is_some_and(|word| is_version(word))
    {
        rest.pop();
    }
    stands_alone(&rest).then(|| rest.join(" "))
}

/// `v3`
fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether an operation is called as its group, by a word that does not say what is done: `health` in `Health`, but not
/// `search` in `Search`.
#[must_use]
pub fn is_group(operation: &str, group: &str) -> bool {
    let operation = split(operation);
    let is_done = operation.first().is_some_and(|word| may_be_done(word));
    !is_done && is_same(&operation, &split(group))
}

/// The words of an operation that says by what it finds something: `get by id`, `get by user id` → `get`, if that is the
/// parameter that it is found by.
#[must_use]
pub fn without_parameter<'w>(words: &'w str, parameter: &str) -> Option<&'w str> {
    let (verb, by) = words.split_once(" by ")?;
    let (by, parameter) = (split(by), split(parameter));
    (is_read(verb) && parameter.ends_with(&by)).then_some(verb)
}

/// Whether words can be a name: none of them needs another one, and they are no keyword.
fn stands_alone(words: &[String]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let starts_well = !first.starts_with(|first: char| first.is_ascii_digit()) && !is_joint(first);
    // `get all` says enough, `get by` does not.
    let ends_well = last == "all" || !is_joint(last);
    starts_well && ends_well && !is_keyword(&words.join("_"))
}

/// Whether the last words name an id, which is no thing that an operation returns: `get link id`, but not `get by id`.
fn is_id(words: &[String]) -> bool {
    matches!(words, [.., before, last] if last == "id" && !is_joint(before))
}

fn is_joint(word: &str) -> bool {
    JOINTS.contains(&word)
}

/// The words of a method without those of its group, if they stand behind its first word and before others.
///
/// `get credit usage` in `credits` → `get usage`. `create project role` in `roles` creates no project.
#[must_use]
pub fn rest_behind_verb(method: &str, group: &str) -> Option<String> {
    let rest = behind_verb(&split(method), &split(group))?;
    stands_alone(&rest).then(|| rest.join(" "))
}

fn behind_verb(method: &[String], group: &[String]) -> Option<Vec<String>> {
    let (verb, rest) = method.split_at_checked(1)?;
    let (own, rest) = rest.split_at_checked(group.len())?;
    (!rest.is_empty() && is_same(own, group)).then(|| [verb, rest].concat())
}

fn without<'a>(operation: &'a [String], group: &[String]) -> Option<&'a [String]> {
    if group.is_empty() || operation.len() <= group.len() {
        return None;
    }
    let (start, rest) = operation.split_at(group.len());
    if is_same(start, group) {
        let is_group = rest.first().is_some_and(|word| GROUPS.contains(&word.as_str()));
        let rest = &rest[usize::from(is_group)..];
        // `threads.threads_list` says it twice.
        return Some(without(rest, group).unwrap_or(rest));
    }
    // `create booking payment` in `Payments` creates no booking.
    let (rest, end) = operation.split_at(operation.len() - group.len());
    (rest.len() == 1 && is_same(end, group)).then_some(rest)
}

/// Whether the words are the same, in the singular or the plural.
fn is_same(words: &[String], group: &[String]) -> bool {
    words.iter().map(|word| singular(word)).eq(group.iter().map(|word| singular(word)))
}

/// Words that return one thing or several, by what follows them.
const READS: &[&str] = &["fetch", "find", "get", "read", "retrieve", "show", "view"];

/// Whether a single word says that something is returned.
#[must_use]
pub fn is_read(words: &str) -> bool {
    READS.contains(&words)
}

/// Whether the words of an operation differ from those of another one by a plural only: `get books` from `get book`.
#[must_use]
pub fn is_plural_of(words: &str, other: &str) -> bool {
    let (words, other) = (split(words), split(other));
    let is_longer =
        words.iter().map(String::len).sum::<usize>() > other.iter().map(String::len).sum();
    is_longer && is_same(&words, &other)
}

/// Whether the words of an operation ask for several things: `get stations`.
#[must_use]
pub fn asks_for_several(words: &str) -> bool {
    split(words).last().is_some_and(|word| singular(word) != *word)
}

/// The words of an id without its articles; `None` if it has none that can be left out.
///
/// `get-an-album` → `get album`, `skip the users playback` → `skip users playback`. `a` is one letter among others unless it
/// stands behind a first word or a preposition and before a whole one, and DNS has records of that name.
#[must_use]
pub fn without_needless_articles(id: &str) -> Option<String> {
    let words = split(id);
    let is_needless = |at: usize| {
        let next = words.get(at + 1)?;
        let is_whole = next.len() > 1 && !is_joint(next) && next != "record" && next != "records";
        match words[at].as_str() {
            "an" | "the" => Some(at > 0),
            "a" => Some(at > 0 && (at == 1 || is_joint(&words[at - 1])) && is_whole),
            _ => None,
        }
    };
    let kept = (0..words.len()).filter(|&at| is_needless(at) != Some(true));
    let kept: Vec<&str> = kept.map(|at| words[at].as_str()).collect();
    (kept.len() < words.len()).then(|| kept.join(" "))
}

/// The words of an id behind the name of a service, if it begins with one: `RealWorld_ListArticles` → `ListArticles`.
///
/// A verb is no name of a service, and neither is a word that begins small.
#[must_use]
pub fn behind_service(id: &str) -> Option<(&str, &str)> {
    let (service, rest) = id.split_once(['_', '.'])?;
    let starts = |text: &str| text.starts_with(|first: char| first.is_alphabetic());
    let is_name = service.starts_with(char::is_uppercase)
        && service.chars().any(char::is_lowercase)
        && split(service).first().is_some_and(|word| !VERBS.contains(&word.as_str()));
    (is_name && starts(rest)).then_some((service, rest))
}

/// Words that begin the names of operations.
const VERBS: &[&str] = &[
    "add", "cancel", "create", "delete", "do", "fetch", "find", "get", "list", "patch", "post",
    "put", "read", "remove", "replace", "search", "send", "set", "update", "upload",
];

#[cfg(test)]
mod tests {
    use super::{
        asks_for_several, behind_service, is_group, is_plural_of, method_words, rest_behind_verb,
        without_needless_articles, without_parameter,
    };

    #[test]
    fn articles_are_left_out_where_they_are_no_letters() {
        for (id, expected) in [
            ("get-an-album", Some("get album")),
            ("get-a-list-of-playlists", Some("get list of playlists")),
            ("getInformationAboutTheUsersPlayback", Some("get information about users playback")),
            ("book-a-slot-for-a-calendar", Some("book slot for calendar")),
            ("get album", None),
            ("get_plan_a", None),
            ("get_plan_a_limits", None),
            ("create_a_record", None),
            ("list_a_records", None),
            ("getABTests", None),
            ("get_a_b_tests", None),
            ("find_by_a", None),
            ("the_books", None),
        ] {
            assert_eq!(without_needless_articles(id).as_deref(), expected, "{id}");
        }
    }

    #[test]
    fn a_plural_is_told_from_its_singular() {
        assert!(is_plural_of("get books", "getBook"));
        assert!(is_plural_of("get categories", "get category"));
        assert!(!is_plural_of("get book", "get books"));
        assert!(!is_plural_of("get book", "get book"));
        assert!(!is_plural_of("get shelves", "get book"));
    }

    #[test]
    fn several_things_are_asked_for_in_the_plural() {
        assert!(asks_for_several("get stations") && asks_for_several("getCategories"));
        assert!(!asks_for_several("get station") && !asks_for_several("get status"));
        assert!(!asks_for_several("get books by author") && !asks_for_several(""));
    }

    #[test]
    fn what_is_found_by_its_parameter_need_not_say_it() {
        for (words, parameter, expected) in [
            ("get by id", "commentId", Some("get")),
            ("get by comment id", "comment_id", Some("get")),
            ("find by id", "id", Some("find")),
            ("get by name", "id", None),
            ("delete by id", "id", None),
            ("get", "id", None),
        ] {
            assert_eq!(without_parameter(words, parameter), expected, "{words}");
        }
        assert!(is_group("health", "Health") && is_group("metric", "Metrics"));
        assert!(!is_group("get health", "Health") && !is_group("search", "Search"));
    }

    #[test]
    fn a_service_before_an_id_is_told_from_a_verb() {
        for (id, expected) in [
            ("RealWorld_ListArticles", Some(("RealWorld", "ListArticles"))),
            ("AlbumsController_list", Some(("AlbumsController", "list"))),
            ("Users.find", Some(("Users", "find"))),
            ("Get_Users", None),
            ("get_users", None),
            ("GET_users", None),
            ("ListArticles", None),
            ("Users_2", None),
        ] {
            assert_eq!(behind_service(id), expected, "{id}");
        }
    }

    #[test]
    fn the_words_of_the_group_are_left_out_behind_a_verb() {
        let table = [
            ("get_credit_usage", "credits", Some("get usage")),
            ("get_by_user_id", "users", None),
            ("delete_org_private_registry", "private_registries", None),
            ("get_codes_of_conduct_key", "codes_of_conduct", Some("get key")),
            ("delete_package_for_user", "packages", Some("delete for user")),
            ("delete_package", "packages", None),
            ("usage", "credits", None),
            ("credits", "credits", None),
            ("list", "", None),
        ];
        for (method, group, expected) in table {
            assert_eq!(rest_behind_verb(method, group).as_deref(), expected, "{method}");
        }
    }

    #[test]
    fn methods_leave_out_what_their_group_says() {
        let table = [
            ("get_stations", "Stations", Some("get")),
            ("getStation", "Stations", Some("get")),
            ("issues/list-for-repo", "issues", Some("list for repo")),
            ("code-scanning/get-alert", "code-scanning", Some("get alert")),
            ("get_credit_usage", "Credits", None),
            ("create_booking_payment", "Payments", None),
            ("stations", "Stations", None),
            ("list users", "Stations", None),
            ("list for users", "Users", None),
            ("users by name", "Users", None),
            ("move books", "Books", None),
            ("AlbumsController_list", "Albums", Some("list")),
            ("threads.threads_list", "threads", Some("list")),
            ("users service get user", "Users", Some("get")),
            ("categories_list", "Category", Some("list")),
            ("books 2", "Books", None),
            ("image get all", "Image", Some("get all")),
            ("books all", "Books", None),
            ("books get by", "Books", None),
            ("list", "", None),
            ("listCoreV1PodForAllNamespaces", "core_v1", Some("list pod for all namespaces")),
            ("get core v1", "core_v1", Some("get")),
            ("scores_v3_get-many-v3", "scores_v3", Some("get many")),
            ("scores_v3_get-many-v2", "scores_v3", Some("get many v2")),
            ("create_vector_store_file", "Vector stores", Some("create file")),
            ("get_vector_store_by_name", "Vector stores", Some("get by name")),
            ("get_stations_nearby", "Stations", None),
            ("get-paymentLinks-linkId", "Payment links", None),
            ("get_vector_store_by_id", "Vector stores", Some("get by id")),
        ];
        for (operation, group, expected) in table {
            assert_eq!(method_words(operation, group).as_deref(), expected, "{operation}");
        }
    }
}
