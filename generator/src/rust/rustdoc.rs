//! Markdown of a description → doc lines that are safe to print.
//!
//! A description is text by a stranger. It is parsed as CommonMark and written anew, so that what
//! rustdoc reads holds no code that runs, no live HTML, no broken link and no hidden character.

mod characters;
mod html;
mod inline;
mod plain;
mod wrap;

use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::quality::RandomState;
use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream,
};
use pulldown_cmark_to_cmark::{Error, Options as Layout, cmark_with_options};

/// The Markdown that is understood: CommonMark 0.31 with tables and strikethrough.
const DIALECT: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Containers nested deeper than this are shown as they were written.
const DEEPEST_NESTING: usize = 16;

/// The doc lines of a Markdown text, to be printed as `#[doc = " line"]` each.
///
/// ````text
/// # Usage                   →  #### Usage
/// <b>See</b> [Foo]          →  \<b>See\</b> \[Foo\]
/// https://example.com       →  <https://example.com>
/// ```python                 →  ```text
/// ````
#[must_use]
pub fn lines(markdown: &str) -> Vec<String> {
    plain::lines(markdown).unwrap_or_else(|| of_markdown(markdown))
}

fn of_markdown(markdown: &str) -> Vec<String> {
    let source = characters::normalize_line_ends(markdown);
    // A fence that is open at the end is closed only behind a whole line.
    let text = print(wrap::paragraphs(safe_events(&html::escape(&format!(
        "{}\n",
        source.trim_end_matches('\n')
    )))))
    .unwrap_or_else(|_| verbatim(&source));
    text.trim_matches('\n').lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Free text as doc lines; a single line becomes a sentence.
///
/// Descriptions say the same of many fields, so a thread keeps what it has made: it grows no larger than they are.
#[must_use]
pub fn prose(markdown: &str) -> Vec<String> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(lines) = known.get(markdown) {
            return lines.clone();
        }
        let lines = prose_of(markdown);
        known.insert(markdown.to_owned(), lines.clone());
        lines
    })
}

thread_local! {
    static KNOWN: RefCell<HashMap<String, Vec<String>, RandomState>> = RefCell::default();
}

fn prose_of(markdown: &str) -> Vec<String> {
    match markdown.trim().lines().count() {
        0 => Vec::new(),
        1 => lines(&sentence(markdown)),
        _ => lines(markdown),
    }
}

/// The first paragraph of free text.
#[must_use]
pub fn first_paragraph(markdown: &str) -> Vec<String> {
    prose(markdown).into_iter().take_while(|line| !line.is_empty()).collect()
}

/// Whether there is nothing to be seen in a Markdown text: `&nbsp;`
#[must_use]
pub fn is_blank(markdown: &str) -> bool {
    let starts_with_word = markdown.trim_start().starts_with(char::is_alphanumeric);
    !starts_with_word && prose(markdown).is_empty()
}

/// Free text that can stand between backticks: hidden characters are visible, and no backtick ends the code.
#[must_use]
pub fn inside_code(text: &str) -> String {
    characters::visible(text).replace('`', "'")
}

/// Free text where there is room for one line only, with all of its characters visible: `"a\r\nb\0"` → `a b\u{0}`
#[must_use]
pub fn plain_line(text: &str) -> String {
    let seen = characters::normalize_line_ends(text).replace('\n', " ");
    characters::visible(&seen).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The one-line summary that a text makes: `Get  Credit Usage` → `Get Credit Usage.`
///
/// Marks of blocks, such as a leading `#` or `1.`, are shown; marks within a line keep their
/// meaning.
#[must_use]
pub fn sentence(text: &str) -> String {
    let mut sentence = phrase(text);
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', ':']) {
        sentence.push('.');
    }
    sentence
}

/// The same without a full stop at its end.
#[must_use]
pub fn phrase(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain::is_plain(&folded) { folded } else { phrase_of_markdown(&folded) }
}

