//! Tokens on one line, as prettyplease writes them where a line is long enough.
//!
//! Only paths, types, and the plain expressions of which most code consists are written: no operator but those of a
//! type, no block, no closure. For all others there is no text, and prettyplease is asked.

use super::tree::Tree;
use proc_macro2::{Delimiter, Spacing, TokenTree};
use std::fmt::Write;

/// A text on one line.
pub(super) struct Flat {
    pub(super) text: String,
    /// Whether prettyplease would break it if it were too long.
    pub(super) is_breakable: bool,
}

impl Flat {
    /// Whether it stays on its line, with so many other characters.
    pub(super) fn fits(&self, others: usize) -> bool {
        !self.is_breakable || self.text.len() + others <= super::MARGIN
    }
}

/// The line, if it is of those that are written here.
pub(super) fn flat(trees: &[Tree]) -> Option<Flat> {
    let mut writer = Writer { text: String::new(), is_breakable: false };
    writer.list(trees)?;
    Some(Flat { text: writer.text, is_breakable: writer.is_breakable })
}

struct Writer {
    text: String,
    is_breakable: bool,
}

/// What was written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, or what has no space after it: an opening bracket, `&`, `::`, `.`.
    Start,
    Word,
    /// A word of the language that another one follows: `impl`, `mut`.
    Keyword,
    Lifetime,
    Literal,
    Group,
    /// `>` or `?`
    End,
    /// What has a space after it: `,`, `:`, `=`, `->`, `+`.
    Separator,
}

/// Whether another word, or a type, follows a word.
fn is_leading(word: &str) -> bool {
    matches!(
        word,
        "as" | "const"
            | "dyn"
            | "enum"
            | "for"
            | "impl"
            | "let"
            | "mod"
            | "mut"
            | "struct"
            | "trait"
            | "type"
    )
}

/// Whether a word begins an expression that is not written here.
fn is_refused(word: &str) -> bool {
    matches!(
        word,
        "async"
            | "await"
            | "box"
            | "break"
            | "continue"
            | "else"
            | "extern"
            | "if"
            | "in"
            | "loop"
            | "match"
            | "move"
            | "ref"
            | "return"
            | "static"
            | "try"
            | "unsafe"
            | "use"
            | "where"
            | "while"
            | "yield"
    )
}

impl Writer {
    fn list(&mut self, trees: &[Tree]) -> Option<()> {
        let mut before = Before::Start;
        let (mut depth, mut rest) = (0_usize, trees);
        while let Some((tree, after)) = rest.split_first() {
            rest = after;
            before = match tree {
                Tree::Group(delimiter, inner) => self.group(*delimiter, inner, before)?,
                Tree::Leaf(TokenTree::Ident(word)) => {
                    self.word(&word.to_string(), before, depth)?
                }
                Tree::Leaf(TokenTree::Literal(literal)) => {
                    self.space(before, false)?;
                    write!(self.text, "{literal}").ok()?;
                    Before::Literal
                }
                Tree::Leaf(TokenTree::Punct(punct)) => {
                    let is_joint = punct.spacing() == Spacing::Joint;
                    self.punct(punct.as_char(), is_joint, before, &mut rest, &mut depth)?
                }
                Tree::Leaf(TokenTree::Group(_)) => return None,
            };
        }
        (depth == 0).then_some(())
    }

    /// A space where one belongs before a word, a literal or the like.
    fn space(&mut self, before: Before, is_infix: bool) -> Option<()> {
        match before {
            Before::Start => {}
            Before::Separator | Before::Keyword => self.text.push(' '),
            Before::Word | Before::End if is_infix => self.text.push(' '),
            _ => return None,
        }
        Some(())
    }

    fn word(&mut self, word: &str, before: Before, depth: usize) -> Option<Before> {
        if is_refused(word) {
            return None;
        }
        let is_infix = matches!(word, "as" | "for");
        // Nothing is broken in the `as` of `<A as B>::C`.
        self.is_breakable |= is_infix && depth == 0;
        match before {
            // `impl<'a> Name`, `&'a Name`
            Before::End | Before::Lifetime => self.text.push(' '),
            _ => self.space(before, is_infix)?,
        }
        self.text.push_str(word);
        Some(if is_leading(word) { Before::Keyword } else { Before::Word })
    }

