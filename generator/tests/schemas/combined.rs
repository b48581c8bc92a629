//! Schemas of several parts: `allOf`, and parents that others extend.

use lantern_generator::pipeline::model::{Api, FixedValue, IntegerType, Presence, Shape, Ty};

use super::{definition, field, list, of_components, type_name, warned};
use crate::fixture::api;

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

/// A schema that extends another one, with a member of its own.
fn child(name: &str, parent: &str, member: &str) -> String {
    format!(
        "{name}: {{allOf: [{{$ref: '#/components/schemas/{parent}'}}, {{type: object, properties: {{{member}: {{type: integer}}}}}}]}}"
    )
}

/// A parent, what its discriminator says besides, and two schemas that extend it.
fn family(discriminator: &str, further: &str) -> Api {
    of_components(&format!(
        "Pet: {{type: object, required: [kind], properties: {{kind: {{type: string}}, age: {{type: integer}}}}, \
         discriminator: {{propertyName: kind{discriminator}}}}}\n{}\n{}\n{further}",
        child("Cat", "Pet", "claws"),
        child("Dog", "Pet", "tricks")
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
    // Each is made with its own tag.
    for (name, tag) in [("Cat", "Cat"), ("Dog", "Dog"), ("PetItself", "Pet")] {
        let Shape::Struct(object) = &definition(&open, name).shape else { panic!("{name}") };
        let kind = object.fields.iter().find(|field| field.name.wire() == "kind");
        let own_tag = kind.and_then(|field| field.own_tag.clone());
        assert_eq!(own_tag, Some(FixedValue::Text(tag.to_owned())), "{name}");
    }
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
    let api = of_components(&format!(
        "Vehicle: {{discriminator: {{propertyName: kind}}, allOf: [{{type: object, required: [kind], properties: \
         {{kind: {{type: string}}, wheels: {{type: integer}}}}}}, \
         {{oneOf: [{{$ref: '#/components/schemas/Car'}}, {{$ref: '#/components/schemas/Boat'}}, {{$ref: '#/components/schemas/Sled'}}]}}]}}\n\
         Sled: {{type: object, properties: {{runners: {{type: integer}}}}}}\n{}\n{}",
        child("Car", "Vehicle", "own"),
        child("Boat", "Vehicle", "own")
    ));
    let Shape::Union(vehicle) = &definition(&api, "Vehicle").shape else { panic!("Vehicle") };
    let names: Vec<&str> = vehicle.variants.iter().map(|one| one.name.rust()).collect();
    assert_eq!(names, ["Car", "Boat", "Sled"]);
    // One that does not extend it has its members where it is a variant.
    assert_eq!(*field(&api, "VehicleSled", "wheels"), Ty::Integer(IntegerType::I64));
    assert_eq!(*field(&api, "Car", "wheels"), Ty::Integer(IntegerType::I64));
    assert_eq!(*field(&api, "Boat", "own"), Ty::Integer(IntegerType::I64));
}

#[test]
fn a_union_that_is_a_part_keeps_its_tags_and_which_variant_has_none() {
    let variant = |name: &str| {
        format!(
            "{name}: {{type: object, required: [kind], properties: {{kind: {{type: string}}, {name}: {{type: integer}}}}}}"
        )
    };
    let api = of_components(&format!(
        "Base: {{type: object, properties: {{id: {{type: string}}}}}}\n{}\n{}\n\
         Either: {{oneOf: [{{$ref: '#/components/schemas/One'}}, {{$ref: '#/components/schemas/Other'}}], \
         discriminator: {{propertyName: kind, mapping: {{a: One, b: Other}}, defaultMapping: Other}}}}\n\
         Whole: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{$ref: '#/components/schemas/Either'}}]}}",
        variant("One"),
        variant("Other")
    ));
    for name in ["Either", "Whole"] {
        let Shape::Union(union) = &definition(&api, name).shape else { panic!("{name}") };
        let defaults: Vec<bool> = union.variants.iter().map(|one| one.is_default).collect();
        assert_eq!(defaults, [false, true], "{name}");
        let tags = union.variants.iter().map(|one| one.tag.as_ref()?.as_str());
        assert_eq!(tags.collect::<Vec<_>>(), [Some("a"), None], "{name}");
    }
}

#[test]
fn variants_that_are_joined_with_other_parts_keep_their_names() {
    let api = of_components(
        "
Base: {type: object, properties: {id: {type: string}}}
Left: {type: object, properties: {size: {type: integer}, l: {type: integer}}}
Right: {type: object, properties: {size: {type: integer}, r: {type: integer}}}
Side: {allOf: [{$ref: '#/components/schemas/Base'}, {oneOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}]}
",
    );
    let Shape::Union(side) = &definition(&api, "Side").shape else { panic!("Side") };
    let names: Vec<&str> = side.variants.iter().map(|one| one.name.rust()).collect();
    assert_eq!(names, ["Left", "Right"]);
}
