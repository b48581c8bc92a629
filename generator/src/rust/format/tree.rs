//! Tokens that can be looked at again and again: those of a group are read once.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};

/// A token, or a group with the tokens in it.
#[derive(Debug)]
pub(super) enum Tree {
    /// No group.
    Leaf(TokenTree),
    /// What stands in brackets.
    Group(Delimiter, Vec<Tree>),
}

/// Takes tokens apart, down to the innermost group.
pub(super) fn read(tokens: TokenStream) -> Vec<Tree> {
    tokens.into_iter().map(Tree::new).collect()
}

/// The tokens again, with `> >` as `>>`, as it is written; the ends of two lists of types may come from two `quote!`.
pub(super) fn tokens(trees: &[Tree]) -> TokenStream {
    let mut following = trees.iter().skip(1);
    let token = |tree: &Tree| match (tree, following.next()) {
        (Tree::Leaf(_), Some(next)) if tree.is_punct('>') && next.is_punct('>') => {
            Punct::new('>', Spacing::Joint).into()
        }
        (Tree::Leaf(token), _) => token.clone(),
        (Tree::Group(delimiter, inner), _) => Group::new(*delimiter, tokens(inner)).into(),
    };
    trees.iter().map(token).collect()
}

impl Tree {
    fn new(token: TokenTree) -> Self {
        match token {
            TokenTree::Group(group) => {
                let (delimiter, inner) = (group.delimiter(), group.stream());
                // Tokens that nobody else has are moved, and not copied.
                drop(group);
                Self::Group(delimiter, read(inner))
            }
            leaf => Self::Leaf(leaf),
        }
    }

    pub(super) fn word(&self) -> Option<&Ident> {
        match self {
            Self::Leaf(TokenTree::Ident(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, text: &str) -> bool {
        self.word().is_some_and(|word| word == text)
    }

    pub(super) fn is_punct(&self, character: char) -> bool {
        matches!(self, Self::Leaf(TokenTree::Punct(punct)) if punct.as_char() == character)
    }

    pub(super) fn is_literal(&self) -> bool {
        matches!(self, Self::Leaf(TokenTree::Literal(_)))
    }

    /// What stands in such brackets.
    pub(super) fn group(&self, delimiter: Delimiter) -> Option<&[Self]> {
        match self {
            Self::Group(found, inner) if *found == delimiter => Some(inner),
            _ => None,
        }
    }

    pub(super) fn braces(&self) -> Option<&[Self]> {
        self.group(Delimiter::Brace)
    }
}

/// The parts between commas; those within `<…>` are of one part.
pub(super) fn split_at_commas(trees: &[Tree]) -> Vec<&[Tree]> {
    let (mut depth, mut arrow) = (0_usize, false);
    let is_comma = |tree: &Tree| {
        match tree {
            _ if tree.is_punct('<') => depth += 1,
            _ if tree.is_punct('>') && !arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        arrow = tree.is_punct('-');
        depth == 0 && tree.is_punct(',')
    };
    let mut parts: Vec<_> = trees.split(is_comma).collect();
    if parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    parts
}
