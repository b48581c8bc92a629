//! The header `Link` (RFC 8288).

use crate::runtime::header::split_unquoted;

/// The URL of the link with `rel="next"`; relative ones are relative to the request's URL.
pub fn next(header: &str) -> Option<&str> {
    let mut links = links(header);
    links.find_map(|link| {
        let (url, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        split_unquoted(parameters, ';').any(is_next).then_some(url)
    })
}

/// The links of a header. A comma within a URL or a quoted string does not separate.
fn links(header: &str) -> impl Iterator<Item = &str> {
    let (mut in_url, mut quoted, mut escaped) = (false, false, false);
    header.split(move |sign| {
        match sign {
            '<' if !quoted => in_url = true,
            '>' if !quoted => in_url = false,
            '"' if !in_url && !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && sign == '\\' && !escaped;
        sign == ',' && !quoted && !in_url
    })
}

/// `rel="prev next"`: a relation is one of several words, in any case.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && words.any(|word| word.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_the_link_with_that_relation() {
        for (header, expected) in [
            ("<https://a/b?page=2>; rel=\"next\"", Some("https://a/b?page=2")),
            ("</b?c=1,2>; title=\"a, b; rel=next\"; REL = Next", Some("/b?c=1,2")),
            ("<a>; rel=\"prev\", <b>; rel=\"last next\"", Some("b")),
            ("<a>; rel=\"nextone\"", None),
            ("<a>", None),
            ("a; rel=next", None),
            ("<a;b,c>; rel=next; x=\"<, \\\"\"", Some("a;b,c")),
            ("", None),
        ] {
            assert_eq!(next(header), expected, "{header}");
        }
    }
}
