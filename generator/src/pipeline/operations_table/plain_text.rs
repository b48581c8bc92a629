//! Markdown of a description → plain text for a terminal, in which every character can be seen.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::rust::rustdoc::plain_line;

/// A text on one line; nothing if there is nothing to be seen in it.
pub fn line(markdown: Option<&str>) -> Option<String> {
    paragraphs(markdown).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text in paragraphs, with an empty line between them. Items of lists are lines that begin with `- `.
pub fn paragraphs(markdown: Option<&str>) -> Option<String> {
    let mut writer = Writer::default();
    for event in Parser::new(markdown?) {
        writer.write(event);
    }
    writer.finish()
}

/// Writes the blocks of a text one after the other.
#[derive(Default)]
struct Writer {
    /// Finished lines; an empty one between paragraphs.
    lines: Vec<String>,
    line: String,
    /// The lists around the current place, and the number of the next item of those that have numbers.
    lists: Vec<Option<u64>>,
    in_code: bool,
}

impl Writer {
    fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.in_code => {
                let lines = text.lines().map(|line| format!("    {}", visible(line)));
                self.lines.extend(lines);
            }
            Event::Text(text) => self.line.push_str(&text),
            Event::Code(text) => {
                self.line.push('`');
                self.line.push_str(&text);
                self.line.push('`');
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            Event::Rule => self.end_block(),
            // What HTML is in a text is layout, mostly.
            Event::Html(_) | Event::InlineHtml(_) => self.line.push(' '),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.end_line();
                self.lists.push(*first);
            }
            Tag::Item => self.open_item(),
            Tag::CodeBlock(_) => {
                self.end_line();
                self.in_code = true;
            }
            _ => {}
        }
    }

    fn open_item(&mut self) {
        self.end_line();
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        self.line = mark;
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if !self.lists.is_empty() => self.end_line(),
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_block(),
            TagEnd::Item => self.end_line(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end_block();
                }
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.end_block();
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = visible(&line);
        if !text.trim_start_matches('-').is_empty() {
            let depth = self.lists.len().saturating_sub(1);
            self.lines.push(format!("{}{text}", "  ".repeat(depth)));
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn finish(mut self) -> Option<String> {
        self.end_block();
        let text = self.lines.join("\n").trim_end().to_owned();
        (!text.is_empty()).then_some(text)
    }
}

/// A line without runs of spaces, in which hidden characters are shown as escapes.
fn visible(line: &str) -> String {
    plain_line(line)
}

#[cfg(test)]
mod tests {
    use super::{line, paragraphs};

    #[test]
    fn markdown_becomes_lines_that_a_terminal_shows_as_they_are() {
        let markdown = "Finds **a** [book](https://x.example).\nIt is `free`.\n\n\
                        - one\n- two\n\n1. first\n2. second\n\n```json\n{\"a\": 1}\n```\n<br>\u{1b}[31mred";
        let expected = "Finds a book. It is `free`.\n\n- one\n- two\n\n1. first\n2. second\n\n    \
                        {\"a\": 1}\n\n\\u{1b}[31mred";
        assert_eq!(paragraphs(Some(markdown)).as_deref(), Some(expected));
    }

    #[test]
    fn a_line_is_one_line_and_nothing_is_nothing() {
        assert_eq!(line(Some("# Get\n\nall *of* it")).as_deref(), Some("Get all of it"));
        assert_eq!(line(Some(" \n<br>")), None);
        assert_eq!(line(None), None);
    }
}
