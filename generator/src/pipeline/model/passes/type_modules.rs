//! The module of a type: that of the only tag that uses it, or else the common one.

use std::collections::{HashMap, HashSet};

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::queries::used_types::{Shapes, types_in};
use crate::pipeline::model::{Tag, Ty, TypeModule, Webhooks};
use crate::rust::names::Name;

/// The module of each type that has one other than the common one.
pub fn type_modules(
    definitions: &[Definition],
    tags: &[Tag],
    webhooks: &Webhooks,
) -> HashMap<Name, TypeModule> {
    let shapes = Shapes::new(definitions);
    let mut users: HashMap<&Name, Vec<&str>> = HashMap::new();
    for tag in tags {
        for used in shapes.used_by(&tag.operations) {
            users.entry(used).or_default().push(tag.name.rust());
        }
    }
    for used in shapes.received(webhooks) {
        users.entry(used).or_default().push(webhooks.module.rust());
    }
    let has_features = tags.iter().any(|tag| tag.feature.is_some());
    let always = match has_features {
        true => shapes.reached(within_unused(&users, definitions)),
        false => HashSet::new(),
    };
    let modules = users.into_iter().filter_map(|(name, users)| match users.as_slice() {
        [only] if !always.contains(name) => {
            Some((name.clone(), TypeModule::Tag((*only).to_owned())))
        }
        _ => None,
    });
    modules.collect()
}

/// The types within those that no operation uses: these do not depend on a feature, so neither can types within them.
fn within_unused<'a>(
    users: &HashMap<&Name, Vec<&str>>,
    definitions: &'a [Definition],
) -> Vec<&'a Ty> {
    let unused = definitions.iter().filter(|definition| !users.contains_key(&definition.name));
    unused.flat_map(|definition| types_in(&definition.shape)).collect()
}
