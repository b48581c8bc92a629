//! The spans of the keys and values of a YAML document.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::OnceLock;

use super::found::Found;
use crate::pointer::Pointer;

/// Aliases may lead round in a circle; merge keys are followed no further than this.
const LONGEST_MERGE: usize = 8;

/// Every key and value of a document with its span.
///
/// Objects and lists are numbered, so that what is reached by several names (YAML's aliases) is here once. A document has
/// hundreds of thousands of members of which few are looked for, so they are noted one after the other, and an object or a
/// list gets a table of its members when one of them is looked for.
#[derive(Debug)]
pub(super) struct Spans {
    nodes: Vec<Node>,
    members: Vec<Member>,
    /// The names of all members, one after the other.
    names: String,
    root: Edge,
}

/// An object or a list.
#[derive(Debug, Default)]
struct Node {
    /// The number of the member that was noted last.
    last: Option<u32>,
    /// Its members by their names, or items by their indices.
    #[expect(
        clippy::box_collection,
        reason = "most have no table, and one in place is six times as large"
    )]
    table: OnceLock<Box<HashMap<String, Edge>>>,
}

/// A member of an object, or an item of a list, as it was noted.
#[derive(Debug)]
struct Member {
    /// The number of the member before it in the same object or list.
    previous: Option<u32>,
    /// Where its name and its key are; an item has none.
    key: Option<Key>,
    value: Span,
    node: Option<u32>,
}

/// The name of a member in [`Spans::names`], and its key in the text.
#[derive(Clone, Copy, Debug)]
struct Key {
    name: Span,
    span: Span,
}

/// A range of bytes in half of the room. No description is as large as it can say.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: number(range.start), end: number(range.end) }
    }
}

