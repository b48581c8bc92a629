//! Parameters: their types, and how they are sent.

use serde_json::Value;

use super::documentation;
use super::reserved_setters::RESERVED_SETTERS;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Parameter, ParameterForm, Style, Ty};
use crate::pipeline::resolve::{self, Kind, ListStyle, ParameterLocation, ParameterStyle};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};

/// Required parameters, which are arguments, and the others, which are setters: optional ones, constants, which are
/// sent by themselves, and what can only be null, which is sent as nothing.
pub fn parameters(
    operation: &resolve::Operation,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> (Vec<Parameter>, Vec<Parameter>) {
    let mut arguments_scope = Scope::default();
    let mut setters_scope = Scope::reserving_for("parameter", RESERVED_SETTERS);
    let (mut arguments, mut options) = (Vec::new(), Vec::new());
    for found in operation.parameters.iter().filter(|parameter| is_sent(parameter)) {
        if found.location == ParameterLocation::Path && !has_placeholder(operation, &found.name) {
            let message = format!("the path has no `{{{}}}`", found.name);
            diagnostics.not_generated(&found.at, message);
            continue;
        }
        let (style, form) = sending(operation, found, table);
        let constant = found.required.then(|| constant(found, style, form, table)).flatten();
        let is_asked = found.required && constant.is_none() && !is_nothing(found, table);
        let (scope, group) = match is_asked {
            true => (&mut arguments_scope, &mut arguments),
            false => (&mut setters_scope, &mut options),
        };
        let parameter = parameter(found, scope, table);
        group.push(Parameter { style, form, constant, ..parameter });
    }
    (arguments, options)
}

/// `/files/{name:path}` → `/files/{name}`: Starlette writes it so if slashes are kept.
pub fn plain_placeholders(path: &str) -> String {
    path.replace(":path}", "}")
}

/// These headers are described elsewhere (OpenAPI 3.1.0, 4.8.12.2).
fn is_sent(parameter: &resolve::Parameter) -> bool {
    let described_elsewhere = ["accept", "authorization", "content-type"];
    parameter.location != ParameterLocation::Header
        || !described_elsewhere.contains(&parameter.name.to_ascii_lowercase().as_str())
}

fn has_placeholder(operation: &resolve::Operation, name: &str) -> bool {
    plain_placeholders(&operation.path).contains(&format!("{{{name}}}"))
}

/// How a parameter is sent, and the form of its value.
fn sending(
    operation: &resolve::Operation,
    parameter: &resolve::Parameter,
    table: &TypeTable<'_>,
) -> (Style, ParameterForm) {
    let target = table.follow_aliases(&parameter.schema);
    let shape = target.map_or(ValueShape::Scalar, |end| ValueShape::new(&end.kind));
    (style(operation, parameter, shape), form(parameter, shape, table))
}

/// The text of the only value of a parameter, in the styles of which a text needs nothing but to be encoded.
fn constant(
    parameter: &resolve::Parameter,
    style: Style,
    form: ParameterForm,
    table: &TypeTable<'_>,
) -> Option<String> {
    let only = table.follow_aliases(&parameter.schema)?.only_value()?;
    let is_plain = matches!(
        style,
        Style::Path
            | Style::PathWithSlashes
            | Style::PathLabel(_)
            | Style::PathMatrix(_)
            | Style::Query
            | Style::QueryJoined(_)
            | Style::QueryReserved
            | Style::QueryJoinedReserved(_)
            | Style::Header
            | Style::Cookie
            | Style::CookieRepeated
    );
    let text = match (form, &only) {
        (ParameterForm::Plain, Value::String(text)) => text.clone(),
        (ParameterForm::Plain | ParameterForm::Json, only) => only.to_string(),
        _ => return None,
    };
    is_plain.then_some(text)
}

/// Whether a parameter can only be null, which is nothing anywhere but in JSON. In a path, something has to stand.
fn is_nothing(parameter: &resolve::Parameter, table: &TypeTable<'_>) -> bool {
    let is_null = table.follow_aliases(&parameter.schema).is_some_and(|schema| schema.is_null);
    is_null && parameter.location != ParameterLocation::Path
}

/// A parameter, before it is known how it is sent.
fn parameter(
    parameter: &resolve::Parameter,
    scope: &mut Scope,
    table: &TypeTable<'_>,
) -> Parameter {
    let chosen = parameter.extensions.rust_name();
    let schema = table.schema(&parameter.schema);
    let target = table.follow_aliases(&parameter.schema);
    Parameter {
        name: scope.name_as(&parameter.name, chosen.unwrap_or(&parameter.name), Case::Value),
        docs: documentation::of_parameter(parameter, schema, target),
        ty: parameter_type(parameter, table),
        example: parameter.example.clone().or_else(|| schema?.example.clone()),
        style: Style::Query,
        form: ParameterForm::Plain,
        constant: None,
    }
}

fn parameter_type(parameter: &resolve::Parameter, table: &TypeTable<'_>) -> Ty {
    match table.rust_type_of(&parameter.schema) {
        Ty::Nullable(ty) => *ty,
        ty => ty,
    }
}

/// What a parameter's values are, as far as styles differ by it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValueShape {
    Scalar,
    List,
    Object,
    /// A union, or any value: each is sent as what it is.
    Any,
}

