//! Structs: the only place that decides on required, optional, nullable and default.

use super::{documentation, enums, parts};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::tables::type_words::is_component_schema;
use crate::pipeline::model::{Direction, Extra, Field, FixedValue, Presence, Struct, Ty};
use crate::pipeline::resolve::{
    self, Access, Additional, Constraint, Extension, Kind, Object, Schema,
};
use crate::rust::names::{Case, Name, Scope};

/// The struct of an object with fields.
pub fn structure(
    owner: &Schema,
    object: &Object,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Struct {
    // If requests have no `validate`, a setter may have that name.
    let mut scope = Scope::reserving(if table.validates { &["new", "validate"] } else { &["new"] });
    let name = |field: &resolve::Field| name(field, &mut scope, table);
    let names: Vec<_> = object.fields.iter().map(name).collect();
    // Other structs have no place for it, and a form has no null.
    let keeps_null = matches!(object.additional, Additional::Unspecified | Additional::Any)
        && !table.multiparts.are_alone(&owner.at);
    let mut builder = FieldBuilder { owner, keeps_null, scope: &mut scope, table, diagnostics };
    let fields = object.fields.iter().zip(names);
    let mut fields: Vec<_> = fields.map(|(field, name)| builder.field(field, name)).collect();
    let extra = extra(owner, object, &mut scope, table);
    let mut builder =
        parts::PartsBuilder { scope: &mut scope, headers: Vec::new(), table, diagnostics };
    let written = builder.encoding(&owner.at, object, &fields);
    fields.append(&mut builder.headers);
    let rules = owner.constraints.iter().filter_map(|constraint| match constraint {
        Constraint::Rule(rule) => Some(rule.clone()),
        _ => None,
    });
    let is_sent = table.usage.in_requests.contains(&owner.at);
    let direction = if is_sent { Direction::Request } else { Direction::Response };
    Struct { fields, extra, direction, written, rules: rules.collect() }
}

fn name(field: &resolve::Field, scope: &mut Scope, table: &TypeTable<'_>) -> Name {
    // The name of a component is that of its type, and not of the fields that have this type.
    let own = field.schema.as_ref().filter(|at| !is_component_schema(at));
    let schema = own.and_then(|at| table.schema(at));
    let chosen = schema.and_then(|schema| schema.extensions.rust_name());
    scope.name_as(&field.name, chosen.unwrap_or(&field.name), Case::Value)
}

/// The field for members that the description does not name: they may be anything if it does not
/// describe them (JSON Schema 2020-12, 10.3.2.3).
fn extra(
    owner: &Schema,
    object: &Object,
    scope: &mut Scope,
    table: &TypeTable<'_>,
) -> Option<Extra> {
    let values = match &object.additional {
        Additional::Forbidden => return None,
        Additional::Unspecified | Additional::Any => None,
        Additional::Schema(values) => match parts::further_files(&owner.at, values, table) {
            Some(files) => Some(files),
            None => Some(table.rust_type_of(values)).filter(|ty| *ty != Ty::Json),
        },
    };
    Some(Extra { name: scope.name_as("", "extra", Case::Value), values })
}

/// Whether values of a schema are secrets: passwords, and what the description says is sensitive.
pub fn is_secret(schema: &Schema) -> bool {
    let is_password = matches!(&schema.kind, Kind::String(Some(format)) if format == "password");
    let stated = schema.extensions.get(Extension::Sensitive);
    is_password || stated.is_some_and(|stated| *stated == serde_json::Value::Bool(true))
}

/// Builds the fields of a struct, after all of them have their names.
struct FieldBuilder<'a, 'b> {
    owner: &'b Schema,
    /// Whether the struct keeps that a field was null.
    keeps_null: bool,
    scope: &'b mut Scope,
    table: &'b TypeTable<'a>,
    diagnostics: &'b mut DiagnosticSink,
}

impl FieldBuilder<'_, '_> {
    fn field(&mut self, field: &resolve::Field, name: Name) -> Field {
        let schema = field.schema.as_ref().and_then(|at| self.table.schema(at));
        let target = field.schema.as_ref().and_then(|at| self.table.follow_aliases(at));
        let required = field.required && !self.is_one_way(schema, target);
        let (presence, ty) = match (required, self.rust_type_of(&field.name, schema)) {
            (true, Ty::Nullable(ty)) => (Presence::Nullable, *ty),
            (true, ty) => (Presence::Required, ty),
            (false, Ty::Nullable(ty)) if self.null_tells(schema) => {
                (Presence::OptionalNullable, *ty)
            }
            (false, Ty::Nullable(ty)) if self.keeps_null => (Presence::OptionalOrNull, *ty),
            (false, Ty::Nullable(ty)) => (Presence::Optional, *ty),
            // Any value may be null.
            (false, Ty::Json) if self.keeps_null => (Presence::OptionalOrNull, Ty::Json),
            (false, ty) => (Presence::Optional, ty),
        };
        Field {
            docs: documentation::of_value(schema, target),
            example: schema.and_then(|schema| schema.example.clone()),
            is_secret: [schema, target].into_iter().flatten().any(is_secret),
            clear_setter: self.clear_setter(&name, presence),
            constant: target.and_then(|target| constant(target, &ty)),
            own_tag: self.own_tag(field, target, &ty),
            is_asked: field.required && self.is_write_only(schema, target),
            name,
            ty,
            presence,
        }
    }

    /// The value that states that an object follows the owner.
    fn own_tag(
        &self,
        field: &resolve::Field,
        target: Option<&Schema>,
        ty: &Ty,
    ) -> Option<FixedValue> {
        let stated = |(property, _): &&(String, String)| *property == field.name;
        let (_, value) = self.owner.own_tags.iter().find(stated)?;
        fixed_value(value, target?, ty)
    }

    fn rust_type_of(&mut self, field: &str, schema: Option<&Schema>) -> Ty {
        let Some(schema) = schema else { return Ty::Json };
        let files = parts::files(&self.owner.at, field, schema, self.table, self.diagnostics);
        files.unwrap_or_else(|| self.table.rust_type_of(&schema.at))
    }

    fn clear_setter(&mut self, name: &Name, presence: Presence) -> Option<Name> {
        let words = format!("clear {}", name.rust());
        (presence == Presence::OptionalNullable)
            .then(|| self.scope.name_as(name.wire(), &words, Case::Value))
    }

    /// Whether a required field is absent in requests or in replies: `readOnly` in a request,
    /// `writeOnly` in a reply (OpenAPI 3.0.4, 4.7.24.2).
    fn is_one_way(&self, schema: Option<&Schema>, target: Option<&Schema>) -> bool {
        let usage = &self.table.usage;
        (has_access(Access::ReadOnly, schema, target) && usage.in_requests.contains(&self.owner.at))
            || self.is_write_only(schema, target)
    }

    /// Whether replies leave the field out.
    fn is_write_only(&self, schema: Option<&Schema>, target: Option<&Schema>) -> bool {
        has_access(Access::WriteOnly, schema, target)
            && self.table.usage.in_responses.contains(&self.owner.at)
    }

    /// Whether null in a request means something else than an absent field: in the body of a
    /// `PATCH`, which changes only what it names (RFC 5789), and if the field has a default. A form
    /// has no null.
    fn null_tells(&self, schema: Option<&Schema>) -> bool {
        let (owner, usage) = (&self.owner.at, &self.table.usage);
        if self.table.multiparts.are_alone(owner) {
            return false;
        }
        let has_default = schema.is_some_and(|schema| schema.default.is_some());
        usage.in_patches.contains(owner) || (has_default && usage.in_requests.contains(owner))
    }
}

fn has_access(access: Access, schema: Option<&Schema>, target: Option<&Schema>) -> bool {
    schema.into_iter().chain(target).any(|schema| schema.access == access)
}

/// A value that is written as a text, as a schema has it; `None` where it is no value of the schema.
fn fixed_value(value: &str, schema: &Schema, ty: &Ty) -> Option<FixedValue> {
    let is_listed = |texts: &Vec<String>| texts.iter().any(|text| text == value);
    match &schema.kind {
        _ if matches!(ty, Ty::Own(_)) => None,
        Kind::StringEnum(texts) if !is_listed(texts) => None,
        Kind::String(_) | Kind::StringEnum(_) if *ty == Ty::String => {
            Some(FixedValue::Text(value.to_owned()))
        }
        Kind::StringEnum(texts) => {
            let mut variants = enums::of_texts(texts, schema).into_iter();
            variants.find(|one| one.name.wire() == value).map(|one| FixedValue::Variant(one.name))
        }
        Kind::Integer(_) => value.parse().ok().map(FixedValue::Integer),
        Kind::IntegerEnum(integers) => {
            let mut variants = enums::of_integers(integers, schema).into_iter();
            variants.find(|one| one.name.wire() == value).map(|one| FixedValue::Variant(one.name))
        }
        Kind::Boolean(_) => value.parse().ok().map(FixedValue::Boolean),
        _ => None,
    }
}

/// The only value that a schema allows.
fn constant(schema: &Schema, ty: &Ty) -> Option<FixedValue> {
    let only = schema.kind.only_value()?;
    let text = only.as_str().map_or_else(|| only.to_string(), str::to_owned);
    fixed_value(&text, schema, ty)
}
