//! What excludes that a value is two variants of a union: values that are listed for members, or for the variants
//! themselves.

use serde_json::Value;

use super::{Leaf, Shapes, is_required};
use crate::pipeline::model::{Allowed, Field, FixedValue, Shape, Struct, TellingMember, Ty};

impl<'a> Shapes<'a> {
    /// Whether a value that both list has other values in each, and is there in one of them.
    pub(super) fn exclude(&self, one: Leaf<'_>, other: Leaf<'_>) -> bool {
        let (values, others) = (&one.variant.values, &other.variant.values);
        let is_same_type = one.variant.ty == other.variant.ty;
        let are_listed = !values.is_empty() && !others.is_empty();
        if (is_same_type || are_listed) && Allowed::are_disjoint(values, others) {
            return true;
        }
        let lacks_tag = |tagged: Leaf<'_>, other: Leaf<'_>| {
            let fields = self.structure(&other.variant.ty).map(|it| &it.fields);
            tagged.tag.is_some_and(|(tag, _)| {
                fields.is_some_and(|fields| !fields.iter().any(|it| it.name.wire() == tag))
            })
        };
        lacks_tag(one, other) || lacks_tag(other, one) || self.members_differ(one, other)
    }

    /// Whether a member has other values in each variant, or has to be null in one and something else in the other.
    fn members_differ(&self, one: Leaf<'_>, other: Leaf<'_>) -> bool {
        let (own, theirs) = (self.facts(one), self.facts(other));
        let differ = |mine: &TellingMember| {
            let same = theirs.iter().find(|it| it.path == mine.path);
            same.is_some_and(|it| Allowed::are_disjoint(&mine.values, &it.values))
                && (self.has(one, &mine.path) || self.has(other, &mine.path))
        };
        let is_null_beside = |facts: &[TellingMember], other: Leaf<'_>| {
            facts.iter().any(|it| it.values.is_empty() && self.has_value(other, &it.path))
        };
        own.iter().any(differ) || is_null_beside(&own, other) || is_null_beside(&theirs, one)
    }

    /// The members of a variant whose values are listed.
    fn facts(&self, leaf: Leaf<'_>) -> Vec<TellingMember> {
        let fact = |name: &str, values: Vec<Value>| TellingMember {
            path: vec![name.to_owned()],
            values: values.into_iter().map(Allowed::Only).collect(),
        };
        let fields = self.structure(&leaf.variant.ty).map_or(&[][..], |object| &object.fields);
        let fields =
            fields.iter().filter(|field| leaf.tag.is_none_or(|(tag, _)| field.name.wire() != tag));
        let fields =
            fields.filter_map(|field| Some(fact(field.name.wire(), self.field_values(field)?)));
        let tag = leaf.tag.map(|(tag, value)| fact(tag, vec![value.clone()]));
        tag.into_iter().chain(leaf.variant.members.iter().cloned()).chain(fields).collect()
    }

    fn field_values(&self, field: &Field) -> Option<Vec<Value>> {
        match &field.constant {
            Some(FixedValue::Text(text)) => Some(vec![text.as_str().into()]),
            Some(FixedValue::Boolean(boolean)) => Some(vec![(*boolean).into()]),
            Some(FixedValue::Integer(integer)) => Some(vec![(*integer).into()]),
            Some(FixedValue::Variant(_)) | None => self.values(&field.ty),
        }
    }

    /// The values that an enum knows.
    pub(super) fn values(&self, ty: &Ty) -> Option<Vec<Value>> {
        let (Ty::Named(name) | Ty::Boxed(name)) = ty else { return None };
        match self.0.get(name)? {
            Shape::Enum(variants) => {
                Some(variants.iter().map(|variant| variant.name.wire().into()).collect())
            }
            Shape::IntegerEnum(variants) => {
                Some(variants.iter().map(|variant| variant.value.into()).collect())
            }
            Shape::ScalarEnum(variants) => {
                Some(variants.iter().map(|variant| variant.value.clone()).collect())
            }
            Shape::Struct(_) | Shape::Union(_) => None,
        }
    }

    /// Whether each value of a variant has a member.
    fn has(&self, leaf: Leaf<'_>, path: &[String]) -> bool {
        leaf.tag.is_some_and(|(tag, _)| path == [tag]) || self.required(leaf, path).is_some()
    }

    /// Whether each value of a variant has a member that is not null.
    fn has_value(&self, leaf: Leaf<'_>, path: &[String]) -> bool {
        let is_value = |field: &Field| !matches!(field.ty, Ty::Nullable(_) | Ty::Json);
        self.required(leaf, path).is_some_and(is_value)
    }

    /// The field of a member that each value of a variant has.
    fn required(&self, leaf: Leaf<'_>, path: &[String]) -> Option<&'a Field> {
        let (name, outer) = path.split_last()?;
        let field = |object: &'a Struct, name: &String| {
            object.fields.iter().find(|it| it.name.wire() == name && is_required(it))
        };
        let start = self.structure(&leaf.variant.ty)?;
        let object =
            outer.iter().try_fold(start, |object, name| self.structure(&field(object, name)?.ty));
        field(object?, name)
    }

    pub(super) fn structure(&self, ty: &Ty) -> Option<&'a Struct> {
        match ty {
            Ty::Named(name) | Ty::Boxed(name) => match self.0.get(name)? {
                Shape::Struct(object) => Some(object),
                _ => None,
            },
            _ => None,
        }
    }
}
