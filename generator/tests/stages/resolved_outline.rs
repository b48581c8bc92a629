//! What the stage `resolve` gives, as an outline: each schema once, below what holds it.

use std::collections::HashSet;
use std::fmt::Display;

use lantern_generator::pipeline::resolve::{
    Access, Additional, Bound, Constraint, Discriminator, Field, Kind, Media, Object, Operation,
    Resolved, Schema, Union,
};
use lantern_generator::pointer::Pointer;

/// Operations, requests that the service sends, and the schemas that none of them holds.
pub fn outline(resolved: &Resolved) -> String {
    let mut outline = Outline { resolved, told: HashSet::new(), text: String::new() };
    for operation in &resolved.operations {
        outline.operation("", operation);
    }
    for webhook in &resolved.webhooks {
        outline.operation(&format!("webhook {}: ", webhook.name), &webhook.request);
    }
    for at in resolved.schemas.keys() {
        if !outline.told.contains(at) {
            outline.schema(0, &at.to_string(), at, at);
        }
    }
    outline.text
}

struct Outline<'a> {
    resolved: &'a Resolved,
    /// The schemas that have been written.
    told: HashSet<&'a Pointer>,
    text: String,
}

impl<'a> Outline<'a> {
    fn line(&mut self, depth: usize, text: impl Display) {
        self.text.push_str(&format!("{:1$}{text}\n", "", depth * 2));
    }

    fn operation(&mut self, label: &str, operation: &'a Operation) {
        self.line(0, format!("{label}{} {}", operation.method.key(), operation.path));
        for parameter in &operation.parameters {
            let location = format!("{:?}", parameter.location).to_lowercase();
            let required = mark(parameter.required, "required");
            let label = format!("{location} {}{required}", parameter.name);
            self.schema(1, &label, &parameter.schema, &parameter.at);
        }
        if let Some(body) = &operation.body {
            self.media(&format!("body{}", mark(body.required, "required")), &body.content);
        }
        for response in &operation.responses {
            self.media(&response.status.to_string(), &response.content);
        }
    }

    fn media(&mut self, label: &str, content: &'a [Media]) {
        if content.is_empty() {
            self.line(1, label);
        }
        for media in content {
            let label = format!("{label} {}", media.media_type);
            match (&media.schema, &media.item) {
                (Some(schema), _) => self.schema(1, &label, schema, &media.at),
                (None, Some(item)) => self.schema(1, &format!("{label} items"), item, &media.at),
                (None, None) => self.line(1, label),
            }
        }
    }

    /// A schema in full where it is written at or below its holder, else what it is called.
    fn schema(&mut self, depth: usize, label: &str, at: &'a Pointer, holder: &Pointer) {
        let own = at.moved(holder, holder).is_some();
        match self.resolved.schemas.get(at).filter(|_| own) {
            Some(schema) if self.told.insert(at) => self.whole(depth, label, schema),
            _ => self.line(depth, format!("{label}: {at}")),
        }
    }

    fn whole(&mut self, depth: usize, label: &str, schema: &'a Schema) {
        self.line(depth, format!("{label}: {}", summary(schema)));
        for constraint in &schema.constraints {
            self.line(depth + 1, self::constraint(constraint));
        }
        match &schema.kind {
            Kind::Union(_) => {}
            _ => self.discriminator(depth + 1, schema.discriminator.as_ref()),
        }
        self.parts(depth + 1, schema);
    }

