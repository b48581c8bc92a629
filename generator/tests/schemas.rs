//! What schemas become: a property of each idea.

use fixture::{api, client, model, path, text};
use lantern_generator::pipeline::model::{Api, Format, IntegerType, Shape, Ty, TypeDef};
use lantern_generator::{Generator, Source};

use crate::fixture;

mod combined;
mod unions;

fn definition<'a>(api: &'a Api, name: &str) -> &'a TypeDef {
    api.types.iter().find(|found| found.name.rust() == name).expect(name)
}

/// The places of the warnings that say something.
fn warned(idea: &str, part: &str) -> Vec<String> {
    let warnings = model(&path(idea)).expect("a client").warnings;
    let found = warnings.iter().filter(|found| found.message.contains(part));
    found.map(|found| found.place.pointer.as_str().to_owned()).collect()
}

fn list(item: Ty) -> Ty {
    Ty::List(Box::new(item))
}

/// The type of a struct's field.
fn field<'a>(api: &'a Api, owner: &str, wire: &str) -> &'a Ty {
    let Shape::Struct(object) = &definition(api, owner).shape else { panic!("{owner}") };
    let field = object.fields.iter().find(|field| field.name.wire() == wire);
    &field.expect(wire).ty
}

/// The model of these components, one in a line.
fn of_components(components: &str) -> Api {
    let description = format!(
        "openapi: 3.1.0\ninfo: {{title: Parts, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {}",
        components.trim().replace('\n', "\n    ")
    );
    let made = Generator::new("parts").api(&Source::new("parts.yaml", description));
    made.unwrap_or_else(|found| panic!("{found}")).value
}

/// The name of a field's type.
fn type_name<'a>(api: &'a Api, owner: &str, wire: &str) -> &'a str {
    match field(api, owner, wire) {
        Ty::Named(name) | Ty::Boxed(name) => name.rust(),
        other => panic!("{owner}.{wire} is {other:?}"),
    }
}

#[test]
fn a_format_with_a_type_has_it_and_others_stay_texts() {
    let api = api("formats_of_texts");
    for (wire, expected) in [
        ("id", Ty::Formatted(Format::Uuid)),
        ("key", Ty::Formatted(Format::Base64)),
        ("parents", list(Ty::Formatted(Format::Uuid))),
        ("address", Ty::Formatted(Format::Ipv4)),
        ("address_6", Ty::Formatted(Format::Ipv6)),
        ("gateway", Ty::Formatted(Format::Ip)),
        ("at", Ty::String),
        ("every", Ty::String),
        ("price", Ty::String),
        ("home", Ty::String),
        ("token", Ty::String),
        ("small", Ty::Integer(IntegerType::I32)),
        ("large", Ty::Integer(IntegerType::I64)),
        ("small_count", Ty::Integer(IntegerType::U32)),
        ("large_count", Ty::Integer(IntegerType::U64)),
    ] {
        assert_eq!(*field(&api, "Device", wire), expected, "{wire}");
    }
}

#[test]
fn what_a_format_needs_comes_only_where_it_stands() {
    let (with, without) = (client("formats_of_texts"), client("recursive_type"));
    let manifest = text(&with, "Cargo.toml");
    assert!(manifest.contains("\nuuid = {") && manifest.contains("\nbase64 = \"0"), "{manifest}");
    let manifest = text(&without, "Cargo.toml");
    assert!(!manifest.contains("uuid"), "{manifest}");
    assert!(manifest.contains("base64 = { version = \"0.23\", optional = true }"), "{manifest}");
    assert!(manifest.contains("\"dep:base64\""), "{manifest}");
    for path in ["src/runtime/uuid.rs", "src/runtime/base64.rs"] {
        assert!(!text(&with, path).is_empty() && text(&without, path).is_empty(), "{path}");
    }
    let exports = |client, names| {
        let exports = format!("\npub use runtime::{{{names}}};\n");
        assert!(text(client, "src/lib.rs").contains(&exports), "{names}");
    };
    exports(&with, "AnyMember, Base64, Extra, InvalidText, Parameter, Textual, Verbatim");
    exports(&without, "AnyMember, Extra, Parameter");
}

