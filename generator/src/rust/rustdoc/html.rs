//! HTML within Markdown, shown as text.

use super::DIALECT;
use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// Rounds of [`escape`] before every `<` is escaped: text escaped once can make other text HTML.
const ROUNDS: usize = 4;

/// Markdown without HTML: `<b>x</b>` → `&lt;b>x&lt;/b>`, which reads as text.
///
/// `<br>` within a line stays, to become a line break.
pub(super) fn escape(markdown: &str) -> String {
    let mut text = markdown.to_owned();
    for _ in 0..ROUNDS {
        let html = html(&text);
        if html.is_empty() {
            return text;
        }
        text = escape_within(&text, &html);
    }
    if html(&text).is_empty() { text } else { text.replace('<', "&lt;") }
}

/// Whether a piece of HTML is a line break: `<br>`, `<br/>`, `<BR />`.
pub(super) fn is_line_break(html: &str) -> bool {
    let name = html.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|name| name.trim_end_matches('/').trim_end().eq_ignore_ascii_case("br"))
}

/// The places of HTML, in order.
fn html(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, DIALECT).into_offset_iter();
    events
        .filter(|(event, _)| match event {
            Event::Html(_) => true,
            Event::InlineHtml(html) => !is_line_break(html),
            _ => false,
        })
        .map(|(_, range)| range)
        .collect()
}

fn escape_within(text: &str, places: &[Range<usize>]) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut done = 0;
    for place in places {
        escaped.push_str(text.get(done..place.start).unwrap_or_default());
        let start = place.start.max(done);
        escaped.push_str(&text.get(start..place.end).unwrap_or_default().replace('<', "&lt;"));
        done = place.end.max(done);
    }
    escaped.push_str(text.get(done..).unwrap_or_default());
    escaped
}
