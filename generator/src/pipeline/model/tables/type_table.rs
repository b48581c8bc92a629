//! Which schemas get a type of their own, and which Rust type all others are.

use std::collections::HashSet;

use super::multiparts::Multiparts;
use super::own_types::OwnTypes;
use super::scalars;
use super::schema_usage::{SchemaUsage, reached, roots};
use super::type_names::TypeNames;
use super::type_words::is_component_schema;
use crate::kept_names::KeptNames;
use crate::parallel;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::{IntegerType, Ty};
use crate::pipeline::resolve::{Additional, Extension, Kind, Object, Resolved, Schema};
use crate::pointer::Pointer;
use crate::rust::names::{Name, Scope};

/// Longer enums take rustc seconds and do not help the reader.
const MOST_VARIANTS: usize = 400;

/// The types of a description. Nothing in it changes after it is built.
#[derive(Debug)]
pub struct TypeTable<'a> {
    /// The description.
    pub resolved: &'a Resolved,
    /// Where schemas are used.
    pub usage: SchemaUsage<'a>,
    /// The schemas of bodies of several parts.
    pub multiparts: Multiparts<'a>,
    /// The schemas that are types of other crates.
    pub own: OwnTypes,
    /// Whether requests have `validate`.
    pub validates: bool,
    names: TypeNames<'a>,
    /// The schemas that get a type, in the order of the description.
    defining: Vec<&'a Schema>,
}

impl<'a> TypeTable<'a> {
    /// Names the types of a description.
    ///
    /// Reports schemas that hold themselves without an object between, and long enums.
    pub fn new(resolved: &'a Resolved, kept: &KeptNames, diagnostics: &mut DiagnosticSink) -> Self {
        let own = OwnTypes::new(resolved, diagnostics);
        let reached = reached(resolved, roots(resolved), &own);
        let used: Vec<&Schema> =
            resolved.schemas.values().filter(|schema| reached.contains(&schema.at)).collect();
        let defining: Vec<&Schema> =
            used.iter().copied().filter(|schema| defines_a_type(schema, &own)).collect();
        let ((usage, multiparts), names) = parallel::both(
            || (SchemaUsage::new(resolved, &own), Multiparts::new(resolved, &own)),
            || give_names(resolved, &defining, kept),
        );
        let validates = wants_validate(resolved, diagnostics);
        let table = Self { resolved, usage, multiparts, own, validates, names, defining };
        table.warn_of_circles(&used, diagnostics);
        warn_of_long_enums(resolved, diagnostics);
        table
    }

    /// The schemas that get a type, with its name, in the order of the description.
    pub fn defining(&self) -> impl Iterator<Item = (&'a Schema, &Name)> {
        self.defining.iter().filter_map(|schema| Some((*schema, self.name_of(&schema.at)?)))
    }

    /// The name of a schema's type, if it has one of its own.
    pub fn name_of(&self, at: &Pointer) -> Option<&Name> {
        self.names.get(at)
    }

    /// The names that types have.
    pub fn name_scope(&self) -> &Scope {
        self.names.scope()
    }

    /// The words of a request.
    pub fn words_of_request(&self, request: &Pointer) -> &str {
        self.names.request(request)
    }

    /// Whether a schema gets a type.
    pub fn defines(&self, at: &Pointer) -> bool {
        self.defining.iter().any(|schema| schema.at == *at)
    }

