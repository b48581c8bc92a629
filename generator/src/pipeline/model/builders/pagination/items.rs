//! The type of the items of a page.

use super::Parts;
use crate::pipeline::model::{Reply, ReplyForm, Shape, Ty, Union};
use crate::pointer::Pointer;
use crate::rust::names::Name;

impl Parts<'_> {
    /// The type of the items at a place of the reply.
    ///
    /// If the reply is one of several, or has several types, there must be a list at the place in one of them.
    pub(super) fn item(&self, items: &str) -> Result<Ty, String> {
        let replies = json(self.success);
        if replies.is_empty() {
            return Err("the operation has no JSON reply that could be a page".to_owned());
        }
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        for reply in replies {
            match self.item_in(reply, items) {
                Ok(item) if !found.contains(&item) => found.push(item),
                Ok(_) => {}
                Err(fault) => faults.push(fault),
            }
        }
        match (found.len(), faults.into_iter().next()) {
            (1, _) => Ok(found.remove(0)),
            (0, Some(fault)) => Err(fault),
            _ => Err(format!("the lists at `{items}` of several replies have different items")),
        }
    }

    fn item_in(&self, reply: &Ty, items: &str) -> Result<Ty, String> {
        let mut ty = reply.clone();
        for name in Pointer::parse(items).iter().flat_map(Pointer::steps) {
            ty = self
                .field(&ty, &name)
                .ok_or_else(|| format!("a reply has no `{name}`, so no items are at `{items}`"))?;
        }
        self.item_of(&ty).ok_or_else(|| format!("what is at `{items}` is no list"))
    }

    /// The type of the items of a list, or of the only variant that is a list.
    fn item_of(&self, ty: &Ty) -> Option<Ty> {
        match ty {
            Ty::List(item) => Some((**item).clone()),
            Ty::Nullable(ty) => self.item_of(ty),
            Ty::Json => Some(Ty::Json),
            Ty::Named(name) | Ty::Boxed(name) => match self.shape(name)? {
                Shape::Union(union) => only(union, |variant| match variant {
                    Ty::List(item) => Some((**item).clone()),
                    _ => None,
                }),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type of a member of an object, or of the only variant that has it.
    pub(super) fn field(&self, ty: &Ty, name: &str) -> Option<Ty> {
        match ty {
            Ty::Json => Some(Ty::Json),
            Ty::Nullable(ty) => self.field(ty, name),
            Ty::Named(named) => self.field_of(named, name),
            _ => None,
        }
    }

    fn field_of(&self, named: &Name, name: &str) -> Option<Ty> {
        match self.shape(named)? {
            Shape::Struct(object) => {
                let field = object.fields.iter().find(|field| field.name.wire() == name)?;
                Some(field.ty.clone())
            }
            Shape::Union(union) => only(union, |variant| match variant {
                Ty::Named(variant) if variant != named => self.field_of(variant, name),
                _ => None,
            }),
            _ => None,
        }
    }

    fn shape(&self, name: &Name) -> Option<&Shape> {
        let found = self.definitions.iter().find(|definition| definition.name == *name)?;
        Some(&found.shape)
    }
}

/// What only one of the variants has.
fn only(union: &Union, find: impl Fn(&Ty) -> Option<Ty>) -> Option<Ty> {
    let mut found = union.variants.iter().filter_map(|variant| find(&variant.ty));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The types of the JSON that a reply may be.
fn json(reply: &Reply) -> Vec<&Ty> {
    let forms: Vec<_> = match reply {
        Reply::One(form) => vec![form],
        Reply::Several { cases, .. } => cases.iter().map(|case| &case.form).collect(),
    };
    let json = forms.into_iter().filter_map(|form| match form {
        ReplyForm::Json(ty) => Some(ty),
        _ => None,
    });
    json.collect()
}