impl ValueShape {
    fn new(kind: &Kind) -> Self {
        match kind {
            Kind::Object(_) => Self::Object,
            Kind::Array(_) | Kind::Tuple(_) => Self::List,
            Kind::Union(_) | Kind::AllOf(_) | Kind::Alias(_) | Kind::Any => Self::Any,
            Kind::Boolean(_)
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::StringEnum(_)
            | Kind::IntegerEnum(_)
            | Kind::MixedEnum(_) => Self::Scalar,
        }
    }
}

fn form(parameter: &resolve::Parameter, shape: ValueShape, table: &TypeTable<'_>) -> ParameterForm {
    if parameter.style == ParameterStyle::Json {
        return ParameterForm::Json;
    }
    let is_deep_list = parameter.style == ParameterStyle::Deep && shape == ValueShape::List;
    if shape != ValueShape::Any && is_plain(&parameter.schema, 2, table) && !is_deep_list {
        return ParameterForm::Plain;
    }
    match (shape, parameter.explode) {
        (ValueShape::Scalar | ValueShape::List, _) => ParameterForm::AnyShape,
        (ValueShape::Object | ValueShape::Any, true) => ParameterForm::ObjectExploded,
        (ValueShape::Object | ValueShape::Any, false) => ParameterForm::ObjectJoined,
    }
}

/// Whether a schema's values are scalars, or lists of them down to a depth.
fn is_plain(at: &Pointer, depth: usize, table: &TypeTable<'_>) -> bool {
    let Some(end) = table.follow_aliases(at) else { return true };
    match &end.kind {
        Kind::Object(_) | Kind::Union(_) | Kind::Tuple(_) | Kind::AllOf(_) | Kind::Alias(_) => {
            false
        }
        Kind::Array(Some(items)) => depth > 0 && is_plain(items, depth - 1, table),
        Kind::Array(None)
        | Kind::Any
        | Kind::Boolean(_)
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::StringEnum(_)
        | Kind::IntegerEnum(_)
        | Kind::MixedEnum(_) => true,
    }
}

fn style(
    operation: &resolve::Operation,
    parameter: &resolve::Parameter,
    shape: ValueShape,
) -> Style {
    let is_object = shape == ValueShape::Object;
    let reserved = parameter.allow_reserved;
    match (parameter.location, parameter.style, parameter.list) {
        (ParameterLocation::Path, ParameterStyle::Label, _) => Style::PathLabel(parameter.explode),
        (ParameterLocation::Path, ParameterStyle::Matrix, _)
            if parameter.explode && shape == ValueShape::Any =>
        {
            Style::PathMatrixAny
        }
        (ParameterLocation::Path, ParameterStyle::Matrix, _) => {
            Style::PathMatrix(parameter.explode)
        }
        (ParameterLocation::Path, ..) => {
            let with_slashes = format!("{{{}:path}}", parameter.name);
            match operation.path.contains(&with_slashes) {
                true => Style::PathWithSlashes,
                false => Style::Path,
            }
        }
        (ParameterLocation::QueryString, ..) => Style::QueryString,
        // OpenAPI says this of objects only; the usual form of a list is `a[]=1`.
        (ParameterLocation::Query, ParameterStyle::Deep, _) if shape != ValueShape::Scalar => {
            Style::QueryDeep(reserved)
        }
        (ParameterLocation::Query, ParameterStyle::Plain, ListStyle::Repeated) if is_object => {
            Style::QueryFields(reserved)
        }
        (ParameterLocation::Query, ParameterStyle::Plain, ListStyle::Repeated)
            if shape == ValueShape::Any =>
        {
            Style::QueryAny(reserved)
        }
        (ParameterLocation::Query, _, ListStyle::Repeated) if reserved => Style::QueryReserved,
        (ParameterLocation::Query, _, ListStyle::Joined(by)) if reserved => {
            Style::QueryJoinedReserved(by)
        }
        (ParameterLocation::Query, _, ListStyle::Repeated) => Style::Query,
        (ParameterLocation::Query, _, ListStyle::Joined(by)) => Style::QueryJoined(by),
        (ParameterLocation::Header, ..) => Style::Header,
        (ParameterLocation::Cookie, ParameterStyle::Plain, ListStyle::Repeated) if is_object => {
            Style::CookieFields
        }
        (ParameterLocation::Cookie, ParameterStyle::Plain, ListStyle::Repeated)
            if shape == ValueShape::Any =>
        {
            Style::CookieAny
        }
        (ParameterLocation::Cookie, _, ListStyle::Repeated) => Style::CookieRepeated,
        (ParameterLocation::Cookie, _, ListStyle::Joined(_)) => Style::Cookie,
    }
}