#[test]
fn a_list_of_settled_items_is_a_tuple_and_another_is_a_list() {
    let api = api("tuples");
    for (owner, wire, expected) in [
        ("Route", "start", Ty::Tuple(vec![Ty::Float, Ty::Float])),
        ("Route", "only", Ty::Tuple(vec![Ty::Formatted(Format::Uuid)])),
        ("Route", "in_3_0_words", Ty::Tuple(vec![Ty::String, Ty::Bool])),
        ("Route", "open", list(Ty::Json)),
        ("Route", "shorter", list(Ty::Json)),
        // Fewer items are allowed, too, where no `minItems` says otherwise.
        ("Route", "up_to", list(Ty::Json)),
        ("Route", "up_to_of_one_kind", list(Ty::String)),
        ("Route", "longer", list(Ty::Json)),
    ] {
        assert_eq!(*field(&api, owner, wire), expected, "{wire}");
    }
    let Ty::Tuple(items) = field(&api, "Step", "next") else { panic!("a step holds a step") };
    assert!(matches!(items.as_slice(), [Ty::Boxed(_), Ty::Float]), "{items:?}");
    let places = ["open", "shorter", "up_to", "longer"]
        .map(|field| format!("/components/schemas/Route/properties/{field}/prefixItems"));
    assert_eq!(warned("tuples", "may be any value"), places);
}

#[test]
fn items_without_a_type_make_a_list_unless_an_example_is_something_else() {
    let api = api("items_without_a_type");
    for (wire, expected) in [
        ("untold", list(Ty::String)),
        ("told", list(Ty::String)),
        ("by_example", list(Ty::String)),
        ("by_default", list(Ty::String)),
        ("by_places", Ty::Tuple(vec![Ty::String, Ty::Integer(IntegerType::I64)])),
        ("texts", Ty::Json),
        ("mixed", Ty::Json),
    ] {
        assert_eq!(*field(&api, "Note", wire), expected, "{wire}");
    }
    assert!(matches!(field(&api, "Note", "members"), Ty::Named(_)), "`required` of members");
    // What is said beside it still holds.
    let Ty::Named(part) = field(&api, "Note", "part") else { panic!("no union") };
    let Shape::Union(union) = &definition(&api, part.rust()).shape else { panic!("no union") };
    let variants: Vec<_> = union.variants.iter().map(|found| &found.ty).collect();
    assert_eq!(variants, [&Ty::String, &Ty::JsonObject]);
    let places =
        ["mixed"].map(|field| format!("/components/schemas/Note/properties/{field}/items"));
    assert_eq!(warned("items_without_a_type", "without `type: array`"), places);
}

#[test]
fn an_integer_shown_beyond_what_is_signed_is_unsigned() {
    let api = api("integers_beyond_64_bits");
    for (wire, expected) in [
        ("by_default", IntegerType::U64),
        ("by_example", IntegerType::U64),
        ("by_maximum", IntegerType::U64),
        ("small", IntegerType::I64),
        ("signed", IntegerType::I64),
    ] {
        assert_eq!(*field(&api, "Limits", wire), Ty::Integer(expected), "{wire}");
    }
}

