//! Parameters: their types, and how they are sent.

use super::documentation;
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Parameter, ParameterForm, Style, Ty};
use crate::pipeline::resolve::{self, Kind, ListStyle, ParameterLocation, ParameterStyle};
use crate::pointer::Pointer;
use crate::rust::names::{Case, Scope};

/// The methods that every call already has.
pub const RESERVED_SETTERS: &[&str] = &[
    "at",
    "before_sending",
    "body_extra",
    "bytes",
    "clone",
    "cookie",
    "cookie_fields",
    "cookie_joined",
    "deadline",
    "deep_form",
    "encoded_items",
    "form",
    "header",
    "header_parameter",
    "in_batches",
    "into_future",
    "into_poller",
    "into_poller_blocking",
    "into_request",
    "items",
    "json",
    "json_as",
    "last_event_id",
    "multipart",
    "new",
    "no_retry",
    "of",
    "pages",
    "path",
    "path_styled",
    "path_with_slashes",
    "query",
    "query_deep",
    "query_any",
    "query_fields",
    "query_joined",
    "query_joined_reserved",
    "query_reserved",
    "query_string",
    "receive",
    "refuse_items_with",
    "retry",
    "send",
    "send_as",
    "send_blocking",
    "send_raw",
    "stream",
    "stream_blocking",
    "styled_form",
    "submit_all",
    "timeout",
    "treated_as",
    "treated_by",
    "typed_bytes",
    "with_bytes",
    "with_json",
    "with_path",
    "with_target",
];

/// Required parameters, which are arguments, and optional ones, which are setters.
pub fn parameters(
    operation: &resolve::Operation,
    table: &TypeTable<'_>,
    diagnostics: &mut DiagnosticSink,
) -> (Vec<Parameter>, Vec<Parameter>) {
    let mut arguments_scope = Scope::default();
    let mut setters_scope = Scope::reserving(RESERVED_SETTERS);
    let (mut arguments, mut options) = (Vec::new(), Vec::new());
    for found in operation.parameters.iter().filter(|parameter| is_sent(parameter)) {
        if found.location == ParameterLocation::Path && !has_placeholder(operation, &found.name) {
            let message = format!("the path has no `{{{}}}`", found.name);
            diagnostics.not_generated(&found.at, message);
            continue;
        }
        match found.required {
            true => arguments.push(parameter(operation, found, &mut arguments_scope, table)),
            false => options.push(parameter(operation, found, &mut setters_scope, table)),
        }
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

fn parameter(
    operation: &resolve::Operation,
    parameter: &resolve::Parameter,
    scope: &mut Scope,
    table: &TypeTable<'_>,
) -> Parameter {
    let chosen = parameter.extensions.rust_name();
    let schema = table.schema(&parameter.schema);
    let target = table.follow_aliases(&parameter.schema);
    let shape = target.map_or(ValueShape::Scalar, |end| ValueShape::new(&end.kind));
    Parameter {
        name: scope.name_as(&parameter.name, chosen.unwrap_or(&parameter.name), Case::Value),
        docs: documentation::of_parameter(parameter, schema, target),
        ty: parameter_type(parameter, table),
        example: parameter.example.clone().or_else(|| schema?.example.clone()),
        style: style(operation, parameter, shape),
        form: form(parameter, shape, table),
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
    if is_plain(&parameter.schema, 2, table) && !is_deep_list {
        return ParameterForm::Plain;
    }
    // Before each value of such a path is a sign, which depends on what the value is.
    let is_styled = matches!(parameter.style, ParameterStyle::Label | ParameterStyle::Matrix);
    match (shape, parameter.explode) {
        (ValueShape::Any, _) if is_styled => ParameterForm::AnyShape,
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
    match (parameter.location, parameter.style, parameter.list) {
        (ParameterLocation::Path, ParameterStyle::Label, _) => Style::PathLabel(parameter.explode),
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
            Style::QueryDeep
        }
        (ParameterLocation::Query, ParameterStyle::Plain, ListStyle::Repeated) if is_object => {
            Style::QueryFields
        }
        (ParameterLocation::Query, ParameterStyle::Plain, ListStyle::Repeated)
            if shape == ValueShape::Any && !parameter.allow_reserved =>
        {
            Style::QueryAny
        }
        (ParameterLocation::Query, _, ListStyle::Repeated) if parameter.allow_reserved => {
            Style::QueryReserved
        }
        (ParameterLocation::Query, _, ListStyle::Joined(by)) if parameter.allow_reserved => {
            Style::QueryJoinedReserved(by)
        }
        (ParameterLocation::Query, _, ListStyle::Repeated) => Style::Query,
        (ParameterLocation::Query, _, ListStyle::Joined(by)) => Style::QueryJoined(by),
        (ParameterLocation::Header, ..) => Style::Header,
        (ParameterLocation::Cookie, ParameterStyle::Plain, ListStyle::Repeated) if is_object => {
            Style::CookieFields
        }
        (ParameterLocation::Cookie, _, ListStyle::Repeated) => Style::CookieRepeated,
        (ParameterLocation::Cookie, _, ListStyle::Joined(_)) => Style::Cookie,
    }
}
