//! Types: which schemas get one, and what stands in Rust for all others.
//!
//! Which fields are required, optional and nullable is decided in `structs`, and nowhere else.

use std::collections::{HashMap, HashSet};

use super::messages::Messages;
use super::multipart::Multiparts;
use super::type_names::TypeNames;
use super::{
    Direction, Field, JsonKind, Owner, Presence, Shape, Ty, TypeDef, TypeModule, cycles,
    documentation, schema_usage, unions,
};
use crate::pipeline::resolve::{Additional, Kind, Object, Resolved, Schema};
use crate::pointer::Pointer;

mod enums;
mod limits;
mod scalar;
mod structs;

/// Past this an enum is a burden to the compiler and no help to the reader.
const MOST_VARIANTS: usize = 400;

/// The types of a description.
#[derive(Debug)]
pub struct Types<'a> {
    pub resolved: &'a Resolved,
    names: TypeNames<'a>,
    /// The schemas that get a type, in the order of the description.
    defining: Vec<Pointer>,
    widened: HashSet<Pointer>,
    usage: schema_usage::SchemaUsage,
    /// Whether requests have `validate`.
    validates: bool,
    pub(super) multiparts: Multiparts<'a>,
}

impl<'a> Types<'a> {
    pub fn new(resolved: &'a Resolved) -> Self {
        let reached = schema_usage::reached(resolved, schema_usage::roots(resolved));
        let defines = |schema: &&Schema| reached.contains(&schema.at) && defines_a_type(schema);
        let defining: Vec<_> =
            resolved.schemas.values().filter(defines).map(|schema| schema.at.clone()).collect();
        let mut names = TypeNames::new(resolved);
        // Components keep their own names; what stands inline takes what is left.
        let (components, inline): (Vec<&Pointer>, Vec<_>) =
            defining.iter().partition(|at| is_component(at));
        for at in components.into_iter().chain(inline) {
            names.give(at);
        }
        let usage = schema_usage::SchemaUsage::new(resolved);
        let multiparts = Multiparts::of(resolved);
        let validates = limits::are_wanted(resolved);
        let widened = HashSet::new();
        Self { resolved, names, defining, widened, usage, validates, multiparts }
    }

    /// The words of a request.
    pub fn words(&self, request: &Pointer) -> String {
        self.names.request(request).to_owned()
    }

    /// The type of a schema's values.
    pub fn ty(&mut self, at: &Pointer, messages: &mut Messages) -> Ty {
        self.ty_on_the_way(at, &mut Vec::new(), messages)
    }

    fn ty_on_the_way(
        &mut self,
        at: &Pointer,
        way: &mut Vec<Pointer>,
        messages: &mut Messages,
    ) -> Ty {
        let Some(schema) = self.resolved.schemas.get(at) else { return Ty::Json };
        if way.contains(at) {
            if self.widened.insert(at.clone()) {
                let message = "the schema holds itself without an object between; \
                               the inner one is taken as any value";
                messages.widened(at, message);
            }
            return Ty::Json;
        }
        way.push(at.clone());
        let ty = match self.names.get(at) {
            Some(name) => Ty::Named(name.clone()),
            None => self.unnamed(&schema.kind, way, messages),
        };
        way.pop();
        if schema.nullable { nullable(ty) } else { ty }
    }

    fn unnamed(&mut self, kind: &Kind, way: &mut Vec<Pointer>, messages: &mut Messages) -> Ty {
        match kind {
            Kind::Any | Kind::AllOf(_) | Kind::Union(_) => Ty::Json,
            Kind::Boolean => Ty::Bool,
            Kind::Integer(format) => scalar::integer(format.as_deref()),
            Kind::Integers(_) => Ty::Integer("i64"),
            Kind::Scalars(_) => Ty::Json,
            Kind::Number(format) => scalar::number(format.as_deref()),
            Kind::String(format) => scalar::string(format.as_deref()),
            Kind::Texts(_) => Ty::String,
            Kind::Array(None) => Ty::List(Box::new(Ty::Json)),
            Kind::Array(Some(items)) => {
                Ty::List(Box::new(self.ty_on_the_way(items, way, messages)))
            }
            Kind::Tuple(items) => {
                let items = items.iter().map(|item| self.ty_on_the_way(item, way, messages));
                Ty::Tuple(items.collect())
            }
            Kind::Object(object) => self.map(object, way, messages),
            Kind::Same(to) => self.ty_on_the_way(to, way, messages),
        }
    }

    /// An object without fields is a map.
    fn map(&mut self, object: &Object, way: &mut Vec<Pointer>, messages: &mut Messages) -> Ty {
        match &object.additional {
            Additional::Unsaid | Additional::Denied | Additional::Any => Ty::JsonObject,
            Additional::Schema(values) => match self.ty_on_the_way(values, way, messages) {
                Ty::Json => Ty::JsonObject,
                values => Ty::Map(Box::new(values)),
            },
        }
    }

