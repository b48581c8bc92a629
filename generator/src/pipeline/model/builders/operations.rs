//! Operations: a method each, with its body, its replies and its policy.

use super::error_enums::error_enums;
use super::links::LinkFinder;
use super::methods::{ClientMethod, Methods, TagMethods};
use super::parameters::plain_placeholders;
use super::reserved_setters::RESERVED_SETTERS;
use super::{
    aliases, base_url, batches, bodies, bulk, documentation, pagination, policy, polling, replies,
};
use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::items::{Definition, TagItems};
use crate::pipeline::model::tables::TypeTable;
use crate::pipeline::model::{Body, Operation};
use crate::pipeline::resolve::{self, Requirement};
use crate::rust::names::{self, Case, Name, Scope};

/// What operations are built from.
pub struct Sources<'a> {
    pub table: &'a TypeTable<'a>,
    pub methods: &'a Methods<'a>,
    pub definitions: &'a [Definition],
    pub base_url: Option<&'a str>,
}

/// All operations by tag.
pub fn tags<'a>(sources: &Sources<'a>, diagnostics: &mut DiagnosticSink) -> Vec<TagItems> {
    let mut links = LinkFinder::new(sources.methods, sources.table.resolved);
    let tags = sources.methods.tags.iter();
    tags.map(|found| tag(found, sources, &mut links, diagnostics)).collect()
}

fn tag<'a>(
    found: &TagMethods<'a>,
    sources: &Sources<'a>,
    links: &mut LinkFinder<'a>,
    diagnostics: &mut DiagnosticSink,
) -> TagItems {
    let mut builder = OperationBuilder {
        sources,
        method_names: found.method_names.clone(),
        type_names: found.type_names.clone(),
        links,
        diagnostics,
    };
    let operations: Vec<_> = found.methods.iter().map(|method| builder.operation(method)).collect();
    let errors = error_enums(&operations, &mut builder.type_names);
    let description = found.declared.and_then(|tag| tag.description.as_deref());
    TagItems {
        name: found.module.clone(),
        type_name: found.holder.clone(),
        description: documentation::shown(description),
        parent: found.declared.and_then(|tag| tag.parent.clone()),
        operations,
        errors,
    }
}

/// Builds the operations of a tag, whose names have to differ.
struct OperationBuilder<'a, 'b> {
    sources: &'b Sources<'a>,
    method_names: Scope,
    type_names: Scope,
    links: &'b mut LinkFinder<'a>,
    diagnostics: &'b mut DiagnosticSink,
}

impl<'a> OperationBuilder<'a, '_> {
    fn operation(&mut self, method: &ClientMethod<'a>) -> Operation {
        let Sources { table, definitions, base_url, .. } = *self.sources;
        let operation = method.described;
        let type_name = self.type_name(method);
        let (success, accept) =
            replies::success(operation, &type_name, &mut self.type_names, table, self.diagnostics);
        let body = self.body(method, &type_name);
        let batch = batches::batch(operation, &success, &body, definitions, self.diagnostics);
        let bulk = bulk::bulk(method, &success, &body, &mut self.method_names, self.diagnostics);
        let parameters = method.arguments.iter().chain(&method.options).collect();
        let parts = pagination::Parts {
            described: operation,
            parameters,
            body: &body,
            success: &success,
            definitions,
        };
        let pagination = pagination::pagination(&parts, self.diagnostics);
        Operation {
            id: operation.id.clone().unwrap_or_else(|| method.words.clone()),
            docs: documentation::of_operation(
                operation,
                self.links.links(operation, self.diagnostics),
            ),
            at: operation.at.clone(),
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            path: plain_placeholders(&operation.path),
            server: base_url::server_of(operation, base_url, self.diagnostics),
            arguments: method.arguments.clone(),
            options: method.options.clone(),
            body,
            success,
            accept,
            errors: replies::errors(operation, table),
            replies: replies::described(operation, table),
            security: self.security(operation),
            policy: policy::policy(operation, table.resolved, self.diagnostics),
            batch,
            bulk,
            pagination,
            polling: polling::polling(operation, definitions, self.diagnostics),
            aliases: aliases::aliases(
                &operation.extensions,
                &operation.at,
                &mut self.method_names,
                self.diagnostics,
            ),
            name: method.path.name.clone(),
            type_name,
        }
    }

    /// The name of an operation's type; beside a tag of the same name it says what is done: `Search` → `GetSearch`.
    fn type_name(&mut self, method: &ClientMethod<'_>) -> Name {
        let words = &method.words;
        let verb = method.described.method.key().to_lowercase();
        let own = self.type_names.name_if_free(words, words, Case::Type);
        own.or_else(|| {
            self.type_names.name_if_free(words, &names::joined(&verb, words), Case::Type)
        })
        .unwrap_or_else(|| self.type_names.name(words, Case::Type))
    }

    fn body(&mut self, method: &ClientMethod<'_>, type_name: &Name) -> Option<Body> {
        let body = method.described.body.as_ref()?;
        let table = self.sources.table;
        let sent =
            bodies::request_body(body, type_name, &mut self.type_names, table, self.diagnostics)?;
        let (others, reserved) = match body.required {
            true => (&method.arguments, &[] as &[&'static str]),
            false => (&method.options, RESERVED_SETTERS),
        };
        let mut scope = Scope::reserving(reserved);
        for parameter in others {
            scope.name(parameter.name.rust(), Case::Value);
        }
        Some(Body {
            name: scope
                .name_if_free("body", "body", Case::Value)
                .unwrap_or_else(|| scope.name_as("body", "request body", Case::Value)),
            description: documentation::shown(body.description.as_deref()),
            sent,
            required: body.required,
            example: bodies::in_order(&body.content)
                .iter()
                .find_map(|one| one.examples.first().cloned()),
        })
    }

    fn security(&self, operation: &resolve::Operation) -> Vec<Vec<String>> {
        let schemes = &self.sources.table.resolved.security_schemes;
        let known = |needed: &Requirement| schemes.iter().any(|known| known.name == needed.scheme);
        let sets = operation.security.iter().filter(|set| set.iter().all(known));
        sets.map(|set| set.iter().map(|needed| needed.scheme.clone()).collect()).collect()
    }
}
