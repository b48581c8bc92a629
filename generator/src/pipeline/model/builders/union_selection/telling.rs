//! The members by which a value finds its variant of a union, if no tag names it.

use std::collections::HashMap;

use super::{listed, object, stated_tags};
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Allowed, TellingMember};
use crate::pipeline::resolve::{Bound, Constraint, Field, Figure, Kind, Schema, Union};
use crate::pointer::Pointer;

/// Unions within unions are looked into as deep as this.
const DEEPEST: usize = 4;

/// Members of members are looked at as deep as this, where those of the value itself are alike.
const LEVELS: usize = 2;

/// The members that have other values in another variant, but for the tag: those of the value itself, and of variants
/// that these do not distinguish, those within them.
pub fn telling_members<'p>(
    variants: impl Iterator<Item = &'p Pointer>,
    tag: Option<&str>,
    table: &TypeTable<'_>,
) -> Vec<Vec<TellingMember>> {
    // One that requires the tag is never meant where the tag is absent.
    let has_tag = |at: &Pointer| tag.is_some_and(|tag| requires(at, tag, table));
    let variants: Vec<Option<&Pointer>> = variants.map(|at| (!has_tag(at)).then_some(at)).collect();
    let mut telling = Members { levels: 0, table }.telling(&variants);
    let within = match tag {
        Some(_) => Vec::new(),
        None => Members { levels: LEVELS, table }.telling(&alike(&variants, table)),
    };
    for (own, within) in telling.iter_mut().zip(within) {
        own.extend(within.into_iter().filter(|member| member.path.len() > 1));
    }
    for members in &mut telling {
        members.retain(|member| tag.is_none_or(|tag| member.path != [tag]));
    }
    telling
}

/// The variants that have another one beside them which the members of the value itself do not distinguish.
fn alike<'p>(variants: &[Option<&'p Pointer>], table: &TypeTable<'_>) -> Vec<Option<&'p Pointer>> {
    let members = Members { levels: 0, table };
    let known: Vec<_> = variants.iter().flatten().map(|at| (*at, members.of(at, 0))).collect();
    let is_alike = |one: &Pointer| {
        let own = known.iter().find(|(at, _)| *at == one).map(|(_, own)| own);
        let differ = |other: &(&Pointer, Vec<TellingMember>)| {
            own.is_some_and(|own| {
                own.iter().any(|mine| other.1.iter().any(|it| excludes(mine, it)))
            }) || requires_more(one, other.0, table)
                || requires_more(other.0, one, table)
        };
        is_object_or_union(one, table)
            && known
                .iter()
                .any(|other| other.0 != one && is_object_or_union(other.0, table) && !differ(other))
    };
    variants.iter().map(|at| at.filter(|at| is_alike(at))).collect()
}

fn is_object_or_union(at: &Pointer, table: &TypeTable<'_>) -> bool {
    let kind = table.follow_aliases(at).map(|schema| &schema.kind);
    matches!(kind, Some(Kind::Object(_) | Kind::Union(_)))
}

fn excludes(one: &TellingMember, other: &TellingMember) -> bool {
    one.path == other.path && Allowed::are_disjoint(&one.values, &other.values)
}

/// Whether an object requires a member that another one does not name.
fn requires_more(one: &Pointer, other: &Pointer, table: &TypeTable<'_>) -> bool {
    let (Some(one), Some(other)) = (fields(one, table), fields(other, table)) else { return false };
    one.iter().any(|field| field.required && !other.iter().any(|it| it.name == field.name))
}

fn requires(at: &Pointer, property: &str, table: &TypeTable<'_>) -> bool {
    let fields = fields(at, table).unwrap_or_default();
    fields.iter().any(|one| one.name == property && one.required)
}

fn fields<'a>(at: &Pointer, table: &TypeTable<'a>) -> Option<&'a [Field]> {
    match &object(at, table)?.kind {
        Kind::Object(object) => Some(&object.fields),
        _ => None,
    }
}

/// What a value may be, but for null.
pub fn allowed(schema: &Schema) -> Vec<Allowed> {
    let listed = listed(&schema.kind).filter(|_| !schema.is_null);
    match (listed, integers(schema)) {
        _ if schema.is_null => Vec::new(),
        (Some(values), _) => values.into_iter().map(Allowed::Only).collect(),
        (None, Some(integers)) => vec![integers],
        (None, None) => vec![Allowed::Anything],
    }
}