    fn parts(&mut self, depth: usize, schema: &'a Schema) {
        match &schema.kind {
            Kind::StringEnum(values) => {
                values.iter().for_each(|value| self.line(depth, format!("{value:?}")));
            }
            Kind::IntegerEnum(values) => values.iter().for_each(|value| self.line(depth, value)),
            Kind::MixedEnum(values) => values.iter().for_each(|value| self.line(depth, value)),
            Kind::Array(Some(item)) => self.schema(depth, "item", item, &schema.at),
            Kind::Tuple(items) | Kind::AllOf(items) => self.each(depth, "item", items, schema),
            Kind::Object(object) => self.object(depth, object, schema),
            Kind::Union(union) => self.union(depth, union, schema),
            Kind::Alias(_)
            | Kind::Array(None)
            | Kind::Any
            | Kind::Boolean(_)
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_) => {}
        }
    }

    fn each(&mut self, depth: usize, label: &str, all: &'a [Pointer], schema: &Schema) {
        for (index, one) in all.iter().enumerate() {
            self.schema(depth, &format!("{label} {index}"), one, &schema.at);
        }
    }

    fn object(&mut self, depth: usize, object: &'a Object, schema: &Schema) {
        for Field { name, required, schema: of } in &object.fields {
            let label = format!("{name}{}", mark(*required, "required"));
            match of {
                Some(of) => self.schema(depth, &label, of, &schema.at),
                None => self.line(depth, format!("{label}: not described")),
            }
        }
        match &object.additional {
            Additional::Unspecified => {}
            Additional::Forbidden => self.line(depth, "no others"),
            Additional::Any => self.line(depth, "others: any"),
            Additional::Schema(of) => self.schema(depth, "others", of, &schema.at),
        }
    }

    fn union(&mut self, depth: usize, union: &'a Union, schema: &Schema) {
        self.discriminator(depth, union.discriminator.as_ref());
        self.each(depth, "variant", &union.variants, schema);
    }

    fn discriminator(&mut self, depth: usize, discriminator: Option<&Discriminator>) {
        let Some(discriminator) = discriminator else { return };
        self.line(depth, format!("discriminator {}", discriminator.property));
        for (value, schema) in &discriminator.mapping {
            self.line(depth + 1, format!("{value}: {schema}"));
        }
    }
}

/// What a schema is, in a few words: `string (date-time) or null, read-only`; for one that is the same as another, the
/// other one.
fn summary(schema: &Schema) -> String {
    let access = match schema.access {
        Access::Both => "",
        Access::ReadOnly => ", read-only",
        Access::WriteOnly => ", write-only",
    };
    let default = schema.default.iter().map(|value| format!(", by default {value}"));
    let default = default.collect::<String>();
    let (nullable, deprecated) = (schema.nullable, schema.deprecated);
    let kind = kind(&schema.kind);
    format!(
        "{kind}{}{access}{}{default}",
        mark(nullable, "or null"),
        mark(deprecated, "deprecated")
    )
}

fn kind(kind: &Kind) -> String {
    let (word, format) = match kind {
        Kind::Alias(to) => return to.to_string(),
        Kind::Any => ("any", &None),
        Kind::Boolean(_) => ("boolean", &None),
        Kind::Integer(format) => ("integer", format),
        Kind::Number(format) => ("number", format),
        Kind::String(format) => ("string", format),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::MixedEnum(_) => ("enum", &None),
        Kind::Array(_) => ("array", &None),
        Kind::Tuple(_) => ("tuple", &None),
        Kind::Object(_) => ("object", &None),
        Kind::Union(_) => ("union", &None),
        Kind::AllOf(_) => ("all of", &None),
    };
    format.iter().fold(word.to_owned(), |word, format| format!("{word} ({format})"))
}

fn mark(is_so: bool, word: &str) -> String {
    if is_so { format!(" {word}") } else { String::new() }
}

/// A range is shorter than its `Debug`, which may be longer than a line.
fn constraint(constraint: &Constraint) -> String {
    let end = |bound: &Option<Bound>| match bound {
        Some(Bound { figure, excluded: true }) => format!("{figure} excluded"),
        Some(Bound { figure, excluded: false }) => figure.to_string(),
        None => "-".to_owned(),
    };
    match constraint {
        Constraint::Range(least, most) => format!("Range({}, {})", end(least), end(most)),
        other => format!("{other:?}"),
    }
}
