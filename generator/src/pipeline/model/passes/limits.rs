//! What `validate` checks: the limits of what callers send.

use std::collections::{HashMap, HashSet};

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::Definition;
use crate::pipeline::model::tables::{TypeTable, scalars};
use crate::pipeline::model::{Check, CheckKind, Field, Limit, Shape, Struct, Ty, UnionVariant};
use crate::pipeline::resolve::{
    Access, Additional, Bound, Constraint, Count, Figure, Kind, Object, Schema,
};
use crate::pointer::Pointer;
use crate::rust::names::Name;

/// The checks of each type that has `validate`; there may be none, so that callers can always call it.
pub type Checks = HashMap<Name, Vec<Check>>;

/// Finds the limits of all types that callers send, and then the types that have values of those.
pub fn checks(
    definitions: &[Definition],
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> Checks {
    if !table.validates {
        return Checks::new();
    }
    let is_sent = |found: &&Definition| table.usage.in_requests.contains(&found.at);
    let sent: Vec<_> = definitions.iter().filter(is_sent).collect();
    let mut finder = LimitFinder { table, unreadable: HashSet::new(), diagnostics };
    let own = sent.iter().map(|definition| (&definition.name, finder.checks(definition)));
    let own: HashMap<&Name, Vec<Check>> = own.collect();
    let limited = limited(&sent, &own);
    let has_method =
        |found: &&&Definition| matches!(found.shape, Shape::Struct(_) | Shape::Union(_));
    let with_nested = |definition: &&Definition| {
        let mut checks = own.get(&definition.name).cloned().unwrap_or_default();
        checks.extend(nested_checks(definition, &limited, diagnostics));
        (definition.name.clone(), checks)
    };
    sent.iter().filter(has_method).map(with_nested).collect()
}

/// The parts of a type that have limits of their own.
fn nested_checks(
    definition: &Definition,
    limited: &HashSet<Name>,
    diagnostics: &mut DiagnosticSink,
) -> Vec<Check> {
    if let Some((part, _)) = parts(&definition.shape).find(|(_, ty)| hides(ty, limited)) {
        let message = format!("`validate` does not look into the tuple in `{}`", part.wire());
        diagnostics.widened(&definition.at, message);
    }
    let nested = parts(&definition.shape).filter(|(_, ty)| leads(ty, limited));
    let check = |part: &Name| Check { part: Some(part.clone()), kind: CheckKind::Nested };
    nested.map(|(part, _)| check(part)).collect()
}

/// Finds the limits of types by themselves.
struct LimitFinder<'a, 'b> {
    table: &'b TypeTable<'a>,
    /// The patterns that were reported already.
    unreadable: HashSet<Pointer>,
    diagnostics: &'b mut DiagnosticSink,
}

impl LimitFinder<'_, '_> {
    fn checks(&mut self, definition: &Definition) -> Vec<Check> {
        let Some(schema) = self.table.schema(&definition.at) else { return Vec::new() };
        let found = match (&definition.shape, &schema.kind) {
            (Shape::Struct(object), Kind::Object(described)) => {
                self.of_object(schema, object, described)
            }
            (Shape::Union(union), _) => {
                let variants = union.variants.iter();
                let limits = |one: &UnionVariant| (Some(one.name.clone()), self.limits(&one.at));
                variants.map(limits).collect()
            }
            _ => Vec::new(),
        };
        let some = found.into_iter().filter(|(_, limits)| !limits.is_empty());
        some.map(|(part, limits)| Check { part, kind: CheckKind::Limits(limits) }).collect()
    }

    fn of_object(
        &mut self,
        schema: &Schema,
        object: &Struct,
        described: &Object,
    ) -> Vec<(Option<Name>, Vec<Limit>)> {
        // The members of a multipart body cannot be counted.
        let whole = if object.written.is_json() { self.own(schema) } else { Vec::new() };
        let mut found = vec![(None, whole)];
        for (field, described) in object.fields.iter().zip(&described.fields) {
            let at = described.schema.as_ref().filter(|at| self.is_callers(field, at));
            let limits = at.map(|at| self.limits(at)).unwrap_or_default();
            found.push((Some(field.name.clone()), limits));
        }
        if let (Some(extra), Additional::Schema(values)) = (&object.extra, &described.additional) {
            let limits = each(self.limits(values));
            found.push((Some(extra.name.clone()), limits));
        }
        found
    }

    /// Whether callers set a field, and it is written as JSON.
    fn is_callers(&self, field: &Field, at: &Pointer) -> bool {
        let ends = [self.table.schema(at), self.table.follow_aliases(at)];
        let is_read = ends.into_iter().flatten().any(|end| end.access == Access::ReadOnly);
        !is_read && !field.ty.leaves().contains(&&Ty::File)
    }

    /// The limits of values that have no type of their own.
    fn limits(&mut self, at: &Pointer) -> Vec<Limit> {
        self.limits_on_the_way(at, &mut Vec::new())
    }

    fn limits_on_the_way(&mut self, at: &Pointer, way: &mut Vec<Pointer>) -> Vec<Limit> {
        let Some(schema) = self.table.follow_aliases(at) else { return Vec::new() };
        if self.table.name_of(&schema.at).is_some() || way.contains(&schema.at) {
            return Vec::new();
        }
        way.push(schema.at.clone());
        let mut limits = self.own(schema);
        match &schema.kind {
            Kind::Array(Some(values))
            | Kind::Object(Object { additional: Additional::Schema(values), .. }) => {
                limits.extend(each(self.limits_on_the_way(values, way)));
            }
            Kind::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    let of_item = self.limits_on_the_way(item, way);
                    limits.extend((!of_item.is_empty()).then_some(Limit::Item(index, of_item)));
                }
            }
            _ => {}
        }
        way.pop();
        limits
    }

    /// The limits that a schema itself has.
    fn own(&mut self, schema: &Schema) -> Vec<Limit> {
        let stated = schema.constraints.iter().cloned();
        let stated = stated.map(|stated| within_type(stated, &schema.kind));
        let kept = stated.filter(|stated| match stated {
            Constraint::Pattern(pattern) => self.is_readable(pattern, schema),
            // The type of a tuple fixes the number of its items.
            Constraint::Items(_) if matches!(schema.kind, Kind::Tuple(_)) => false,
            other => says_something(other),
        });
        kept.map(Limit::Own).collect()
    }

    fn is_readable(&mut self, pattern: &str, schema: &Schema) -> bool {
        let read = regress::Regex::with_flags(pattern, "u");
        let Err(why) = read.or_else(|_| regress::Regex::new(pattern)) else { return true };
        let at = schema.at.at("pattern");
        if self.unreadable.insert(at.clone()) {
            self.diagnostics
                .widened(&at, format!("the pattern cannot be read, and is not checked: {why}"));
        }
        false
    }
}

