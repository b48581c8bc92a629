//! The header `Link` (RFC 8288).

/// The URL of the link with `rel="next"`.
pub fn next(header: &str) -> Option<&str> {
    let mut links = split(header, ',').into_iter();
    links.find_map(|link| {
        let (url, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        split(parameters, ';').into_iter().any(is_next).then_some(url)
    })
}

/// The parts between separators that are not within a URL or quotes.
fn split(text: &str, by: char) -> Vec<&str> {
    let (mut in_url, mut is_quoted) = (false, false);
    let separates = |sign: char| {
        match sign {
            '<' if !is_quoted => in_url = true,
            '>' if !is_quoted => in_url = false,
            '"' if !in_url => is_quoted = !is_quoted,
            _ => {}
        }
        sign == by && !is_quoted && !in_url
    };
    text.split(separates).collect()
}

/// A relation is one of several words, in any case.
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && words.any(|word| word.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_next_page_is_the_link_with_that_relation() {
        for (header, expected) in [
            ("<https://a/b?page=2>; rel=\"next\"", Some("https://a/b?page=2")),
            ("</b?c=1,2>; title=\"a, b; rel=next\"; REL = Next", Some("/b?c=1,2")),
            ("<a>; rel=\"prev\", <b>; rel=\"last next\"", Some("b")),
            ("<a>; rel=\"nextone\"", None),
            ("a; rel=next", None),
            ("", None),
        ] {
            assert_eq!(super::next(header), expected, "{header}");
        }
    }
}
