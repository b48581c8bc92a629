//! Structs: the only place that decides on required, optional, nullable and default.

use super::Types;
use crate::pipeline::model::messages::Messages;
use crate::pipeline::model::{Direction, Extra, Field, Presence, Struct, Ty, documentation};
use crate::pipeline::resolve::{self, Access, Additional, Constraint, Kind, Object, Schema};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};

impl<'a> Types<'a> {
    pub(super) fn structure(
        &mut self,
        at: &Pointer,
        object: &Object,
        direction: Direction,
        messages: &mut Messages,
    ) -> Struct {
        // Where no request has `validate`, a setter may be called so.
        let mut scope =
            Scope::reserving(if self.validates { &["new", "validate"] } else { &["new"] });
        let fields = object.fields.iter();
        let mut fields: Vec<_> =
            fields.map(|field| self.field(at, field, &mut scope, messages)).collect();
        for field in &mut fields {
            if field.presence == Presence::OptionalNullable {
                let words = format!("clear {}", field.name.rust());
                field.clear_setter = Some(scope.name_as(field.name.wire(), &words, Case::Value));
            }
        }
        let extra = self.extra(object, &mut scope, messages);
        let written = self.written(at, object, &fields, messages);
        let stated = self.resolved.schemas.get(at).into_iter().flat_map(|it| &it.constraints);
        let rules = stated.filter_map(|constraint| match constraint {
            Constraint::Rule(rule) => Some(rule.clone()),
            _ => None,
        });
        Struct { fields, extra, direction, written, rules: rules.collect() }
    }

    /// The field for members that the description does not name: anything may come where it says
    /// nothing of them (JSON Schema 2020-12, 10.3.2.3).
    fn extra(
        &mut self,
        object: &Object,
        scope: &mut Scope,
        messages: &mut Messages,
    ) -> Option<Extra> {
        let values = match &object.additional {
            Additional::Denied => return None,
            Additional::Unsaid | Additional::Any => None,
            Additional::Schema(values) => match self.ty(values, messages) {
                Ty::Json => None,
                values => Some(values),
            },
        };
        Some(Extra { name: scope.name_as("", "extra", Case::Value), values })
    }

    fn field(
        &mut self,
        owner: &Pointer,
        field: &resolve::Field,
        scope: &mut Scope,
        messages: &mut Messages,
    ) -> Field {
        let schema = field.schema.as_ref().and_then(|at| self.resolved.schemas.get(at));
        let files = schema.and_then(|schema| self.files(owner, schema, messages));
        let ty = match (files, schema) {
            (Some(files), _) => files,
            (None, Some(schema)) => self.ty(&schema.at, messages),
            (None, None) => Ty::Json,
        };
        let required = field.required && !self.is_one_way(owner, schema);
        let (presence, ty) = match (required, ty) {
            (true, Ty::Nullable(ty)) => (Presence::Nullable, *ty),
            (true, ty) => (Presence::Required, ty),
            (false, Ty::Nullable(ty)) if self.null_tells(owner, schema) => {
                (Presence::OptionalNullable, *ty)
            }
            (false, Ty::Nullable(ty)) => (Presence::Optional, *ty),
            (false, ty) => (Presence::Optional, ty),
        };
        let words = schema.and_then(chosen_name).unwrap_or(&field.name);
        let constant = schema.filter(|_| ty == Ty::String).and_then(|schema| self.constant(schema));
        Field {
            name: scope.name_as(&field.name, words, Case::Value),
            docs: documentation::of_value(
                schema,
                schema.and_then(|schema| self.follow_aliases(schema)),
            ),
            example: schema.and_then(|schema| schema.example.clone()),
            clear_setter: None,
            constant,
            ty,
            presence,
        }
    }

    /// Whether one side leaves a field out though it is required: `readOnly` in a request,
    /// `writeOnly` in a reply (OpenAPI 3.0.4, 4.7.24.2).
    fn is_one_way(&self, owner: &Pointer, schema: Option<&Schema>) -> bool {
        let target = schema.and_then(|schema| self.follow_aliases(schema));
        let says = |access| {
            schema.into_iter().chain(target).any(|schema: &Schema| schema.access == access)
        };
        (says(Access::ReadOnly) && self.usage.in_requests.contains(owner))
            || (says(Access::WriteOnly) && self.usage.in_responses.contains(owner))
    }

    /// Whether null in a request says something else than nothing: in the body of a `PATCH`,
    /// which changes only what it names (RFC 5789), and where the service takes another value
    /// for what is absent. A form has no null.
    fn null_tells(&self, owner: &Pointer, schema: Option<&Schema>) -> bool {
        if self.multiparts.are_alone(owner) {
            return false;
        }
        let default = schema.is_some_and(|schema| schema.default.is_some());
        self.usage.in_patches.contains(owner) || (default && self.usage.in_requests.contains(owner))
    }

    /// The only text that a schema allows.
    fn constant(&self, schema: &'a Schema) -> Option<String> {
        match &self.follow_aliases(schema)?.kind {
            Kind::Texts(texts) if texts.len() == 1 => texts.first().cloned(),
            _ => None,
        }
    }
}

/// The name that an overlay chose for a schema.
fn chosen_name(schema: &Schema) -> Option<&str> {
    schema.extensions.get("x-rust-name")?.as_str()
}
