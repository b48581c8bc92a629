//! The surface of a model.

use super::signature;
use super::surface::{Call, Facts, Group, Member, Presence, Shape, Surface, Type};
use crate::docs::inside_code;
use crate::model::{
    self, Api, Body, BodyForm, Docs, Maker, Operation, Parameter, Repeat, Reply, ReplyCase,
    Selector, Style, Tag, Ty, TypeDef, When,
};
use crate::names::Name;
use crate::resolve::Placement;

impl Surface {
    /// What callers can see of a client.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let base_url = api.base_url.is_none().then(|| "base_url".to_owned());
        let credential = match api.credentials.as_slice() {
            [only] => Some(only.name.rust().to_owned()),
            _ => None,
        };
        Self {
            new: base_url.into_iter().chain(credential).collect(),
            credentials: api.credentials.iter().map(credential_setter).collect(),
            headers: api.headers.iter().map(header).collect(),
            facts: client_facts(api),
            docs: fingerprint(&api.docs),
            groups: api.tags.iter().map(group).collect(),
            types: api.types.iter().map(definition).collect(),
        }
    }
}

fn client_facts(api: &Api) -> Facts {
    let signals = &api.signals;
    facts([
        ("base URL", api.base_url.clone()),
        ("environment variable of the base URL", Some(api.base_url_variable.clone())),
        ("field that says success", signals.success_field.clone()),
        ("header of the rate limit", signals.rate_limit_header.clone()),
        ("header of the credits", signals.balance_header.clone()),
        ("fields of the credits", listed(&signals.balance_fields)),
    ])
}

fn credential_setter(credential: &model::Credential) -> Member {
    let place = match &credential.placement {
        Placement::Bearer => "bearer token".to_owned(),
        Placement::Basic => "basic authentication".to_owned(),
        Placement::Header(name) => format!("header {name}"),
        Placement::Query(name) => format!("query parameter {name}"),
        Placement::Cookie(name) => format!("cookie {name}"),
    };
    let said =
        [("sent as", Some(place)), ("environment variable", Some(credential.variable.clone()))];
    Member { facts: facts(said), ..member(&credential.name, "String".to_owned(), &credential.docs) }
}

fn header(header: &model::MetaHeader) -> Member {
    let ty = match &header.ty {
        Ty::Integer(_) => "i64",
        Ty::Float(_) => "f64",
        Ty::Bool => "bool",
        _ => "&str",
    };
    member(&header.name, format!("Option<{ty}>"), &header.docs)
}

fn group(tag: &Tag) -> Group {
    Group {
        wire: inside_code(tag.name.wire()),
        module: tag.name.rust().to_owned(),
        holder: tag.type_name.rust().to_owned(),
        docs: fingerprint(&tag.docs),
        calls: tag.operations.iter().map(call).collect(),
    }
}

fn call(operation: &Operation) -> Call {
    let verb = format!("{:?}", operation.verb).to_uppercase();
    let (required, optional): (Vec<_>, Vec<_>) =
        operation.body.iter().partition(|body| body.required);
    let (success, replies) = match &operation.success {
        Reply::One(form) => (signature::reply(form), Vec::new()),
        Reply::Several { name, cases } => {
            (name.rust().to_owned(), cases.iter().map(reply_case).collect())
        }
    };
    let said = operation.docs.iter().take_while(|line| !line.starts_with(&format!("`{verb} ")));
    Call {
        id: inside_code(&operation.id),
        name: operation.name.rust().to_owned(),
        call: operation.type_name.rust().to_owned(),
        deprecated: operation.deprecated,
        arguments: operation
            .arguments
            .iter()
            .map(parameter)
            .chain(required.into_iter().map(body))
            .collect(),
        options: operation
            .options
            .iter()
            .map(parameter)
            .chain(optional.into_iter().map(body))
            .collect(),
        success,
        replies,
        facts: call_facts(operation),
        docs: fingerprint(said),
        request: inside_code(&format!("{verb} {}", operation.path)),
    }
}

