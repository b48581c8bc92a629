//! The place that may have been meant by a reference to nothing.

use serde_json::{Map, Value};

use super::Fault;
use crate::diagnostics::suggest::closest;
use crate::pipeline::normalize::object_kind::ObjectKind;
use crate::pipeline::normalize::object_schema::kind_at;
use crate::pointer::Pointer;

/// A place of the needed kind and of a like name.
///
/// `#/components/schemas/Usr` → `/components/schemas/User`, `#/definitions/User` → `/components/schemas/User`
pub(super) fn place(
    fault: &Fault,
    object: ObjectKind,
    written: &str,
    description: &Value,
) -> Option<Pointer> {
    let missing = match fault {
        Fault::Dangling(place) => place.clone(),
        Fault::Unfit(_) => Pointer::parse(written)?,
        Fault::External | Fault::Circle => return None,
    };
    spelled_alike(&missing, object, description)
        .or_else(|| component(&missing, object, description))
}

/// The component of the needed kind that has the same name as something else.
///
/// `#/components/responses/Status` in the place of a schema → `/components/schemas/Status`
pub(super) fn namesake(
    fault: &Fault,
    object: ObjectKind,
    written: &str,
    description: &Value,
) -> Option<Pointer> {
    let Fault::Unfit(Some(_)) = fault else { return None };
    let name = Pointer::parse(written)?.steps().next_back()?;
    let namesake = Pointer::root().at("components").at(object.section()?).at(name);
    description.pointer(namesake.as_str()).map(|_| namesake)
}

/// The same place but for the first step that leads nowhere.
fn spelled_alike(missing: &Pointer, object: ObjectKind, description: &Value) -> Option<Pointer> {
    let mut here = description;
    let mut place = Pointer::root();
    for step in missing.steps() {
        let next = here.get(&step).map(|_| step.clone());
        let step = next.or_else(|| closest(&step, keys(here)).map(str::to_owned))?;
        here = here.get(&step)?;
        place = place.at(step);
    }
    (kind_at(&place) == Some(object) && place != *missing).then_some(place)
}

/// The component of the needed kind whose name is like the last step.
fn component(missing: &Pointer, object: ObjectKind, description: &Value) -> Option<Pointer> {
    let section = Pointer::root().at("components").at(object.section()?);
    let name = missing.steps().next_back()?;
    let known = description.pointer(section.as_str())?;
    Some(section.at(closest(&name, keys(known))?))
}

fn keys(value: &Value) -> impl Iterator<Item = &str> {
    value.as_object().into_iter().flat_map(Map::keys).map(String::as_str)
}
