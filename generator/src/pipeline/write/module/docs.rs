//! Links and examples in documentation.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::edits::Edits;
use super::tokens::Tokens;

/// The root of the crate in the destination of a link.
const ROOT: &str = "crate::";

/// The words behind the fence of an example that rustdoc tests.
const TESTED: [&str; 4] = ["", "no_run", "rust", "should_panic"];

/// Leads links to the module, and keeps rustdoc from testing examples: whether tests can name the module depends on the
/// crate around it.
pub fn lead(tokens: &Tokens<'_>, way: &str, edits: &mut Edits) {
    let mut at = 0;
    while at < tokens.len() {
        let style = tokens.doc_style(at);
        let count = match style {
            None => 0,
            Some(_) => (at..tokens.len()).take_while(|at| tokens.doc_style(*at) == style).count(),
        };
        if count > 0 {
            Comment::of(tokens, at..at + count).lead(way, edits);
        }
        at += count.max(1);
    }
}

/// Lines of documentation that belong together.
struct Comment {
    text: String,
    /// Where each line begins in the text and in the source.
    lines: Vec<(usize, usize)>,
}

impl Comment {
    fn of(tokens: &Tokens<'_>, lines: std::ops::Range<usize>) -> Self {
        let mut comment = Self { text: String::new(), lines: Vec::new() };
        for at in lines {
            // The mark of a line of documentation has three characters.
            let start = tokens.range(at).start + 3;
            comment.lines.push((comment.text.len(), start));
            comment.text += &tokens.text[start..tokens.range(at).end];
            comment.text.push('\n');
        }
        comment
    }

    fn lead(&self, way: &str, edits: &mut Edits) {
        let mut known =
            |link: BrokenLink<'_>| Some((link.reference.into_static(), CowStr::from("")));
        let events =
            Parser::new_with_broken_link_callback(&self.text, Options::all(), Some(&mut known));
        for (event, range) in events.into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let destination = dest_url.trim_start_matches('`');
                    if destination.starts_with(ROOT)
                        && let Some(start) = self.text[range.clone()].rfind(destination)
                    {
                        let end_of_root = range.start + start + "crate".len();
                        edits.insert(self.in_source(end_of_root), way);
                    }
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) if is_tested(&words) => {
                    let fence =
                        self.text[range.start..].bytes().take_while(|it| *it == b'`').count();
                    let word = if words.is_empty() { "ignore" } else { "ignore," };
                    edits.insert(self.in_source(range.start + fence), word);
                }
                _ => {}
            }
        }
    }

    /// A place of the text in the source.
    fn in_source(&self, place: usize) -> usize {
        let after = self.lines.partition_point(|(start, _)| *start <= place);
        let (start, in_source) = self.lines[after.saturating_sub(1)];
        in_source + place - start
    }
}

fn is_tested(words: &str) -> bool {
    words.split(',').all(|word| TESTED.contains(&word.trim()))
}
