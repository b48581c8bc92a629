//! Functions whose bodies are plain statements.

use super::super::MARGIN;
use super::super::flat::{Flat, flat};
use super::super::page::{INDENT, Page};
use super::super::tree::{Tree, split_at_commas};
use super::value::{self, is_text};
use proc_macro2::Delimiter;

/// A name that is no longer than an indentation has its first member beside it.
const SHORT: usize = INDENT;

/// Writes `fn name(…) -> … { … }`.
pub(super) fn print(visibility: &str, code: &[Tree], depth: usize, page: &mut Page) -> Option<()> {
    let [_, name, arguments, result @ .., body] = code else { return None };
    let name = name.word()?;
    let arguments = split_at_commas(arguments.group(Delimiter::Parenthesis)?);
    let arguments = arguments.into_iter().map(argument).collect::<Option<Vec<_>>>()?;
    let result = match result {
        [] => String::new(),
        [dash, end, ty @ ..] if dash.is_punct('-') && end.is_punct('>') => {
            format!(" -> {}", flat(ty)?.text)
        }
        _ => return None,
    };
    let body = body.braces()?;
    let end = if body.is_empty() { format!("{result} {{}}") } else { format!("{result} {{") };
    head(&format!("{visibility}fn {name}("), &arguments, &end, depth, page)?;
    if !body.is_empty() {
        statements(body, depth + 1, page)?;
        page.line(depth, &["}"]);
    }
    Some(())
}

/// `self`, or a name and its type.
fn argument(code: &[Tree]) -> Option<Flat> {
    let is_self = code.last().is_some_and(|last| last.is_word("self"));
    let is_typed = code.iter().any(|tree| tree.is_punct(':'));
    flat(code).filter(|_| is_self || is_typed)
}

/// The arguments on one line if it is short enough, else each on its own.
fn head(start: &str, arguments: &[Flat], end: &str, depth: usize, page: &mut Page) -> Option<()> {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.text.as_str()).collect();
    let line = texts.join(", ");
    if depth * INDENT + start.len() + line.len() + ")".len() + end.len() <= MARGIN {
        page.line(depth, &[start, &line, ")", end]);
        return Some(());
    }
    let fit = |argument: &Flat| argument.fits((depth + 1) * INDENT + ",".len());
    let is_short = depth * INDENT + ")".len() + end.len() <= MARGIN;
    (!arguments.is_empty() && arguments.iter().all(fit) && is_short).then_some(())?;
    page.line(depth, &[start]);
    texts.iter().for_each(|argument| page.line(depth + 1, &[argument, ","]));
    page.line(depth, &[")", end]);
    Some(())
}

fn statements(mut body: &[Tree], depth: usize, page: &mut Page) -> Option<()> {
    while !body.is_empty() {
        let end = body.iter().position(|tree| tree.is_punct(';'));
        let (statement, rest) = match end {
            Some(end) => (&body[..end], &body[end + 1..]),
            None => (body, &body[body.len()..]),
        };
        self::statement(statement, if end.is_some() { ";" } else { "" }, depth, page)?;
        body = rest;
    }
    Some(())
}

fn statement(code: &[Tree], end: &str, depth: usize, page: &mut Page) -> Option<()> {
    if end.is_empty() && code.last().is_some_and(|last| last.braces().is_some()) {
        return value::print("", code, end, depth, page);
    }
    // prettyplease ends an assignment with a semicolon that it may not have.
    let is_whole = !end.is_empty() || !code.iter().any(|tree| tree.is_punct('='));
    let line = flat(code).filter(|line| is_whole && !line.text.is_empty())?;
    if line.fits(depth * INDENT + end.len()) {
        page.line(depth, &[&line.text, end]);
        return Some(());
    }
    chain(code, end, depth, page)
}

/// A chain of calls with a line for each: `self.client`, `.get("/books")`, `.query("limit", limit)`
fn chain(code: &[Tree], end: &str, depth: usize, page: &mut Page) -> Option<()> {
    let [start, dot, member, calls @ ..] = code else { return None };
    let is_short = start.word()?.to_string().len() <= SHORT && dot.is_punct('.');
    (is_short && !calls.is_empty() && calls.len().is_multiple_of(3)).then_some(())?;
    page.line(depth, &[&format!("{}.{}", start.word()?, member.word()?)]);
    let last = calls.len() / 3 - 1;
    for (index, call) in calls.chunks(3).enumerate() {
        let [dot, name, arguments] = call else { return None };
        let given = arguments.group(Delimiter::Parenthesis).filter(|_| dot.is_punct('.'))?;
        let text = format!(".{}({})", name.word()?, flat(given)?.text);
        let end = if index == last { end } else { "" };
        // A text alone is put beside its call, however long it is.
        let is_text_alone = matches!(given, [only] if is_text(only));
        let is_short = (depth + 1) * INDENT + text.len() + end.len() <= MARGIN;
        (is_text_alone || is_short).then(|| page.line(depth + 1, &[&text, end]))?;
    }
    Some(())
}
