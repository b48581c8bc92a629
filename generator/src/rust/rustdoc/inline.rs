//! Links, images and line breaks, made harmless.

use super::html::is_line_break;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, TextMergeStream};

/// Events in which links lead to the web or a mailbox only, and bare addresses are links.
pub(super) fn safe<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut inline = Inline::default();
    events.for_each(|event| inline.take(event));
    TextMergeStream::new(inline.out.into_iter()).collect()
}

#[derive(Default)]
struct Inline<'a> {
    out: Vec<Event<'a>>,
    /// For each open link whether it is kept.
    links: Vec<bool>,
    /// Whether the text is code.
    code: bool,
    /// Whether the text must stay on its line: in headings and table cells.
    one_line: bool,
}

impl<'a> Inline<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_prose() => self.text(&text),
            Event::InlineHtml(html) if is_line_break(&html) => self.line_break(),
            Event::InlineHtml(html) | Event::Html(html) => self.out.push(Event::Text(html)),
            Event::HardBreak => self.line_break(),
            event => self.out.push(event),
        }
    }

    fn is_prose(&self) -> bool {
        !self.code && !self.links.contains(&true)
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, dest_url),
            Tag::Image { .. } => {}
            tag => {
                self.code |= matches!(tag, Tag::CodeBlock(_));
                self.one_line |= matches!(tag, Tag::Heading { .. } | Tag::Table(_));
                self.out.push(Event::Start(tag));
            }
        }
    }

    fn start_link(&mut self, kind: LinkType, address: CowStr<'a>) {
        let kept = kind == LinkType::Email || leads_out(&address);
        self.links.push(kept);
        if kept {
            let kind = match kind {
                LinkType::Autolink | LinkType::Email => kind,
                _ => LinkType::Inline,
            };
            self.out.push(Event::Start(link(kind, address)));
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.end_link(),
            TagEnd::Image => {}
            tag => {
                self.code &= tag != TagEnd::CodeBlock;
                self.one_line &= !matches!(tag, TagEnd::Heading(_) | TagEnd::Table);
                self.out.push(Event::End(tag));
            }
        }
    }

    fn end_link(&mut self) {
        if self.links.pop() == Some(true) {
            self.out.push(Event::End(TagEnd::Link));
        }
    }

    fn line_break(&mut self) {
        let starts_line = matches!(self.out.last(), Some(Event::Start(_)));
        match (self.one_line, starts_line) {
            (true, true) => {}
            (true, false) => self.out.push(Event::Text(" ".into())),
            (false, _) => self.out.push(Event::HardBreak),
        }
    }

    /// `see https://example.com.` → `see <https://example.com>.`
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, address, after)) = find_address(rest) {
            self.push_text(before);
            self.out.push(Event::Start(link(LinkType::Autolink, address.to_owned().into())));
            self.push_text(address);
            self.out.push(Event::End(TagEnd::Link));
            rest = after;
        }
        self.push_text(rest);
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push(Event::Text(text.to_owned().into()));
        }
    }
}

fn link(link_type: LinkType, dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link { link_type, dest_url, title: "".into(), id: "".into() }
}

/// Whether a link leads to the web or a mailbox.
fn leads_out(address: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Splits a text at its first web address: what stands before it, the address, what follows.
fn find_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find("http") {
        let (before, rest) = text.split_at_checked(from + found)?;
        let address = address_at_start(rest);
        if !address.is_empty() {
            return Some((before, address, rest.strip_prefix(address)?));
        }
        from += found + "http".len();
    }
    None
}

/// The web address with which a text begins: `https://a.example/b), or` → `https://a.example/b`.
fn address_at_start(text: &str) -> &str {
    let Some(host) = ["http://", "https://"].iter().find_map(|scheme| text.strip_prefix(scheme))
    else {
        return "";
    };
    let end = host.find(|char: char| !is_address(char)).unwrap_or(host.len());
    let length = text.len() - host.len();
    let host = without_sentence_end(host.get(..end).unwrap_or_default());
    if host.is_empty() { "" } else { text.get(..length + host.len()).unwrap_or_default() }
}

/// Source: RFC 3986, 2, without the quotes and brackets that text puts around addresses; braces
/// are there for server variables.
fn is_address(char: char) -> bool {
    char.is_ascii_alphanumeric() || "-._~:/?#@!$&()*+,;=%{}".contains(char)
}

/// An address without the punctuation of the sentence around it.
fn without_sentence_end(mut address: &str) -> &str {
    while let Some(last) = address.chars().last() {
        let outside = match last {
            ')' => address.matches(')').count() > address.matches('(').count(),
            last => ".,;:!?*_~(".contains(last),
        };
        if !outside {
            break;
        }
        address = address.strip_suffix(last).unwrap_or_default();
    }
    address
}