    fn warn_of_long_enums(&self, messages: &mut Messages) {
        for schema in self.resolved.schemas.values() {
            let (count, taken) = match &schema.kind {
                Kind::Texts(texts) => (texts.len(), "text"),
                Kind::Integers(integers) => (integers.len(), "integer"),
                Kind::Scalars(values) => (values.len(), "value"),
                _ => continue,
            };
            if count > MOST_VARIANTS {
                let message = format!("an enum of {count} values is taken as any {taken}");
                messages.widened(&schema.at.at("enum"), message);
            }
        }
    }

    /// The definitions of all types, in the order of the description.
    pub fn definitions(mut self, messages: &mut Messages) -> Vec<TypeDef> {
        self.warn_of_long_enums(messages);
        limits::report(self.resolved, messages);
        let mut definitions = Vec::new();
        for at in self.defining.clone() {
            let (Some(schema), Some(name)) = (self.resolved.schemas.get(&at), self.names.get(&at))
            else {
                continue;
            };
            let name = name.clone();
            let sent = self.usage.in_requests.contains(&at);
            let direction = if sent { Direction::Request } else { Direction::Response };
            definitions.push(TypeDef {
                docs: documentation::of_type(schema, &name, self.owner(&at)),
                shape: self.shape(schema, direction, messages),
                type_module: TypeModule::Common,
                checks: Vec::new(),
                validates: false,
                example: schema.example.clone(),
                name,
                at,
            });
        }
        let kinds: HashMap<_, _> = definitions
            .iter()
            .map(|definition| (definition.name.clone(), kind(definition)))
            .collect();
        unions::finish(&mut definitions, &kinds);
        cycles::break_up(&mut definitions);
        if self.validates {
            self.find_limits(&mut definitions, messages);
        }
        definitions
    }

    fn shape(&mut self, schema: &Schema, direction: Direction, messages: &mut Messages) -> Shape {
        match &schema.kind {
            Kind::Texts(texts) => Shape::Enum(enums::of_texts(texts, schema)),
            Kind::Integers(integers) => Shape::IntegerEnum(enums::of_integers(integers, schema)),
            Kind::Scalars(values) => Shape::ScalarEnum(enums::of_scalars(values)),
            Kind::Union(union) => Shape::Union(unions::union(schema, union, self, messages)),
            Kind::Object(object) => {
                Shape::Struct(self.structure(&schema.at, object, direction, messages))
            }
            // Nothing else defines a type.
            _ => Shape::Enum(Vec::new()),
        }
    }

    /// The schema at the end of a chain of references.
    pub fn follow_aliases(&self, schema: &'a Schema) -> Option<&'a Schema> {
        self.resolved.follow_aliases(&schema.at)
    }

    /// The property whose type an inline schema is, or whose items' type.
    fn owner(&self, at: &Pointer) -> Option<Owner> {
        let parent = at.parent()?;
        let property = at.steps().next_back()?;
        let ty = parent.parent()?;
        match parent.steps().next_back()?.as_str() {
            "properties" => Some(Owner { property, ty: self.names.get(&ty)?.clone() }),
            _ if property == "items" => self.owner(&parent),
            _ => None,
        }
    }
}

pub fn is_component(at: &Pointer) -> bool {
    at.parent().is_some_and(|parent| parent.as_str() == "/components/schemas")
}

fn defines_a_type(schema: &Schema) -> bool {
    match &schema.kind {
        // What can only be one text is a text.
        Kind::Texts(texts) if texts.len() == 1 => is_component(&schema.at),
        Kind::Texts(texts) => texts.len() <= MOST_VARIANTS,
        Kind::Integers(integers) => integers.len() <= MOST_VARIANTS,
        Kind::Scalars(values) => values.len() <= MOST_VARIANTS,
        Kind::Union(_) => true,
        Kind::Object(object) => !object.fields.is_empty(),
        _ => false,
    }
}

fn nullable(ty: Ty) -> Ty {
    match ty {
        // `Value` has its own null.
        Ty::Nullable(_) | Ty::Json => ty,
        ty => Ty::Nullable(Box::new(ty)),
    }
}

/// The kind of JSON that a type writes.
fn kind(definition: &TypeDef) -> (JsonKind, usize) {
    match &definition.shape {
        Shape::Struct(object) => {
            let required = |field: &&Field| field.presence == Presence::Required;
            (JsonKind::Object, object.fields.iter().filter(required).count())
        }
        Shape::Enum(_) => (JsonKind::String, 0),
        Shape::IntegerEnum(_) => (JsonKind::Integer, 0),
        Shape::ScalarEnum(_) => (JsonKind::Any, 0),
        Shape::Union(_) => (JsonKind::Any, 0),
    }
}
