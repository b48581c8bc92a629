//! Types: structs, enums and unions.

use super::super::signature::{self, Signature};
use super::super::surface::{Facts, Member, Presence, Shape, Type};
use super::{facts, fingerprint, member};
use crate::pipeline::model::{self, Direction, FixedValue, PartForm, Selector, TypeDef};
use crate::pipeline::render::documentation::{constraints, types, values};

pub fn definition(definition: &TypeDef) -> Type {
    // Which file a type is in does not reach callers: they say `types::Name`.
    // Limits are told by the words for them, and `validate` by its feature.
    #[rustfmt::skip]
    let TypeDef {
        name, aliases, docs: _, at, type_module: _, shape, derives, example: _, checks: _, validates: _,
    } = definition;
    let (shape, members, facts) = match shape {
        model::Shape::Struct(object) => structure(object),
        model::Shape::Enum(variants) => {
            let variant = |one: &model::Variant| {
                member(&one.name, Signature::default(), &types::variant(one))
            };
            (Shape::Texts, variants.iter().map(variant).collect(), Facts::new())
        }
        model::Shape::IntegerEnum(variants) => {
            (Shape::Integers, variants.iter().map(integer).collect(), Facts::new())
        }
        model::Shape::ScalarEnum(variants) => {
            (Shape::Scalars, variants.iter().map(scalar).collect(), Facts::new())
        }
        model::Shape::Union(union) => self::union(union),
    };
    Type {
        name: name.rust().to_owned(),
        aliases: aliases.iter().map(|alias| alias.rust().to_owned()).collect(),
        at: at.as_str().to_owned(),
        shape,
        derives: derives.iter().map(|derive| derive.rust().to_owned()).collect(),
        members,
        facts,
        docs: fingerprint(&types::definition(definition, true)),
    }
}

fn structure(object: &model::Struct) -> (Shape, Vec<Member>, Facts) {
    let model::Struct { fields, extra, direction, written, rules } = object;
    let shape = match direction {
        Direction::Request => Shape::Request,
        Direction::Response => Shape::Reply,
    };
    let parts = written.parts().map(|parts| parts.iter().map(part).collect::<Vec<_>>().join(", "));
    let rules: Vec<_> = rules.iter().map(constraints::rule).collect();
    let rules = (!rules.is_empty()).then(|| rules.join(" "));
    let said = facts([("parts", parts), ("limits", rules)]);
    (shape, fields.iter().map(field).chain(extra.iter().map(rest)).collect(), said)
}

/// `image (a file, image/png)`
fn part(part: &model::Part) -> String {
    let model::Part { field, form, media_type, headers, given_headers } = part;
    let form = match form {
        PartForm::Files => "a file",
        PartForm::Value => "a value",
        PartForm::Deep => "a deep object",
        PartForm::Fields => "a part a member",
        PartForm::Joined(_) => "items in one part",
    };
    let media_type = media_type.iter().map(|stated| format!(", {stated}")).collect::<String>();
    let headers = headers.iter().map(|(name, value)| format!(", {name}: {value}"));
    let given = given_headers.iter().map(|header| format!(", {}", header.wire()));
    let headers = headers.chain(given).collect::<String>();
    format!("{} ({form}{media_type}{headers})", field.wire())
}

fn field(field: &model::Field) -> Member {
    let model::Field {
        name,
        docs,
        ty,
        presence,
        clear_setter,
        constant,
        own_tag,
        is_asked,
        is_secret: _,
        example: _,
    } = field;
    let limits = values::limits(&docs.limits);
    let presence = match presence {
        _ if *is_asked && field.is_argument() => Presence::Asked,
        model::Presence::Required => Presence::Required,
        model::Presence::Nullable => Presence::Nullable,
        model::Presence::Optional
        | model::Presence::OptionalOrNull
        | model::Presence::OptionalNullable => Presence::Optional,
    };
    let text = |value: &Option<FixedValue>| value.as_ref().map(FixedValue::text);
    let said =
        facts([("limits", limits), ("only value", text(constant)), ("own tag", text(own_tag))]);
    let ty = match clear_setter {
        Some(_) => Signature::option(signature::ty(ty)),
        None => signature::ty(ty),
    };
    Member { presence, facts: said, ..member(name, ty, &values::field(field)) }
}

fn rest(extra: &model::Extra) -> Member {
    let model::Extra { name, values } = extra;
    let map = |values: &model::Ty| signature::ty(&model::Ty::Map(Box::new(values.clone())));
    let ty = values.as_ref().map_or(Signature::text("Extra"), map);
    Member { presence: Presence::Rest, ..member(name, ty, &Vec::new()) }
}

fn integer(variant: &model::IntegerVariant) -> Member {
    // That it is deprecated, its documentation says.
    let model::IntegerVariant { name, description: _, deprecated: _, value } = variant;
    let docs = types::integer(variant);
    Member { wire: value.to_string(), ..member(name, Signature::default(), &docs) }
}

fn scalar(variant: &model::ScalarVariant) -> Member {
    let model::ScalarVariant { name, value } = variant;
    let docs = types::scalar(variant);
    Member { wire: value.to_string(), ..member(name, Signature::default(), &docs) }
}

fn union(union: &model::Union) -> (Shape, Vec<Member>, Facts) {
    let model::Union { selector, variants } = union;
    let selector = match selector {
        Selector::Kind => "its shape".to_owned(),
        Selector::Tag(tag) => format!("the member {tag}"),
    };
    let variant = |one: &model::UnionVariant| {
        member(&one.name, signature::ty(&one.ty), &types::union_variant(one))
    };
    let said = facts([("variant is found by", Some(selector))]);
    (Shape::Union, variants.iter().map(variant).collect(), said)
}
