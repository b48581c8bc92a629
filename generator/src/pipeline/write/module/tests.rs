use toml_edit::DocumentMut;

use super::*;

const MANIFEST: &str = "\
[features]
default = ['rustls']
client = ['dep:bytes', 'dep:http']
mock = ['client']
rustls = ['client', 'http?/tls']
tracing = ['client']

[dependencies]
bytes = { version = '1', optional = true }
http = { version = '1.2', features = ['std'], optional = true }
jiff = '1'
tracing = { version = '0.1', optional = true }
";

fn enabled(features: &[&str]) -> Enabled {
    let manifest: DocumentMut = MANIFEST.parse().expect("a manifest");
    Enabled::of(&manifest, Some(features.iter().map(|name| (*name).to_owned()).collect()))
}

/// The place `crate::clients::shop` of a client with these features; `crate::money::Money` is of the crate around it.
fn place(features: &[&str]) -> Place {
    let money = ["money", "Money"].map(str::to_owned).into();
    let way = "::clients::shop".to_owned();
    Place { way, enabled: enabled(features), around: HashSet::from([money]) }
}

fn source(features: &[&str], text: &str) -> String {
    place(features).source("mod.rs", text, &mut Off::default())
}

#[test]
fn paths_from_the_root_lead_to_the_module() {
    for (before, after) in [
        ("use crate::types;", "use crate::clients::shop::types;"),
        ("use crate::{a, b};", "use crate::clients::shop::{a, b};"),
        ("impl $crate::json::Json for X {}", "impl $crate::clients::shop::json::Json for X {}"),
        ("pub(in crate::a) fn x() {}", "pub(in crate::clients::shop::a) fn x() {}"),
        ("pub(crate) fn x() {}", "pub(crate) fn x() {}"),
        ("let a = \"crate::a\"; // crate::a", "let a = \"crate::a\"; // crate::a"),
        ("fn x() -> crate::money::Money {}", "fn x() -> crate::money::Money {}"),
        ("use crate::money::Coin;", "use crate::clients::shop::money::Coin;"),
    ] {
        assert_eq!(source(&[], before), after);
    }
}

#[test]
fn conditions_on_features_are_decided() {
    for (features, before, after) in [
        (&["client"][..], "#[cfg(feature = \"client\")]\npub fn x() {}", "pub fn x() {}"),
        (&["mock"], "#[cfg(feature = \"client\")]\nfn x() {}", "fn x() {}"),
        (&[], "#[cfg(feature = \"client\")]\nfn x() {}", "#[cfg(false)]\nfn x() {}"),
        (
            &[],
            "/// X.\n#[cfg(feature = \"client\")]\n#[a]\npub use x::{a, b};\nfn y() {}",
            "fn y() {}",
        ),
        (&[], "#[cfg(feature = \"client\")]\npub(crate) mod x;\nmod y;", "mod y;"),
        (
            &[],
            "//! X.\n#![allow(a)]\n#[cfg(feature = \"client\")]\nmod x;\nmod y;",
            "//! X.\n#![allow(a)]\nmod y;",
        ),
        (
            &[],
            "#[cfg(feature = \"client\")]\nmod x { fn y() {} }",
            "#[cfg(false)]\nmod x { fn y() {} }",
        ),
        (&[], "#[cfg(all(unix, not(feature = \"mock\")))]\nfn x() {}", "#[cfg(unix)]\nfn x() {}"),
        (&["mock"], "#[cfg(any(unix, feature = \"mock\"))]\nfn x() {}", "fn x() {}"),
        (
            &[],
            "#[cfg(not(any(a = \"b\", feature = \"mock\")))]\nfn x() {}",
            "#[cfg(not (a = \"b\"))]\nfn x() {}",
        ),
        (
            &[],
            "#[cfg(target_arch = \"wasm32\")]\nfn x() {}",
            "#[cfg(target_arch = \"wasm32\")]\nfn x() {}",
        ),
        (&[], "#[cfg_attr(not(feature = \"mock\"), expect(a, b))] c: T", "#[expect(a, b)] c: T"),
        (&["mock"], "#[cfg_attr(not(feature = \"mock\"), expect(a, b))] c: T", "c: T"),
        (&[], "let x = cfg!(feature = \"mock\");", "let x = false;"),
        (&[], "let x = cfg!(any(unix, feature = \"mock\"));", "let x = cfg!(unix);"),
    ] {
        assert_eq!(source(features, before), after, "{features:?}: {before}");
    }
}

