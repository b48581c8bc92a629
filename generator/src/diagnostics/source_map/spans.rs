//! The spans of a document's keys and values.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use crate::pointer::Pointer;

/// Aliases may lead round in a circle; merge keys are followed no further than this.
const LONGEST_MERGE: usize = 8;

/// Every key and value of a document with its span.
///
/// Objects and lists are numbered, so that what is reached by several names (YAML's aliases) is here once.
#[derive(Debug)]
pub(super) struct Spans {
    edges: HashMap<(usize, String), Edge>,
    root: Edge,
}

/// A member of an object, or an item of a list.
#[derive(Clone, Debug, Default)]
struct Edge {
    key: Option<Range<usize>>,
    again: Vec<Range<usize>>,
    value: Range<usize>,
    /// The number of the object or list that stands there; several where the key stands more than once, none for a
    /// scalar.
    nodes: Vec<usize>,
}

/// What stands at a pointer or, where nothing does, at the nearest place around it.
pub(super) struct Found<'s>(&'s Edge);

impl Found<'_> {
    /// The span of its key.
    pub(super) fn key(&self) -> Option<Range<usize>> {
        self.0.key.clone()
    }

    /// The span of its key where it stands once more: 1 is the second time.
    pub(super) fn key_again(&self, times: usize) -> Option<Range<usize>> {
        self.0.again.get(times.wrapping_sub(1)).cloned().or_else(|| self.key())
    }

    /// The span of its value, if that is a scalar.
    pub(super) fn scalar(&self) -> Option<Range<usize>> {
        self.0.nodes.is_empty().then(|| self.0.value.clone())
    }

    /// Where its value begins.
    pub(super) fn start(&self) -> usize {
        self.0.value.start
    }
}

impl Spans {
    /// What stands at a pointer, or around it.
    pub(super) fn find(&self, pointer: &Pointer) -> Found<'_> {
        let mut edge = &self.root;
        for step in pointer.steps() {
            match self.step_from(&edge.nodes, &step, LONGEST_MERGE) {
                Some(next) => edge = next,
                None => break,
            }
        }
        Found(edge)
    }

    /// The span of the value at a pointer; `None` if there is none.
    pub(super) fn exact(&self, pointer: &Pointer) -> Option<Range<usize>> {
        let mut edge = &self.root;
        for step in pointer.steps() {
            edge = self.step_from(&edge.nodes, &step, LONGEST_MERGE)?;
        }
        Some(edge.value.clone())
    }

    /// A step down; of a key that stands more than once, the last value counts.
    fn step_from(&self, nodes: &[usize], step: &str, merges: usize) -> Option<&Edge> {
        nodes.iter().rev().find_map(|node| self.step(*node, step, merges))
    }

    fn step(&self, node: usize, step: &str, merges: usize) -> Option<&Edge> {
        let own = self.edges.get(&(node, step.to_owned()));
        own.or_else(|| self.merged(node, step, merges.checked_sub(1)?))
    }

    /// What `<<: *base` or `<<: [*one, *other]` brings.
    fn merged(&self, node: usize, step: &str, merges: usize) -> Option<&Edge> {
        let sources = &self.edges.get(&(node, "<<".to_owned()))?.nodes;
        self.step_from(sources, step, merges).or_else(|| {
            let list = *sources.last()?;
            let mut items =
                (0..).map_while(|index: usize| self.edges.get(&(list, index.to_string())));
            items.find_map(|item| self.step_from(&item.nodes, step, merges))
        })
    }
}

/// Builds [`Spans`] while a text is read from its start to its end.
pub(super) struct Builder {
    spans: Spans,
    open: Vec<Open>,
    nodes: usize,
}

/// An object or a list that is not closed yet.
struct Open {
    node: usize,
    next: Next,
    /// The parent's member that it is.
    at: Option<(usize, String)>,
}

/// What comes next in an object or a list.
enum Next {
    Item(usize),
    Key,
    Value(String, Range<usize>),
}

impl Builder {
    pub(super) fn new() -> Self {
        let root = Edge { key: None, again: Vec::new(), value: 0..0, nodes: Vec::new() };
        let spans = Spans { edges: HashMap::new(), root };
        Self { spans, open: Vec::new(), nodes: 0 }
    }

    /// Whether a key comes next.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { next: Next::Key, .. }))
    }

    /// A key, or a scalar where a value stands.
    pub(super) fn scalar(&mut self, text: &str, span: Range<usize>) {
        match self.open.last_mut() {
            Some(Open { next: next @ Next::Key, .. }) => *next = Next::Value(text.to_owned(), span),
            _ => drop(self.value(span, None)),
        }
    }

    /// The start of an object; gives its number.
    pub(super) fn object(&mut self, start: usize) -> usize {
        self.collection(start, Next::Key)
    }

    /// The start of a list; gives its number.
    pub(super) fn list(&mut self, start: usize) -> usize {
        self.collection(start, Next::Item(0))
    }

    /// The end of the object or list that was begun last.
    pub(super) fn close(&mut self, end: usize) {
        let Some(closed) = self.open.pop() else { return };
        let edge = match closed.at {
            Some(at) => self.spans.edges.get_mut(&at),
            None => Some(&mut self.spans.root),
        };
        if let Some(edge) = edge {
            edge.value.end = end.max(edge.value.start);
        }
    }

    /// Another name for the object or list of that number, or for a scalar.
    pub(super) fn alias(&mut self, span: Range<usize>, node: Option<usize>) {
        match self.open.last_mut() {
            Some(Open { next: next @ Next::Key, .. }) => *next = Next::Value(String::new(), span),
            _ => drop(self.value(span, node)),
        }
    }

    pub(super) fn finish(self) -> Spans {
        self.spans
    }

    fn collection(&mut self, start: usize, next: Next) -> usize {
        let node = self.nodes;
        self.nodes += 1;
        // An object in the place of a key has no name.
        if let Some(Open { next: next @ Next::Key, .. }) = self.open.last_mut() {
            *next = Next::Value(String::new(), start..start);
            self.open.push(Open { node, next: Next::Key, at: Some((node, String::new())) });
            return node;
        }
        let at = self.value(start..start, Some(node));
        self.open.push(Open { node, next, at });
        node
    }

    /// Notes a value, and gives the place at which an object or a list was noted; `None` at the root.
    fn value(&mut self, value: Range<usize>, node: Option<usize>) -> Option<(usize, String)> {
        let Some(open) = self.open.last_mut() else {
            self.spans.root =
                Edge { value, nodes: node.into_iter().collect(), ..self.spans.root.clone() };
            return None;
        };
        let (name, key, next) = match std::mem::replace(&mut open.next, Next::Key) {
            Next::Item(index) => (index.to_string(), None, Next::Item(index + 1)),
            Next::Value(name, key) => (name, Some(key), Next::Key),
            Next::Key => return None,
        };
        open.next = next;
        let at = (open.node, name);
        // Only what is closed later is looked up again.
        let place = node.is_some().then(|| at.clone());
        let known = self.spans.edges.entry(at);
        let is_again = matches!(known, Entry::Occupied(_));
        let edge = known.or_insert_with(|| Edge { key: key.clone(), ..Edge::default() });
        edge.again.extend(key.filter(|_| is_again));
        edge.value = value;
        edge.nodes.extend(node);
        place
    }
}
