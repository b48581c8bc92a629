//! The tokens of a source, with their places in its text.

use std::ops::Range;

pub use ra_ap_rustc_lexer::{DocStyle, TokenKind};
use ra_ap_rustc_lexer::{FrontmatterAllowed, tokenize};

/// A source and its tokens, without white space and plain comments.
pub struct Tokens<'a> {
    pub text: &'a str,
    all: Vec<Token>,
}

struct Token {
    kind: TokenKind,
    range: Range<usize>,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut end = 0;
        let all = tokenize(text, FrontmatterAllowed::No).map(|token| {
            let start = end;
            end += token.len as usize;
            Token { kind: token.kind, range: start..end }
        });
        let is_code = |token: &Token| match token.kind {
            TokenKind::Whitespace => false,
            TokenKind::LineComment { doc_style } | TokenKind::BlockComment { doc_style, .. } => {
                doc_style.is_some()
            }
            _ => true,
        };
        Self { text, all: all.filter(is_code).collect() }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The place of a token; behind the last one, the end of the text.
    pub fn range(&self, at: usize) -> Range<usize> {
        let end = self.text.len()..self.text.len();
        self.all.get(at).map_or(end, |token| token.range.clone())
    }

    pub fn word(&self, at: usize) -> &'a str {
        &self.text[self.range(at)]
    }

    pub fn is(&self, at: usize, kind: TokenKind) -> bool {
        self.all.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether the tokens from here are these.
    pub fn are<const N: usize>(&self, at: usize, kinds: [TokenKind; N]) -> bool {
        (at..).zip(kinds).all(|(at, kind)| self.is(at, kind))
    }

    /// How a line of documentation is attached to an item.
    pub fn doc_style(&self, at: usize) -> Option<DocStyle> {
        match self.all.get(at)?.kind {
            TokenKind::LineComment { doc_style } => doc_style,
            _ => None,
        }
    }

    /// The bracket that closes the one at a place.
    pub fn closing(&self, open: usize) -> usize {
        let mut depth = 0;
        for at in open..self.len() {
            match self.all[at].kind {
                TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
                TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                    depth -= 1;
                }
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.len()
    }

    /// The text between two tokens.
    pub fn between(&self, open: usize, close: usize) -> &'a str {
        &self.text[self.range(open).end..self.range(close).start]
    }

    /// Where the white space behind a token ends.
    pub fn end_of_space(&self, at: usize) -> usize {
        let end = self.range(at).end;
        let rest = &self.text[end..];
        end + rest.len() - rest.trim_start().len()
    }
}
