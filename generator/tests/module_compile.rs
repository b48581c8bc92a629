//! Clients that are modules of a crate with code of its own: with and without features, several in one crate, in a
//! library and in a program.

use std::collections::BTreeMap;
use std::path::Path;

use lantern_generator::pipeline::model::{Module, RuntimeNeeds};
use lantern_generator::pipeline::write::module;
use lantern_generator::{Crate, File, Generator, Source, write_crate};

use crate::workspace;

/// A crate that modules are added to, and the dependencies that it needs for them.
struct Holder {
    name: &'static str,
    files: Vec<File>,
    dependencies: BTreeMap<String, String>,
}

impl Holder {
    fn new(name: &'static str) -> Self {
        Self { name, files: Vec::new(), dependencies: BTreeMap::new() }
    }

    fn file(mut self, path: &str, text: impl Into<String>) -> Self {
        self.files.push(File { path: path.to_owned(), text: text.into() });
        self
    }

    /// Adds the client of a description as a module.
    fn client(mut self, path: &str, features: &[&str], spec: &Source) -> Self {
        let names = path.split("::").map(str::to_owned).collect();
        let features = Some(features.iter().map(|name| (*name).to_owned()).collect());
        let module = Module { holder: self.name.replace('-', "_"), path: names, features };
        let folder = format!("src/{}", path.replace("::", "/"));
        let api = Generator::new("shop-client").module(module).api(spec).expect("a model").value;
        let enabled = module::enabled(&api, &RuntimeNeeds::new(&api));
        assert!(enabled.unknown.is_empty(), "{:?}", enabled.unknown);
        for needed in enabled.dependencies {
            self.dependencies.entry(needed.name.clone()).or_insert(needed.line());
        }
        for file in write_crate(&api).checked().expect("sources").value.files {
            assert!(!file.text.contains("feature ="), "{}", file.path);
            // Links are checked, although the module allows faulty ones to the crate around it.
            let text = file.text.replace("    rustdoc::all,\n", "");
            self.files.push(File { path: format!("{folder}/{}", file.path), text });
        }
        self
    }

    /// The crate, whose lints refuse all that they can.
    fn finish(self) -> Crate {
        let lines: String = self.dependencies.values().map(|line| format!("{line}\n")).collect();
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{lines}\n\
             [lints.rust]\nmissing_docs = \"deny\"\nunreachable_pub = \"deny\"\nunused_qualifications = \"deny\"\n\
             unsafe_code = \"forbid\"\n",
            self.name
        );
        Crate { files: self.file("Cargo.toml", manifest).files }
    }
}

fn specimen() -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/specimen.yaml");
    Source::new("specimen.yaml", std::fs::read_to_string(path).expect("the specimen"))
}

fn shop() -> Source {
    Source::new("shop.yaml", include_str!("selection/shop.yaml"))
}

/// A price that is a type of the crate around the module.
const PRICES: &str = "\
openapi: 3.1.0
info: {title: Prices, version: '1'}
paths:
  /price:
    get:
      operationId: get_price
      responses: {'200': {description: Price, content: {application/json: {schema: {$ref: '#/components/schemas/Money'}}}}}
components:
  schemas:
    Money: {type: string, x-client-rust-type: {type: 'crate::money::Money', with: text}}
";

const MONEY: &str = "\
//! Money.

/// An amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Money(String);

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Money {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}
";

const LIBRARY: &str = "//! An app.\n\npub mod clients;\npub mod money;\n";
const CLIENTS: &str = "//! Clients.\n\npub mod library;\npub mod prices;\npub mod shop;\n";

#[test]
fn modules_compile_and_speak_with_their_services() {
    let app = Holder::new("shop-app")
        .file("src/lib.rs", LIBRARY)
        .file("src/money.rs", MONEY)
        .file("src/clients/mod.rs", CLIENTS)
        .client("clients::library", &["blocking", "mock", "tracing", "validate"], &specimen())
        .client("clients::shop", &["client", "blocking"], &shop())
        .client("clients::prices", &["blocking"], &Source::new("prices.yaml", PRICES))
        .file("tests/calls.rs", include_str!("module_compile/calls.rs"))
        .file("tests/service/mod.rs", include_str!("wire_compile/service.rs"));
    let program = Holder::new("shop-program")
        .file("src/main.rs", "//! A program.\n\nmod library;\nmod shop;\n\nfn main() {}\n")
        .client("library", &["client"], &specimen())
        .client("shop", &[], &shop());
    let types = Holder::new("shop-types")
        .file("src/lib.rs", "//! Types.\n\nmod library;\npub use library::types::Book;\n")
        .client("library", &[], &specimen());
    assert_eq!(types.dependencies.keys().filter(|name| *name == "reqwest").count(), 0);
    let crates = [app.finish(), program.finish(), types.finish()];
    let workspace = workspace::lay_out("modules", &crates);
    let run = |arguments: &[&str], further: &[&str]| {
        let output = workspace::cargo(&workspace, arguments, further);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(output.status.success(), "{said}");
        said
    };
    run(&["test", "--quiet", "--workspace", "--lib", "--bins", "--tests"], &[]);
    run(&["doc", "--quiet", "--no-deps", "--package", "shop-app"], &[]);
    let examples =
        run(&["test", "--quiet", "--doc", "--package", "shop-app"], &["--", "--ignored"]);
    assert!(!examples.contains("running 0 tests"), "{examples}");
}
