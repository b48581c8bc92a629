//! What the macros make goes through each data format as what serde derives does.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::de::value::{BytesDeserializer, Error, MapDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Event, Extra, Limit, Priority, Size};
use crate::runtime::{Base64, Verbatim, json_object};
use crate::types;

/// A request of scalars, as a row of a table has them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Contact {
    record_id: String,
    phone: Option<String>,
    visits: Option<i64>,
    views: Option<u64>,
    small: Option<u8>,
    score: Option<f64>,
    active: Option<bool>,
    type_: Option<String>,
    extra: Extra,
}

json_object!(Contact {
    record_id,
    phone: optional,
    visits: optional,
    views: optional,
    small: optional,
    score: optional,
    active: optional,
    type_: optional = "type",
    ..extra
});

/// The same with what serde derives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Twin {
    record_id: String,
    phone: Option<String>,
    visits: Option<i64>,
    views: Option<u64>,
    small: Option<u8>,
    score: Option<f64>,
    active: Option<bool>,
    #[serde(rename = "type")]
    type_: Option<String>,
}

fn contact() -> Contact {
    Contact {
        record_id: "007".into(),
        phone: Some("+14155550100".into()),
        visits: Some(-3),
        views: Some(u64::MAX),
        small: Some(255),
        score: Some(1.5),
        active: Some(true),
        type_: Some("1e5".into()),
        extra: Extra::new(),
    }
}

fn sparse() -> Contact {
    Contact { record_id: "1,\"2\"\n3".into(), score: Some(-0.25), ..Contact::default() }
}

fn twin(contact: &Contact) -> Twin {
    let contact = contact.clone();
    Twin {
        record_id: contact.record_id,
        phone: contact.phone,
        visits: contact.visits,
        views: contact.views,
        small: contact.small,
        score: contact.score,
        active: contact.active,
        type_: contact.type_,
    }
}

/// What may be cleared in a part of an update, and values of each kind beside it.
#[derive(Clone, Debug, PartialEq)]
struct Update {
    name: Option<Option<String>>,
    age: Option<Option<i64>>,
    size: Option<Size>,
    priority: Priority,
    limit: Limit,
    at: Verbatim<jiff::Timestamp>,
    day: Verbatim<jiff::civil::Date>,
    cover: Option<Verbatim<Base64>>,
    extra: Extra,
}

json_object!(Update {
    name: optional_nullable,
    age: optional_nullable,
    size: optional,
    priority,
    limit,
    at,
    day,
    cover: optional,
    ..extra
});

fn update() -> Update {
    Update {
        name: Some(None),
        age: None,
        size: Some(Size::Unrecognized("huge".into())),
        priority: Priority::High,
        limit: Limit::Auto,
        at: "2024-01-01T00:00:00.5Z".parse().expect("a moment"),
        day: "2024-01-31".parse().expect("a day"),
        cover: Some(vec![1_u8; 9000].into()),
        extra: Extra::new(),
    }
}

/// What holds other types, without a place for what has no field.
#[derive(Clone, Debug, PartialEq)]
struct Nest {
    place: (String, i64),
    list: Vec<Contact>,
    event: Event,
    price: types::BookPrice,
    any: Value,
    map: Map<String, Value>,
}

json_object!(Nest { place, list, event, price, any, map });

fn nest() -> Nest {
    let extra = Extra::from(Map::from_iter([("new".to_owned(), json!({"a": [1, -2, 0.5, null]}))]));
    let closed = json!({"kind": "closed", "required": 1, "optional": 3});
    Nest {
        place: ("shelf".into(), 3),
        list: vec![contact(), sparse(), Contact { extra, ..contact() }],
        event: serde_json::from_value(closed).expect("an event"),
        price: types::BookPrice::Number(2.5),
        any: json!({"a": [1, "2", true, 0.5]}),
        map: Map::from_iter([("b".to_owned(), json!([u64::MAX, i64::MIN]))]),
    }
}