fn phrase_of_markdown(folded: &str) -> String {
    // After a word, nothing at the start of the line opens a block.
    let source = html::escape(&format!("{AHEAD}{folded}"));
    print(without_word_ahead(safe_events(&source)))
        .unwrap_or_else(|_| characters::visible(folded).into_owned())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What stands before a summary while it is parsed.
const AHEAD: &str = "x ";

fn without_word_ahead(mut events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if let Some(Event::Text(first)) = events.get_mut(1) {
        let rest = first.get(AHEAD.len()..).unwrap_or_default().to_owned();
        *first = rest.into();
    }
    events.retain(|event| !matches!(event, Event::Text(text) if text.is_empty()));
    TextMergeStream::new(events.into_iter().map(on_one_line)).collect()
}

fn on_one_line(event: Event<'_>) -> Event<'_> {
    match event {
        Event::SoftBreak | Event::HardBreak => Event::Text(" ".into()),
        event => event,
    }
}

/// The events of a Markdown text, each made harmless.
fn safe_events(source: &str) -> Vec<Event<'_>> {
    let events = TextMergeStream::new(Parser::new_ext(source, DIALECT));
    let visible = events.map(characters::event).map(block);
    inline::safe(TextMergeStream::new(visible))
}

/// A block event made harmless: code is never Rust, and no heading outranks rustdoc's own.
fn block(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::CodeBlock(_)) => Event::Start(text_block()),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: level.max(HeadingLevel::H4),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => {
            Event::End(TagEnd::Heading(level.max(HeadingLevel::H4)))
        }
        event => event,
    }
}

fn text_block<'a>() -> Tag<'a> {
    Tag::CodeBlock(CodeBlockKind::Fenced(CowStr::Borrowed("text")))
}

/// Writes events as Markdown; fails where CommonMark has no words for them.
fn print(events: Vec<Event<'_>>) -> Result<String, Error> {
    if nesting(&events) > DEEPEST_NESTING {
        return Err(Error::Unrepresentable);
    }
    let layout = Layout {
        code_block_token_count: 3,
        list_token: '-',
        increment_ordered_list_bullets: true,
        ..Layout::default()
    };
    let mut text = String::new();
    let events = TextMergeStream::new(events.into_iter().flat_map(marked));
    cmark_with_options(events, &mut text, DIALECT, layout)?;
    Ok(text.replace(BREAK, "\\").replace(AMPERSAND, "&"))
}

/// Stands for the backslash of a hard break, which is otherwise written as two spaces that
/// rustfmt takes away. Text cannot hold it: it would be an escape by now.
const BREAK: char = '\u{1}';

/// Stands for an ampersand that needs no escape.
const AMPERSAND: char = '\u{2}';

fn marked(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Text(text) if text.contains('&') => {
            vec![Event::Text(marked_ampersands(&text).into())]
        }
        Event::HardBreak => vec![Event::Text(BREAK.to_string().into()), Event::SoftBreak],
        event => vec![event],
    }
}

/// Marks the ampersands that begin no entity: in `a & b &lt; c` the first one.
fn marked_ampersands(text: &str) -> String {
    let mut parts = text.split('&');
    let mut marked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        marked.push(if ends_entity(part) { '&' } else { AMPERSAND });
        marked.push_str(part);
    }
    marked
}

/// Whether a text goes on as an entity after its ampersand: `lt; c` (CommonMark 0.31, 2.5).
fn ends_entity(text: &str) -> bool {
    let name = text.strip_prefix('#').unwrap_or(text);
    let rest = name.trim_start_matches(|char: char| char.is_ascii_alphanumeric());
    rest.len() < name.len() && rest.starts_with(';')
}

/// How many containers stand within each other at the deepest place.
fn nesting(events: &[Event<'_>]) -> usize {
    let mut deepest = 0;
    let mut depth = 0_usize;
    for event in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The text as one block of plain text: what is shown of Markdown that cannot be written anew.
fn verbatim(source: &str) -> String {
    let text = source.lines().map(characters::visible).collect::<Vec<_>>().join("\n");
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

/// The length of the longest run of a character: `` a``b` `` → 2.
fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|char| char != wanted).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests;
