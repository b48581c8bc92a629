//! Values of schemas, by their kinds and limits.

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::extent::Extent;
use super::{sample_values, scalars};
use crate::member_rule::MemberRule;
use crate::pipeline::model::{JsonKind, Selector, Union, UnionVariant};
use crate::pipeline::resolve::{Additional, Constraint, Count, Kind, Object, Resolved, Schema};
use crate::pointer::Pointer;

/// No value is made of schemas that are nested deeper.
const DEEPEST: usize = 12;

/// Members that may be absent are left out from this depth on.
const DEEPEST_OPTIONAL: usize = 3;

/// A value has no more parts than that: a schema of a few lines may ask for billions.
const MOST_PARTS: usize = 10_000;

/// Makes values of schemas.
pub struct Maker<'a> {
    resolved: &'a Resolved,
    /// Whether the examples of texts, numbers and truth values are taken.
    takes_examples: bool,
    unions: HashMap<&'a Pointer, &'a Union>,
    /// The schemas of values of types of other crates, and the kinds of their JSON.
    own: HashMap<&'a Pointer, JsonKind>,
}

impl<'a> Maker<'a> {
    /// `unions` are those of the client, by their schemas.
    pub fn new(
        resolved: &'a Resolved,
        unions: impl Iterator<Item = (&'a Pointer, &'a Union)>,
    ) -> Self {
        Self { resolved, takes_examples: false, unions: unions.collect(), own: HashMap::new() }
    }

    /// Takes the examples of texts, numbers and truth values.
    pub fn with_examples(self) -> Self {
        Self { takes_examples: true, ..self }
    }

    /// Values of these schemas are of types of other crates, which may take less than the schemas do.
    pub fn with_own_types(self, own: HashMap<&'a Pointer, JsonKind>) -> Self {
        Self { own, ..self }
    }

    /// A value of a schema, whose text has about so many bytes at most: those of names and scalars are counted.
    pub fn value_of(&self, at: &Pointer, extent: Extent, most: usize) -> Option<Value> {
        let making = Making { room: Cell::new(most), ..Making::new(self) };
        making.value(at, extent, 0).filter(|_| !making.is_too_long.get())
    }

    /// A value of a variant of a union, with the tag of the variant.
    pub fn variant(&self, union: &Union, variant: &UnionVariant, extent: Extent) -> Option<Value> {
        Making::new(self).variant_at(union, variant, extent, 0)
    }
}

/// A value that is being made.
struct Making<'m, 'a> {
    maker: &'m Maker<'a>,
    /// How many parts it may still have.
    left: Cell<usize>,
    /// How many bytes of names and scalars it may still have.
    room: Cell<usize>,
    /// Whether it would have had more, so that the rest need not be made.
    is_too_long: Cell<bool>,
}

impl<'m, 'a> Making<'m, 'a> {
    fn new(maker: &'m Maker<'a>) -> Self {
        let (room, is_too_long) = (Cell::new(usize::MAX), Cell::new(false));
        Self { maker, left: Cell::new(MOST_PARTS), room, is_too_long }
    }

    fn variant_at(
        &self,
        union: &Union,
        variant: &UnionVariant,
        extent: Extent,
        depth: usize,
    ) -> Option<Value> {
        let mut value = self.value(&variant.at, extent, depth)?;
        if let (Selector::Tag(tag), Some(members)) = (&union.selector, value.as_object_mut()) {
            // The default variant needs none.
            variant.tag.iter().for_each(|it| drop(members.insert(tag.clone(), it.clone())));
        }
        Some(value)
    }

    fn value(&self, at: &Pointer, extent: Extent, depth: usize) -> Option<Value> {
        let schema = self.maker.resolved.follow_aliases(at)?;
        self.value_by(schema, self.own_kind(at, schema), extent, depth)
    }

    /// A value of a schema that may be of a type of another crate. What came to nothing takes no room.
    fn value_by(
        &self,
        schema: &Schema,
        own: Option<JsonKind>,
        extent: Extent,
        depth: usize,
    ) -> Option<Value> {
        let may_go_on = depth < DEEPEST && !self.is_too_long.get();
        self.left.set(self.left.get().checked_sub(1).filter(|_| may_go_on)?);
        let extent = match own {
            None => extent,
            Some(_) if schema.example.is_some() => return schema.example.clone(),
            Some(JsonKind::String) => return scalars::known_text(schema),
            Some(_) => Extent::Required,
        };
        let room = self.room.get();
        let value = self.value_of_kind(schema, extent, depth);
        if value.is_none() {
            self.room.set(room);
        }
        value.filter(|_| !self.is_too_long.get())
    }

    fn value_of_kind(&self, schema: &Schema, extent: Extent, depth: usize) -> Option<Value> {
        match &schema.kind {
            Kind::Array(items) => self.list(schema, items.as_ref(), extent, depth),
            Kind::Tuple(items) => {
                let items = items.iter().map(|item| self.value(item, extent, depth + 1));
                items.collect::<Option<Vec<_>>>().map(Value::from)
            }
            Kind::Object(object) => self.object(schema, object, extent, depth),
            Kind::Union(_) => {
                let union = self.maker.unions.get(&schema.at)?;
                let mut variants = union.variants.iter();
                variants.find_map(|variant| self.variant_at(union, variant, extent, depth + 1))
            }
            _ => {
                let example = scalars::example(schema).filter(|_| self.maker.takes_examples);
                // Of an enum, the first value is the usual one.
                let is_usual =
                    self.maker.takes_examples && !matches!(schema.kind, Kind::Boolean(_));
                let extent = if is_usual { Extent::Required } else { extent };
                let value = example.or_else(|| scalars::value(schema, extent));
                value.inspect(|value| self.take(value.as_str().map_or(1, str::len)))
            }
        }
    }