#[test]
fn alternatives_that_are_integers_are_an_enum_called_by_their_titles() {
    let api = api("one_of_integers");
    let variants = |name: &str| match &definition(&api, name).shape {
        Shape::IntegerEnum(variants) => {
            let told = variants.iter().map(|one| (one.value, one.name.rust(), &one.description));
            let words = told.map(|(value, name, description)| {
                format!("{value} {name} {}", description.as_deref().unwrap_or_default())
            });
            words.collect::<Vec<_>>()
        }
        other => panic!("{name}: {other:?}"),
    };
    let off = "0 Off It gives no light.";
    let sentence = "-1 Minus1 A title that is a whole sentence and tells what it is.";
    assert_eq!(variants("Level"), [off, "1 Dim ", "9 N9 ", sentence]);
    assert_eq!(variants("LampNight"), [off, "1 Dim "]);
    assert_eq!(variants("LampOpen"), variants("Level"));
    assert_eq!(variants("LampNamed"), ["10 Ten Few.", "20 Twenty Many."]);
    assert!(matches!(field(&api, "Lamp", "day"), Ty::Named(name) if name.rust() == "Level"));
    let warnings = model(&path("one_of_integers")).expect("a client").warnings.to_string();
    assert_eq!(warnings, "");
}

#[test]
fn an_enum_of_several_types_keeps_each_value_as_it_is() {
    let api = api("enum_of_several_types");
    let Shape::ScalarEnum(variants) = &definition(&api, "Limit").shape else { panic!("no enum") };
    let values: Vec<String> = variants.iter().map(|found| found.value.to_string()).collect();
    assert_eq!(values, ["\"auto\"", "\"1\"", "1", "-1", "1.5", "true", "18446744073709551615"]);
    assert!(matches!(field(&api, "Job", "state"), Ty::Named(_)));
    assert_eq!(*field(&api, "Job", "free"), Ty::Json);
}

#[test]
fn members_that_nobody_named_are_kept_unless_forbidden() {
    let api = api("unknown_members");
    let kept = api.types.iter().filter_map(|found| match &found.shape {
        Shape::Struct(object) => {
            let extra = object.extra.as_ref().map(|extra| extra.name.rust());
            Some((found.name.rust(), extra))
        }
        _ => None,
    });
    let kept: Vec<_> = kept.collect();
    let expected = [("Note", Some("extra2")), ("Extra", Some("extra")), ("Closed", None)];
    assert_eq!(kept, expected);
}

#[test]
fn a_component_whose_name_is_taken_is_called_after_its_use() {
    let api = api("same_names");
    let Shape::Struct(meta) = &definition(&api, "PageMeta").shape else { panic!("an object") };
    assert_eq!(meta.fields[0].name.wire(), "next");
    let Shape::Struct(meta) = &definition(&api, "Meta").shape else { panic!("an object") };
    assert_eq!(meta.fields[0].name.wire(), "total");
}

/// A type that several groups use stands in another module than what it is a property of.
#[test]
fn documentation_links_to_types_of_other_modules() {
    let reply = |more: &str| {
        format!(
            "{{'200': {{description: ok, content: {{application/json: {{schema: {{type: object, properties: \
             {{next: {{type: object, properties: {{cursor: {{type: string}}}}}}, {more}}}}}}}}}}}}}"
        )
    };
    let operation = |tag: &str, more: &str| {
        let responses = reply(more);
        format!("{{get: {{tags: [{tag}], operationId: list_{tag}, responses: {responses}}}}}")
    };
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /cats: {}\n  /dogs: {}\n  /owls: {}\n",
        operation("cats", "cats: {type: array, items: {type: string}}"),
        operation("dogs", "dogs: {type: integer}"),
        operation("owls", "owls: {type: boolean}"),
    );
    let client = Generator::new("linked").run(&Source::new("it.yaml", text)).expect("a client");
    let common = client.value.files.iter().find(|file| file.path == "src/types/common.rs");
    let common = &common.expect("a module").text;
    assert!(
        common.contains("/// The `next` of [`ListCatsResponse`](super::ListCatsResponse)."),
        "{common}"
    );
}

#[test]
fn a_setter_that_is_called_default_does_not_hide_the_trait() {
    let client = client("fields_named_as_methods");
    let types = text(&client, "src/types/networks.rs");
    assert!(types.contains("<Self as Default>::default()"), "{types}");
}