/// The integers between the limits of a schema, if it has any.
fn integers(schema: &Schema) -> Option<Allowed> {
    let range = |constraint: &Constraint| match constraint {
        Constraint::Range(from, to) => Some((*from, *to)),
        _ => None,
    };
    let (from, to) = schema.constraints.iter().find_map(range)?;
    let end = |bound: Option<Bound>, inwards: i128, open: i64| match bound {
        None => Some(open),
        Some(Bound { figure: Figure::Integer(end), excluded }) => {
            i64::try_from(end + if excluded { inwards } else { 0 }).ok()
        }
        Some(_) => None,
    };
    let (from, to) = (end(from, 1, i64::MIN)?, end(to, -1, i64::MAX)?);
    (matches!(schema.kind, Kind::Integer(_)) && from <= to).then_some(Allowed::Integers(from, to))
}

/// Reads what members may be, of the value itself and so many levels within it.
struct Members<'t, 'a> {
    levels: usize,
    table: &'t TypeTable<'a>,
}

impl Members<'_, '_> {
    /// The members of each variant that have other values in another one.
    fn telling(&self, variants: &[Option<&Pointer>]) -> Vec<Vec<TellingMember>> {
        let mut leaves: HashMap<Vec<String>, Vec<Vec<Allowed>>> = HashMap::new();
        for member in variants.iter().flatten().flat_map(|at| self.in_any(at, 0)) {
            let known = leaves.entry(member.path).or_default();
            if !known.contains(&member.values) {
                known.push(member.values);
            }
        }
        let tells = |member: &TellingMember| {
            let others = leaves.get(&member.path).map_or(&[][..], Vec::as_slice);
            !member.values.contains(&Allowed::Anything)
                && others.iter().any(|other| Allowed::are_disjoint(&member.values, other))
        };
        let members = |at: &Pointer| self.of(at, 0).into_iter().filter(tells).collect();
        variants.iter().map(|at| at.map(members).unwrap_or_default()).collect()
    }

    /// The members of an object, or those that all variants of a union have.
    fn of(&self, at: &Pointer, depth: usize) -> Vec<TellingMember> {
        match self.table.follow_aliases(at).map(|schema| &schema.kind) {
            Some(Kind::Object(object)) => {
                object.fields.iter().flat_map(|field| self.of_field(field, self.levels)).collect()
            }
            Some(Kind::Union(union)) if depth < DEEPEST => self.in_all(union, depth),
            _ => Vec::new(),
        }
    }

    /// A member, and those within it.
    fn of_field(&self, field: &Field, levels: usize) -> Vec<TellingMember> {
        let schema = field.schema.as_ref().and_then(|at| self.table.follow_aliases(at));
        let values = schema.map_or_else(|| vec![Allowed::Anything], allowed);
        let mut members = vec![TellingMember { path: vec![field.name.clone()], values }];
        if let (Some(Kind::Object(object)), Some(levels)) =
            (schema.map(|it| &it.kind), levels.checked_sub(1))
        {
            let within = object.fields.iter().flat_map(|field| self.of_field(field, levels));
            members.extend(within.map(|member| TellingMember {
                path: [vec![field.name.clone()], member.path].concat(),
                ..member
            }));
        }
        members
    }

    /// The members of an object, or of any variant of a union.
    fn in_any(&self, at: &Pointer, depth: usize) -> Vec<TellingMember> {
        match self.table.follow_aliases(at).map(|schema| &schema.kind) {
            Some(Kind::Union(union)) if depth < DEEPEST => {
                let shared = self.in_all(union, depth);
                let variants = union.variants.iter();
                variants.flat_map(|at| self.in_any(at, depth + 1)).chain(shared).collect()
            }
            _ => self.of(at, depth),
        }
    }

    /// The members that all variants of a union have, each with the values of all of them.
    fn in_all(&self, union: &Union, depth: usize) -> Vec<TellingMember> {
        let stated = union.discriminator.as_ref();
        if let Some((tag, tagged)) = stated.and_then(|it| stated_tags(union, it, self.table)) {
            let values = tagged.into_iter().map(|(value, _)| Allowed::Only(value)).collect();
            return vec![TellingMember { path: vec![tag], values }];
        }
        let mut variants = union.variants.iter().map(|at| self.of(at, depth + 1));
        let first = variants.next().unwrap_or_default();
        variants.fold(first, |all, one| {
            let joined = |mut member: TellingMember| {
                let same = one.iter().find(|other| other.path == member.path)?;
                for value in &same.values {
                    if !member.values.contains(value) {
                        member.values.push(value.clone());
                    }
                }
                Some(member)
            };
            all.into_iter().filter_map(joined).collect()
        })
    }
}