impl From<Span> for Range<usize> {
    fn from(Span { start, end }: Span) -> Self {
        start as usize..end as usize
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A member of an object, or an item of a list, as it is found.
#[derive(Clone, Debug, Default)]
struct Edge {
    key: Option<Range<usize>>,
    again: Vec<Range<usize>>,
    value: Range<usize>,
    /// The number of the object or list that stands there; several where the key stands more than once, none for a
    /// scalar.
    nodes: Vec<u32>,
}

impl From<&Edge> for Found {
    fn from(edge: &Edge) -> Self {
        Self {
            key: edge.key.clone(),
            again: edge.again.clone(),
            value: edge.value.clone(),
            is_scalar: edge.nodes.is_empty(),
        }
    }
}

impl Spans {
    /// What stands at a pointer, or around it.
    pub(super) fn find(&self, pointer: &Pointer) -> Found {
        let mut edge = &self.root;
        for step in pointer.steps() {
            match self.step_from(&edge.nodes, &step, LONGEST_MERGE) {
                Some(next) => edge = next,
                None => break,
            }
        }
        edge.into()
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
    fn step_from(&self, nodes: &[u32], step: &str, merges: usize) -> Option<&Edge> {
        nodes.iter().rev().find_map(|node| self.step(*node, step, merges))
    }

    fn step(&self, node: u32, step: &str, merges: usize) -> Option<&Edge> {
        let table = self.table(node)?;
        table.get(step).or_else(|| self.merged(table, step, merges.checked_sub(1)?))
    }

    /// What `<<: *base` or `<<: [*one, *other]` brings.
    fn merged(&self, table: &HashMap<String, Edge>, step: &str, merges: usize) -> Option<&Edge> {
        let sources = &table.get("<<")?.nodes;
        self.step_from(sources, step, merges).or_else(|| {
            let list = self.table(*sources.last()?)?;
            let mut items = (0..).map_while(|index: usize| list.get(&index.to_string()));
            items.find_map(|item| self.step_from(&item.nodes, step, merges))
        })
    }

    /// The members of an object or a list.
    fn table(&self, node: u32) -> Option<&HashMap<String, Edge>> {
        let node = self.nodes.get(node as usize)?;
        Some(node.table.get_or_init(|| Box::new(self.new_table(node))))
    }

    fn new_table(&self, node: &Node) -> HashMap<String, Edge> {
        let member = |number: u32| self.members.get(number as usize);
        let last = node.last.and_then(member);
        let mut members: Vec<_> =
            std::iter::successors(last, |one| one.previous.and_then(member)).collect();
        members.reverse();
        let mut table = HashMap::with_capacity(members.len());
        for (index, member) in members.into_iter().enumerate() {
            let name = member.key.map(|key| self.names[Range::from(key.name)].to_owned());
            note(&mut table, name.unwrap_or_else(|| index.to_string()), member);
        }
        table
    }
}

fn note(table: &mut HashMap<String, Edge>, name: String, member: &Member) {
    let key = member.key.map(|key| key.span.into());
    let known = table.entry(name);
    let is_again = matches!(known, Entry::Occupied(_));
    let edge = known.or_insert_with(|| Edge { key: key.clone(), ..Edge::default() });
    edge.again.extend(key.filter(|_| is_again));
    edge.value = member.value.into();
    edge.nodes.extend(member.node);
}

/// Builds [`Spans`] while a text is read from its start to its end.
pub(super) struct Builder {
    spans: Spans,
    open: Vec<Open>,
}

/// An object or a list that is not closed yet.
struct Open {
    node: u32,
    next: Next,
    at: At,
}

/// Where an object or a list stands.
enum At {
    Root,
    /// It is the member of this number.
    Member(usize),
    /// It is the key of another object.
    Key,
}

/// What comes next in an object or a list.
enum Next {
    Item,
    Key,
    Value(Key),
}

impl Builder {
    pub(super) fn new() -> Self {
        let (nodes, members) = (Vec::new(), Vec::new());
        let spans = Spans { nodes, members, names: String::new(), root: Edge::default() };
        Self { spans, open: Vec::new() }
    }

    /// Whether a key comes next.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { next: Next::Key, .. }))
    }

    /// A key, or a scalar where a value stands.
    pub(super) fn scalar(&mut self, text: &str, span: Range<usize>) {
        match self.wants_key() {
            true => self.key(text, span),
            false => drop(self.value(span, None)),
        }
    }

    /// The start of an object; gives its number.
    pub(super) fn object(&mut self, start: usize) -> u32 {
        self.collection(start, Next::Key)
    }

    /// The start of a list; gives its number.
    pub(super) fn list(&mut self, start: usize) -> u32 {
        self.collection(start, Next::Item)
    }

    /// The end of the object or list that was begun last.
    pub(super) fn close(&mut self, end: usize) {
        match self.open.pop().map(|closed| closed.at) {
            Some(At::Root) => self.spans.root.value.end = end.max(self.spans.root.value.start),
            Some(At::Member(member)) => {
                if let Some(Member { value, .. }) = self.spans.members.get_mut(member) {
                    value.end = value.start.max(number(end));
                }
            }
            Some(At::Key) | None => {}
        }
    }

    /// Another name for the object or list of that number, or for a scalar.
    pub(super) fn alias(&mut self, span: Range<usize>, node: Option<u32>) {
        match self.wants_key() {
            true => self.key("", span),
            false => drop(self.value(span, node)),
        }
    }

    pub(super) fn finish(self) -> Spans {
        self.spans
    }

    fn collection(&mut self, start: usize, next: Next) -> u32 {
        let node = number(self.spans.nodes.len());
        self.spans.nodes.push(Node::default());
        // An object in the place of a key has no name.
        if self.wants_key() {
            self.key("", start..start);
            self.open.push(Open { node, next: Next::Key, at: At::Key });
            return node;
        }
        let at = self.value(start..start, Some(node));
        self.open.push(Open { node, next, at });
        node
    }

    fn key(&mut self, name: &str, span: Range<usize>) {
        let start = self.spans.names.len();
        self.spans.names.push_str(name);
        let name = start..self.spans.names.len();
        if let Some(open) = self.open.last_mut() {
            open.next = Next::Value(Key { name: name.into(), span: span.into() });
        }
    }

    /// Notes a value, and returns where it stands.
    fn value(&mut self, value: Range<usize>, node: Option<u32>) -> At {
        let Some(open) = self.open.last_mut() else {
            self.spans.root.value = value;
            self.spans.root.nodes = node.into_iter().collect();
            return At::Root;
        };
        let key = match open.next {
            Next::Value(key) => Some(key),
            Next::Item | Next::Key => None,
        };
        if key.is_some() {
            open.next = Next::Key;
        }
        let member = self.spans.members.len();
        let mut previous = None;
        if let Some(around) = self.spans.nodes.get_mut(open.node as usize) {
            previous = around.last.replace(number(member));
        }
        self.spans.members.push(Member { previous, key, value: value.into(), node });
        At::Member(member)
    }
}
