//! The URL that a client talks to unless it is told another.

use super::messages::Messages;
use crate::pointer::Pointer;
use crate::resolve::Resolved;

/// The first server that says in full where it is; those before it that nobody should talk to are warned of.
pub fn base_url(resolved: &Resolved, messages: &mut Messages) -> Option<String> {
    for (index, server) in resolved.servers.iter().enumerate() {
        let at = Pointer::root().at("servers").at(index).at("url");
        match usable(&server.url) {
            Usable::Yes => return Some(server.url.clone()),
            Usable::Relative => {}
            Usable::No(why) => {
                messages.not_generated(&at, format!("this server is not used: {why}"))
            }
        }
    }
    None
}

pub enum Usable {
    Yes,
    /// It depends on where the description was found, which a client does not know.
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
