//! Values of documents. What no schema is about is read as it stands.

#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use lantern_operations::Schema;
use roxmltree::{Attribute, Document, Node};
use serde_json::{Map, Value};

use super::names::{self, Name, is};
use crate::parts::Parts;
use crate::request::{Problem, scalar};
use crate::schemas::Schemas;
use crate::values::Types;

/// Elements that are nested deeper are not read.
const DEEPEST: usize = 100;

/// What tells about the document itself: `xsi:nil`, `xsi:schemaLocation`
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The elements below one, by their names.
type Children<'d> = IndexMap<&'d str, Vec<Node<'d, 'd>>>;

/// The value of a document.
pub fn value(schemas: &Schemas, schema: &Schema, body: &[u8]) -> Result<Value, Problem> {
    let text = std::str::from_utf8(body).map_err(|_| unreadable("it is not UTF-8"))?;
    let document = Document::parse(text).map_err(|error| unreadable(&error.to_string()))?;
    let (parts, root) = (Parts::new(schemas.table(), [schema]), document.root_element());
    let (names, name) = (names::of_root(&parts), root.tag_name().name());
    if !names.is_empty() && !names.iter().any(|allowed| allowed == name) {
        let expected = names.join("`, `");
        return Err(unreadable(&format!("its root should be `{expected}`, and is `{name}`")));
    }
    let is_text = !parts.types().has(Types::OBJECT) && !parts.types().has(Types::ARRAY);
    if is_text && has_elements(root) {
        return Ok(text.into());
    }
    Reader { schemas }.element(&parts, root, 0)
}

fn unreadable(why: &str) -> Problem {
    Problem::new("value_error", format!("the XML cannot be read: {why}"), Value::Null)
}

struct Reader<'a> {
    schemas: &'a Schemas,
}

impl<'a> Reader<'a> {
    fn element(&self, parts: &Parts<'a>, node: Node, depth: usize) -> Result<Value, Problem> {
        if depth > DEEPEST {
            return Err(unreadable("its elements are nested too deeply"));
        }
        let (types, content, has_elements) = (parts.types(), text(node), has_elements(node));
        let is_object = types.has(Types::OBJECT);
        let has_members = has_elements || is_object && attributes(node).next().is_some();
        let scalars = [Types::STRING, Types::INTEGER, Types::BOOLEAN];
        let is_blank = content.is_empty() || !types.has(Types::STRING) && content.trim().is_empty();
        match () {
            () if !has_members && is_blank => Ok(self.empty(parts, node)),
            () if has_members && is_object => self.object(parts, node, depth),
            () if has_elements && types.has(Types::ARRAY) => {
                self.list(parts, elements(node), depth)
            }
            // It is told that this is no text.
            () if has_elements => self.object(parts, node, depth),
            () if scalars.into_iter().any(|scalar| types.has(scalar)) => {
                self.scalar(parts, &content)
            }
            // It is told that this is no object, or no list.
            () => Ok(content.into()),
        }
    }

    /// Nothing may be a text, an object, a list or null: what fits.
    fn empty(&self, parts: &Parts<'a>, node: Node) -> Value {
        let is_nil = node.attribute((INSTANCE, "nil")) == Some("true");
        let (schema, types) = (parts.schema(), parts.types());
        let mut object = Map::new();
        add_empty_lists(parts, &mut object);
        let all = ["".into(), object.into(), Vec::<Value>::new().into(), Value::Null];
        let mut possible: Vec<Value> =
            all.into_iter().filter(|it| types.has(Types::of(it))).collect();
        possible.retain(|value| !is_nil || value.is_null());
        let fitting = possible.iter().position(|value| self.schemas.fits(&schema, value));
        match possible.is_empty() {
            true if is_nil => Value::Null,
            true => "".into(),
            false => possible.swap_remove(fitting.unwrap_or_default()),
        }
    }

    fn scalar(&self, parts: &Parts<'a>, text: &str) -> Result<Value, Problem> {
        let types = parts.types();
        let text = if types.has(Types::STRING) { text } else { text.trim() };
        // A form may have `1` in its place.
        if types == Types::BOOLEAN && !matches!(text, "true" | "false") {
            return Ok(text.into());
        }
        scalar(self.schemas, &parts.schema(), text)
    }