    fn member(&self, name: &str, at: &Pointer, extent: Extent, depth: usize) -> Option<Value> {
        self.take(name.len());
        let schema = self.maker.resolved.follow_aliases(at)?;
        let own = self.own_kind(at, schema);
        let is_free = self.maker.takes_examples && own.is_none();
        let named = is_free.then(|| named(name, schema)).flatten();
        named.or_else(|| self.value_by(schema, own, extent, depth))
    }

    /// Takes room for so many bytes.
    fn take(&self, bytes: usize) {
        match self.room.get().checked_sub(bytes) {
            Some(left) => self.room.set(left),
            None => self.is_too_long.set(true),
        }
    }

    fn own_kind(&self, at: &Pointer, end: &Schema) -> Option<JsonKind> {
        self.maker.own.get(at).or_else(|| self.maker.own.get(&end.at)).copied()
    }

    fn list(
        &self,
        schema: &Schema,
        items: Option<&Pointer>,
        extent: Extent,
        depth: usize,
    ) -> Option<Value> {
        let stated = schema.constraints.iter().find_map(|constraint| match constraint {
            Constraint::Items(Count { least, .. }) => *least,
            _ => None,
        });
        // A list without an item says nothing of its items, nor does one of empty lists.
        let wanted = usize::from(depth == 0 || (extent == Extent::All && depth < DEEPEST_OPTIONAL));
        let count = stated.unwrap_or_default().max(wanted);
        if count > self.left.get() {
            return None;
        }
        let item = |number| match items {
            Some(items) if depth == 0 && self.is_list_that_ends(items) => {
                self.value(items, extent, depth)
            }
            Some(items) => self.value(items, extent, depth + 1).map(|item| other(item, number)),
            None => Some(number.into()),
        };
        (0..count).map(item).collect::<Option<Vec<_>>>().map(Value::from)
    }

    /// Whether the items of the items, and so on, end in something that is no list.
    fn is_list_that_ends(&self, at: &Pointer) -> bool {
        let items = |at: &Pointer| match &self.maker.resolved.follow_aliases(at)?.kind {
            Kind::Array(items) => items.clone(),
            _ => None,
        };
        let lists = std::iter::successors(Some(at.clone()), items).take(DEEPEST).count();
        (2..DEEPEST).contains(&lists)
    }

    fn object(
        &self,
        schema: &Schema,
        object: &Object,
        extent: Extent,
        depth: usize,
    ) -> Option<Value> {
        let mut members = Map::new();
        let is_full = extent == Extent::All && depth < DEEPEST_OPTIONAL;
        let ruled = ruled(schema);
        for field in &object.fields {
            let is_wanted = is_full || ruled.contains(&field.name.as_str());
            let value = match &field.schema {
                _ if !field.required && !is_wanted => continue,
                Some(at) => self.member(&field.name, at, extent, depth + 1),
                None => Some("any".into()),
            };
            match value {
                Some(value) => drop(members.insert(field.name.clone(), value)),
                None if field.required => return None,
                None => {}
            }
        }
        // An object without a member says nothing.
        let is_free = object.fields.is_empty() && depth == 0;
        let further = match &object.additional {
            Additional::Schema(values) if is_full || is_free => {
                self.value(values, extent, depth + 1)
            }
            Additional::Any | Additional::Unspecified if is_free => Some("any".into()),
            _ => None,
        };
        members.extend(further.map(|value| ("further".to_owned(), value)));
        Some(members.into())
    }
}

/// A value that looks like one of this name, if any value will do.
fn named(name: &str, schema: &Schema) -> Option<Value> {
    match schema.kind {
        _ if !schema.constraints.is_empty() || schema.example.is_some() => None,
        Kind::String(None) => Some(sample_values::string(name).into()),
        Kind::Integer(_) => Some(sample_values::integer(name).into()),
        _ => None,
    }
}

/// The members that rules ask for, where one of several is enough.
fn ruled(schema: &Schema) -> Vec<&str> {
    let rules = schema.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::Rule(rule) => Some(rule),
        _ => None,
    });
    rules.flat_map(needed).collect()
}

fn needed(rule: &MemberRule) -> Vec<&str> {
    match rule {
        MemberRule::Required(names) => names.iter().map(String::as_str).collect(),
        MemberRule::AllOf(rules) => rules.iter().flat_map(needed).collect(),
        MemberRule::AnyOf(rules) | MemberRule::OneOf(rules) => {
            rules.first().map(needed).unwrap_or_default()
        }
        MemberRule::Not(_) => Vec::new(),
    }
}

/// A further item that is not the same, for lists whose items differ.
fn other(item: Value, number: usize) -> Value {
    match (&item, number) {
        (_, 0) => item,
        (Value::String(text), _) if !text.contains(['-', ':']) => format!("{text}{number}").into(),
        (Value::Number(first), _) => first.as_i64().map_or(item, |it| (it + number as i64).into()),
        _ => item,
    }
}
