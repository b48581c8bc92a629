//! What schemas become: a property of each idea among the fixtures.

use fixture::{api, client, model, path, text};
use lantern_generator::pipeline::model::{Api, Format, IntegerType, Presence, Shape, Ty, TypeDef};
use lantern_generator::{Generator, Source};

use crate::fixture;

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
fn variants_that_no_value_can_have_together_are_left_out() {
    let api = api("all_of_without_common_values");
    let fields = |name: &str| match &definition(&api, name).shape {
        Shape::Struct(object) => {
            object.fields.iter().map(|field| field.name.wire().to_owned()).collect::<Vec<_>>()
        }
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(fields("ShapeSize"), ["width", "height"]);
    let Shape::Union(union) = &definition(&api, "ShapeFigure").shape else { panic!("no union") };
    let variants = union.variants.iter().flat_map(|found| found.ty.names());
    let variants: Vec<_> = variants.map(|name| fields(name.rust())).collect();
    assert_eq!(variants, [["kind", "radius", "red"], ["kind", "side", "blue"]]);
    for (wire, expected) in [("word", vec!["b", "a"]), ("shared", vec!["b", "c"])] {
        let Ty::Named(name) = field(&api, "Shape", wire) else { panic!("{wire} has no type") };
        let Shape::Enum(variants) = &definition(&api, name.rust()).shape else { panic!("{wire}") };
        let texts: Vec<_> = variants.iter().map(|found| found.name.wire()).collect();
        assert_eq!(texts, expected, "{wire}");
    }
    assert_eq!(*field(&api, "Shape", "never"), Ty::Json);
    assert_eq!(
        warned("all_of_without_common_values", ""),
        ["/components/schemas/Shape/properties/never"]
    );
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
fn a_parent_with_a_discriminator_is_the_union_of_what_extends_it() {
    let api = api("discriminator_of_a_parent");
    let Shape::Union(union) = &definition(&api, "Pet").shape else { panic!("no union") };
    let tags: Vec<_> =
        union.variants.iter().map(|found| (found.name.wire(), found.name.rust())).collect();
    let expected = [("Cat", "Cat"), ("hound", "Dog"), ("Puppy", "Puppy"), ("animal", "Itself")];
    assert_eq!(tags, expected);
    // The children have what the parent has, and a reference to the parent is any of them.
    for owner in ["Cat", "Dog", "Puppy", "PetItself"] {
        assert_eq!(*field(&api, owner, "petType"), Ty::String, "{owner}");
        assert!(matches!(field(&api, owner, "friend"), Ty::Boxed(pet) if pet.rust() == "Pet"));
    }
    assert!(matches!(definition(&api, "Unextended").shape, Shape::Struct(_)));
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

#[test]
fn variants_told_apart_by_what_is_within_give_no_warning() {
    assert_eq!(warned("union_by_members_within", "some values of"), Vec::<String>::new());
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
fn a_union_of_texts_that_nothing_distinguishes_is_a_text() {
    let text = |member: &str, value: &str| format!("{{type: string, {member}: {value}}}");
    let link = format!("[{}, {{type: string}}]", text("format", "uri"));
    let numbers = "[{type: number, minimum: 1}, {type: number, maximum: -1}]".to_owned();
    let limited = format!("[{}, {}]", text("maxLength", "3"), text("minLength", "5"));
    let nullable =
        format!("[{}, {}]", text("pattern", "^a"), "{type: [string, 'null'], minLength: 5}");
    let titled = format!("[{}, {}]", text("title", "Short"), text("format", "email"));
    let typed = format!("[{}, {{type: string}}]", text("format", "uuid"));
    let described = "[{type: string, format: uri, description: A page.}, \
                     {type: string, pattern: ^/, description: A path.}]";
    let description = |root: &str| {
        format!(
            "{{openapi: 3.1.0, info: {{title: Texts, version: '1'}}, paths: {{}}, {root}components: {{schemas: \
             {{Link: {{anyOf: {link}}}, Row: {{type: object, properties: {{link: {{$ref: '#/components/schemas/Link'}}, \
             limited: {{oneOf: {limited}}}, nullable: {{oneOf: {nullable}}}, numbers: {{anyOf: {numbers}}}, \
             titled: {{anyOf: {titled}}}, typed: {{anyOf: {typed}}}, \
             described: {{description: A place., anyOf: {described}}}}}}}}}}}}}"
        )
    };
    let made = |root: &str| {
        Generator::new("texts").api(&Source::new("texts.yaml", description(root))).unwrap().value
    };
    let api = made("");
    for (wire, expected) in [
        ("link", Ty::String),
        ("limited", Ty::String),
        ("nullable", Ty::String),
        ("numbers", Ty::Float),
        ("described", Ty::String),
    ] {
        assert_eq!(*field(&api, "Row", wire), expected, "{wire}");
    }
    let unions: Vec<&str> = api.types.iter().map(|found| found.name.rust()).collect();
    assert_eq!(unions, ["Row", "RowTitled", "RowTyped"]);
    let Shape::Struct(row) = &definition(&api, "Row").shape else { panic!("Row") };
    let member = |wire| row.fields.iter().find(|field| field.name.wire() == wire).expect("a field");
    assert_eq!(member("nullable").presence, Presence::OptionalOrNull);
    let told = member("described");
    assert_eq!(told.docs.description.as_deref(), Some("A place.\n\n- A page.\n- A path."));
    // A format may have a type of its own.
    let own = made("x-client-rust-types: {formats: {uri: 'url::Url'}, dependencies: {url: '2'}}, ");
    assert!(matches!(field(&own, "Row", "link"), Ty::Named(_)));
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
fn a_field_of_two_parts_follows_the_narrower_one() {
    let api = of_components(
        "
Color: {type: string, enum: [red, green, blue]}
Warm: {type: string, enum: [red, yellow]}
Size: {type: integer, enum: [1, 2]}
Old: {type: object, properties: {a: {type: string}}}
New: {type: object, properties: {b: {type: string}}}
Base: {type: object, properties: {same: {$ref: '#/components/schemas/Old'}, any: {}, text: {type: string}, \
color: {$ref: '#/components/schemas/Color'}, kept: {$ref: '#/components/schemas/Color'}, \
object: {$ref: '#/components/schemas/Old'}, list: {type: array, items: {type: string}}, overlap: {$ref: '#/components/schemas/Color'}, \
apart: {$ref: '#/components/schemas/Color'}}}
Whole: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [text], properties: {same: {$ref: '#/components/schemas/Old'}, \
any: {type: integer}, text: {}, color: {type: string}, kept: {}, object: {$ref: '#/components/schemas/New'}, \
list: {type: array, items: {type: integer}}, overlap: {$ref: '#/components/schemas/Warm'}, apart: {$ref: '#/components/schemas/Size'}}}]}
",
    );
    assert_eq!(type_name(&api, "Whole", "same"), "Old");
    assert_eq!(*field(&api, "Whole", "any"), Ty::Integer(IntegerType::I64));
    assert_eq!(*field(&api, "Whole", "text"), Ty::String);
    assert_eq!(type_name(&api, "Whole", "color"), "Color");
    assert_eq!(type_name(&api, "Whole", "kept"), "Color");
    assert_eq!(type_name(&api, "Whole", "object"), "New");
    assert_eq!(*field(&api, "Whole", "list"), list(Ty::Integer(IntegerType::I64)));
    assert_eq!(type_name(&api, "Whole", "overlap"), "Warm");
    assert_eq!(*field(&api, "Whole", "apart"), Ty::Json);
    let Shape::Struct(whole) = &definition(&api, "Whole").shape else { panic!("Whole") };
    let text = whole.fields.iter().find(|field| field.name.wire() == "text").expect("a field");
    assert_eq!(text.presence, Presence::Required);
}

#[test]
fn an_enum_with_limits_keeps_its_name_unless_it_may_be_null() {
    let api = of_components(
        "
Color: {type: string, enum: [red, green]}
Shade: {type: [string, 'null'], enum: [dark, light, null]}
Row: {type: object, properties: {color: {allOf: [{type: string, minLength: 3}, {$ref: '#/components/schemas/Color'}]}, \
shade: {allOf: [{type: string, minLength: 3}, {$ref: '#/components/schemas/Shade'}]}}}
",
    );
    assert_eq!(type_name(&api, "Row", "color"), "Color");
    assert_eq!(type_name(&api, "Row", "shade"), "RowShade");
}

#[test]
fn a_union_with_a_union_that_may_be_null_may_be_null() {
    let api = of_components(
        "
Nothing: {type: 'null'}
Row: {type: object, required: [held, deep, three], properties: {held: {oneOf: [{type: boolean}, {oneOf: [{type: integer}, {type: string}]}]}, \
deep: {oneOf: [{type: boolean}, {nullable: true, oneOf: [{type: integer}, {type: array}, {type: 'null'}]}, {oneOf: [{type: string}, {type: object}]}]}, \
three: {oneOf: [{type: boolean}, {$ref: '#/components/schemas/Nothing'}, {type: integer}]}}}
",
    );
    let Shape::Struct(row) = &definition(&api, "Row").shape else { panic!("Row") };
    let presences: Vec<Presence> = row.fields.iter().map(|field| field.presence).collect();
    assert_eq!(presences, [Presence::Required, Presence::Nullable, Presence::Nullable]);
    let Shape::Union(three) = &definition(&api, "RowThree").shape else { panic!("RowThree") };
    assert_eq!(three.variants.len(), 2);
}

#[test]
fn constants_of_a_union_are_deprecated_one_by_one_and_those_with_names_stay_variants() {
    let api = of_components(
        "
Named: {type: string, const: named}
Kind: {oneOf: [{const: a, deprecated: true}, {const: b}]}
Mixed: {oneOf: [{const: a}, {const: b}, {$ref: '#/components/schemas/Named'}, {type: integer}]}
",
    );
    let Shape::Enum(kind) = &definition(&api, "Kind").shape else { panic!("Kind") };
    assert_eq!(kind.iter().map(|one| one.deprecated).collect::<Vec<_>>(), [true, false]);
    let Shape::Union(mixed) = &definition(&api, "Mixed").shape else { panic!("Mixed") };
    assert_eq!(mixed.variants.len(), 3);
}

#[test]
fn a_tag_is_of_the_kind_that_its_property_has() {
    let tags = |kind: &str, one: &str, other: &str| {
        let variant = |name: &str| {
            format!(
                "{name}: {{type: object, required: [tag], properties: {{tag: {{type: {kind}}}}}}}"
            )
        };
        let api = of_components(&format!(
            "{}\n{}\nEither: {{oneOf: [{{$ref: '#/components/schemas/One'}}, {{$ref: '#/components/schemas/Other'}}], \
             discriminator: {{propertyName: tag, mapping: {{'{one}': One, '{other}': Other}}}}}}",
            variant("One"),
            variant("Other")
        ));
        let Shape::Union(union) = &definition(&api, "Either").shape else { panic!("Either") };
        union.variants.iter().map(|one| one.tag.clone().expect("a tag")).collect::<Vec<_>>()
    };
    assert_eq!(tags("boolean", "true", "false"), [true, false]);
    assert_eq!(tags("integer", "1", "2"), [1, 2]);
    assert_eq!(tags("string", "1", "true"), ["1", "true"]);
}

#[test]
fn variants_are_called_as_components_or_by_what_only_they_need() {
    let api = of_components(
        "
Email: {type: string, format: email}
Phone: {type: string, pattern: '^[0-9]+$'}
Contact: {oneOf: [{$ref: '#/components/schemas/Email'}, {$ref: '#/components/schemas/Phone'}]}
Figure: {oneOf: [{type: object, required: [radius], properties: {radius: {type: number}}}, \
{type: object, required: [side], properties: {side: {type: number}}}]}
",
    );
    let variants = |name: &str| {
        let Shape::Union(union) = &definition(&api, name).shape else { panic!("{name}") };
        union.variants.iter().map(|one| one.name.rust().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(variants("Contact"), ["Email", "Phone"]);
    assert_eq!(variants("Figure"), ["Radius", "Side"]);
}

/// Whether it is warned of that values of one schema are read as those of the other one.
fn are_alike(one: &str, other: &str) -> bool {
    let description = format!(
        "{{openapi: 3.1.0, info: {{title: Alike, version: '1'}}, paths: {{}}, components: {{schemas: {{\
         One: {one}, Other: {other}, Color: {{type: string, enum: [red, green]}}, \
         Either: {{oneOf: [{{$ref: '#/components/schemas/One'}}, {{$ref: '#/components/schemas/Other'}}]}}}}}}}}"
    );
    let made = Generator::new("alike").api(&Source::new("alike.yaml", description));
    let warnings = made.unwrap_or_else(|found| panic!("{found}")).warnings;
    warnings.iter().any(|found| found.to_string().contains("alike-variants"))
}

#[test]
fn variants_are_alike_if_a_value_can_be_both_and_neither_takes_more() {
    let object = |members: &str, required: &str| {
        format!("{{type: object, required: [{required}], properties: {{{members}}}}}")
    };
    let color = "{$ref: '#/components/schemas/Color'}";
    let list = |items: &str| format!("{{type: array, items: {items}}}");
    let tuple = |items: &str| {
        format!(
            "{{type: array, prefixItems: [{items}], items: false, minItems: {}}}",
            items.matches("type").count()
        )
    };
    let text_and_number = "id: {type: string}, n: {type: integer}";
    let either = "v: {oneOf: [{type: string}, {type: integer}]}";
    let (text, number) = ("{type: string}", "{type: integer}");
    let rows = [
        (text.to_owned(), "{type: string, minLength: 3}".to_owned(), true),
        (text.to_owned(), number.to_owned(), false),
        (list(text), list(color), false),
        (list(number), list("{type: number}"), false),
        (list(text), list(number), false),
        (
            object(text_and_number, "id, n"),
            object(&format!("{text_and_number}, more: {text}"), "id, n"),
            true,
        ),
        (
            object(text_and_number, "id, n"),
            object("id: {type: integer}, n: {type: integer}", "id, n"),
            false,
        ),
        (
            object("flag: {type: boolean}", "flag"),
            object("flag: {type: boolean}, x: {type: string}", "flag"),
            true,
        ),
        (
            object("v: {type: string}", "v"),
            object("v: {type: string, format: date-time}, x: {}", "v"),
            true,
        ),
        (object("v: {type: string}", "v"), object(&format!("{either}, x: {{}}"), "v"), true),
        (object("v: {type: boolean}", "v"), object(&format!("{either}, x: {{}}"), "v"), false),
        (object("a: {type: string}", "a"), object("b: {type: string}", "b"), false),
        (list(&object("a: {type: string}", "")), list(&object("b: {type: string}", "")), true),
        (list(&object("a: {type: string}", "a")), list(&object("b: {type: string}", "b")), false),
        (tuple(&format!("{text}, {number}")), tuple(&format!("{text}, {number}, {text}")), false),
        (tuple(&format!("{text}, {number}")), tuple(&format!("{number}, {text}")), false),
        (object(&format!("c: {color}"), "c"), object("c: {type: string}, x: {}", "c"), true),
        (
            object(&format!("c: {color}"), "c"),
            object("c: {type: string, enum: [blue]}, x: {}", "c"),
            false,
        ),
    ];
    let wrong = rows.iter().filter(|(one, other, expected)| are_alike(one, other) != *expected);
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&(String, String, bool)>::new());
}

#[test]
fn parts_of_other_formats_and_kinds_share_what_both_allow() {
    let api = of_components(
        "
Row: {type: object, properties: {wide: {allOf: [{type: integer, format: int64}, {type: integer, format: int32}]}, \
wider: {allOf: [{type: integer, format: int32}, {type: integer, format: int64}]}, \
texts: {allOf: [{enum: [a, b, 1]}, {type: string}]}, numbers: {allOf: [{type: integer}, {enum: [a, 1, 2]}]}, \
both: {allOf: [{enum: [a, 1, 2]}, {enum: [b, 2, 1]}]}}}
",
    );
    assert_eq!(*field(&api, "Row", "wide"), Ty::Integer(IntegerType::I64));
    assert_eq!(*field(&api, "Row", "wider"), Ty::Integer(IntegerType::I64));
    let values = |name: &str| match &definition(&api, name).shape {
        Shape::Enum(texts) => texts.iter().map(|one| one.name.wire().to_owned()).collect(),
        Shape::IntegerEnum(integers) => integers.iter().map(|one| one.value.to_string()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(values("RowTexts"), ["a", "b"]);
    assert_eq!(values("RowNumbers"), ["1", "2"]);
    assert_eq!(values("RowBoth"), ["1", "2"]);
}

/// A parent, what its discriminator says besides, and two schemas that extend it.
fn family(discriminator: &str, further: &str) -> Api {
    let child = |name: &str, member: &str| {
        format!(
            "{name}: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{{member}: {{type: integer}}}}}}]}}"
        )
    };
    of_components(&format!(
        "Pet: {{type: object, required: [kind], properties: {{kind: {{type: string}}, age: {{type: integer}}}}, \
         discriminator: {{propertyName: kind{discriminator}}}}}\n{}\n{}\n{further}",
        child("Cat", "claws"),
        child("Dog", "tricks")
    ))
}

#[test]
fn a_parent_is_the_union_of_the_schemas_that_extend_it() {
    let tags = |api: &Api, name: &str| {
        let Shape::Union(union) = &definition(api, name).shape else { panic!("{name}") };
        let tags = union.variants.iter().map(|one| one.tag.as_ref()?.as_str().map(str::to_owned));
        tags.collect::<Option<Vec<_>>>().unwrap_or_default()
    };
    let further = "Rock: {type: object, properties: {kind: {type: string}, weight: {type: integer}}}\n\
                   Animal: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}\n\
                   Thing: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Rock'}]}";
    let open = family("", further);
    let mut own = tags(&open, "Pet");
    own.sort();
    assert_eq!(own, ["Cat", "Dog", "Pet"]);
    assert_eq!(tags(&open, "Animal"), ["Cat", "Dog"]);
    assert_eq!(tags(&open, "Thing"), Vec::<String>::new());
    let mapped = family(
        ", mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}",
        further,
    );
    assert_eq!(tags(&mapped, "Pet"), ["cat", "dog"]);
    assert_eq!(tags(&mapped, "Animal"), ["cat", "dog"]);
    assert_eq!(*field(&mapped, "Cat", "age"), Ty::Integer(IntegerType::I64));
}

#[test]
fn a_parent_that_lists_its_children_gives_them_its_members() {
    let child = |name: &str| {
        format!(
            "{name}: {{allOf: [{{$ref: '#/components/schemas/Vehicle'}}, {{type: object, properties: {{own: {{type: integer}}}}}}]}}"
        )
    };
    let api = of_components(&format!(
        "Vehicle: {{discriminator: {{propertyName: kind}}, allOf: [{{type: object, required: [kind], properties: \
         {{kind: {{type: string}}, wheels: {{type: integer}}}}}}, \
         {{oneOf: [{{$ref: '#/components/schemas/Car'}}, {{$ref: '#/components/schemas/Boat'}}]}}]}}\n{}\n{}",
        child("Car"),
        child("Boat")
    ));
    let Shape::Union(vehicle) = &definition(&api, "Vehicle").shape else { panic!("Vehicle") };
    assert_eq!(vehicle.variants.len(), 2);
    assert_eq!(*field(&api, "Car", "wheels"), Ty::Integer(IntegerType::I64));
    assert_eq!(*field(&api, "Boat", "own"), Ty::Integer(IntegerType::I64));
}
