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
        ("≠", "NotEqual", "not_equal"),
        ("<=", "LessEqual", "less_equal"),
        ("≤", "LessEqual", "less_equal"),
        ("VMs", "Vms", "vms"),
        ("listURLsOf", "ListUrlsOf", "list_urls_of"),
        ("IPv6Addresses", "IPv6Addresses", "ipv6_addresses"),
        ("OAuth2Token", "OAuth2Token", "oauth2_token"),
        ("myOAuth", "MyOAuth", "my_oauth"),
        ("OAuthorize", "OAuthorize", "o_authorize"),
        ("iOSVersion", "IosVersion", "ios_version"),
        ("ABTests", "AbTests", "ab_tests"),
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
fn a_verb_of_a_third_person_has_an_infinitive() {
    for (word, expected) in [
        ("updates", Some("update")),
        ("searches", Some("search")),
        ("returns", Some("return")),
        ("update", None),
        ("books", None),
    ] {
        assert_eq!(infinitive(word).as_deref(), expected, "{word}");
    }
}

#[test]
fn an_s_behind_an_acronym_is_a_plural_only_at_the_end_of_a_word() {
    assert_eq!(words_of("VMs"), ["vms"]);
    assert_eq!(words_of("VMsList"), ["vms", "list"]);
    assert_ne!(words_of("VMstate")[0], "vms");
    assert_ne!(words_of("VMs2")[0], "vms");
}

