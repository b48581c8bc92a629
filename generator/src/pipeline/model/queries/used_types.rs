//! The types that operations and webhooks use.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{
    Api, BodyForm, Operation, OwnType, Reply, ReplyForm, Shape, Ty, Webhook, Webhooks,
};
use crate::rust::names::Name;

/// The shapes of types by their names.
pub struct Shapes<'a>(HashMap<&'a Name, &'a Shape>);

impl<'a> Shapes<'a> {
    /// Those of all types.
    pub fn new(definitions: &'a [Definition]) -> Self {
        Self(definitions.iter().map(|definition| (&definition.name, &definition.shape)).collect())
    }

    /// The types that operations use, directly or through others.
    pub fn used_by(
        &self,
        operations: impl IntoIterator<Item = &'a Operation>,
    ) -> HashSet<&'a Name> {
        self.reached(operations.into_iter().flat_map(types_of).collect())
    }

    /// The types that webhooks use, directly or through others.
    pub fn received(&self, webhooks: &'a Webhooks) -> HashSet<&'a Name> {
        self.reached(webhooks.all.iter().flat_map(Webhook::types).collect())
    }

    /// These types, and all within them.
    pub fn reached(&self, mut open: Vec<&'a Ty>) -> HashSet<&'a Name> {
        let mut used = HashSet::new();
        while let Some(ty) = open.pop() {
            for name in ty.names() {
                if used.insert(name)
                    && let Some(shape) = self.0.get(name)
                {
                    open.extend(types_in(shape));
                }
            }
        }
        used
    }
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