    fn punct(
        &mut self,
        character: char,
        is_joint: bool,
        before: Before,
        rest: &mut &[Tree],
        depth: &mut usize,
    ) -> Option<Before> {
        let follows = |character| rest.first().is_some_and(|next| next.is_punct(character));
        let is_operand = matches!(before, Before::Word | Before::Group | Before::End);
        match (character, is_joint) {
            (':', true) if follows(':') => {
                self.lead(before)?;
                self.text.push_str("::");
                *rest = &rest[1..];
                Some(Before::Start)
            }
            ('-', true) if follows('>') && is_operand => {
                self.text.push_str(" ->");
                *rest = &rest[1..];
                Some(Before::Separator)
            }
            ('\'', true) => {
                self.space(before, false)?;
                let (name, after) = rest.split_first()?;
                write!(self.text, "'{}", name.word()?).ok()?;
                *rest = after;
                Some(Before::Lifetime)
            }
            ('>', _) => {
                *depth = depth.checked_sub(1)?;
                self.text.push('>');
                let is_empty =
                    matches!(before, Before::Start | Before::Separator | Before::Keyword);
                (!is_empty).then_some(Before::End)
            }
            (_, true) => None,
            ('<', _) => {
                *depth += 1;
                // `<A as B>::C` stands at the beginning, a list of types after a name.
                match before {
                    Before::Word => self.is_breakable = true,
                    Before::Keyword if self.text.ends_with("impl") => self.is_breakable = true,
                    Before::Keyword => return None,
                    Before::Start if self.text.ends_with("::") => self.is_breakable = true,
                    _ => self.space(before, false)?,
                }
                self.text.push('<');
                Some(Before::Start)
            }
            (',', _) => {
                // A last comma is left out on one line.
                if rest.is_empty() {
                    return (before != Before::Start).then_some(before);
                }
                (!follows('>') && before != Before::Start).then(|| self.text.push(','))?;
                Some(Before::Separator)
            }
            (':' | ';', _) if matches!(before, Before::Start | Before::Separator) => None,
            (':', _) => {
                self.text.push(':');
                Some(Before::Separator)
            }
            (';', _) => rest.is_empty().then(|| {
                self.text.push(';');
                Before::Separator
            }),
            ('=' | '+', _) if is_operand || before == Before::Lifetime => {
                self.text.push(' ');
                self.text.push(character);
                Some(Before::Separator)
            }
            ('.', _) if is_operand => {
                self.is_breakable = true;
                self.text.push('.');
                Some(Before::Start)
            }
            ('?', _) if is_operand => {
                self.text.push('?');
                Some(Before::End)
            }
            ('&', _) => {
                self.space(before, false)?;
                self.text.push('&');
                Some(Before::Start)
            }
            _ => None,
        }
    }

    /// A space before a path that begins with `::`; none within a path.
    fn lead(&mut self, before: Before) -> Option<()> {
        match before {
            Before::Word | Before::End => Some(()),
            _ => self.space(before, false),
        }
    }

    fn group(&mut self, delimiter: Delimiter, inner: &[Tree], before: Before) -> Option<Before> {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ('(', ')'),
            Delimiter::Bracket => ('[', ']'),
            Delimiter::Brace | Delimiter::None => return None,
        };
        // `call(…)`, `Call::<T>(…)`, `list[…]`
        let is_call = before == Before::Word || before == Before::End && open == '(';
        if !is_call {
            match before {
                // `&'static [T]`
                Before::Lifetime => self.text.push(' '),
                _ => self.space(before, false)?,
            }
            // Brackets around one thing, or with a comma after it, are another matter.
            let parts = super::tree::split_at_commas(inner).len();
            let has_last_comma = inner.last().is_some_and(|last| last.is_punct(','));
            let is_plain = delimiter == Delimiter::Bracket || parts != 1;
            let has_length = inner.iter().any(|tree| tree.is_punct(';'));
            (is_plain && !has_last_comma && !has_length).then_some(())?;
        }
        self.is_breakable = true;
        self.text.push(open);
        self.list(inner)?;
        self.text.push(close);
        Some(Before::Group)
    }
}