/// A way of writing and reading a value.
type Through<T> = (&'static str, fn(&T) -> Result<T, String>);

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The formats that have words for nested values.
fn nesting<T: Serialize + DeserializeOwned>() -> Vec<Through<T>> {
    vec![
        ("JSON", |it| {
            serde_json::from_str(&serde_json::to_string(it).map_err(said)?).map_err(said)
        }),
        ("JSON from a stream", |it| {
            serde_json::from_reader(serde_json::to_vec(it).map_err(said)?.as_slice()).map_err(said)
        }),
        ("a value", |it| {
            serde_json::from_value(serde_json::to_value(it).map_err(said)?).map_err(said)
        }),
        ("a borrowed value", |it| {
            T::deserialize(&serde_json::to_value(it).map_err(said)?).map_err(said)
        }),
        ("YAML", |it| {
            serde_yaml::from_str(&serde_yaml::to_string(it).map_err(said)?).map_err(said)
        }),
        ("a value of YAML", |it| {
            serde_yaml::from_value(serde_yaml::to_value(it).map_err(said)?).map_err(said)
        }),
        ("CBOR", |it| {
            let mut bytes = Vec::new();
            ciborium::into_writer(it, &mut bytes).map_err(said)?;
            ciborium::from_reader(bytes.as_slice()).map_err(said)
        }),
        ("a value of CBOR", |it| {
            let value = ciborium::Value::serialized(it).map_err(said)?;
            value.deserialized().map_err(said)
        }),
        ("MessagePack", |it| {
            rmp_serde::from_slice(&rmp_serde::to_vec(it).map_err(said)?).map_err(said)
        }),
        ("MessagePack with names", |it| {
            rmp_serde::from_slice(&rmp_serde::to_vec_named(it).map_err(said)?).map_err(said)
        }),
    ]
}

/// The same and TOML, which has no null and no large numbers.
fn tables<T: Serialize + DeserializeOwned>() -> Vec<Through<T>> {
    let mut formats = nesting();
    formats.push(("TOML", |it| toml::from_str(&toml::to_string(it).map_err(said)?).map_err(said)));
    formats.push(("a table of TOML", |it| {
        toml::Table::try_from(it).map_err(said)?.try_into().map_err(said)
    }));
    formats
}

/// The formats that have rows of texts.
fn rows<T: Serialize + DeserializeOwned>() -> Vec<Through<T>> {
    vec![
        ("CSV", |it| from_csv(&to_csv(std::slice::from_ref(it), true)?, true).map(only)),
        ("CSV without names", |it| {
            from_csv(&to_csv(std::slice::from_ref(it), false)?, false).map(only)
        }),
        ("a form", |it| {
            serde_urlencoded::from_str(&serde_urlencoded::to_string(it).map_err(said)?)
                .map_err(said)
        }),
    ]
}

fn only<T>(rows: Vec<T>) -> T {
    rows.into_iter().next().expect("a row")
}

fn to_csv<T: Serialize>(rows: &[T], has_names: bool) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new().has_headers(has_names).from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.serialize(row)).map_err(said)?;
    String::from_utf8(writer.into_inner().map_err(said)?).map_err(said)
}

fn from_csv<T: DeserializeOwned>(text: &str, has_names: bool) -> Result<Vec<T>, String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(has_names).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(said)
}

fn survives<T: Clone + Debug + PartialEq>(value: &T, formats: Vec<Through<T>>) {
    for (format, through) in formats {
        let read = through(value).unwrap_or_else(|error| panic!("through {format}: {error}"));
        assert!(read == *value, "through {format}");
    }
}

#[test]
fn each_type_comes_out_of_each_format_as_it_went_in() {
    survives(&contact(), nesting());
    survives(&contact(), rows());
    survives(&sparse(), rows());
    survives(&sparse(), tables());
    survives(&update(), nesting());
    survives(&Update { name: None, age: Some(Some(3)), ..update() }, tables());
    survives(&Update { name: Some(Some("A".into())), age: Some(None), ..update() }, nesting());
    survives(&nest(), nesting());
    for limit in [Limit::N1, Limit::Minus1, Limit::Half, Limit::False] {
        let update = Update { limit, name: None, ..update() };
        survives(&update, tables());
        survives(&update, rows());
    }
}

