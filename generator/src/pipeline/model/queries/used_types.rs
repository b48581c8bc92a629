//! The types that operations and webhooks use.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{
    Api, BodyForm, Operation, OwnType, Reply, ReplyForm, Shape, Ty, Webhook, Webhooks,
};
use crate::rust::names::Name;

/// The types that operations use, directly or through others.
pub fn used_by<'a>(
    operations: impl IntoIterator<Item = &'a Operation>,
    definitions: &'a [Definition],
) -> HashSet<Name> {
    reached(operations.into_iter().flat_map(types_of).collect(), definitions)
}

/// The types that webhooks use, directly or through others.
pub fn received<'a>(webhooks: &'a Webhooks, definitions: &'a [Definition]) -> HashSet<Name> {
    reached(webhooks.all.iter().flat_map(Webhook::types).collect(), definitions)
}

/// The types of other crates that a client uses, by their paths.
pub fn own_types(api: &Api) -> Vec<&OwnType> {
    let of_types = api.types.iter().flat_map(|definition| types_in(&definition.shape));
    let of_operations = api.operations().flat_map(types_of);
    let of_webhooks = api.webhooks.all.iter().flat_map(Webhook::types);
    let leaves = of_types.chain(of_operations).chain(of_webhooks).flat_map(Ty::leaves);
    let own = leaves.filter_map(|leaf| match leaf {
        Ty::Own(own) => Some((&own.path, &**own)),
        _ => None,
    });
    own.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// These types, and all within them.
pub fn reached<'a>(mut open: Vec<&'a Ty>, definitions: &'a [Definition]) -> HashSet<Name> {
    let shapes: HashMap<_, _> =
        definitions.iter().map(|definition| (&definition.name, &definition.shape)).collect();
    let mut used = HashSet::new();
    while let Some(ty) = open.pop() {
        for name in ty.names() {
            if used.insert(name.clone())
                && let Some(shape) = shapes.get(name)
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
    let outcome = operation.polling.iter().map(|polling| &polling.outcome);
    let errors = operation.errors.iter().filter_map(|error| error.ty.as_ref());
    let parameters = parameters.map(|parameter| &parameter.ty);
    parameters
        .chain(body)
        .chain(replies)
        .chain(errors)
        .chain(rows.flatten())
        .chain(outcome)
        .collect()
}

/// The types within another one.
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