fn call_facts(operation: &Operation) -> Facts {
    let policy = &operation.policy;
    let limit = policy.rate_limit.as_ref().map(|limit| match limit.window {
        Some((requests, seconds)) => {
            format!("{requests} in {seconds} s, family {}", limit.family)
        }
        None => format!("family {}", limit.family),
    });
    let repeat = match &policy.repeat {
        Repeat::Safe => "safe".to_owned(),
        Repeat::SafeByKey(key) => format!("safe by {key}"),
        Repeat::Unsafe => "not safe".to_owned(),
    };
    let security: Vec<_> = operation.security.iter().map(|set| set.join(" and ")).collect();
    let failures: Vec<_> = operation
        .failures
        .iter()
        .map(|failure| match &failure.ty {
            Some(ty) => format!("{} with {}", failure.status, signature::ty(ty)),
            None => failure.status.clone(),
        })
        .collect();
    facts([
        ("media types asked for", Some(operation.accept.clone())),
        ("credentials", listed(&security)),
        ("rate limit", limit),
        ("repeating it", Some(repeat)),
        ("spends credits", Some(if policy.spends { "yes" } else { "no" }.to_owned())),
        ("documented errors", listed(&failures)),
    ])
}

fn parameter(parameter: &Parameter) -> Member {
    let style = match parameter.style {
        Style::Path => "in the path".to_owned(),
        Style::PathWithSlashes => "in the path, slashes kept".to_owned(),
        Style::Query => "in the query".to_owned(),
        Style::QueryJoined(by) => format!("in the query, joined by {by}"),
        Style::Header => "as a header".to_owned(),
        Style::Cookie => "as a cookie".to_owned(),
    };
    let said = [("sent", Some(style)), ("limits", parameter.limits.clone())];
    let ty = signature::argument(&parameter.ty);
    Member { facts: facts(said), ..member(&parameter.name, ty, &parameter.docs) }
}

fn body(body: &Body) -> Member {
    let media = match &body.form {
        BodyForm::Json(media, _) | BodyForm::Text(media) | BodyForm::Bytes(media) => media.as_str(),
        BodyForm::Form(_) => "application/x-www-form-urlencoded",
    };
    Member {
        wire: String::new(),
        facts: facts([("sent as", Some(media.to_owned()))]),
        ..member(&body.name, signature::body(&body.form), &body.docs)
    }
}

fn reply_case(case: &ReplyCase) -> Member {
    let when = match &case.when {
        When::Status(status) => status.to_string(),
        When::Media(media) => media.clone(),
        When::Both(status, media) => format!("{status} with {media}"),
    };
    let said = [("comes as", Some(when))];
    let ty = signature::reply(&case.form);
    Member { facts: facts(said), ..member(&case.name, ty, &case.docs) }
}

fn definition(definition: &TypeDef) -> Type {
    let (shape, members, said) = match &definition.shape {
        model::Shape::Struct(object) => (
            match object.maker {
                Maker::Caller => Shape::Request,
                Maker::Service => Shape::Reply,
            },
            object.fields.iter().map(field).chain(object.extra.iter().map(rest)).collect(),
            Facts::new(),
        ),
        model::Shape::Enum(variants) => {
            let variant = |one: &model::Variant| member(&one.name, String::new(), &one.docs);
            (Shape::Texts, variants.iter().map(variant).collect(), Facts::new())
        }
        model::Shape::IntegerEnum(variants) => {
            (Shape::Integers, variants.iter().map(integer).collect(), Facts::new())
        }
        model::Shape::Union(union) => {
            let selector = match &union.selector {
                Selector::Kind => "its shape".to_owned(),
                Selector::Tag(tag) => format!("the member {tag}"),
            };
            let said = facts([("variant is found by", Some(selector))]);
            (Shape::Union, union.variants.iter().map(union_variant).collect(), said)
        }
    };
    Type {
        name: definition.name.rust().to_owned(),
        at: definition.at.as_str().to_owned(),
        shape,
        members,
        facts: said,
        docs: fingerprint(&definition.docs),
    }
}

fn field(field: &model::Field) -> Member {
    let presence = match field.presence {
        model::Presence::Required => Presence::Required,
        model::Presence::Nullable => Presence::Nullable,
        model::Presence::Optional => Presence::Optional,
    };
    Member {
        presence,
        facts: facts([("limits", field.limits.clone())]),
        ..member(&field.name, signature::ty(&field.ty), &field.docs)
    }
}

fn rest(extra: &model::Extra) -> Member {
    let ty = signature::ty(&extra.ty);
    Member { presence: Presence::Rest, ..member(&extra.name, ty, &Vec::new()) }
}

fn integer(variant: &model::IntegerVariant) -> Member {
    let wire = variant.value.to_string();
    Member { wire, ..member(&variant.name, String::new(), &Vec::new()) }
}

fn union_variant(variant: &model::UnionVariant) -> Member {
    member(&variant.name, signature::ty(&variant.ty), &variant.docs)
}

fn member(name: &Name, ty: String, docs: &Docs) -> Member {
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
