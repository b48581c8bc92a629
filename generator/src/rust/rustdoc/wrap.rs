//! Paragraphs, broken into lines.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd, TextMergeStream};

/// The longest line of a paragraph.
pub(super) const WIDTH: usize = 96;

/// Events whose soft breaks stand where a line is full.
///
/// Code, links, headings and table rows are never broken, and no line begins with a word that
/// Markdown could read as the mark of a block.
pub(super) fn paragraphs(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut wrap = Wrap::default();
    events.into_iter().for_each(|event| wrap.take(event));
    wrap.end_line();
    TextMergeStream::new(wrap.out.into_iter()).collect()
}

#[derive(Default)]
struct Wrap<'a> {
    out: Vec<Event<'a>>,
    /// Events without a space between them: a line cannot end within.
    word: Vec<Event<'a>>,
    word_width: usize,
    /// Whether a space or soft break came before the word.
    spaced: bool,
    /// How much of the line is full; 0 where nothing stands on it.
    column: usize,
    /// The width of the list and quote marks before each line.
    indent: Vec<usize>,
    /// Open blocks and links whose text stays as it is.
    fixed: usize,
}

impl<'a> Wrap<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Text(text) if self.fixed == 0 => self.text(&text),
            Event::SoftBreak if self.fixed == 0 => self.space(),
            Event::SoftBreak => self.push(Event::Text(" ".into())),
            Event::HardBreak => self.hard_break(),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            event => self.push(event),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        self.fixed += usize::from(is_fixed(&tag.to_end()));
        if is_inline(&tag.to_end()) {
            return self.push(Event::Start(tag));
        }
        self.end_line();
        match tag {
            Tag::BlockQuote(_) => self.indent.push(2),
            Tag::List(None) => self.indent.push(2),
            Tag::List(Some(_)) => self.indent.push(4),
            _ => {}
        }
        self.out.push(Event::Start(tag));
    }

    fn end(&mut self, tag: TagEnd) {
        self.fixed = self.fixed.saturating_sub(usize::from(is_fixed(&tag)));
        if is_inline(&tag) {
            return self.push(Event::End(tag));
        }
        self.end_line();
        if matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_)) {
            self.indent.pop();
        }
        if tag == TagEnd::Paragraph && self.out.last() == Some(&Event::Start(Tag::Paragraph)) {
            // Nothing but spaces, such as `&nbsp;`.
            self.out.pop();
        } else {
            self.out.push(Event::End(tag));
        }
    }

    fn text(&mut self, text: &str) {
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                self.space();
            }
            if !word.is_empty() {
                self.push(Event::Text(word.to_owned().into()));
            }
        }
    }

    fn push(&mut self, event: Event<'a>) {
        self.word_width += width(&event);
        self.word.push(event);
    }

    fn space(&mut self) {
        self.end_word();
        self.spaced = true;
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        if self.spaced && self.column > 0 {
            self.separate();
        }
        self.column += self.word_width;
        self.out.append(&mut self.word);
        self.word_width = 0;
        self.spaced = false;
    }

    fn separate(&mut self) {
        let room = WIDTH.saturating_sub(self.indent.iter().sum());
        let full = self.column + 1 + self.word_width > room;
        if full && self.word.first().is_some_and(is_line_start) {
            self.out.push(Event::SoftBreak);
            self.column = 0;
        } else {
            self.out.push(Event::Text(" ".into()));
            self.column += 1;
        }
    }

    /// A break at the start of a line would be no break: CommonMark 0.31, 6.7.
    fn hard_break(&mut self) {
        self.end_word();
        if self.column > 0 {
            self.out.push(Event::HardBreak);
        }
        self.column = 0;
        self.spaced = false;
    }

    /// Ends the last line of a block, where a hard break would be no break either.
    fn end_line(&mut self) {
        self.end_word();
        if matches!(self.out.last(), Some(Event::HardBreak)) {
            self.out.pop();
        }
        self.column = 0;
        self.spaced = false;
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

fn is_fixed(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::CodeBlock | TagEnd::Heading(_) | TagEnd::Table)
}

/// Whether a line may begin with the event: never with what could be the mark of a block.
fn is_line_start(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => may_start_line(text),
        Event::Code(_) => true,
        Event::Start(_) => true,
        _ => false,
    }
}

/// Not with `-`, `#x`, `12.` and the like; CommonMark 0.31, 4 and 5.
pub(super) fn may_start_line(text: &str) -> bool {
    let after_number = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let is_like_number = after_number.len() < text.len() && after_number.starts_with(['.', ')']);
    !is_like_number && !text.starts_with(['-', '+', '*', '_', '#', '>', '=', '|', ':', '~', '`'])
}

/// The width of the event's Markdown.
fn width(event: &Event<'_>) -> usize {
    match event {
        Event::Text(text) => text.chars().map(|char| 1 + usize::from(is_escaped(char))).sum(),
        Event::Code(code) => code.chars().count() + 2,
        Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) => {
            dest_url.chars().count() + "[]()".len()
        }
        Event::Start(Tag::Link { .. }) => "<>".len(),
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
        Event::Start(Tag::Strong | Tag::Strikethrough) => 2,
        Event::End(TagEnd::Strong | TagEnd::Strikethrough) => 2,
        _ => 0,
    }
}

/// Whether Markdown puts a backslash before the character.
fn is_escaped(char: char) -> bool {
    "\\*_`<>[]|#".contains(char)
}
