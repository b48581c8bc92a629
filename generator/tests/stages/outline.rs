//! What a stage decided, a line each: short enough to be read in a review.

use lantern_generator::pipeline::model::{
    Api, Batch, Body, BodyForm, Bulk, Extra, FormStyles, Operation, Parameter, Presence, Reply,
    ReplyForm, RequestBody, Shape, Ty, TypeDef, Webhook,
};

/// The methods with their arguments, and the types with their fields.
pub fn modelled(api: &Api) -> String {
    let tags = api.tags.iter().map(|tag| {
        let operations: String = tag.operations.iter().map(operation).collect();
        format!("client.{}(): {}\n{operations}", tag.name.rust(), tag.type_name.rust())
    });
    let webhooks = api.webhooks.all.iter().map(|one| webhook(api.webhooks.module.rust(), one));
    let servers = api.servers.all.iter().filter(|_| api.servers.are_several()).map(|found| {
        let variables = found.variables.iter();
        let variables: Vec<_> = variables.map(|one| (one.name.rust(), &one.default)).collect();
        format!("server {} {} {variables:?}\n", found.name.rust(), found.url)
    });
    servers.chain(tags).chain(webhooks).chain(api.types.iter().map(definition)).collect()
}

fn webhook(module: &str, webhook: &Webhook) -> String {
    let (name, method) = (&webhook.name, &webhook.method);
    let payload = webhook.payload.ty().map_or_else(|| format!("{:?}", webhook.payload), ty);
    format!("{module}::{} = {method} {:?}: {payload}\n", name.rust(), name.wire())
}

fn operation(operation: &Operation) -> String {
    let required = operation.body.iter().filter(|body| body.required).map(body);
    let arguments: Vec<_> = operation.arguments.iter().map(parameter).chain(required).collect();
    let optional = operation.body.iter().filter(|body| !body.required).map(body);
    let options: Vec<_> = operation.options.iter().map(parameter).chain(optional).collect();
    let (name, success) = (operation.name.rust(), reply(&operation.success));
    let batch = operation.batch.as_ref().map(batch).unwrap_or_default();
    let bulk = operation.bulk.as_ref().map(bulk).unwrap_or_default();
    format!(
        "    {name}({}) [{}] -> {success}\n        {:?} {} {:?} {:?}\n{batch}{bulk}",
        arguments.join(", "),
        options.join(", "),
        operation.method,
        operation.path,
        operation.policy,
        operation.security,
    )
}

fn batch(batch: &Batch) -> String {
    let fields: Vec<_> = [Some(&batch.run_id), Some(&batch.results), batch.report.as_ref()]
        .map(|one| one.map(|field| field.name.rust()))
        .into();
    let row = batch.row.as_ref().map(ty);
    format!("        batch {fields:?} of {row:?}, by {:?}\n", batch.chunks)
}

fn bulk(bulk: &Bulk) -> String {
    format!("        bulk {}({})\n", bulk.name.rust(), bulk.requests.rust())
}

fn parameter(parameter: &Parameter) -> String {
    format!("{}: {} in {:?}", parameter.name.rust(), ty(&parameter.ty), parameter.style)
}

fn body(body: &Body) -> String {
    let sent = match &body.sent {
        RequestBody::One(one) => form(one),
        RequestBody::Several { name, cases } => {
            let cases = cases.iter().map(|case| {
                let usual = if case.is_usual { " by into" } else { "" };
                format!("{}: {}{usual}", case.name.rust(), form(&case.form))
            });
            format!("{} {{ {} }}", name.rust(), cases.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{}: {sent}", body.name.rust())
}

fn form(form: &BodyForm) -> String {
    match form {
        BodyForm::Json(media_type, held) if media_type == "application/json" => {
            format!("{} as JSON", ty(held))
        }
        BodyForm::Json(media_type, held) => format!("{} as {media_type}", ty(held)),
        BodyForm::Form(held, styles) if *styles == FormStyles::default() => {
            format!("{} as form", ty(held))
        }
        BodyForm::Form(held, styles) => format!("{} as form with {styles:?}", ty(held)),
        BodyForm::Multipart(Some(held)) => format!("{} as parts", ty(held)),
        BodyForm::Multipart(None) => "any parts".to_owned(),
        BodyForm::Text(media_type) => format!("text as {media_type}"),
        BodyForm::Bytes(media_type) => format!("bytes as {media_type}"),
        BodyForm::Content(media_types) => format!("any of {media_types:?}"),
    }
}

fn reply(reply: &Reply) -> String {
    let form = |form: &ReplyForm| match form {
        ReplyForm::Json(held) => ty(held),
        other => format!("{other:?}"),
    };
    match reply {
        Reply::One(one) => form(one),
        Reply::Several { name, cases, .. } => {
            let cases = cases.iter().map(|case| {
                format!("{} ({:?}): {}", case.name.rust(), case.when, form(&case.form))
            });
            format!("{} {{ {} }}", name.rust(), cases.collect::<Vec<_>>().join(", "))
        }
    }
}

fn definition(definition: &TypeDef) -> String {
    let lines: Vec<String> = match &definition.shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter().map(|field| {
                let mark = match field.presence {
                    Presence::Required => "",
                    Presence::Nullable => " or null",
                    Presence::Optional => "?",
                    Presence::OptionalOrNull => "? same as null",
                    Presence::OptionalNullable => "? or null",
                };
                format!("{} {:?}: {}{mark}", field.name.rust(), field.name.wire(), ty(&field.ty))
            });
            let extra = object.extra.iter();
            let values = |extra: &Extra| extra.values.as_ref().map_or("any".to_owned(), ty);
            let extra = extra.map(|extra| format!("..{}: {}", extra.name.rust(), values(extra)));
            fields.chain(extra).chain([format!("direction: {:?}", object.direction)]).collect()
        }
        Shape::Enum(variants) => {
            let line = |name: &lantern_generator::rust::names::Name| {
                format!("{} = {:?}", name.rust(), name.wire())
            };
            variants.iter().map(|variant| line(&variant.name)).collect()
        }
        Shape::IntegerEnum(variants) => {
            variants.iter().map(|one| format!("{} = {}", one.name.rust(), one.value)).collect()
        }
        Shape::ScalarEnum(variants) => {
            variants.iter().map(|one| format!("{} = {}", one.name.rust(), one.value)).collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| {
                let (name, tag) = (variant.name.rust(), variant.name.wire());
                format!("{name}({}) by {:?} {tag:?}", ty(&variant.ty), variant.kind)
            });
            [format!("{:?}", union.selector)].into_iter().chain(variants).collect()
        }
    };
    let (name, type_module) = (definition.name.rust(), &definition.type_module);
    format!("{name} in {type_module:?}\n    {}\n", lines.join("\n    "))
}

fn ty(held: &Ty) -> String {
    match held {
        Ty::Named(name) => name.rust().to_owned(),
        Ty::Boxed(name) => format!("Box {}", name.rust()),
        Ty::Integer(integer) => integer.rust().to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::List(item) => format!("list of {}", ty(item)),
        Ty::Tuple(items) => {
            format!("({})", items.iter().map(ty).collect::<Vec<_>>().join(", "))
        }
        Ty::Map(value) => format!("map to {}", ty(value)),
        Ty::Nullable(value) => format!("{} or null", ty(value)),
        other => format!("{other:?}"),
    }
}
