//! Each value finds its variant of a union, and is written as it came: tried with the clients of fixtures.

use std::fmt::Write;

use lantern_generator::{Crate, File, Generator};

use crate::{fixture, workspace};

/// A fixture, a type of it, and values with how their variant is shown at its beginning.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (
        "union_by_several_tags_each",
        "Event",
        &[
            (r#"{"type":"created","note":"a"}"#, "Created("),
            (r#"{"type":"updated","note":"a"}"#, "Updated("),
            (r#"{"type":"removed"}"#, "Removal("),
            (r#"{"type":"Ping"}"#, "Ping("),
            (r#"{"type":"Change"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_by_several_tags_each",
        "Reading",
        &[
            (r#"{"unit":"C","celsius":1.5}"#, "Celsius("),
            (r#"{"unit":"m","meters":1.5}"#, "Meters("),
            (r#"{"unit":"0"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_by_constants",
        "Check",
        &[
            (r#"{"passed":true}"#, "Passed("),
            (r#"{"passed":false}"#, "Failed("),
            (r#"{"passed":false,"note":"late"}"#, "Failed("),
            (r#"{"passed":"maybe"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_by_constants",
        "Alarm",
        &[
            (r#"{"level":2}"#, "Quiet("),
            (r#"{"level":3}"#, "Loud("),
            (r#"{"level":4,"note":"again"}"#, "Loud("),
        ],
    ),
    (
        "union_by_constants",
        "Move",
        &[
            (r#"{"up":true,"speed":"fast"}"#, "UpFast("),
            (r#"{"up":true,"speed":"slow"}"#, "UpSlow("),
            (r#"{"up":false,"speed":"fast"}"#, "DownFast("),
            (r#"{"up":false,"speed":"slow"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_by_integer_tag",
        "Layout",
        &[
            (r#"{"format":10,"columns":2}"#, "Grid("),
            (r#"{"format":20,"columns":2}"#, "Rows("),
            (r#"{"format":"20"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_by_integer_tag",
        "Door",
        &[(r#"{"locked":true}"#, "Locked("), (r#"{"locked":false,"key":"a"}"#, "Unlocked(")],
    ),
    (
        "union_by_inherited_tag",
        "Bookable",
        &[
            (r#"{"wheels":"four","seats":2}"#, "Car("),
            (r#"{"wheels":"two","seats":2}"#, "Bike("),
            (r#"{"wheels":"none"}"#, "Unrecognized("),
        ],
    ),
    ("union_by_inherited_tag", "Vehicle", &[(r#"{"wheels":"none"}"#, "Boat(")]),
    (
        "union_with_a_default",
        "Parcel",
        &[
            (r#"{"form":"letter","pages":2}"#, "Letter("),
            (r#"{"form":"box","height":2}"#, "BoxModel("),
            (r#"{"form":"loose","length":2}"#, "Other("),
            (r#"{"form":"tube","length":2}"#, "Other("),
            (r#"{"length":2,"pages":1}"#, "Other("),
            (r#"{"pages":1}"#, "Unrecognized("),
        ],
    ),
    (
        "union_with_a_default",
        "Vehicle",
        &[
            (r#"{"kind":"Car","wheels":4,"seats":5}"#, "Car("),
            (r#"{"kind":"Cart","wheels":4,"load":5}"#, "Cart("),
            (r#"{"kind":"Sled","wheels":0,"load":5}"#, "Cart("),
            (r#"{"wheels":4,"seats":5}"#, "Cart("),
        ],
    ),
    (
        "union_of_its_extensions",
        "Device",
        &[
            (r#"{"sort":"lamp","room":"hall","lit":true}"#, "Lamp(Lamp {"),
            (r#"{"sort":"lock","lit":true}"#, "Lock(Lock {"),
            (r#"{"sort":"Blind","height":3,"room":"hall"}"#, "Blind("),
        ],
    ),
    (
        "union_of_its_extensions",
        "Untagged",
        &[(r#"{"room":"hall","watts":3}"#, "Plug("), (r#"{"room":"hall","speed":3}"#, "Fan(")],
    ),
    (
        "union_with_an_absent_tag",
        "Sighting",
        &[
            (r#"{"sort":"bird","wings":2}"#, "Bird("),
            (r#"{"sort":"crab","wings":2}"#, "Unrecognized("),
            (r#"{"age":3}"#, "Unrecognized("),
        ],
    ),
    (
        "union_with_an_absent_tag",
        "Key",
        &[(r#"{"mode":"Minor"}"#, "Minor("), (r#"{"sharps":3}"#, "Unrecognized(")],
    ),
    (
        "union_with_an_absent_tag",
        "Either",
        &[
            (r#"{"mode":"Major","sharps":2,"wild":true}"#, "Key(Major("),
            (r#"{"sort":"fish","fins":2,"mode":"Major"}"#, "Sighting(Fish("),
        ],
    ),
    (
        "union_with_common_properties",
        "Note",
        &[
            (r#"{"id":1,"medium":"voice","length":3}"#, "Spoken("),
            (r#"{"id":1,"medium":"paper","length":3}"#, "Written("),
            (r#"{"id":1,"medium":"stone"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_with_the_parent_itself",
        "Plant",
        &[
            (r#"{"species":"Tree","height":2,"rings":3}"#, "Tree("),
            (r#"{"species":"Plant","height":2}"#, "Itself("),
            (r#"{"species":"Moss"}"#, "Unrecognized("),
        ],
    ),
    (
        "union_with_the_parent_itself",
        "Stone",
        &[(r#"{"sort":"Gem","carats":2}"#, "Gem("), (r#"{"sort":"Stone"}"#, "Unrecognized(")],
    ),
    (
        "union_of_unnamed_variants",
        "Parcel",
        &[
            (r#"{"form":"box","width":2}"#, "Box(ParcelBox {"),
            (r#"{"form":"tube","length":2}"#, "Tube(ParcelTube {"),
        ],
    ),
    (
        "union_of_unnamed_variants",
        "Event",
        &[(r#"{"Sent":"x"}"#, "Sent(EventSent {"), (r#"{"Lost":1}"#, "Lost(EventLost {")],
    ),
    (
        "union_of_unnamed_variants",
        "Label",
        &[(r#"{"id":1,"text":"a"}"#, "Object(LabelObject {"), (r#""a""#, "String(")],
    ),
    (
        "union_of_unnamed_variants",
        "Place",
        &[
            (r#"{"x":1.5,"y":2.5}"#, "Point(PlacePoint {"),
            (r#"{"name":"a"}"#, "Name(PlaceName {"),
            (r#""here""#, "String(Here"),
        ],
    ),
    (
        "union_of_inline_unions",
        "Part",
        &[
            (r#""a""#, "String("),
            ("3", "Integer("),
            (r#"{"bolt":3}"#, "Bolt(PartBolt {"),
            (r#"{"nut":3}"#, "Nut(PartNut {"),
            (r#"{"screw":3}"#, "Screw(PartScrew {"),
        ],
    ),
    (
        "union_of_inline_unions",
        "Closure",
        &[
            ("3", "Width(Integer("),
            (r#"{"width":3}"#, "Width(Size("),
            (r#"{"kind":"Lid","metal":true}"#, "Choice(Lid("),
        ],
    ),
    ("union_of_inline_unions", "Row", &[(r#"[{"x":1,"y":2}]"#, "List([RowItem {")]),
    ("union_of_inline_unions", "Port", &[("80", "Count("), (r#""http""#, "Text(")]),
    ("union_of_inline_unions", "Short", &[(r#""ab""#, "Text("), (r#"{"width":3}"#, "Size(")]),
    (
        "union_of_inline_unions",
        "Named",
        &[(r#""ab""#, "Text("), (r#"{"name":"a","width":3}"#, "Size(NamedSize {")],
    ),
    (
        "union_of_listed_values",
        "Copies",
        &[
            (r#""none""#, "None("),
            (r#""12""#, "String("),
            (r#""many""#, "String("),
            ("12", "Integer("),
        ],
    ),
    (
        "union_of_listed_values",
        "Look",
        &[
            (r#""large""#, "Size(Large)"),
            (r#""blue""#, "Color(Blue)"),
            (r#""green""#, "Size(Unrecognized("),
            ("3", "Integer("),
        ],
    ),
    (
        "union_of_listed_values",
        "Margin",
        &[(r#""auto""#, "String(Auto)"), (r#""none""#, "String(None)"), ("3", "Integer(")],
    ),
    (
        "union_of_listed_values",
        "Any",
        &[(r#""large""#, "Size(Large)"), (r#""any""#, "Value("), ("3", "Value(")],
    ),
    (
        "union_of_listed_values",
        "Text",
        &[
            (r#""large""#, "Look(Size(Large))"),
            (r#""blue""#, "Look(Color(Blue))"),
            (r#""green""#, "String("),
            ("3", "Look(Integer("),
        ],
    ),
    (
        "union_of_listed_values",
        "Options",
        &[
            (r#"{"weight":3,"further":1}"#, "Paper("),
            (r#"{"further":1}"#, "Object("),
            (r#"{"further":1,"more":2}"#, "Object("),
            ("{}", "Paper("),
        ],
    ),
    (
        "union_of_listed_values",
        "Poster",
        &[
            (r#"{"size":"large"}"#, "Poster { size: Some(Large)"),
            (r#"{"size":null,"paper":{"weight":1}}"#, "Poster { size: None, paper: Some(Paper {"),
            (
                r#"{"size":null,"tray":{"weight":1}}"#,
                "Poster { size: None, paper: None, tray: Some(Paper {",
            ),
        ],
    ),
    (
        "union_of_listed_values",
        "Due",
        &[
            (r#""2024-01-02""#, "Date("),
            (r#""2024-01-02T03:04:05Z""#, "Timestamp("),
            (r#""2024-01-02T03:04:05""#, "Timestamp("),
        ],
    ),
    (
        "union_of_listed_values",
        "Task",
        &[
            (r#"{"kind":"job","id":1}"#, "Job("),
            (r#"{"kind":"scan","id":1}"#, "Work(Scan("),
            (r#"{"kind":"copy","id":1}"#, "Work(Copy("),
        ],
    ),
    (
        "union_of_listed_values",
        "Sheet",
        &[
            (r#"{"paper":"large"}"#, "Thick("),
            (r#"{"paper":"red"}"#, "Thin("),
            (r#"{"paper":"green"}"#, "Thick("),
        ],
    ),
    (
        "union_of_listed_values",
        "Pages",
        &[
            (r#"["a"]"#, "StringList("),
            ("[1]", "IntegerList("),
            ("[[1]]", "IntegerListList("),
            ("[true]", "ValueList("),
            ("3", "U64("),
            ("-3", "I64("),
        ],
    ),
    (
        "union_by_members_within",
        "Change",
        &[
            (r#"{"meta":{"kind":"made"},"id":1}"#, "Made("),
            (r#"{"meta":{"kind":"gone"},"id":1}"#, "Gone("),
            (r#"{"meta":{"kind":"lost"},"id":1}"#, "Unrecognized("),
        ],
    ),
    (
        "union_by_members_within",
        "Check",
        &[
            (r#"{"result":{"state":{"ok":true}}}"#, "Passed("),
            (r#"{"result":{"state":{"ok":false}}}"#, "Failed("),
        ],
    ),
    (
        "union_by_members_within",
        "Mixed",
        &[
            (r#"{"sort":"own","meta":{}}"#, "Own("),
            (r#"{"sort":"other","meta":{"kind":"red"}}"#, "Red("),
            (r#"{"sort":"other","meta":{"kind":"blue"}}"#, "Blue("),
        ],
    ),
    (
        "union_by_members_within",
        "Job",
        &[
            (r#"{"closed_at":null,"id":1}"#, "Open("),
            (r#"{"closed_at":"today","id":1}"#, "Closed("),
        ],
    ),
    (
        "union_by_members_within",
        "Lease",
        &[(r#"{"by":null}"#, "Free("), (r#"{"by":{"name":"a"}}"#, "Taken(")],
    ),
    (
        "union_by_members_within",
        "Level",
        &[("0", "Low("), ("9", "Low("), ("10", "High("), ("70000", "High(")],
    ),
    ("union_by_members_within", "Depth", &[("0", "Above("), ("7", "Above("), ("-1", "Below(")]),
    (
        "union_by_members_within",
        "Problem",
        &[
            (r#"{"status":404}"#, "Caller("),
            (r#"{"status":599}"#, "Service("),
            (r#"{"status":1}"#, "Unknown("),
            (r#"{"status":700}"#, "Caller("),
        ],
    ),
    ("union_by_members_within", "Stay", &[(r#""always""#, "Always("), (r#""two""#, "Days(")]),
    (
        "union_by_members_within",
        "Input",
        &[
            (r#""a""#, "String("),
            (r#"["a"]"#, "StringList("),
            ("[1]", "IntegerList("),
            ("[[1]]", "IntegerListList("),
        ],
    ),
    (
        "union_by_members_within",
        "Amount",
        &[("7", "From0To9("), ("10", "From10("), ("-1", "UpToMinus1(")],
    ),
    ("union_by_members_within", "Size", &[("2", "Small("), ("0", "Any("), ("4", "Any(")]),
    (
        "union_of_unions",
        "Message",
        &[
            (r#"{"order":"placed","by":"a"}"#, "Order(Placed("),
            (r#"{"order":"cancelled"}"#, "Order(Cancelled("),
            (r#"{"stock":"arrived","count":3}"#, "Stock(Arrived("),
            (r#"{"stock":"gone"}"#, "Stock(Gone("),
            (r#"7"#, "Code(Integer("),
            (r#"{"stock":"moved"}"#, "Unrecognized("),
        ],
    ),
];

/// A fixture, a type of it, JSON without a tag, how its variant is shown, and what is written: the tag is there.
type Untagged = (&'static str, &'static str, &'static [(&'static str, &'static str, &'static str)]);

const UNTAGGED: &[Untagged] = &[
    (
        "union_with_an_absent_tag",
        "Sighting",
        &[
            (r#"{"wings":2}"#, "Bird(", r#"{"sort":"bird","wings":2}"#),
            (r#"{"sort":null,"fins":2}"#, "Fish(", r#"{"sort":"fish","fins":2}"#),
            (r#"{"wild":true,"age":3}"#, "Wolf(", r#"{"sort":"wolf","wild":true,"age":3}"#),
            (r#"{"wild":false,"age":3}"#, "Fox(", r#"{"sort":"fox","wild":false,"age":3}"#),
        ],
    ),
    (
        "union_with_an_absent_tag",
        "Either",
        &[(r#"{"wings":2}"#, "Sighting(Bird(", r#"{"sort":"bird","wings":2}"#)],
    ),
];

/// A fixture, code that makes a value, and its JSON.
const MADE: &[(&str, &str, &str)] = &[
    (
        "children_with_their_tags",
        r#"Circle::new("a", 1.0)"#,
        r#"{"kind":"circle","name":"a","radius":1.0}"#,
    ),
    ("children_with_their_tags", r#"Square::new("a")"#, r#"{"kind":"Square","name":"a"}"#),
    ("children_with_their_tags", r#"Point::new("a")"#, r#"{"kind":"Point","name":"a"}"#),
    ("children_with_their_tags", r#"Line::new("ray", "a")"#, r#"{"kind":"ray","name":"a"}"#),
    ("children_with_their_tags", "Captain::default().crew(2)", r#"{"level":3,"crew":2}"#),
    ("children_with_their_tags", "OpenDoor::default()", r#"{"open":true}"#),
    ("children_with_their_tags", "Red::default()", r#"{"tone":"red"}"#),
];

#[test]
fn each_value_finds_its_variant_and_is_written_as_it_came() {
    let mut clients: Vec<(&str, Crate)> = Vec::new();
    let ideas = CASES.iter().map(|(idea, ..)| idea);
    for idea in ideas.chain(MADE.iter().map(|(idea, ..)| idea)) {
        if clients.iter().all(|(known, _)| known != idea) {
            clients.push((idea, with_test(idea)));
        }
    }
    let clients: Vec<Crate> = clients.into_iter().map(|(_, client)| client).collect();
    let workspace = workspace::lay_out("unions", &clients);
    let arguments =
        ["test", "--quiet", "--workspace", "--no-default-features", "--test", "variants"];
    let tested = workspace::cargo(&workspace, &arguments, &["--no-fail-fast"]);
    let said = [tested.stdout, tested.stderr].concat();
    assert!(tested.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// The client of a fixture, with a test of its unions.
fn with_test(idea: &str) -> Crate {
    let path = fixture::path(idea);
    let generator = Generator::new(idea.replace('_', "-")).overlays(fixture::overlays(&path));
    let mut client = generator.run(&fixture::source(&path)).expect(idea).value;
    let mut calls = String::new();
    for (_, ty, values) in CASES.iter().filter(|(fixture, ..)| *fixture == idea) {
        for (json, variant) in *values {
            let call = format!("try_one::<types::{ty}>(r#\"{json}\"#, \"{variant}\", None);");
            writeln!(calls, "    {call}").expect("a text");
        }
    }
    for (_, ty, values) in UNTAGGED.iter().filter(|(fixture, ..)| *fixture == idea) {
        for (json, variant, written) in *values {
            let written = format!("Some(r#\"{written}\"#)");
            let call = format!("try_one::<types::{ty}>(r#\"{json}\"#, \"{variant}\", {written});");
            writeln!(calls, "    {call}").expect("a text");
        }
    }
    for (_, code, json) in MADE.iter().filter(|(fixture, ..)| *fixture == idea) {
        writeln!(calls, "    assert_eq!(written(&types::{code}), json(r#\"{json}\"#));")
            .expect("a text");
    }
    let text = format!(
        "//! The variants of unions.\n\nuse std::fmt::Debug;\n\nuse serde::{{Serialize, de::DeserializeOwned}};\nuse serde_json::Value;\nuse {idea}::types;\n\n\
         fn json(text: &str) -> Value {{\n    serde_json::from_str(text).expect(text)\n}}\n\n\
         fn written(value: &impl Serialize) -> Value {{\n    \
         serde_json::to_value(value).expect(\"JSON\")\n}}\n\n\
         #[allow(dead_code)]\n\
         fn try_one<T: Serialize + DeserializeOwned + Debug>(came: &str, variant: &str, goes: Option<&str>) {{\n    \
         let read: T = serde_json::from_str(came).expect(came);\n    \
         let shown = format!(\"{{read:?}}\");\n    \
         assert!(shown.starts_with(variant), \"{{came}} is {{shown}}\");\n    \
         assert_eq!(written(&read), json(goes.unwrap_or(came)));\n}}\n\n\
         #[test]\nfn variants() {{\n{calls}}}\n"
    );
    client.files.push(File { path: "tests/variants.rs".to_owned(), text });
    client
}
