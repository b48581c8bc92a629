//! The order in which a model is built: tables, then items, then the selection, then the [`Api`] as a whole.

use std::collections::HashMap;

use super::builders::methods::Methods;
use super::builders::response_conventions::response_conventions;
use super::builders::{
    base_url, credentials, definitions, examples, headers, operations, rate_limits,
    schema_examples, servers, webhooks,
};
use super::diagnostic_sink::DiagnosticSink;
use super::items::{Definition, Items};
use super::passes::derives::Derives;
use super::passes::limits::Checks;
use super::passes::{
    alike_variants, common_errors, cycles, derives, features, limits, selection, type_modules,
    union_order,
};
use super::tables::TypeTable;
use super::{Api, ModelOutput, Tag, TypeDef, TypeModule, Webhooks};
use crate::Options;
use crate::diagnostics::WithDiagnostics;
use crate::pipeline::resolve::{Operation, Resolved};
use crate::pointer::Pointer;
use crate::rust::names;
use crate::rust::rustdoc;

/// Decides names, types and modules.
///
/// Reports `invalid-name` if the crate's name is not a valid one, `invalid-extension`, and `unmatched-selection`.
pub fn model(
    resolved: &Resolved,
    crate_name: &str,
    options: &Options,
) -> WithDiagnostics<ModelOutput> {
    let mut diagnostics = DiagnosticSink::new(&resolved.origins);
    diagnostics.check_crate_name(crate_name);
    let table = TypeTable::new(resolved, &options.names, &mut diagnostics);
    let methods = Methods::new(&table, &options.names, &mut diagnostics);
    let base_url = base_url::base_url(resolved);
    let items = items(&table, &methods, base_url.as_deref(), options, &mut diagnostics);
    let (items, relevant_locations) =
        selection::select(items, resolved, &options.selection, &mut diagnostics);
    let prefix = names::variable_prefix(crate_name);
    let selected = items.operations();
    let credentials = credentials::credentials(resolved, selected, &prefix, &mut diagnostics);
    let checks = limits::checks(&items.definitions, &table, &mut diagnostics);
    let derives = derives::derives(&items.definitions, &table, &mut diagnostics);
    let response_conventions = response_conventions(resolved, &mut diagnostics);
    let success_field = response_conventions.success_field.as_deref();
    let examples =
        examples::examples(&table, &items.definitions, items.operations(), success_field);
    let tags = features::with_features(items.tags, options.tag_features());
    let api = Api {
        crate_name: crate_name.to_owned(),
        module: options.module.clone(),
        source: file_name(resolved.origins.file()),
        title: rustdoc::plain_line(&resolved.info.title),
        version: rustdoc::plain_line(&resolved.info.version),
        description: resolved.info.description.clone(),
        base_path: base_url::base_path(resolved, base_url.as_deref()),
        base_url,
        base_url_variable: format!("{prefix}_BASE_URL"),
        servers: servers::servers(resolved, &methods, &mut diagnostics),
        credentials,
        certificates: resolved.certificates.clone(),
        response_conventions,
        rate_limits: items.rate_limits,
        headers: items.headers,
        schema_examples: items.schema_examples,
        examples,
        types: types(items.definitions, checks, derives, &tags, &items.webhooks),
        bulk_module: methods.module_beside("bulk"),
        common_errors: common_errors::common_errors(&tags),
        tags,
        webhooks: items.webhooks,
        own_modules: options.own_modules.clone(),
        dependencies: table.own.dependencies(),
    };
    warn_of_an_empty_client(resolved, &mut diagnostics);
    warn_of_repeated_ids(resolved, &mut diagnostics);
    WithDiagnostics::new(ModelOutput { api, relevant_locations }, diagnostics.found)
}

/// Builds all items, because names must not depend on a selection.
fn items(
    table: &TypeTable<'_>,
    methods: &Methods<'_>,
    base_url: Option<&str>,
    options: &Options,
    diagnostics: &mut DiagnosticSink,
) -> Items {
    let definitions = definitions::definitions(table, diagnostics);
    let definitions = union_order::order_variants(definitions);
    alike_variants::warn_of_alike_variants(&definitions, diagnostics);
    let definitions = cycles::break_up(definitions);
    let sources = operations::Sources { table, methods, definitions: &definitions, base_url };
    let tags = operations::tags(&sources, diagnostics);
    let schema_examples =
        options.with_schema_examples.then(|| schema_examples::schema_examples(table, &definitions));
    Items {
        webhooks: webhooks::webhooks(table, methods, diagnostics),
        headers: headers::headers(table.resolved, diagnostics),
        rate_limits: rate_limits::rate_limits(&tags, methods),
        schema_examples: schema_examples.unwrap_or_default(),
        tags,
        definitions,
    }
}

/// Puts each type into its module.
fn types(
    definitions: Vec<Definition>,
    mut checks: Checks,
    mut derives: Derives,
    tags: &[Tag],
    webhooks: &Webhooks,
) -> Vec<TypeDef> {
    let mut modules = type_modules::type_modules(&definitions, tags, webhooks);
    let in_module = |definition: Definition| {
        let module = modules.remove(&definition.name).unwrap_or(TypeModule::Common);
        let checks = checks.remove(&definition.name);
        let derives = derives.remove(&definition.name).unwrap_or_default();
        definition.in_module(module, checks, derives)
    };
    definitions.into_iter().map(in_module).collect()
}

fn warn_of_an_empty_client(resolved: &Resolved, diagnostics: &mut DiagnosticSink) {
    if resolved.operations.is_empty() && resolved.schemas.is_empty() {
        let message = "there are no operations and no schemas, so the client is empty";
        diagnostics.not_generated(&Pointer::root().at("paths"), message);
    }
}

fn warn_of_repeated_ids(resolved: &Resolved, diagnostics: &mut DiagnosticSink) {
    let mut first: HashMap<&str, &Operation> = HashMap::new();
    for operation in &resolved.operations {
        let Some(id) = operation.id.as_deref().filter(|id| !id.trim().is_empty()) else { continue };
        let known = *first.entry(id).or_insert(operation);
        if known.at != operation.at {
            let message = format!(
                "`{id}` is the `operationId` of `{} {}` too",
                known.method.key().to_uppercase(),
                known.path
            );
            diagnostics.repeated_id(&operation.at.at("operationId"), message);
        }
    }
}

/// `specs/lantern.yaml` → `lantern.yaml`, so that the output does not depend on where a
/// description lies.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
