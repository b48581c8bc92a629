//! Which module a type lives in: that of the only tag that uses it, else the common one.

use std::collections::{HashMap, HashSet};

use super::{Api, BodyForm, Operation, Reply, ReplyForm, Shape, Ty, TypeModule, Webhook};
use crate::rust::names::Name;

/// Assigns a module to each type.
pub fn assign_modules(api: &mut Api) {
    let mut users: HashMap<Name, Vec<String>> = HashMap::new();
    for tag in &api.tags {
        for used in used_by(&tag.operations, api) {
            users.entry(used).or_default().push(tag.name.rust().to_owned());
        }
    }
    for used in received(api) {
        users.entry(used).or_default().push(api.webhooks.module.rust().to_owned());
    }
    let has_features = api.features().next().is_some();
    let always = if has_features { used_by_none(&users, api) } else { HashSet::new() };
    for definition in api.types.iter_mut().filter(|found| !always.contains(&found.name)) {
        if let Some([only]) = users.get(&definition.name).map(Vec::as_slice) {
            definition.type_module = TypeModule::Tag(only.clone());
        }
    }
}

/// What types lead to that no operation uses: they are there whatever features are on, so that has to be, too.
fn used_by_none(users: &HashMap<Name, Vec<String>>, api: &Api) -> HashSet<Name> {
    let unused = api.types.iter().filter(|definition| !users.contains_key(&definition.name));
    reached(unused.flat_map(|definition| types_in(&definition.shape)).collect(), api)
}

/// The types that operations lead to.
pub fn used_by<'a>(
    operations: impl IntoIterator<Item = &'a Operation>,
    api: &'a Api,
) -> HashSet<Name> {
    reached(operations.into_iter().flat_map(types_of).collect(), api)
}

/// The types that webhooks lead to.
pub fn received(api: &Api) -> HashSet<Name> {
    reached(api.webhooks.all.iter().flat_map(Webhook::types).collect(), api)
}

fn reached<'a>(mut open: Vec<&'a Ty>, api: &'a Api) -> HashSet<Name> {
    let definitions: HashMap<_, _> =
        api.types.iter().map(|definition| (&definition.name, &definition.shape)).collect();
    let mut used = HashSet::new();
    while let Some(ty) = open.pop() {
        for name in ty.names() {
            if used.insert(name.clone())
                && let Some(shape) = definitions.get(name)
            {
                open.extend(types_in(shape));
            }
        }
    }
    used
}

/// The types that an operation names.
pub fn types_of(operation: &Operation) -> Vec<&Ty> {
    let parameters = operation.arguments.iter().chain(&operation.options);
    let body = operation.body.iter().flat_map(|body| body.sent.forms()).filter_map(BodyForm::ty);
    let replies: Vec<_> = match &operation.success {
        Reply::One(form) => vec![form],
        Reply::Several { cases, .. } => cases.iter().map(|case| &case.form).collect(),
    };
    let replies = replies.into_iter().filter_map(ReplyForm::ty);
    let rows = operation.batch.iter().flat_map(|batch| [&batch.row, &batch.charge]);
    let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
    let parameters = parameters.map(|parameter| &parameter.ty);
    parameters.chain(body).chain(replies).chain(errors).chain(rows.flatten()).collect()
}

/// The types that stand in another one.
pub fn types_in(shape: &Shape) -> Vec<&Ty> {
    match shape {
        Shape::Struct(object) => {
            let extra = object.extra.iter().filter_map(|extra| extra.values.as_ref());
            object.fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Enum(_) | Shape::IntegerEnum(_) | Shape::ScalarEnum(_) => Vec::new(),
    }
}
