//! Pages that are windows of time.

use serde_json::Value;

use super::query_parameter;
use crate::pipeline::model::extension_object::ExtensionObject;
use crate::pipeline::model::{Format, JsonKind, PageStyle, PageWindow, Parameter, Ty};
use crate::pipeline::resolve::{Constraint, Figure};

/// Reads `{from: from, to: to, limit: limit}`, or says why it cannot be read.
pub fn read(value: &Value, parameters: &[&Parameter]) -> Result<PageStyle, String> {
    let members = ExtensionObject::read(value, "window", &["from", "to", "limit", "size"])?;
    let (from, to) = (time(members, "from", parameters)?, time(members, "to", parameters)?);
    let limit = members.text("limit")?;
    let limit = limit.map(|name| query_parameter(parameters, &name)).transpose()?;
    let size = match (members.get("size"), limit) {
        (Some(size), _) => size.as_u64().filter(|size| *size > 0).ok_or("`size` is not a number above 0")?,
        (None, limit) => limit.and_then(default).ok_or(
            "`size` says how many items a reply has at most, unless `limit` names a parameter with a default",
        )?,
    };
    let limit = limit.map(|parameter| (parameter.name.wire().to_owned(), most(parameter)));
    Ok(PageStyle::Window(PageWindow { from, to, size, limit }))
}

/// The name of a parameter that is a moment.
fn time(
    members: ExtensionObject<'_>,
    name: &str,
    parameters: &[&Parameter],
) -> Result<String, String> {
    let wire =
        members.text(name)?.ok_or("`window` says by `from` and `to` what limits the time")?;
    match is_time(&query_parameter(parameters, &wire)?.ty) {
        true => Ok(wire),
        false => Err(format!("the parameter `{wire}` is not in the format `date-time`")),
    }
}

fn is_time(ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(ty) => is_time(ty),
        // Who chose the type knows that its text is a moment; if it is not, a full window is an error and is not split.
        Ty::Own(own) => own.kind == JsonKind::String,
        ty => *ty == Ty::Formatted(Format::DateTime),
    }
}

fn default(parameter: &Parameter) -> Option<u64> {
    let default = parameter.docs.limits.default.as_ref()?;
    default.as_u64().filter(|default| *default > 0)
}

/// The most that a parameter takes.
fn most(parameter: &Parameter) -> u64 {
    let bounds =
        parameter.docs.limits.constraints.iter().filter_map(|constraint| match constraint {
            Constraint::Range(_, most) => *most,
            _ => None,
        });
    let most = bounds.filter_map(|bound| match bound.figure {
        Figure::Integer(most) => u64::try_from(most - i128::from(bound.excluded)).ok(),
        Figure::Float(_) => None,
    });
    most.min().unwrap_or(u64::MAX)
}