#[test]
fn each_format_takes_what_serde_derives_for_it_and_gives_the_same() {
    for (ours, twins) in [(contact(), twin(&contact())), (sparse(), twin(&sparse()))] {
        let text = |it: &dyn Fn() -> Result<String, String>| it().expect("a text");
        for has_names in [true, false] {
            let written = text(&|| to_csv(std::slice::from_ref(&twins), has_names));
            assert_eq!(to_csv(std::slice::from_ref(&ours), has_names).as_ref(), Ok(&written));
            assert_eq!(from_csv(&written, has_names), Ok(vec![ours.clone()]));
        }
        let written = rmp_serde::to_vec(&twins).expect("MessagePack");
        assert_eq!(rmp_serde::from_slice::<Contact>(&written).expect("a contact"), ours);
        let written = rmp_serde::to_vec(&ours).expect("MessagePack");
        assert_eq!(rmp_serde::from_slice::<Twin>(&written).expect("a twin"), twins);
        let written = serde_urlencoded::to_string(&twins).expect("a form");
        assert_eq!(serde_urlencoded::to_string(&ours).as_ref(), Ok(&written));

        let mut bytes = Vec::new();
        ciborium::into_writer(&twins, &mut bytes).expect("CBOR");
        assert_eq!(ciborium::from_reader::<Contact, _>(bytes.as_slice()).expect("CBOR"), ours);
        let mut bytes = Vec::new();
        ciborium::into_writer(&ours, &mut bytes).expect("CBOR");
        assert_eq!(ciborium::from_reader::<Twin, _>(bytes.as_slice()).expect("CBOR"), twins);
        let yaml = serde_yaml::to_string(&ours).expect("YAML");
        assert_eq!(serde_yaml::from_str::<Twin>(&yaml).expect("YAML"), twins);
        let json = serde_json::to_string(&ours).expect("JSON");
        assert_eq!(serde_json::from_str::<Twin>(&json).expect("JSON"), twins);
    }
}

#[test]
fn what_is_absent_is_left_out_where_fields_have_names() {
    let absent = sparse();
    assert_eq!(serde_json::to_string(&absent).expect("JSON").matches(':').count(), 2);
    assert_eq!(serde_json::to_value(&absent).expect("JSON").as_object().map(Map::len), Some(2));
    let yaml: Value =
        serde_yaml::from_str(&serde_yaml::to_string(&absent).expect("YAML")).expect("YAML");
    assert_eq!(yaml, serde_json::to_value(&absent).expect("JSON"));
    let cbor = ciborium::Value::serialized(&absent).expect("CBOR");
    assert_eq!(cbor.as_map().map(Vec::len), Some(2));
}

#[test]
fn rows_of_a_table_have_the_same_columns() {
    let written = to_csv(&[sparse(), contact()], true).expect("CSV");
    let columns = "record_id,phone,visits,views,small,score,active,type\n";
    assert!(written.starts_with(columns), "{written}");
    assert_eq!(from_csv(&written, true), Ok(vec![sparse(), contact()]));

    let mut more = contact();
    more.extra.insert("new".into(), json!(1));
    let error = to_csv(&[more], true).expect_err("a column of its own");
    assert!(error.contains("`extra` has `new`"), "{error}");
}

#[test]
fn cells_are_what_is_asked_for() {
    let text = "score,record_id,phone,zip,big,nan,ratio,exact,yes,name,empty\n\
        5,007,,02134,123456789012345678901234567890,NaN,0.5,1.10,true,+1,\n";
    let mut rows = from_csv::<Contact>(text, true).expect("a row");
    let read = rows.remove(0);
    let expected = json!({
        "zip": "02134", "big": "123456789012345678901234567890", "nan": "NaN", "ratio": 0.5,
        "exact": "1.10", "yes": true, "name": "+1", "empty": "",
    });
    assert_eq!(json!(*read.extra), expected);
    assert_eq!((read.record_id.as_str(), read.phone, read.score), ("007", None, Some(5.0)));

    // An empty cell says nothing; it clears no value.
    let text = "name,age,priority,limit,at,day\n,,9,auto,2024-01-01T00:00:00.5Z,2024-01-31\n";
    let read = from_csv::<Update>(text, true).expect("a row").remove(0);
    assert_eq!((read.name, read.age, read.priority), (None, None, Priority::High));
    assert!(from_csv::<Contact>("visits\n1\n", true).expect_err("no id").contains("record_id"));
}

#[test]
fn fields_are_named_by_text_bytes_or_number() {
    let name = |name| BytesDeserializer::<Error>::new(name);
    let by_bytes = [(name(b"type"), "b"), (name(b"title"), "a"), (name(b"c"), "c")];
    let by_number = [(1_u64, "b"), (0, "a"), (99, "c")];
    let by_bytes = MapDeserializer::<_, Error>::new(by_bytes.into_iter());
    let by_number = MapDeserializer::<_, Error>::new(by_number.into_iter());
    let mut read =
        [Labels::deserialize(by_bytes), Labels::deserialize(by_number)].map(|it| it.expect("it"));
    let further = [read[0].extra.remove("c"), read[1].extra.remove("99")];
    assert_eq!(further, [Some(json!("c")), Some(json!("c"))]);
    let expected = Labels { title: "a".into(), type_: "b".into(), extra: Extra::new() };
    assert_eq!(read, [expected.clone(), expected]);
    let unreadable = MapDeserializer::<_, Error>::new([(name(b"\xFF"), "b")].into_iter());
    assert!(Labels::deserialize(unreadable).is_err());
}

