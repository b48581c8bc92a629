//! Unions, their variants, and which of them nothing distinguishes.

use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::pipeline::model::{Presence, Shape, Ty};
use lantern_generator::{Generator, Source};

use super::{definition, field, of_components, warned};

#[test]
fn variants_told_apart_by_what_is_within_give_no_warning() {
    assert_eq!(warned("union_by_members_within", "some values of"), Vec::<String>::new());
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
    warnings.iter().any(|found| found.code == DiagnosticCode::AlikeVariants)
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
fn variants_that_a_member_distinguishes_are_not_told_by_what_is_within_another_one() {
    let variant = |size: &str, within: &str| {
        format!(
            "{{type: object, required: [size, at], properties: {{size: {{{size}}}, \
             at: {{type: object, properties: {{x: {{type: integer, {within}}}}}}}}}}}"
        )
    };
    let paths = |one: &str, other: &str| {
        let variants = [variant(one, "maximum: 0"), variant(other, "minimum: 1")];
        let api = of_components(&format!("Row: {{oneOf: [{}]}}", variants.join(", ")));
        let Shape::Union(row) = &definition(&api, "Row").shape else { panic!("Row") };
        let members = row.variants.iter().flat_map(|one| &one.members);
        members.map(|member| member.path.join(".")).collect::<Vec<_>>()
    };
    let few = "type: integer, minimum: 0, maximum: 5";
    assert_eq!(paths(few, "type: integer, minimum: 6"), ["size", "size"]);
    assert_eq!(paths(few, "type: integer, minimum: 0"), ["at.x", "at.x"]);
    // Only the limits of integers distinguish.
    let numbers = ["type: number, minimum: 0, maximum: 5", "type: number, minimum: 6"];
    assert_eq!(paths(numbers[0], numbers[1]), ["at.x", "at.x"]);
}

#[test]
fn a_value_without_its_tag_is_told_among_the_variants_that_do_not_require_it() {
    let api = of_components(
        "
One: {type: object, required: [kind], properties: {kind: {type: string}, size: {type: integer, minimum: 0, maximum: 5}}}
Two: {type: object, properties: {kind: {type: string}, size: {type: integer, minimum: 6}}}
Three: {type: object, properties: {kind: {type: string}, size: {type: integer, maximum: -1}}}
Row: {oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}, {$ref: '#/components/schemas/Three'}], \
discriminator: {propertyName: kind}}
",
    );
    let Shape::Union(row) = &definition(&api, "Row").shape else { panic!("Row") };
    let members = row.variants.iter().map(|one| one.members.len()).collect::<Vec<_>>();
    assert_eq!(members, [0, 1, 1]);
}