    fn list<'d>(
        &self,
        parts: &Parts<'a>,
        items: impl Iterator<Item = Node<'d, 'd>>,
        depth: usize,
    ) -> Result<Value, Problem> {
        let item = parts.item();
        let read = |(number, node)| {
            let value = self.element(&item, node, depth + 1);
            value.map_err(|problem| problem.within(number))
        };
        items.enumerate().map(read).collect::<Result<Vec<_>, _>>().map(Value::from)
    }

    fn object(&self, parts: &Parts<'a>, node: Node, depth: usize) -> Result<Value, Problem> {
        let mut children = Children::new();
        for child in elements(node) {
            children.entry(child.tag_name().name()).or_default().push(child);
        }
        let mut attributes: Vec<Attribute> = attributes(node).collect();
        let mut object = Map::new();
        for name in parts.properties() {
            let member = parts.member(name);
            let value = match is(&member, "attribute") {
                true => self.attribute(&member, name, &mut attributes),
                false => self.member(&member, name, &mut children, depth),
            };
            let value = value.map_err(|problem| problem.within(name))?;
            object.extend(value.map(|value| (name.to_owned(), value)));
        }
        self.add_further(parts, &mut object, children, depth)?;
        object.extend(attributes.iter().map(|it| (it.name().to_owned(), it.value().into())));
        add_empty_lists(parts, &mut object);
        Ok(object.into())
    }

    fn attribute(
        &self,
        member: &Parts<'a>,
        name: &str,
        attributes: &mut Vec<Attribute>,
    ) -> Result<Option<Value>, Problem> {
        let name = Name::new(member, name);
        let is_it = |it: &Attribute| it.name() == name.local && name.is_in(it.namespace());
        let Some(at) = attributes.iter().position(is_it) else { return Ok(None) };
        self.scalar(member, attributes.swap_remove(at).value()).map(Some)
    }

    /// A member. A list is a row of elements, with one around them only if that is said.
    fn member(
        &self,
        member: &Parts<'a>,
        name: &str,
        children: &mut Children,
        depth: usize,
    ) -> Result<Option<Value>, Problem> {
        let own = Name::new(member, name);
        if member.types() == Types::ARRAY || is(member, "wrapped") {
            return match is(member, "wrapped") {
                true => self.wrapped(member, &own, children, depth),
                false => {
                    let items = take(children, &Name::new(&member.item(), name));
                    let list =
                        (!items.is_empty()).then(|| self.list(member, items.into_iter(), depth));
                    list.transpose()
                }
            };
        }
        match take(children, &own).as_slice() {
            [] => Ok(None),
            [one] => self.element(member, *one, depth + 1).map(Some),
            several => self.list(member, several.iter().copied(), depth).map(Some),
        }
    }

    fn wrapped(
        &self,
        member: &Parts<'a>,
        own: &Name,
        children: &mut Children,
        depth: usize,
    ) -> Result<Option<Value>, Problem> {
        let around = take(children, own);
        let Some(first) = around.first() else { return Ok(None) };
        let item = Name::new(&member.item(), &own.local);
        if let Some(other) = elements(*first).find(|it| !is_named(*it, &item)) {
            let (expected, found) = (&item.local, other.tag_name().name());
            let why = format!("an item should be `{expected}`, and is `{found}`");
            return Err(unreadable(&why));
        }
        let content = text(*first);
        if !has_elements(*first) && !content.trim().is_empty() {
            return Ok(Some(content.into()));
        }
        let items = around.iter().flat_map(|around| elements(*around));
        self.list(member, items, depth + 1).map(Some)
    }

    /// Adds the members that no property is about.
    fn add_further(
        &self,
        parts: &Parts<'a>,
        object: &mut Map<String, Value>,
        children: Children,
        depth: usize,
    ) -> Result<(), Problem> {
        let further = parts.further();
        for (name, nodes) in children {
            let value = match nodes.as_slice() {
                [one] => self.element(&further, *one, depth + 1),
                several => self.list(&further, several.iter().copied(), depth),
            };
            object.insert(name.to_owned(), value.map_err(|problem| problem.within(name))?);
        }
        Ok(())
    }
}

/// Adds lists that have to be there: without a wrapper an empty one has no element.
fn add_empty_lists(parts: &Parts<'_>, object: &mut Map<String, Value>) {
    let required = parts.all("required").filter_map(Value::as_array).flatten();
    for name in required.filter_map(Value::as_str) {
        let member = parts.member(name);
        if member.types() == Types::ARRAY && !is(&member, "wrapped") {
            object.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        }
    }
}

/// Takes the elements of a name.
fn take<'d>(children: &mut Children<'d>, name: &Name) -> Vec<Node<'d, 'd>> {
    let Some(all) = children.shift_remove(name.local.as_str()) else { return Vec::new() };
    let (taken, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| is_named(*it, name));
    if let Some(first) = others.first() {
        children.insert(first.tag_name().name(), others);
    }
    taken
}

fn is_named(node: Node, name: &Name) -> bool {
    node.tag_name().name() == name.local && name.is_in(node.tag_name().namespace())
}

fn elements<'d>(node: Node<'d, 'd>) -> impl Iterator<Item = Node<'d, 'd>> {
    node.children().filter(Node::is_element)
}

fn has_elements(node: Node) -> bool {
    node.children().any(|child| child.is_element())
}

/// The attributes that are no notes about the document.
fn attributes<'d>(node: Node<'d, 'd>) -> impl Iterator<Item = Attribute<'d, 'd>> {
    let is_note = |it: &Attribute| matches!(it.namespace(), Some(INSTANCE | roxmltree::NS_XML_URI));
    node.attributes().filter(move |it| !is_note(it))
}

/// The text of an element, which comments may stand in.
fn text(node: Node) -> String {
    node.children().filter(Node::is_text).filter_map(|child| child.text()).collect()
}