#[test]
fn links_lead_to_the_module_and_examples_are_not_tested() {
    let before = "\
/// A [`Client`](crate::Client), of which
/// [this
/// one](crate::a::B) is `crate::c`, and [`crate::d`].
///
/// ```no_run
/// let crate::x = shop::Client;
/// ```
///
/// ```
/// a();
/// ```
///
/// ```text
/// [a](crate::b)
/// ```
fn x() {}
";
    let after = "\
/// A [`Client`](crate::clients::shop::Client), of which
/// [this
/// one](crate::clients::shop::a::B) is `crate::c`, and [`crate::clients::shop::d`].
///
/// ```ignore,no_run
/// let crate::x = shop::Client;
/// ```
///
/// ```ignore
/// a();
/// ```
///
/// ```text
/// [a](crate::b)
/// ```
fn x() {}
";
    assert_eq!(source(&[], before), after);
}

#[test]
fn files_of_modules_that_are_off_are_left_out() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let files = [
        file(
            "src/lib.rs",
            "#[cfg(feature = \"client\")]\nmod client;\n#[cfg(feature = \"client\")]\nmod r#enum;\nmod runtime;\n",
        ),
        file("src/enum.rs", ""),
        file("src/client.rs", ""),
        file("src/client/builder.rs", ""),
        file(
            "src/runtime/mod.rs",
            "#[cfg(feature = \"tracing\")]\nmod trace;\n#[cfg(all(feature = \"client\", not(feature = \"tracing\")))]\n\
             #[path = \"no_trace.rs\"]\nmod trace;\nmod batch;\n",
        ),
        file("src/runtime/trace.rs", ""),
        file("src/runtime/no_trace.rs", ""),
        file("src/runtime/batch.rs", "#[cfg(feature = \"mock\")]\nmod mock;\n"),
        file("src/runtime/batch/mock.rs", ""),
        file("src/runtime/mock.rs", ""),
    ];
    let paths = |features: &[&str]| {
        let placed = place(features).files(files.clone());
        placed.into_iter().map(|file| file.path).collect::<Vec<_>>()
    };
    let always = ["mod.rs", "runtime/mod.rs", "runtime/batch.rs", "runtime/mock.rs"];
    assert_eq!(paths(&[]), always);
    let with = |further: &[&'static str]| {
        let mut all: Vec<_> = always.iter().chain(further).copied().collect();
        all.sort_unstable();
        all
    };
    let sorted = |features: &[&str]| {
        let mut paths = paths(features);
        paths.sort_unstable();
        paths
    };
    let client = ["client.rs", "client/builder.rs", "enum.rs"];
    assert_eq!(sorted(&["client"]), with(&[&client[..], &["runtime/no_trace.rs"]].concat()));
    assert_eq!(sorted(&["tracing"]), with(&[&client[..], &["runtime/trace.rs"]].concat()));
}

#[test]
fn a_module_needs_what_its_features_need() {
    let lines = |features: &[&str]| {
        let needed = enabled(features).dependencies;
        needed.iter().map(|needed| needed.line()).collect::<Vec<_>>()
    };
    assert_eq!(lines(&[]), ["jiff = '1'"]);
    let http = "http = { version = '1.2', features = ['std', \"tls\"] }";
    assert_eq!(lines(&["default"]), ["bytes = '1'", http, "jiff = '1'"]);
    assert_eq!(enabled(&["clinet", "mock"]).unknown, ["clinet"]);
}
