//! The surface of a model.
//!
//! The model's parts are taken apart by name, so that whoever gives them a further field has to say here whether
//! callers can see it.

use super::signature::Signature;
use super::surface::{Facts, Group, Member, Presence, Surface};
use crate::pipeline::model::{self, Api, RateLimitGroup, RateLimits, ResponseConventions, Tag, Ty};
use crate::pipeline::render::documentation::{self, Docs};
use crate::rust::names::Name;
use crate::rust::rustdoc::inside_code;

mod calls;
mod credentials;
mod servers;
mod types;
mod webhooks;

impl Surface {
    /// What callers can see of a client.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        #[rustfmt::skip]
        let Api {
            description: _, base_url, servers, credentials, certificates: _, headers, tags, types, webhooks, bulk_module,
            rate_limits,
            // These are facts.
            base_url_variable: _, base_path: _, response_conventions: _,
            // These are said in words only.
            crate_name: _, module: _, source: _, title: _, version: _, common_errors: _,
            schema_examples: _, own_modules: _, dependencies: _,
            examples: _,
        } = api;
        let base_url = base_url.is_none().then(|| "base_url".to_owned());
        let credential = match credentials.as_slice() {
            [only] => Some(only.name.rust().to_owned()),
            _ => None,
        };
        Self {
            new: base_url.into_iter().chain(credential).collect(),
            credentials: credentials::setters(credentials),
            servers: servers::servers(servers),
            rate_limits: groups(rate_limits),
            headers: headers.iter().map(header).collect(),
            facts: client_facts(api),
            docs: fingerprint(&documentation::client::description(api)),
            groups: tags.iter().map(|tag| group(tag, bulk_module)).collect(),
            webhooks: webhooks::webhooks(webhooks),
            types: types.iter().map(types::definition).collect(),
        }
    }
}

fn client_facts(api: &Api) -> Facts {
    let ResponseConventions {
        success_field,
        rate_limit_header,
        balance_header,
        balance_fields,
        cost_fields,
        required_fields,
        cap_field,
    } = &api.response_conventions;
    facts([
        ("base URL", api.base_url.clone()),
        ("environment variable of the base URL", Some(api.base_url_variable.clone())),
        ("field that says success", success_field.clone()),
        ("header of the rate limit", rate_limit_header.clone()),
        ("header of the credits", balance_header.clone()),
        ("fields of the credits", listed(balance_fields)),
        ("fields of the cost", listed(cost_fields)),
        ("fields of the credits that a 402 needs", listed(required_fields)),
        ("field that caps the cost", cap_field.clone()),
    ])
}

fn groups(limits: &RateLimits) -> Vec<Member> {
    let RateLimits { module, groups } = limits;
    let constant = |group: &RateLimitGroup| {
        let RateLimitGroup { name, limit } = group;
        let docs = documentation::rate_limits::group(limit);
        let member = member(name, Signature::text("&str"), &docs);
        Member { name: format!("{}::{}", module.rust(), member.name), ..member }
    };
    groups.iter().map(constant).collect()
}

fn header(header: &model::MetaHeader) -> Member {
    // That it is deprecated, its documentation says.
    let model::MetaHeader { name, description: _, deprecated: _, ty } = header;
    let docs = documentation::client::header(header);
    let value = |ty: &Ty, string: &str| match ty {
        Ty::Integer(integer) => integer.rust().replace("crate::", ""),
        Ty::Float => "f64".to_owned(),
        Ty::Bool => "bool".to_owned(),
        _ => string.to_owned(),
    };
    let ty = match ty {
        Ty::List(item) => format!("Vec<{}>", value(item, "String")),
        ty => value(ty, "&str"),
    };
    member(name, Signature::option(Signature::text(ty)), &docs)
}

fn group(tag: &Tag, bulk_module: &Name) -> Group {
    // The errors are said with each operation.
    let Tag { name, type_name, feature: _, description: _, parent: _, operations, errors: _ } = tag;
    Group {
        wire: inside_code(name.wire()),
        module: name.rust().to_owned(),
        holder: type_name.rust().to_owned(),
        docs: fingerprint(&documentation::client::tag(tag)),
        calls: operations.iter().map(|one| calls::call(tag, one, bulk_module)).collect(),
    }
}

fn member(name: &Name, ty: Signature, docs: &Docs) -> Member {
    Member {
        wire: inside_code(name.wire()),
        name: name.rust().to_owned(),
        ty,
        presence: Presence::Required,
        facts: Facts::new(),
        docs: fingerprint(docs),
    }
}

fn facts<const N: usize>(facts: [(&str, Option<String>); N]) -> Facts {
    let stated = facts.into_iter().filter_map(|(about, fact)| Some((about, fact?)));
    stated.map(|(about, fact)| (about.to_owned(), inside_code(&fact))).collect()
}

fn listed(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

/// Tells texts apart without keeping them: FNV-1a, which is the same on every machine and in every version.
pub(crate) fn fingerprint<'a>(lines: impl IntoIterator<Item = &'a String>) -> String {
    let bytes = lines.into_iter().flat_map(|line| line.bytes().chain([b'\n']));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