#[test]
fn an_apostrophe_parts_words_unless_an_ending_follows() {
    assert_eq!(words_of("User's album"), ["users", "album"]);
    assert_eq!(words_of("don’t"), ["dont"]);
    for parted in ["user'x", "user'so", "'s user"] {
        assert!(words_of(parted).len() > 1, "{parted}");
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
fn names_of_all_scripts_read_as_they_are_written_or_spoken() {
    let table = [
        ("größe", "Grosse", "grosse", "grosse"),
        ("Öffnungszeiten", "Offnungszeiten", "offnungszeiten", "offnungszeiten"),
        ("naïve café", "NaiveCafe", "naive_cafe", "naive_cafe"),
        ("gro\u{308}ße", "Grosse", "grosse", "grosse"),
        ("Łódź-Ærø", "LodzAero", "lodz_aero", "lodz_aero"),
        ("имяПользователя", "ImyaPolzovatelya", "imya_polzovatelya", "imya_polzovatelya"),
        ("ЩИТ", "Shchit", "shchit", "shchit"),
        ("объект", "Obekt", "obekt", "obekt"),
        ("Ψυχή", "Psychi", "psychi", "psychi"),
        ("नमस्ते", "Nmste", "nmste", "nmste"),
        ("姓名", "姓名", "姓名", "xing_ming"),
        ("姓名ID", "姓名Id", "姓名_id", "xing_ming_id"),
        ("user姓名2", "User姓名2", "user_姓名2", "user_xing_ming2"),
        ("カタカナー", "カタカナー", "カタカナー", "katakana"),
        ("ｶﾀｶﾅ", "カタカナ", "カタカナ", "katakana"),
        ("ＡＢＣ（税込）", "Abc税込", "abc_税込", "abc_shui_yu"),
        ("사용자 이름", "사용자이름", "사용자_이름", "sayongja_ileum"),
        ("ㄱ", "G", "g", "g"),
        ("price €", "PriceEur", "price_eur", "price_eur"),
        ("don’t", "Dont", "dont", "dont"),
        ("💥", "Boom", "boom", "boom"),
        ("a\u{200d}b", "Ab", "ab", "ab"),
        ("\u{e000}", "Ue000", "ue000", "ue000"),
    ];
    for (text, as_type, as_value, as_module) in table {
        assert_eq!(one(text, Case::Type), as_type, "{text:?} as a type");
        assert_eq!(one(text, Case::Value), as_value, "{text:?} as a value");
        assert_eq!(one(text, Case::Module), as_module, "{text:?} as a module");
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
fn names_that_differ_in_signs_say_them() {
    let mut scope = Scope::default();
    let names = ["Etc/GMT+1", "Etc/GMT-1", "a.b", "a-b", "a b", "a:b", "a_b"]
        .map(|text| scope.name(text, Case::Type).rust().to_owned());
    let expected = ["EtcGmt1", "EtcGmtMinus1", "AB", "ADashB", "AB2", "AColonB", "AB3"];
    assert_eq!(names, expected);
}

#[test]
fn each_sign_has_a_word_of_its_own() {
    let signs = [
        ("+", "Plus"),
        ("-", "Minus"),
        ("*", "Star"),
        ("/", "Slash"),
        ("=", "Equal"),
        ("!", "Not"),
        ("<", "Less"),
        (">", "Greater"),
        ("~", "Tilde"),
        ("&", "And"),
        ("|", "Or"),
        ("%", "Percent"),
        ("$", "Dollar"),
        ("#", "Hash"),
        ("@", "At"),
        (".", "Dot"),
        (",", "Comma"),
        ("?", "Question"),
        (":", "Colon"),
        ("→", "To"),
        ("×", "Times"),
        ("÷", "DividedBy"),
    ];
    for (sign, expected) in signs {
        assert_eq!(one(sign, Case::Type), expected, "{sign}");
    }
}

#[test]
fn a_name_of_before_is_kept_if_it_can_be_one_and_is_free() {
    let mut scope = Scope::reserving(&["Client"]);
    assert_eq!(scope.keep("user", "Person").expect("a name").rust(), "Person");
    assert_eq!(scope.name("Person", Case::Type).rust(), "Person2");
    for refused in ["Person", "Client", "type", "a b", "", "1a"] {
        assert_eq!(scope.keep("user", refused), None, "{refused}");
    }
}

#[test]
fn a_name_of_the_longest_length_is_whole_and_has_no_other_cuts() {
    let longest = "a".repeat(words::LONGEST);
    assert_eq!(one(&longest, Case::Value), longest);
    let mut scope = Scope::default();
    let names = [&longest, &longest].map(|text| scope.name(text, Case::Value).rust().to_owned());
    assert_eq!(names[1], format!("{longest}2"));
}

#[test]
fn words_of_a_long_name_are_of_both_ends_in_equal_parts() {
    let words: Vec<String> = (10..60).map(|number| format!("w{number}")).collect();
    let mut scope = Scope::default();
    let names = [1, 2].map(|_| scope.name(&words.join(" "), Case::Value).rust().to_owned());
    assert_eq!(names[0], [&words[..10], &words[40..]].concat().join("_"));
    assert_eq!(names[1], [&words[..5], &words[35..]].concat().join("_"));
}

#[test]
fn variables_are_called_after_the_service() {
    for (name, expected) in [("lantern-client", "LANTERN"), ("my-api", "MY_API")] {
        assert_eq!(variable_prefix(name), expected);
    }
}

#[test]
fn variants_that_differ_in_capitals_say_them() {
    let mut scope = Scope::default();
    let names = ["asc", "ASC", "Desc", "desc", "DESC", "a", "A"]
        .map(|text| scope.name(text, Case::Type).rust().to_owned());
    let expected = ["Asc", "AscUppercase", "Desc", "DescLowercase", "DescUppercase", "A", "A2"];
    assert_eq!(names, expected);
}

#[test]
fn a_value_with_a_reserved_word_says_what_it_is() {
    let mut scope = Scope::reserving_for("parameter", &["timeout", "at", "at_parameter"]);
    let names = ["timeout", "at", "type", "timeout_parameter", "Timeout"]
        .map(|wire| scope.name(wire, Case::Value).rust().to_owned());
    let expected =
        ["timeout_parameter", "at_parameter_", "type_", "timeout_parameter2", "timeout_parameter3"];
    assert_eq!(names, expected);
}

#[test]
fn reserved_words_stand_for_something_else() {
    let mut scope = Scope::reserving(&["Option", "timeout"]);
    assert_eq!(scope.name("Option", Case::Type).rust(), "OptionModel");
    assert_eq!(scope.name("timeout", Case::Value).rust(), "timeout_");
}

#[test]
fn a_long_name_keeps_whole_words_of_both_ends() {
    let words =
        "orgs list organization programmatic access grant request repositories response item owner";
    let (one, other) = (format!("{words} permission"), format!("{words} resource"));
    let mut scope = Scope::default();
    assert_eq!(
        scope.name(&one, Case::Value).rust(),
        "orgs_list_organization_programmatic_repositories_response_item_owner_permission"
    );
    assert_eq!(
        scope.name(&other, Case::Value).rust(),
        "orgs_list_organization_programmatic_repositories_response_item_owner_resource"
    );
    let (same_ends, whole) = (one.replace("access", "any"), scope.name(&one, Case::Type));
    let again = scope.name(&same_ends, Case::Type);
    assert_ne!(whole.rust(), again.rust());
    assert!(!again.rust().ends_with('2'), "{again:?}");
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
        ("deletechat", "delete", "/settings/chat", "delete chat"),
        ("putstopWords", "put", "/{id}/stop-words/{word}", "put stop words"),
        ("getaway", "get", "/trips", "getaway"),
        ("gets", "get", "/s", "get s"),
    ];
    for (id, method, path, words) in table {
        assert_eq!(operation_words(id, method, path), words, "{id}");
    }
}

#[test]
fn apostrophes_within_words_are_no_ends_of_words() {
    for (text, words) in [
        ("Get User's Saved Albums", "get users saved albums"),
        ("don\u{2019}t stop", "dont stop"),
        ("l'article", "l article"),
        ("users' it's", "users its"),
    ] {
        assert_eq!(words_of(text).join(" "), words, "{text}");
    }
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
