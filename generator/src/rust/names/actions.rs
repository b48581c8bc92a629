//! Words at the end of a path that say what is done.

use super::shared::singular;

/// Whether the words at the end of a path say what is done: `approve`, `send invoice`.
///
/// Several words may also name a thing: `GET /orders/open-orders` and `DELETE /test-cases` open and test nothing, and
/// `POST /sell-orders` sells none. With these methods only verbs are taken that fit them.
///
/// Where the summary says that something is `created`, a word that may name a thing does: `POST /sign_requests` signs
/// nothing.
pub(super) fn says_what_is_done(method: &str, words: &[String], creates: bool) -> bool {
    let Some(first) = words.first() else { return false };
    let is_in = |list: &[&str]| list.contains(&first.as_str());
    if words.len() > 1 && (is_in(WITHOUT_OBJECT) || (creates && is_in(OF_THINGS))) {
        return false;
    }
    match method {
        "post" | "put" | "patch" => {
            is_in(ACTIONS) || is_in(if words.len() == 1 { ACTIONS_OR_THINGS } else { CHANGING })
        }
        _ if words.len() == 1 => is_in(ACTIONS),
        "delete" => is_in(REMOVING),
        _ => is_in(READING),
    }
}

/// Whether a step of a path is a verb and nothing else, wherever it stands.
pub(super) fn is_verb(step: &[String]) -> bool {
    matches!(step, [word] if VERBS.contains(&word.as_str()))
}

/// Words that name no thing.
const VERBS: &[&str] =
    &["add", "create", "delete", "edit", "fetch", "find", "get", "remove", "send", "update"];

/// Words for what is done.
const ACTIONS: &[&str] = &[
    "accept",
    "acknowledge",
    "activate",
    "add",
    "analyze",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "calculate",
    "cancel",
    "check",
    "clear",
    "clone",
    "close",
    "complete",
    "compute",
    "confirm",
    "connect",
    "continue",
    "convert",
    "copy",
    "create",
    "deactivate",
    "decline",
    "decrypt",
    "delete",
    "demote",
    "destroy",
    "detach",
    "disable",
    "disconnect",
    "dismiss",
    "download",
    "duplicate",
    "edit",
    "enable",
    "encode",
    "encrypt",
    "evaluate",
    "execute",
    "export",
    "fetch",
    "finalize",
    "finish",
    "forgot",
    "generate",
    "get",
    "import",
    "invite",
    "join",
    "kick",
    "leave",
    "list",
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
    "promote",
    "publish",
    "query",
    "reassign",
    "reboot",
    "rebuild",
    "recalculate",
    "recover",
    "refresh",
    "refuse",
    "regenerate",
    "register",
    "reindex",
    "reissue",
    "reject",
    "release",
    "remove",
    "rename",
    "reopen",
    "replay",
    "reprocess",
    "resend",
    "reset",
    "restart",
    "restore",
    "resume",
    "retry",
    "revert",
    "revoke",
    "rollback",
    "rotate",
    "run",
    "search",
    "send",
    "share",
    "shutdown",
    "sign",
    "signin",
    "signout",
    "signup",
    "simulate",
    "start",
    "stop",
    "submit",
    "subscribe",
    "suspend",
    "sync",
    "terminate",
    "test",
    "toggle",
    "transfer",
    "trigger",
    "unarchive",
    "unassign",
    "unban",
    "unblock",
    "undo",
    "unfollow",
    "uninstall",
    "unlink",
    "unlock",
    "unmute",
    "unpublish",
    "unregister",
    "unsubscribe",
    "unsuspend",
    "update",
    "upload",
    "upsert",
    "validate",
    "verify",
];

/// Words for what is done, or for things: `POST /orders/{id}/refund` → `refund order`, but `GET /orders/{id}/refund` →
/// `get order refund`.
const ACTIONS_OR_THINGS: &[&str] = &[
    "ban",
    "block",
    "bootstrap",
    "broadcast",
    "build",
    "buy",
    "capture",
    "change",
    "claim",
    "deploy",
    "deposit",
    "dislike",
    "draft",
    "estimate",
    "follow",
    "grant",
    "install",
    "launch",
    "like",
    "link",
    "mute",
    "pay",
    "pin",
    "ping",
    "process",
    "purchase",
    "react",
    "read",
    "redeem",
    "refine",
    "refund",
    "reload",
    "rescue",
    "save",
    "scan",
    "sell",
    "set",
    "setup",
    "store",
    "swap",
    "travel",
    "void",
    "vote",
    "withdraw",
];

/// Words that are not done to a thing, so that one behind them is a thing of that name: `POST /login-links`.
const WITHOUT_OBJECT: &[&str] = &["login", "logout", "signin", "signout", "signup"];

/// Words that begin what is done, or the name of a thing: `sign documents`, but a `sign request`.
const OF_THINGS: &[&str] = &[
    "check", "clone", "copy", "download", "export", "import", "query", "search", "share", "sign",
    "sync", "test", "transfer", "trigger", "upload",
];

/// The infinitive of a verb, if the word is one in the third person: `updates` → `update`, `searches` → `search`.
pub fn infinitive(word: &str) -> Option<String> {
    let verb = singular(word);
    let is_known = |list: &[&str]| list.contains(&verb.as_str());
    let is_verb =
        verb != word && (is_known(ACTIONS) || is_known(ACTIONS_OR_THINGS) || is_known(RETURNING));
    is_verb.then_some(verb)
}

/// Whether a word may say what is done.
pub(super) fn may_be_done(word: &str) -> bool {
    [ACTIONS, ACTIONS_OR_THINGS, READING, &["echo"]].iter().any(|list| list.contains(&word))
}

/// Words by which summaries say that something is returned.
const RETURNING: &[&str] = &["list", "read", "retrieve", "return", "show"];

/// Words that begin what is done, if a thing follows: `change password`.
const CHANGING: &[&str] = &["change", "set"];

/// Words that begin what is done by `GET`.
const READING: &[&str] = &[
    "activate",
    "check",
    "confirm",
    "download",
    "export",
    "fetch",
    "find",
    "get",
    "list",
    "preview",
    "search",
    "unsubscribe",
    "validate",
    "verify",
];

/// Words that begin what is done by `DELETE`.
const REMOVING: &[&str] = &[
    "cancel",
    "clear",
    "delete",
    "destroy",
    "leave",
    "remove",
    "reset",
    "revoke",
    "unassign",
    "unblock",
    "unfollow",
    "unsubscribe",
];
