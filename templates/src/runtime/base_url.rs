//! URLs of servers with variables (OpenAPI 3.1.0, 4.8.6).

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::percent::RESERVED;

/// What is encoded in a value, so that it stays in its place; a host may have a port.
const VALUE: &AsciiSet = &RESERVED.remove(b':');

/// A URL with values in the place of its variables.
///
/// `https://{region}.example.com/{+root}` → `https://eu.example.com/v1/shop`: a `+` lets a value lead on to further
/// segments (as in RFC 6570, 3.2.3). Any other value stays in its place: `a/b` is `a%2Fb`, which is refused as
/// part of a host, so that no value leads to another one.
pub(crate) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut parts = template.split('{');
    let mut url = parts.next().unwrap_or_default().to_owned();
    for (variable, text) in parts.filter_map(|part| part.split_once('}')) {
        let name = variable.trim_start_matches('+');
        let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        match variable.starts_with('+') {
            true if url.ends_with('/') => url.push_str(value.trim_start_matches('/')),
            true => url.push_str(value),
            false => url.extend(utf8_percent_encode(value, VALUE)),
        }
        url.push_str(text);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Client, ErrorKind};

    #[test]
    fn values_stand_in_the_place_of_variables() {
        for (template, value, expected) in [
            ("https://{a}.example.com/v1", "eu", "https://eu.example.com/v1"),
            ("https://{a}/v1", "localhost:8080", "https://localhost:8080/v1"),
            ("{+a}://example.com", "http", "http://example.com"),
            ("{+a}/v1", "https://example.com/shop", "https://example.com/shop/v1"),
            ("https://example.com/{+a}", "/v1/shop", "https://example.com/v1/shop"),
            ("https://example.com/{a}", "a/b?c#d", "https://example.com/a%2Fb%3Fc%23d"),
            ("https://{a}.{a}.example.com", "{a}", "https://%7Ba%7D.%7Ba%7D.example.com"),
            ("https://example.com/{b}", "eu", "https://example.com/"),
        ] {
            assert_eq!(filled(template, &[("a", value)]), expected, "{template}");
        }
    }

    #[test]
    fn no_value_leads_to_another_host() {
        for value in ["evil.example/", "evil.example?", "evil.example#", "key@evil.example/", "a\\"]
        {
            let url = filled("https://{a}.example.com", &[("a", value)]);
            let error = Client::builder().api_key("key").base_url(url).build().expect_err(value);
            assert_eq!(error.kind(), ErrorKind::Configuration, "{value}");
        }
    }
}
