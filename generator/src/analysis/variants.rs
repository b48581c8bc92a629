//! Values of each variant of each union, to try whether a client tells the variants apart.

use crate::pipeline::model::schema_values::{Extent, Maker};
use crate::pipeline::model::{Api, SchemaExample, Shape, Ty, TypeDef, Union, UnionVariant};
use crate::pipeline::resolve::Resolved;

/// A value that a variant of a union has by its schema.
#[derive(Clone, Debug)]
pub struct VariantValue {
    /// The name of the union.
    pub union: String,
    /// The variant.
    pub variant: String,
    /// The value, the union's type, and the variant's schema.
    pub example: SchemaExample,
}

/// The values of all variants: each with what is required, and with all that is described. A variant of which none can
/// be made has none.
#[must_use]
pub fn variant_values(resolved: &Resolved, api: &Api) -> Vec<VariantValue> {
    let unions_by_place = unions(api).map(|(definition, union)| (&definition.at, union));
    let maker = Maker::new(resolved, unions_by_place);
    let values = |(definition, union): (&TypeDef, &Union)| {
        let variants = union.variants.iter();
        variants.flat_map(|one| of_variant(one, definition, union, &maker)).collect::<Vec<_>>()
    };
    unions(api).flat_map(values).collect()
}

/// The unions of a client.
pub fn unions(api: &Api) -> impl Iterator<Item = (&TypeDef, &Union)> {
    api.types.iter().filter_map(|definition| match &definition.shape {
        Shape::Union(union) => Some((definition, union)),
        _ => None,
    })
}

fn of_variant(
    variant: &UnionVariant,
    definition: &TypeDef,
    union: &Union,
    maker: &Maker<'_>,
) -> Vec<VariantValue> {
    let values = [Extent::Required, Extent::All].into_iter();
    let mut values: Vec<_> =
        values.filter_map(|extent| maker.variant(union, variant, extent)).collect();
    values.dedup();
    let tried = |value| VariantValue {
        union: definition.name.rust().to_owned(),
        variant: variant.name.rust().to_owned(),
        example: SchemaExample {
            at: definition.at.clone(),
            schema: variant.at.clone(),
            ty: Ty::Named(definition.name.clone()),
            value,
        },
    };
    values.into_iter().map(tried).collect()
}
