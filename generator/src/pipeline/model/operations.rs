//! Operations: filed by tag, named, and with all they need.

use super::messages::Messages;
use super::type_names::operation_name;
use super::types::Types;
use super::{Body, Operation, Parameter, ParameterForm, Style, Tag, Ty, Verb};
use super::{base_url, bodies, documentation, policy, replies};
use crate::pipeline::resolve::{
    self, Kind, ListStyle, ParameterLocation, ParameterStyle, Requirement, Resolved,
};
use crate::rust::names::{Case, Name, Scope};

/// The tag of operations that have none.
pub const UNTAGGED: &str = "api";

/// What a client, a crate's root or a file system has other uses for.
const RESERVED_TAGS: &[&str] = &[
    "aux", "batch", "build", "builder", "client", "clone", "com1", "common", "con", "delete",
    "from_env", "get", "head", "lib", "lpt1", "main", "new", "nul", "options", "patch", "post",
    "prn", "put", "runtime", "test", "trace", "types",
];

/// What a tag's module has other uses for.
const RESERVED_TYPES: &[&str] = &[
    "Box",
    "Call",
    "Client",
    "Err",
    "Error",
    "From",
    "Into",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Policy",
    "RateLimit",
    "Received",
    "Repeat",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// What every call has.
const RESERVED_SETTERS: &[&str] = &[
    "at",
    "bytes",
    "cookie",
    "deep_form",
    "deadline",
    "form",
    "header",
    "header_parameter",
    "in_batches",
    "into_request",
    "into_future",
    "json",
    "last_event_id",
    "multipart",
    "new",
    "no_retry",
    "of",
    "path",
    "path_styled",
    "path_with_slashes",
    "query",
    "query_deep",
    "query_fields",
    "query_joined",
    "retry",
    "send",
    "send_blocking",
    "stream",
    "stream_blocking",
    "submit_all",
    "timeout",
    "typed_bytes",
];

/// All operations by their first tag: declared tags first, then in order of appearance.
pub fn tags(
    resolved: &Resolved,
    types: &mut Types<'_>,
    base_url: Option<&str>,
    messages: &mut Messages,
) -> Vec<Tag> {
    let mut names: Vec<&str> = resolved.tags.iter().map(|tag| tag.name.as_str()).collect();
    for operation in &resolved.operations {
        let name = tag_of(operation);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut scope = Scope::reserving(RESERVED_TAGS);
    let mut tags = Vec::new();
    for name in names {
        let operations = resolved.operations.iter().filter(|operation| tag_of(operation) == name);
        let operations: Vec<_> = operations.collect();
        if !operations.is_empty() {
            tags.push(tag(name, &operations, &mut scope, types, base_url, messages));
        }
    }
    tags
}

fn tag_of(operation: &resolve::Operation) -> &str {
    operation.tag.as_deref().filter(|tag| !tag.trim().is_empty()).unwrap_or(UNTAGGED)
}

fn tag(
    name: &str,
    operations: &[&resolve::Operation],
    scope: &mut Scope,
    types: &mut Types<'_>,
    base_url: Option<&str>,
    messages: &mut Messages,
) -> Tag {
    let declared = types.resolved.tags.iter().find(|tag| tag.name == name);
    let chosen = declared.and_then(|tag| tag.extensions.get("x-rust-name")?.as_str());
    let words = chosen.unwrap_or(name);
    let mut builder = Builder {
        methods: Scope::reserving(&["clone", "new"]),
        names: Scope::reserving(RESERVED_TYPES),
        types,
        base_url,
        messages,
    };
    let type_name = builder.names.name_as(name, words, Case::Type);
    let operations = operations.iter();
    Tag {
        name: scope.name_as(name, words, Case::Value),
        feature: None,
        description: documentation::shown(declared.and_then(|tag| tag.description.as_deref())),
        operations: operations.map(|operation| builder.operation(operation)).collect(),
        type_name,
    }
}

/// A module that is none of the tags': `servers` → `servers2` beside a tag of that name.
pub fn module_beside(tags: &[Tag], words: &str) -> Name {
    let mut scope = Scope::default();
    for tag in tags {
        scope.name(tag.name.rust(), Case::Value);
    }
    scope.name(words, Case::Value)
}

/// Builds the operations of a tag, whose names have to differ.
struct Builder<'a, 'b> {
    methods: Scope,
    names: Scope,
    types: &'a mut Types<'b>,
    base_url: Option<&'a str>,
    messages: &'a mut Messages,
}

impl Builder<'_, '_> {
    fn operation(&mut self, operation: &resolve::Operation) -> Operation {
        let words = operation_name(operation);
        let chosen = operation.extensions.get("x-rust-name").and_then(|name| name.as_str());
        let name = self.methods.name_as(&words, chosen.unwrap_or(&words), Case::Value);
        let type_name = self.names.name(&words, Case::Type);
        let (arguments, options) = self.parameters(operation);
        let (success, accept) =
            replies::success(operation, &type_name, &mut self.names, self.types, self.messages);
        Operation {
            id: operation.id.clone().unwrap_or(words),
            docs: documentation::of_operation(operation),
            at: operation.at.clone(),
            deprecated: operation.deprecated,
            verb: verb(operation.method),
            path: plain_placeholders(&operation.path),
            server: base_url::server_of(operation, self.base_url, self.messages),
            body: self.body(operation, &type_name, &arguments, &options),
            arguments,
            options,
            success,
            accept,
            errors: replies::errors(operation, self.types, self.messages),
            security: self.security(operation),
            policy: policy::policy(operation, self.types.resolved, self.messages),
            batch: None,
            bulk: None,
            name,
            type_name,
        }
    }

    /// Required parameters, which are arguments, and optional ones, which are setters.
    fn parameters(&mut self, operation: &resolve::Operation) -> (Vec<Parameter>, Vec<Parameter>) {
        let mut arguments_scope = Scope::default();
        let mut setters_scope = Scope::reserving(RESERVED_SETTERS);
        let (mut arguments, mut options) = (Vec::new(), Vec::new());
        for parameter in operation.parameters.iter().filter(|parameter| is_sent(parameter)) {
            if parameter.location == ParameterLocation::Path
                && !placeholder(operation, &parameter.name)
            {
                let message = format!("the path has no `{{{}}}`", parameter.name);
                self.messages.not_generated(&parameter.at, message);
                continue;
            }
            match parameter.required {
                true => arguments.push(self.parameter(operation, parameter, &mut arguments_scope)),
                false => options.push(self.parameter(operation, parameter, &mut setters_scope)),
            }
        }
        (arguments, options)
    }

    fn parameter(
        &mut self,
        operation: &resolve::Operation,
        parameter: &resolve::Parameter,
        scope: &mut Scope,
    ) -> Parameter {
        let chosen = parameter.extensions.get("x-rust-name").and_then(|name| name.as_str());
        let schema = self.types.resolved.schemas.get(&parameter.schema);
        let target = schema.and_then(|schema| self.types.follow_aliases(schema));
        Parameter {
            name: scope.name_as(&parameter.name, chosen.unwrap_or(&parameter.name), Case::Value),
            docs: documentation::of_parameter(parameter, schema, target),
            ty: self.parameter_type(parameter),
            example: parameter.example.clone().or_else(|| schema?.example.clone()),
            style: style(operation, parameter, self.is_object(parameter)),
            form: self.parameter_form(parameter),
        }
    }

    fn parameter_type(&mut self, parameter: &resolve::Parameter) -> Ty {
        match self.types.ty(&parameter.schema, self.messages) {
            Ty::Nullable(ty) => *ty,
            ty => ty,
        }
    }

    fn parameter_form(&self, parameter: &resolve::Parameter) -> ParameterForm {
        if parameter.style == ParameterStyle::Json {
            return ParameterForm::Json;
        }
        if self.fits_parameter(&parameter.schema, 2) {
            return ParameterForm::Plain;
        }
        match (self.is_object(parameter), parameter.explode) {
            (false, _) => ParameterForm::AnyShape,
            (true, true) => ParameterForm::ObjectExploded,
            (true, false) => ParameterForm::ObjectJoined,
        }
    }

    fn is_object(&self, parameter: &resolve::Parameter) -> bool {
        let schema = self.types.resolved.schemas.get(&parameter.schema);
        let end = schema.and_then(|schema| self.types.follow_aliases(schema));
        end.is_some_and(|end| matches!(end.kind, Kind::Object(_)))
    }

    fn fits_parameter(&self, at: &crate::pointer::Pointer, depth: usize) -> bool {
        let schema = self.types.resolved.schemas.get(at);
        let Some(end) = schema.and_then(|schema| self.types.follow_aliases(schema)) else {
            return true;
        };
        match &end.kind {
            Kind::Object(_) | Kind::Union(_) | Kind::Tuple(_) | Kind::AllOf(_) | Kind::Same(_) => {
                false
            }
            Kind::Array(Some(items)) => depth > 0 && self.fits_parameter(items, depth - 1),
            Kind::Array(None)
            | Kind::Any
            | Kind::Boolean
            | Kind::Integer(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Texts(_)
            | Kind::Integers(_)
            | Kind::Scalars(_) => true,
        }
    }

    fn body(
        &mut self,
        operation: &resolve::Operation,
        type_name: &Name,
        arguments: &[Parameter],
        options: &[Parameter],
    ) -> Option<Body> {
        let body = operation.body.as_ref()?;
        let sent = bodies::sent(body, type_name, &mut self.names, self.types, self.messages)?;
        let (others, reserved) = match body.required {
            true => (arguments, &[] as &[&'static str]),
            false => (options, RESERVED_SETTERS),
        };
        let mut scope = Scope::reserving(reserved);
        for parameter in others {
            scope.name(parameter.name.rust(), Case::Value);
        }
        Some(Body {
            name: scope.name("body", Case::Value),
            description: documentation::shown(body.description.as_deref()),
            sent,
            required: body.required,
            example: bodies::in_order(body).iter().find_map(|one| one.examples.first().cloned()),
        })
    }

    fn security(&self, operation: &resolve::Operation) -> Vec<Vec<String>> {
        let known = |needed: &Requirement| {
            self.types.resolved.security_schemes.iter().any(|known| known.name == needed.scheme)
        };
        let sets = operation.security.iter().filter(|set| set.iter().all(known));
        sets.map(|set| set.iter().map(|needed| needed.scheme.clone()).collect()).collect()
    }
}

/// These headers are said elsewhere in a description (OpenAPI 3.1.0, 4.8.12.2).
fn is_sent(parameter: &resolve::Parameter) -> bool {
    let said_elsewhere = ["accept", "authorization", "content-type"];
    parameter.location != ParameterLocation::Header
        || !said_elsewhere.contains(&parameter.name.to_ascii_lowercase().as_str())
}

fn placeholder(operation: &resolve::Operation, name: &str) -> bool {
    plain_placeholders(&operation.path).contains(&format!("{{{name}}}"))
}

fn style(operation: &resolve::Operation, parameter: &resolve::Parameter, is_object: bool) -> Style {
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
        (ParameterLocation::Query, ParameterStyle::Deep, _) if is_object => Style::QueryDeep,
        (ParameterLocation::Query, ParameterStyle::Plain, ListStyle::Repeated) if is_object => {
            Style::QueryFields
        }
        (ParameterLocation::Query, _, ListStyle::Repeated) => Style::Query,
        (ParameterLocation::Query, _, ListStyle::Joined(by)) => Style::QueryJoined(by),
        (ParameterLocation::Header, ..) => Style::Header,
        (ParameterLocation::Cookie, ..) => Style::Cookie,
    }
}

/// `/files/{name:path}` → `/files/{name}`: Starlette's way to say that slashes are kept.
fn plain_placeholders(path: &str) -> String {
    path.replace(":path}", "}")
}

fn verb(method: &str) -> Verb {
    match method {
        "put" => Verb::Put,
        "post" => Verb::Post,
        "delete" => Verb::Delete,
        "options" => Verb::Options,
        "head" => Verb::Head,
        "patch" => Verb::Patch,
        "trace" => Verb::Trace,
        _ => Verb::Get,
    }
}