/// A range without the limits of the integer's type: a `u32` cannot be below `minimum: 0`.
fn within_type(constraint: Constraint, kind: &Kind) -> Constraint {
    match (constraint, kind) {
        (Constraint::Range(least, most), Kind::Integer(format)) => {
            let (start, end) = scalars::integer(format.as_deref()).ends();
            let is_above =
                |it: &Bound| !matches!(it.figure, Figure::Integer(figure) if figure <= start);
            let is_below =
                |it: &Bound| !matches!(it.figure, Figure::Integer(figure) if figure >= end);
            let least = least.filter(|it| it.excluded || is_above(it));
            Constraint::Range(least, most.filter(|it| it.excluded || is_below(it)))
        }
        (other, _) => other,
    }
}

fn says_something(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::MemberSets(_) => false,
        Constraint::Length(Count { least, most })
        | Constraint::Items(Count { least, most })
        | Constraint::Members(Count { least, most }) => *least > Some(0) || most.is_some(),
        // A step has to be positive (JSON Schema 2020-12, Validation, 6.2.1).
        Constraint::Step(Figure::Integer(step)) => *step > 0,
        Constraint::Step(Figure::Float(step)) => *step > 0.0,
        Constraint::Range(least, most) => least.is_some() || most.is_some(),
        Constraint::Pattern(_) | Constraint::Unique | Constraint::Rule(_) => true,
    }
}

fn each(limits: Vec<Limit>) -> Vec<Limit> {
    if limits.is_empty() { limits } else { vec![Limit::Each(limits)] }
}

/// The types that have limits, or values of types that have some.
fn limited(sent: &[&Definition], own: &HashMap<&Name, Vec<Check>>) -> HashSet<Name> {
    let with_checks = own.iter().filter(|(_, checks)| !checks.is_empty());
    let mut limited: HashSet<Name> = with_checks.map(|(name, _)| (*name).clone()).collect();
    loop {
        let known = limited.len();
        for definition in sent {
            if parts(&definition.shape).any(|(_, ty)| leads(ty, &limited)) {
                limited.insert(definition.name.clone());
            }
        }
        if limited.len() == known {
            return limited;
        }
    }
}

/// The fields of a struct, or the variants of a union.
fn parts(shape: &Shape) -> Box<dyn Iterator<Item = (&Name, &Ty)> + '_> {
    match shape {
        Shape::Struct(object) => {
            let extra = object.extra.iter();
            let extra = extra.filter_map(|extra| Some((&extra.name, extra.values.as_ref()?)));
            Box::new(object.fields.iter().map(|field| (&field.name, &field.ty)).chain(extra))
        }
        Shape::Union(union) => Box::new(union.variants.iter().map(|one| (&one.name, &one.ty))),
        Shape::Enum(_) | Shape::IntegerEnum(_) | Shape::ScalarEnum(_) => {
            Box::new(std::iter::empty())
        }
    }
}

/// Whether a value may contain one of a limited type.
fn leads(ty: &Ty, limited: &HashSet<Name>) -> bool {
    match ty {
        Ty::Named(name) | Ty::Boxed(name) => limited.contains(name),
        Ty::List(ty) | Ty::Map(ty) | Ty::Nullable(ty) => leads(ty, limited),
        _ => false,
    }
}

/// Whether a tuple is between a value and a limited one.
fn hides(ty: &Ty, limited: &HashSet<Name>) -> bool {
    !leads(ty, limited) && ty.names().any(|name| limited.contains(name))
}
