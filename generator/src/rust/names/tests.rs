use std::collections::HashSet;

use super::*;

fn one(text: &str, case: Case) -> String {
    Scope::default().name(text, case).rust().to_owned()
}

#[test]
fn words_take_the_case_of_their_place() {
    let table = [
        ("petId", "PetId", "pet_id"),
        ("HTTPValidationError", "HttpValidationError", "http_validation_error"),
        ("credit usage", "CreditUsage", "credit_usage"),
        ("paper-back", "PaperBack", "paper_back"),
        ("user.name", "UserName", "user_name"),
        ("type", "Type", "type_"),
        ("gen", "Gen", "gen_"),
        ("self", "Self_", "self_"),
        ("1a", "N1a", "n1a"),
        ("500+", "N500", "n500"),
        ("+1", "Plus1", "plus_1"),
        ("-1", "Minus1", "minus_1"),
        ("=", "Equal", "equal"),
        ("!=", "NotEqual", "not_equal"),
        ("≠", "U2260", "u2260"),
        ("größe", "GrUf6UdfE", "gr_uf6_udf_e"),
        ("", "Empty", "empty"),
        ("_", "Empty", "empty"),
        ("../../x", "DotX", "dot_x"),
    ];
    for (text, as_type, as_value) in table {
        assert_eq!(one(text, Case::Type), as_type, "{text:?} as a type");
        assert_eq!(one(text, Case::Value), as_value, "{text:?} as a value");
    }
}

#[test]
fn every_name_is_a_legal_word() {
    let texts =
        ["", " ", "a b", "Option", "💥", "\u{202e}x", "r#type", "a'b", "\"", "#", "{}", "\0"];
    for text in texts {
        for case in [Case::Type, Case::Value] {
            let name = one(text, case);
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{text:?} gives {name:?}");
            assert!(name.is_ascii(), "{text:?} gives {name:?}");
        }
    }
}

#[test]
fn names_of_a_scope_differ_and_keep_the_wire_name() {
    let mut scope = Scope::default();
    let names: Vec<_> = ["b", "B", "b2", "b", "type", "Type", "type_"]
        .map(|text| scope.name(text, Case::Value))
        .into();
    let distinct: HashSet<_> = names.iter().map(Name::rust).collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
    assert_eq!(names[1].wire(), "B");
    assert_eq!(names[1].rust(), "b2");
}

#[test]
fn reserved_words_stand_for_something_else() {
    let mut scope = Scope::reserving(&["Option", "timeout"]);
    assert_eq!(scope.name("Option", Case::Type).rust(), "OptionModel");
    assert_eq!(scope.name("timeout", Case::Value).rust(), "timeout_");
}

#[test]
fn a_very_long_name_is_cut() {
    let long = "word ".repeat(2_000);
    let mut scope = Scope::default();
    let (first, second) = (scope.name(&long, Case::Value), scope.name(&long, Case::Value));
    assert!(first.rust().len() <= 80);
    assert_ne!(first.rust(), second.rust());
}

#[test]
fn fastapi_suffixes_are_taken_off_only_where_they_fit() {
    let table = [
        ("get_credit_usage_v1_credits_usage_get", "get", "/v1/credits/usage", "get_credit_usage"),
        (
            "trigger_workflow_v1_workflows__workflow_id__trigger_post",
            "post",
            "/v1/workflows/{workflow_id}/trigger",
            "trigger_workflow",
        ),
        ("listPets", "get", "/pets", "listPets"),
        ("read_file_files__path_path__get", "get", "/files/{path:path}", "read_file"),
        ("_v1_x_get", "get", "/v1/x", "_v1_x_get"),
        ("read_item_items_get", "put", "/items", "read_item put"),
    ];
    for (id, method, path, words) in table {
        assert_eq!(operation_words(id, method, path), words, "{id}");
    }
}

#[test]
fn operations_without_an_id_are_named_by_their_path() {
    assert_eq!(path_words("GET", "/users/{user_id}/posts"), "get users by user_id posts");
}

#[test]
fn crate_names_are_checked() {
    for good in ["lantern-client", "petstore", "a_b1"] {
        assert!(is_crate_name(good), "{good}");
    }
    for bad in ["", "1a", "a b", "a\"", "-a", "type", "../x"] {
        assert!(!is_crate_name(bad), "{bad}");
    }
}
