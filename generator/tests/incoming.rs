//! What the service sends of its own accord has types, and links are told where they lead.

use std::collections::HashMap;

use lantern_generator::pipeline::model::{
    Api, Direction, Payload, Shape, TypeDef, TypeModule, Webhook,
};
use lantern_generator::pipeline::render::Documentation;
use lantern_generator::{Generator, TagFeatures};

use crate::fixture;

fn modelled(fixture: &str, options: impl FnOnce(Generator) -> Generator) -> Api {
    let path = fixture::path(fixture);
    let api = options(fixture::generator(&path)).api(&fixture::source(&path));
    api.unwrap_or_else(|diagnostics| panic!("{fixture}:\n{diagnostics}")).value
}

const FIXTURES: [&str; 4] =
    ["callbacks", "webhooks", "webhooks_beside_their_tag", "webhooks_in_3_0"];

fn definitions(api: &Api) -> HashMap<&str, &TypeDef> {
    api.types.iter().map(|definition| (definition.name.rust(), definition)).collect()
}

fn direction(definition: &TypeDef) -> Option<Direction> {
    match &definition.shape {
        Shape::Struct(object) => Some(object.direction),
        _ => None,
    }
}

#[test]
fn services_make_payloads_and_callers_make_answers() {
    for fixture in FIXTURES {
        let api = fixture::api(fixture);
        let types = definitions(&api);
        assert!(!api.webhooks.all.is_empty(), "{fixture}");
        for webhook in &api.webhooks.all {
            for payload in webhook.payload.ty().into_iter().flat_map(|ty| ty.named()) {
                assert_eq!(
                    direction(types[payload.rust()]),
                    Some(Direction::Response),
                    "{fixture}"
                );
            }
            for answer in webhook.responses.iter().filter_map(|answer| answer.ty.as_ref()?.named())
            {
                assert_eq!(direction(types[answer.rust()]), Some(Direction::Request), "{fixture}");
            }
        }
    }
}

#[test]
fn webhooks_have_the_names_that_their_description_gives() {
    let names = |fixture: &str| -> Vec<String> {
        let api = fixture::api(fixture);
        let module = api.webhooks.module.rust();
        let name = |webhook: &Webhook| format!("{module}::{}", webhook.name.rust());
        api.webhooks.all.iter().map(name).collect()
    };
    assert_eq!(names("callbacks"), ["webhooks::PrintOnDone", "webhooks::OnFault"]);
    assert_eq!(names("webhooks_in_3_0"), ["webhooks::OrderPaid"]);
    assert_eq!(names("webhooks_beside_their_tag"), ["incoming_webhooks::WebhookModel"]);
    let expected = ["OrderPaid", "NoteWasWritten", "ChangedNote", "Scan", "Form", "Ping"];
    assert_eq!(names("webhooks"), expected.map(|name| format!("webhooks::{name}")));
}

#[test]
fn each_body_is_read_in_its_own_way() {
    let api = modelled("webhooks", Generator::with_schema_examples);
    let read: Vec<_> = api.webhooks.all.iter().map(|webhook| &webhook.payload).collect();
    assert!(matches!(
        read.as_slice(),
        [
            Payload::Json(_),
            Payload::Text,
            Payload::Json(_),
            Payload::Bytes,
            Payload::Bytes,
            Payload::Nothing
        ]
    ));
    let sample =
        api.schema_examples.iter().find(|sample| sample.at.as_str().contains("order.paid"));
    assert_eq!(sample.map(|sample| sample.value["order"]["id"].clone()), Some(7.into()));
}

#[test]
fn what_webhooks_need_is_there_whatever_features_are_on() {
    for fixture in FIXTURES {
        let api = modelled(fixture, |generator| generator.tag_features(TagFeatures::Always));
        let types = definitions(&api);
        for name in api.webhooks.all.iter().flat_map(Webhook::types).flat_map(|ty| ty.names()) {
            let type_module = &types[name.rust()].type_module;
            assert_eq!(api.feature_of(type_module), None, "{fixture}: {}", name.rust());
            if fixture == "webhooks_beside_their_tag" {
                assert_eq!(*type_module, TypeModule::Common, "an operation uses it, too");
            }
        }
    }
}

#[test]
fn callbacks_go_with_their_operations() {
    let part =
        |operation: &str| modelled("callbacks", |generator| generator.only_operation(operation));
    let names = |api: &Api| {
        let names = api.webhooks.all.iter().map(|webhook| webhook.name.rust().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&part("print")), ["PrintOnDone", "OnFault"]);
    let again = part("reprint");
    assert_eq!(names(&again), ["OnFault"]);
    assert_eq!(definitions(&again).keys().collect::<Vec<_>>(), [&"Fault"]);
}

#[test]
fn links_are_told_where_they_lead() {
    let api = fixture::api("links");
    let expected = [
        "- [`Books::get`](crate::books::Books::get) takes `id` of the reply as `book_id`",
        "- `Shelf::change_book` takes `id` of the reply as `book_id`,",
        "  the header `ETag` of the reply as `x_version`, `2` as `copies`,",
        "  the body of the reply as its body.",
        "  What was added can be changed.",
    ];
    let docs = docs_of(&api, "add");
    assert!(docs.windows(expected.len()).any(|lines| lines == expected), "{docs:#?}");
    let docs = docs_of(&api, "get");
    assert!(docs.contains(&"- Goes with `Shelf::list`".to_owned()), "{docs:#?}");
}

/// What is written above a method.
fn docs_of(api: &Api, name: &str) -> Vec<String> {
    let operations =
        api.tags.iter().flat_map(|tag| tag.operations.iter().map(move |one| (tag, one)));
    let mut named = operations.filter(|(_, operation)| operation.name.rust() == name);
    let (tag, operation) = named.next().expect("an operation");
    Documentation::new(api).operation(tag, operation)
}

#[test]
fn links_lead_to_no_method_that_is_not_there() {
    let api = modelled("links", |generator| generator.only_operation("addBook"));
    let docs = docs_of(&api, "add");
    let named = "- `Books::get` takes `id` of the reply as `book_id`";
    assert!(docs.contains(&named.to_owned()), "{docs:#?}");
    assert!(docs.iter().all(|line| !line.contains("](crate::books")), "{docs:#?}");
}
