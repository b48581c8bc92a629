//! The order in which the model is decided.

use super::messages::Messages;
use super::{
    Api, ModelOutput, base_url, batches, bulk, common_errors, credentials, features, links, meta,
    operations, rate_limits, samples, selection, servers, signals, type_modules, types, webhooks,
};
use crate::Options;
use crate::diagnostics::WithDiagnostics;
use crate::pipeline::resolve::Resolved;
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
    let mut messages = Messages::new(&resolved.origins);
    if !names::is_crate_name(crate_name) {
        messages.invalid_crate_name(crate_name);
    }
    let mut types = types::Types::new(resolved);
    let base_url = base_url::base_url(resolved);
    let tags = operations::tags(resolved, &mut types, base_url.as_deref(), &mut messages);
    let webhooks = webhooks::webhooks(&mut types, &tags, &mut messages);
    let prefix = names::variable_prefix(crate_name);
    let mut api = Api {
        crate_name: crate_name.to_owned(),
        source: file_name(resolved.origins.file()),
        title: rustdoc::plain_line(&resolved.info.title),
        version: rustdoc::plain_line(&resolved.info.version),
        description: resolved.info.description.clone(),
        base_url,
        base_url_variable: format!("{prefix}_BASE_URL"),
        servers: servers::servers(resolved, &tags, &mut messages),
        credentials: Vec::new(),
        signals: signals::signals(resolved, &mut messages),
        rate_limits: rate_limits::rate_limits(&tags),
        headers: meta::headers(resolved),
        samples: samples::samples(resolved, &mut types, &mut messages),
        types: types.definitions(&mut messages),
        bulk_module: operations::module_beside(&tags, "bulk"),
        tags,
        webhooks,
        common_errors: Vec::new(),
    };
    api.samples.extend(samples::of_types(&api.types));
    batches::add_batches(&mut api, resolved, &mut messages);
    bulk::add_bulk(&mut api, resolved, &mut messages);
    let methods = links::Methods::of(&api);
    let relevant_locations = selection::keep(&mut api, resolved, &options.selection, &mut messages);
    api.rate_limits.keep(&api.tags);
    api.credentials = credentials::credentials(resolved, &api, &prefix, &mut messages);
    links::add_links(&mut api, &methods, resolved, &mut messages);
    features::assign_features(&mut api, options.tag_features);
    type_modules::assign_modules(&mut api);
    api.common_errors = common_errors::common_errors(&api.tags);
    WithDiagnostics::new(ModelOutput { api, relevant_locations }, messages.found)
}

/// `specs/lantern.yaml` → `lantern.yaml`, so that the output does not depend on where a
/// description lies.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