#[derive(Clone, Debug, PartialEq)]
struct Labels {
    title: String,
    type_: String,
    extra: Extra,
}

json_object!(Labels { title, type_ = "type", ..extra });

#[test]
fn a_list_is_no_object_where_fields_have_names() {
    for text in ["[]", "[\"a\"]", "[1, 2, 3, 4, 5]"] {
        let error = serde_json::from_str::<Contact>(text).expect_err(text).to_string();
        assert!(error.contains("expected an object (Contact)"), "{error}");
        assert!(serde_json::from_str::<Nest>(text).is_err());
        assert!(serde_yaml::from_str::<Contact>(text).is_err());
    }
    // Where they are counted, those at the end may lack.
    let short = rmp_serde::to_vec(&("a", "b")).expect("MessagePack");
    let read: Contact = rmp_serde::from_slice(&short).expect("a contact");
    let expected = Contact { record_id: "a".into(), phone: Some("b".into()), ..Contact::default() };
    assert_eq!(read, expected);
    let empty = rmp_serde::to_vec(&Vec::<u8>::new()).expect("MessagePack");
    assert!(rmp_serde::from_slice::<Contact>(&empty).is_err());
}

#[test]
fn a_type_is_part_of_what_serde_derives() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        line: u64,
        #[serde(flatten)]
        contact: Contact,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Contact(Contact),
        Row(String),
    }
    let mut contact = contact();
    contact.extra.insert("new".into(), json!({"a": 0.5}));
    let row = Row { line: 1, contact: contact.clone() };
    let text = serde_json::to_string(&row).expect("JSON");
    assert_eq!(serde_json::from_str::<Row>(&text).expect("a row"), row);
    let text = serde_json::to_string(&Either::Contact(contact.clone())).expect("JSON");
    assert_eq!(serde_json::from_str::<Either>(&text).expect("either"), Either::Contact(contact));
}

#[test]
fn moments_of_toml_are_moments() {
    let text = "priority = 9\nlimit = 'auto'\nat = 2024-01-01T00:00:00.5Z\nday = 2024-01-31\n\
        since = 1979-05-27T07:32:00Z\n";
    let read: Update = toml::from_str(text).expect("TOML");
    assert_eq!((read.at, read.day), (update().at, update().day));
    assert_eq!(read.extra["since"], "1979-05-27T07:32:00Z");
    let wrong = serde_json::from_value::<types::Book>(json!({"added_at": {"a": 1}}));
    assert!(wrong.expect_err("no moment").to_string().contains("expected a date-time"));
}

#[test]
fn a_union_that_names_its_variant_is_a_row() {
    let gap: types::Item =
        serde_json::from_value(json!({"kind": "gap", "width": 2.5})).expect("an item");
    let written = to_csv(std::slice::from_ref(&gap), true).expect("CSV");
    assert_eq!(written, "kind,width\ngap,2.5\n");
    // The tag is written though the variant has no field for it, and counted.
    let opened: Event = serde_json::from_value(json!({"kind": "opened", "from": 1.0, "to": 2.5}))
        .expect("an event");
    survives(&opened, tables());
    assert_eq!(to_csv(&[opened], true).as_deref(), Ok("kind,from,to\nopened,1.0,2.5\n"));
}

#[test]
fn json_has_no_word_for_what_is_no_number() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let contact = Contact { score: Some(number), ..contact() };
        let nested = Nest { list: vec![contact.clone()], ..nest() };
        let errors = [
            serde_json::to_string(&contact).map(drop),
            serde_json::to_value(&contact).map(drop),
            serde_json::to_vec(&nested).map(drop),
            serde_json::to_value(&nested).map(drop),
            serde_json::to_string(&types::BookPrice::Number(number)).map(drop),
        ];
        for error in errors {
            let error = error.expect_err("no number").to_string();
            assert_eq!(error, format!("JSON has no number for {number}"));
        }
        // Others do.
        let yaml = serde_yaml::to_string(&contact).expect("YAML");
        let read: Contact = serde_yaml::from_str(&yaml).expect("YAML");
        assert_eq!(read.score.map(f64::to_bits), Some(number.to_bits()));
    }
}
