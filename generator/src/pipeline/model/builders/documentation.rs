//! Which text of the description documents an item, and which facts belong to it.

use crate::pipeline::model::{Link, OperationDocs, Owner, TypeDocs, ValueDocs, ValueLimits};
use crate::pipeline::resolve::{self, EnumValueDocs, Schema};
use crate::rust::names::Name;
use crate::rust::rustdoc::is_blank;

/// The documentation of an operation.
pub fn of_operation(described: &resolve::Operation, links: Vec<Link>) -> OperationDocs {
    OperationDocs {
        summary: summary(described),
        description: description(described),
        path: described.path.clone(),
        links,
    }
}

/// The summary of an operation, if there is anything in it.
pub fn summary(described: &resolve::Operation) -> Option<String> {
    shown(described.summary.as_deref())
}

/// The description of an operation, if it is not its summary again.
pub fn description(described: &resolve::Operation) -> Option<String> {
    let is_same = described.summary == described.description;
    shown(described.description.as_deref().filter(|_| !is_same))
}

/// The documentation of a type; its title if that is more than its name.
pub fn of_type(schema: &Schema, name: &Name, owner: Option<Owner>) -> TypeDocs {
    let title = schema.title.as_deref().filter(|title| *title != name.wire());
    let description = shown(schema.description.as_deref().or(title));
    TypeDocs { description, owner, deprecated: schema.deprecated }
}

/// The documentation of a field: that of its schema, or of the schema that it refers to.
pub fn of_value(schema: Option<&Schema>, target: Option<&Schema>) -> ValueDocs {
    let own = schema.and_then(|schema| schema.description.as_deref().or(schema.title.as_deref()));
    let constant = target.or(schema).and_then(|end| end.kind.only_value());
    ValueDocs {
        description: shown(own.or_else(|| target?.description.as_deref())),
        constant,
        limits: schema.map(|schema| limits(schema, target)).unwrap_or_default(),
    }
}

/// The documentation of a parameter, or of its schema.
pub fn of_parameter(
    parameter: &resolve::Parameter,
    schema: Option<&Schema>,
    target: Option<&Schema>,
) -> ValueDocs {
    let of_schema = of_value(schema, target);
    let description = shown(parameter.description.as_deref()).or(of_schema.description);
    let mut docs = ValueDocs { description, ..of_schema };
    docs.limits.deprecated |= parameter.deprecated;
    docs
}

/// The description of a value of an enum.
pub fn of_enum_value(meaning: Option<&EnumValueDocs>) -> Option<String> {
    shown(meaning?.text.as_deref())
}

/// The description of a variant of a union.
pub fn of_variant(schema: Option<&Schema>, target: Option<&Schema>) -> Option<String> {
    let text = |schema: Option<&Schema>| shown(schema?.description.as_deref());
    text(schema).or_else(|| text(target))
}

fn limits(schema: &Schema, target: Option<&Schema>) -> ValueLimits {
    let target = target.filter(|target| target.at != schema.at);
    let constraints = target.map_or(&schema.constraints, |target| &target.constraints);
    let default = schema.default.as_ref().or_else(|| target?.default.as_ref());
    ValueLimits {
        deprecated: schema.deprecated,
        constraints: constraints.clone(),
        default: default.filter(|default| !default.is_null()).cloned(),
    }
}

/// A text that is not blank.
pub fn shown(text: Option<&str>) -> Option<String> {
    text.filter(|text| !is_blank(text)).map(str::to_owned)
}
