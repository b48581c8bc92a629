//! The sources of every fixture as a module: no path leads to the root of the crate around it, no feature of that crate is
//! asked for, and each file is declared.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use lantern_generator::pipeline::model::Module;
use lantern_generator::{Crate, File, Generator};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};

use crate::fixture;

/// The features that a module is tried with.
const FEATURES: [&[&str]; 3] =
    [&[], &["client"], &["blocking", "mock", "native-tls", "tracing", "validate"]];

fn module(path: &Path, features: &[&str]) -> Crate {
    let module = Module {
        holder: "app".to_owned(),
        path: ["clients", "shop"].map(str::to_owned).into(),
        features: Some(features.iter().map(|name| (*name).to_owned()).collect()),
    };
    let generator = Generator::new("shop-client").overlays(fixture::overlays(path)).module(module);
    let made = generator.run(&fixture::source(path));
    made.unwrap_or_else(|refused| panic!("{}:\n{refused}", path.display())).value
}

/// The modules that are declared in files of their own.
#[derive(Default)]
struct Declared(Vec<String>);

impl Visit<'_> for Declared {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        if item.content.is_none() {
            self.0.push(item.ident.unraw().to_string());
        }
        visit::visit_item_mod(self, item);
    }
}

/// The words and signs of a source, those within brackets and macros among them.
fn flat(tokens: TokenStream) -> Vec<String> {
    let flat = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => flat(group.stream()),
        token => vec![token.to_string()],
    });
    flat.collect()
}

/// The first path from the root that leads elsewhere than to the module.
fn astray(tokens: TokenStream) -> Option<String> {
    let tokens = flat(tokens);
    let way = ["clients", ":", ":", "shop"].map(str::to_owned);
    let mut paths = tokens.windows(7).filter(|it| it[..3] == ["crate", ":", ":"]);
    paths.find(|path| path[3..] != way).map(|path| path.concat())
}

/// The modules that a source declares; what it must not have is looked for, too.
fn checked(text: &str, shown: &str) -> Vec<String> {
    let tree = syn::parse_file(text).unwrap_or_else(|why| panic!("{shown}: {why}"));
    let mut declared = Declared::default();
    declared.visit_file(&tree);
    assert_eq!(astray(tree.into_token_stream()), None, "{shown}");
    assert!(!text.contains("feature ="), "{shown}");
    declared.0
}

#[test]
fn every_fixture_can_be_a_module() {
    // Most files of the runtime are the same in all modules.
    let mut seen: HashMap<String, Vec<String>> = HashMap::new();
    // Each set of features is tried with every third fixture.
    for (path, features) in fixture::all("clients").iter().zip(FEATURES.into_iter().cycle()) {
        let made = module(path, features);
        let mut declared = BTreeSet::new();
        for File { path: file, text } in &made.files {
            let shown = || format!("{} with {features:?}: {file}", path.display());
            let names = seen.entry(text.clone()).or_insert_with(|| checked(text, &shown()));
            declared.extend(names.iter().cloned());
        }
        let there = made.files.iter().map(|file| module_name(&file.path).to_owned());
        let there: BTreeSet<_> = there.filter(|name| name != "mod").collect();
        // A module in the place of another one has its file by `#[path]`.
        let elsewhere = |name: &&String| name.starts_with("no_") || name.ends_with("_noop");
        let undeclared: Vec<_> = there.difference(&declared).filter(|it| !elsewhere(it)).collect();
        assert!(undeclared.is_empty(), "{}: {undeclared:?}", path.display());
    }
}

/// `runtime/json/mod.rs` → `json`; `types/common.rs` → `common`
fn module_name(path: &str) -> &str {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}
