//! Diagnostics drawn as rustc draws its own: the place, its lines, the spot underlined, what would help.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

use super::{Diagnostic, Location, Severity};
use crate::diagnostics::source_map::{Excerpt, Sources};

/// The most bytes of text that are looked at for an excerpt; a minified description is a single line.
const MOST_SHOWN: usize = 8192;

/// The bytes before and behind a place that are shown of a line that is too long.
const MOST_BESIDE: usize = 60;

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For files and pipes.
    Plain,
    /// With the colours of a terminal.
    Coloured,
}

/// ```text
/// error[dangling-reference]: nothing is at `#/components/schemas/Usr`
///   --> shop.yaml:12:23
///    |
/// 12 |                 $ref: '#/components/schemas/Usr'
///    |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^
///    |
///    = note: at /paths/~1users/get/responses/200/content/application~1json/schema/$ref
///    = help: did you mean `#/components/schemas/User`?
/// ```
#[must_use]
pub fn draw(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&*diagnostic.message).id(diagnostic.code.as_str());
    let group = Group::with_title(title).elements(elements(diagnostic, sources));
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.render(&[group])
}

fn elements<'s>(diagnostic: &'s Diagnostic, sources: &'s Sources) -> Vec<Element<'s>> {
    let place = Shown { place: &diagnostic.place, how: None };
    let related = diagnostic.related.as_ref().map(|(place, how)| Shown { place, how: Some(how) });
    let mut elements = match related.as_ref().and_then(|related| together(&place, related, sources))
    {
        Some(both) => vec![both],
        None => {
            std::iter::once(place).chain(related).flat_map(|one| alone(&one, sources)).collect()
        }
    };
    let pointer = &diagnostic.place.pointer;
    if pointer.parent().is_some() {
        elements.push(Level::NOTE.message(format!("at {pointer}")).into());
    }
    elements.extend(diagnostic.help.as_deref().map(|help| Level::HELP.message(help).into()));
    elements
}

/// A place to show, and what it has to do with the diagnostic if it is not the one that the diagnostic is about.
struct Shown<'s> {
    place: &'s Location,
    how: Option<&'s str>,
}

impl<'s> Shown<'s> {
    /// The mark under an excerpt in a text that begins at `start`.
    fn annotation(&self, excerpt: &Excerpt, start: usize) -> Annotation<'s> {
        let kind = match self.how {
            None => AnnotationKind::Primary,
            Some(_) => AnnotationKind::Context,
        };
        kind.span(excerpt.start - start..excerpt.end - start).label(self.how)
    }
}

/// A place with its lines.
fn alone<'s>(shown: &Shown<'s>, sources: &'s Sources) -> Vec<Element<'s>> {
    let path = &*shown.place.file;
    let Some(excerpt) = sources.find(shown.place) else { return vec![Origin::path(path).into()] };
    let lines = lines(excerpt.text, excerpt.start..excerpt.end);
    let text = excerpt.text.get(lines.clone()).unwrap_or_default();
    if text.len() > MOST_SHOWN {
        return neighbourhood(&excerpt, path);
    }
    let mark = shown.annotation(&excerpt, lines.start);
    vec![snippet(text, path, &excerpt).annotation(mark).into()]
}

/// Two places of one file with the lines from the one to the other, unless they are too many.
fn together<'s>(one: &Shown<'s>, other: &Shown<'s>, sources: &'s Sources) -> Option<Element<'s>> {
    if one.place.file != other.place.file {
        return None;
    }
    let (found, related) = (sources.find(one.place)?, sources.find(other.place)?);
    let (start, end) = (found.start.min(related.start), found.end.max(related.end));
    let lines = lines(found.text, start..end);
    let text = found.text.get(lines.clone()).filter(|text| text.len() <= MOST_SHOWN)?;
    let first = if found.start <= related.start { &found } else { &related };
    let snippet = snippet(text, &one.place.file, first);
    let marks = [one.annotation(&found, lines.start), other.annotation(&related, lines.start)];
    Some(snippet.annotations(marks).into())
}

fn snippet<'s>(text: &'s str, path: &'s str, first: &Excerpt) -> Snippet<'s, Annotation<'s>> {
    Snippet::source(text).path(path).line_start(first.from.line)
}

/// Of a line that is too long to be shown: where in it the place is, and what is around it.
fn neighbourhood<'s>(excerpt: &Excerpt, path: &'s str) -> Vec<Element<'s>> {
    let Excerpt { text, start, end, from, .. } = *excerpt;
    let around = start.saturating_sub(MOST_BESIDE)..end.saturating_add(MOST_BESIDE).min(text.len());
    let around: String =
        whole_characters(text, around).split_whitespace().collect::<Vec<_>>().join(" ");
    let origin = Origin::path(path).line(from.line).char_column(from.column);
    vec![origin.into(), Level::NOTE.message(format!("around it stands `… {around} …`")).into()]
}

/// The bytes of the lines in which a range lies.
fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let is_end = |character| matches!(character, '\n' | '\r');
    let (before, rest) = text.split_at(range.start);
    let after = rest.split_at(range.end - range.start).1;
    let line = before.rsplit(is_end).next().unwrap_or_default();
    let start = range.start - line.trim_start_matches('\u{feff}').len();
    start..range.end + after.split(is_end).next().unwrap_or_default().len()
}

/// The part of a text between two bytes, without characters that are only half in it.
fn whole_characters(text: &str, range: Range<usize>) -> &str {
    let is_whole = |at: &usize| text.is_char_boundary(*at);
    let start = (range.start..=range.end).find(is_whole).unwrap_or(range.end);
    let end = (start..=range.end).rev().find(is_whole).unwrap_or(start);
    text.get(start..end).unwrap_or_default()
}