    /// A schema.
    pub fn schema(&self, at: &Pointer) -> Option<&'a Schema> {
        self.resolved.schemas.get(at)
    }

    /// The schema at the end of a chain of references.
    pub fn follow_aliases(&self, at: &Pointer) -> Option<&'a Schema> {
        self.resolved.follow_aliases(at)
    }

    /// The type of a schema's values.
    pub fn rust_type_of(&self, at: &Pointer) -> Ty {
        self.type_on_the_way(at, &mut Vec::new())
    }

    /// The same for a schema within those of `way`: one that is among them holds itself, and is any value.
    fn type_on_the_way<'p>(&self, at: &'p Pointer, way: &mut Vec<&'p Pointer>) -> Ty
    where
        'a: 'p,
    {
        let Some(schema) = self.schema(at).filter(|_| !way.contains(&at)) else { return Ty::Json };
        way.push(at);
        let ty = match (self.own.get(at), self.name_of(at)) {
            (Some(own), _) => own.clone(),
            (None, Some(name)) => Ty::Named(name.clone()),
            (None, None) => self.unnamed(&schema.kind, way),
        };
        way.pop();
        if schema.nullable { nullable(ty) } else { ty }
    }

    fn unnamed<'p>(&self, kind: &'p Kind, way: &mut Vec<&'p Pointer>) -> Ty
    where
        'a: 'p,
    {
        match kind {
            Kind::Any | Kind::AllOf(_) | Kind::Union(_) => Ty::Json,
            Kind::Boolean(_) => Ty::Bool,
            Kind::Integer(format) => Ty::Integer(scalars::integer(format.as_deref())),
            Kind::IntegerEnum(_) => Ty::Integer(IntegerType::I64),
            Kind::MixedEnum(_) => Ty::Json,
            Kind::Number(format) => scalars::number(format.as_deref()),
            Kind::String(format) => scalars::string(format.as_deref()),
            Kind::StringEnum(_) => Ty::String,
            Kind::Array(None) => Ty::List(Box::new(Ty::Json)),
            Kind::Array(Some(items)) => Ty::List(Box::new(self.type_on_the_way(items, way))),
            Kind::Tuple(items) => {
                Ty::Tuple(items.iter().map(|item| self.type_on_the_way(item, way)).collect())
            }
            Kind::Object(object) => self.map(object, way),
            Kind::Alias(to) => self.type_on_the_way(to, way),
        }
    }

    /// An object without fields is a map.
    fn map<'p>(&self, object: &'p Object, way: &mut Vec<&'p Pointer>) -> Ty
    where
        'a: 'p,
    {
        match &object.additional {
            Additional::Unspecified | Additional::Forbidden | Additional::Any => Ty::JsonObject,
            Additional::Schema(values) => match self.type_on_the_way(values, way) {
                Ty::Json => Ty::JsonObject,
                values => Ty::Map(Box::new(values)),
            },
        }
    }

    /// Whether a type shows what it is made of.
    fn is_open(&self, at: &Pointer) -> bool {
        self.name_of(at).is_none() && self.own.get(at).is_none()
    }

    fn warn_of_circles(&self, used: &[&'a Schema], diagnostics: &mut DiagnosticSink) {
        let mut seen = HashSet::new();
        for schema in used {
            self.warn_of_circles_from(&schema.at, &mut Vec::new(), &mut seen, diagnostics);
        }
    }

    /// Follows schemas without types of their own, each once.
    fn warn_of_circles_from(
        &self,
        at: &'a Pointer,
        way: &mut Vec<&'a Pointer>,
        seen: &mut HashSet<&'a Pointer>,
        diagnostics: &mut DiagnosticSink,
    ) {
        if way.contains(&at) {
            let message = "the schema holds itself without an object between; \
                           the inner one is taken as any value";
            diagnostics.widened(at, message);
        }
        let Some(schema) = self.schema(at).filter(|_| self.is_open(at)) else { return };
        if seen.insert(at) {
            way.push(at);
            for inner in schema.kind.pointers() {
                self.warn_of_circles_from(inner, way, seen, diagnostics);
            }
            way.pop();
        }
    }
}

/// The names of the schemas that get a type.
fn give_names<'a>(
    resolved: &'a Resolved,
    defining: &[&'a Schema],
    kept: &KeptNames,
) -> TypeNames<'a> {
    let mut names = TypeNames::new(resolved);
    names.keep(defining, kept);
    // Components keep their own names, so they are named before inline schemas.
    let (components, inline): (Vec<&Schema>, Vec<_>) =
        defining.iter().partition(|schema| is_component_schema(&schema.at));
    for schema in components.into_iter().chain(inline) {
        names.give(&schema.at);
    }
    names
}

/// `x-validate: true`
fn wants_validate(resolved: &Resolved, diagnostics: &mut DiagnosticSink) -> bool {
    let Some(stated) = resolved.extensions.get(Extension::Validate) else { return false };
    stated.as_bool().unwrap_or_else(|| {
        let at = Pointer::root().at(Extension::Validate.word());
        diagnostics.invalid_extension(&at, "`x-validate` is true or false");
        false
    })
}

fn warn_of_long_enums(resolved: &Resolved, diagnostics: &mut DiagnosticSink) {
    for schema in resolved.schemas.values() {
        let (count, taken) = match &schema.kind {
            Kind::StringEnum(texts) => (texts.len(), "text"),
            Kind::IntegerEnum(integers) => (integers.len(), "integer"),
            Kind::MixedEnum(values) => (values.len(), "value"),
            _ => continue,
        };
        if count > MOST_VARIANTS {
            let message = format!("an enum of {count} values is taken as any {taken}");
            diagnostics.widened(&schema.at.at("enum"), message);
        }
    }
}

fn defines_a_type(schema: &Schema, own: &OwnTypes) -> bool {
    match &schema.kind {
        _ if own.get(&schema.at).is_some() => false,
        // A constant is a string, unless it is a component.
        Kind::StringEnum(texts) if texts.len() == 1 => is_component_schema(&schema.at),
        Kind::StringEnum(texts) => texts.len() <= MOST_VARIANTS,
        Kind::IntegerEnum(integers) => integers.len() <= MOST_VARIANTS,
        Kind::MixedEnum(values) => values.len() <= MOST_VARIANTS,
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
