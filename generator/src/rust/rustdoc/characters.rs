//! Characters that cannot be seen, made visible.

use pulldown_cmark::{CowStr, Event, Tag};
use std::borrow::Cow;

/// One newline for every line end of Unicode: `"a\r\nb\u{2028}c"` → `"a\nb\nc"`.
///
/// Source: Unicode Standard Annex 14, the mandatory breaks.
pub(super) fn normalize_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

/// Hidden characters as escapes: a right-to-left override → `\u{202e}`; other spaces as spaces.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_replaced) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().fold(String::with_capacity(text.len()), |mut seen, char| {
        match char {
            '\t' => seen.push_str("    "),
            hidden if is_hidden(hidden) => seen.extend(hidden.escape_unicode()),
            space if space.is_whitespace() => seen.push(' '),
            other => seen.push(other),
        }
        seen
    }))
}

fn is_replaced(char: char) -> bool {
    is_hidden(char) || char.is_whitespace() && char != ' '
}

/// Whether a reader of the source would not see the character, or see others in its place.
///
/// Source: Unicode's general categories Cc and Zl/Zp, `Bidi_Control` (Unicode Standard Annex 9),
/// and the zero-width and tag characters of category Cf.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The event with all its text visible.
pub(super) fn event(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(block_text(text)),
        Event::Code(text) => Event::Code(line(text)),
        Event::InlineHtml(text) => Event::InlineHtml(line(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: line(dest_url), title, id })
        }
        event => event,
    }
}

/// Text of a code block has several lines, which stay.
fn block_text(text: CowStr<'_>) -> CowStr<'_> {
    if text.chars().any(is_replaced) {
        text.split('\n').map(visible).collect::<Vec<_>>().join("\n").into()
    } else {
        text
    }
}

fn line(text: CowStr<'_>) -> CowStr<'_> {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(seen) => seen.into(),
    }
}
