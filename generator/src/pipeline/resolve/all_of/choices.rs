//! Unions within an `allOf`.

use super::super::duplicates::is_component;
use super::super::{
    Additional, Constraint, Discriminator, Kind, Schema, Union, context::Context, schema,
};
use super::{Folded, Schemas, compatibility};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// The most variants that several unions may have together.
const MOST_VARIANTS: usize = 100;

/// The most variants that are made for a whole description, including unions in unions.
const MOST_JOINED: usize = 20_000;

/// Whether the variants of a union only require members.
///
/// `anyOf: [{required: [email]}, {required: [phone]}]`
pub(super) fn is_of_required(union: &Schema, schemas: &Schemas) -> bool {
    let Kind::Union(union) = &union.kind else { return false };
    union.variants.iter().all(|variant| match schemas.get(variant).map(|it| &it.kind) {
        Some(Kind::Object(object)) => {
            let is_open = matches!(object.additional, Additional::Unspecified | Additional::Any);
            is_open && object.fields.iter().all(|field| field.schema.is_none())
        }
        Some(Kind::Any) => true,
        _ => false,
    })
}

/// The members that each variant of a union requires; `None` if a variant requires none.
pub(super) fn member_sets(union: &Schema, schemas: &Schemas) -> Option<Constraint> {
    let Kind::Union(union) = &union.kind else { return None };
    let names = |variant: &Pointer| match &schemas.get(variant)?.kind {
        Kind::Object(object) if !object.fields.is_empty() => {
            Some(object.fields.iter().map(|field| field.name.clone()).collect())
        }
        _ => None,
    };
    union.variants.iter().map(names).collect::<Option<_>>().map(Constraint::MemberSets)
}

/// A union in which each variant has the members of the other parts, too.
pub(super) fn distributed(
    at: &Pointer,
    unions: &[&Schema],
    plain: &[&Schema],
    schemas: &Schemas,
    context: &mut Context,
) -> Folded {
    let Some(rows) = combinations(unions, plain, schemas, context) else {
        let message = "this allOf joins unions of too many variants; it is taken as any value";
        context.report(DiagnosticCode::WidenedKeyword, at, message);
        return Kind::Any.into();
    };
    match rows.as_slice() {
        [] => {
            let message = "no value can follow all parts of this allOf; it is taken as any value";
            context.report(DiagnosticCode::WidenedKeyword, at, message);
            Kind::Any.into()
        }
        [only] => all_of(&compatibility::applying(plain, only, schemas), only).into(),
        rows => union_of(at, unions, plain, rows, schemas),
    }
}

/// Rows with a variant of each union that a value can follow together; `None` if there are too many.
fn combinations<'a>(
    unions: &[&'a Schema],
    plain: &[&Schema],
    schemas: &Schemas,
    context: &mut Context,
) -> Option<Vec<Vec<&'a Pointer>>> {
    let mut rows: Vec<Vec<&Pointer>> = vec![Vec::new()];
    for union in unions {
        let Kind::Union(union) = &union.kind else { continue };
        rows = rows
            .iter()
            .flat_map(|row| union.variants.iter().map(|it| [row.as_slice(), &[it]].concat()))
            .collect();
        context.joined += rows.len();
        if context.joined <= MOST_JOINED {
            rows.retain(|row| {
                let plain = compatibility::applying(plain, row, schemas);
                compatibility::can_hold(&plain, row, schemas)
            });
        }
        if rows.len() > MOST_VARIANTS || context.joined > MOST_JOINED || context.last_round {
            return None;
        }
    }
    Some(rows)
}

/// The `allOf` of the parts that are no unions and of a row of variants.
fn all_of(plain: &[&Schema], row: &[&Pointer]) -> Kind {
    let members = plain.iter().map(|part| &part.at).chain(row.iter().copied());
    Kind::AllOf(members.cloned().collect())
}

fn union_of(
    at: &Pointer,
    unions: &[&Schema],
    plain: &[&Schema],
    rows: &[Vec<&Pointer>],
    schemas: &Schemas,
) -> Folded {
    let further = rows.iter().enumerate().map(|(index, row)| {
        let plain = compatibility::applying(plain, row, schemas);
        joined(at.at("oneOf").at(index), row, all_of(&plain, row))
    });
    let further: Vec<Schema> = further.collect();
    let variants: Vec<Pointer> = further.iter().map(|schema| schema.at.clone()).collect();
    let discriminator = unions.iter().enumerate().find_map(|(position, union)| {
        let Kind::Union(Union { discriminator: Some(stated), .. }) = &union.kind else {
            return None;
        };
        Some(moved(stated, position, rows, &variants))
    });
    let kind = Kind::Union(Union { variants, discriminator });
    Folded { further, ..kind.into() }
}

/// A variant that is made here, named after the variants that it joins.
fn joined(at: Pointer, row: &[&Pointer], kind: Kind) -> Schema {
    let named = row.iter().filter(|variant| is_component(variant));
    let words: Vec<String> = named.filter_map(|variant| variant.steps().next_back()).collect();
    let title = (!words.is_empty()).then(|| words.join(" "));
    Schema { title, ..schema::bare(kind, at) }
}

/// A discriminator whose values stand for the variants that are made here.
fn moved(
    stated: &Discriminator,
    position: usize,
    rows: &[Vec<&Pointer>],
    variants: &[Pointer],
) -> Discriminator {
    let mut mapping = Vec::new();
    for (row, variant) in rows.iter().zip(variants) {
        let Some(from) = row.get(position).copied() else { continue };
        let mapped = stated.mapping.iter().filter(|(_, to)| to == from);
        let before = mapping.len();
        mapping.extend(mapped.map(|(value, _)| (value.clone(), variant.clone())));
        if mapping.len() == before && is_component(from) {
            mapping.extend(from.steps().next_back().map(|name| (name, variant.clone())));
        }
    }
    let mut moved = rows.iter().zip(variants);
    let default = moved.find(|(row, _)| row.get(position).copied() == stated.default.as_ref());
    let default = stated.default.as_ref().and(default).map(|(_, variant)| variant.clone());
    Discriminator { property: stated.property.clone(), mapping, default }
}
