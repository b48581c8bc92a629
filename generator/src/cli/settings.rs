//! The settings file `lantern-generator.toml`: the clients of a project, so that commands need no arguments.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Failure, crate_name};
use crate::Source;
use crate::pipeline::model::TypeChoices;
use crate::pipeline::resolve::Extension;

/// The name of a settings file.
pub const FILE: &str = "lantern-generator.toml";

/// The clients that a settings file describes, in its order.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The file, as messages name it.
    pub file: PathBuf,
    /// Its clients; fewer if the command line names one.
    pub clients: Vec<Client>,
}

/// A client: a description, and the crate that is generated from it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// The folder of the settings file. All other paths are below it.
    #[serde(skip)]
    pub folder: PathBuf,
    /// The name of the crate: the last part of the table's name, `[clients.shop-client]`.
    #[serde(skip)]
    pub name: String,
    /// The description.
    pub spec: String,
    /// The folder of the crate.
    pub out: String,
    /// The overlays that are applied to the description, in this order.
    #[serde(default)]
    pub overlays: Vec<String>,
    /// The folder whose files the description may refer to, if it is not its own.
    #[serde(default)]
    pub root: Option<String>,
    /// Only the operations of these tags, and those below.
    #[serde(default)]
    pub only_tags: Vec<String>,
    /// Only these operations, and those above.
    #[serde(default)]
    pub only_operations: Vec<String>,
    /// The program that offers the operations on the command line.
    #[serde(default)]
    pub cli: Option<CommandLine>,
    /// Whether it is a crate or a module of one.
    #[serde(default)]
    pub kind: Kind,
    /// The features that are compiled into a module.
    #[serde(default)]
    pub features: Option<Vec<String>>,
    /// Whether each tag is a feature of the crate; if nothing is said, with more than 200 operations.
    #[serde(default)]
    pub tag_features: Option<bool>,
    /// Whether parts of which no code can be made are refused.
    #[serde(default)]
    pub strict: bool,
    /// Whether all request types have `validate`.
    #[serde(default)]
    pub validate: bool,
    /// The types of formats, and what all types derive.
    #[serde(default)]
    pub types: Map<String, Value>,
    /// The crates that such types are of, as in `Cargo.toml`.
    #[serde(default)]
    pub dependencies: Map<String, Value>,
}

/// What is generated.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A crate of its own
    #[default]
    Crate,
    /// A module of the crate that its folder is in
    Module,
}

/// The program that offers the operations of a client on the command line.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommandLine {
    /// The folder of its crate.
    pub out: String,
    /// What it is called; if nothing is said, as the client without `-client`.
    #[serde(default)]
    pub program: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    clients: IndexMap<String, Client>,
}

/// Looks for a settings file in a folder and in those above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|above| above.join(FILE)).find(|file| file.is_file())
}

impl Settings {
    /// Reads a settings file, of which only the client of this name is meant, or all.
    ///
    /// # Errors
    /// If the file cannot be read, says something unknown, or has no such client.
    pub fn read(file: PathBuf, only: Option<&str>) -> Result<Self, Failure> {
        let text = fs::read_to_string(&file).map_err(Failure::at(&file))?;
        let fault = |why: String| Failure::Usage(format!("{}: {why}", file.display()));
        let contents: Contents =
            toml_edit::de::from_str(&text).map_err(|why| fault(why.to_string()))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        let mut clients = Vec::new();
        for (name, client) in contents.clients {
            let name = crate_name::package_name(&name)
                .map_err(|why| fault(format!("`{name}` names no crate: {why}")))?;
            TypeChoices::read(&client.rust_types(), "types")
                .and_then(|_| client.check_kind())
                .map_err(|why| fault(format!("`clients.{name}`: {why}")))?;
            clients.push(Client { folder: folder.to_owned(), name, ..client });
        }
        select(&mut clients, only).map_err(fault)?;
        Ok(Self { file, clients })
    }
}

/// Leaves the client of this name, or all.
fn select(clients: &mut Vec<Client>, only: Option<&str>) -> Result<(), String> {
    let names = names(clients);
    clients.retain(|client| only.is_none_or(|only| client.name == only));
    match (clients.is_empty(), only) {
        (true, Some(only)) => Err(format!("there is no client `{only}`; there are {names}")),
        (true, None) => Err("it has no clients".to_owned()),
        (false, _) => Ok(()),
    }
}

/// `shop-client, orders-client`
pub fn names(clients: &[Client]) -> String {
    clients.iter().map(|client| client.name.as_str()).collect::<Vec<_>>().join(", ")
}

impl Client {
    /// `spec/api.yaml` → `<the folder of the settings file>/spec/api.yaml`
    #[must_use]
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.join(below)
    }

    /// Refuses what its kind cannot have.
    fn check_kind(&self) -> Result<(), String> {
        match self.kind {
            Kind::Crate if self.features.is_some() => {
                Err("`features` is for a module; those of a crate are chosen in Cargo.toml")
            }
            Kind::Module if self.cli.is_some() => {
                Err("`cli` needs a client that is a crate, not a module")
            }
            Kind::Module if self.tag_features == Some(true) => {
                Err("`tag-features` needs a client that is a crate, not a module")
            }
            Kind::Crate | Kind::Module => Ok(()),
        }
        .map_err(str::to_owned)
    }

    /// What the settings say that a description says in an extension, as an overlay.
    pub(super) fn overlay(&self) -> Option<Source> {
        let mut update = Map::new();
        if self.validate {
            update.insert(Extension::Validate.word().to_owned(), true.into());
        }
        if !(self.types.is_empty() && self.dependencies.is_empty()) {
            update.insert(Extension::RustTypes.word().to_owned(), self.rust_types());
        }
        let overlay = json!({
            "overlay": "1.0.0",
            "info": {"title": "Settings", "version": "1.0.0"},
            "actions": [{"target": "$", "update": update}],
        });
        (overlay["actions"][0]["update"] != json!({}))
            .then(|| Source::new(FILE, overlay.to_string()))
    }

    /// The types and their crates in one object.
    fn rust_types(&self) -> Value {
        let mut types = self.types.clone();
        if !self.dependencies.is_empty() {
            types.insert("dependencies".to_owned(), self.dependencies.clone().into());
        }
        types.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[clients.shop]\nspec = 'a.yaml'\nout = 'shop'\n\
                        [clients.orders]\nspec = 'a.yaml'\nout = 'orders'\nonly-tags = ['orders']\n";

    fn read(text: &str, only: Option<&str>) -> Result<Settings, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        fs::write(&file, text).expect("a file");
        Settings::read(file, only).map_err(|why| why.to_string())
    }

    #[test]
    fn all_clients_are_meant_or_the_one_that_is_named() {
        let read = |only| read(TEXT, only).map(|settings| names(&settings.clients));
        assert_eq!(read(None).as_deref(), Ok("shop, orders"));
        assert_eq!(read(Some("orders")).as_deref(), Ok("orders"));
        let unknown = read(Some("order")).expect_err("no such client");
        assert!(unknown.ends_with("there is no client `order`; there are shop, orders"));
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_line() {
        for (text, part) in [
            ("[clients.a]\nspec = 'a'\nout = 'b'\noverlay = 'c'", "line 4"),
            ("[clients.a]\nspec = 'a'\nout = 'b'\noverlay = 'c'", "`overlays`"),
            ("[client.a]\nspec = 'a'\nout = 'b'", "`clients`"),
            ("[clients.a]\nspec = 'a'", "`out`"),
            ("[clients.'a b']\nspec = 'a'\nout = 'b'", "`a b` names no crate"),
            ("clients = {}", "no clients"),
            (
                "[clients.a]\nspec = 'a'\nout = 'b'\ntypes = {use = ['chrno']}",
                "did you mean `chrono`?",
            ),
            (
                "[clients.a]\nspec = 'a'\nout = 'b'\n[clients.a.types.formats]\nx = 'a::B'",
                "depend on",
            ),
            (
                "[clients.a]\nspec = 'a'\nout = 'b'\nfeatures = ['mock']",
                "`features` is for a module",
            ),
            (
                "[clients.a]\nspec = 'a'\nout = 'b'\nkind = 'module'\ntag-features = true",
                "`tag-features` needs a client that is a crate",
            ),
            (
                "[clients.a]\nspec = 'a'\nout = 'b'\nkind = 'module'\ncli = {out = 'c'}",
                "`cli` needs a client that is a crate",
            ),
            ("[clients.a]\nspec = 'a'\nout = 'b'\nkind = 'modul'", "`module`"),
            ("[clients", "line 1"),
        ] {
            let why = read(text, None).expect_err(text);
            assert!(why.contains(part), "{text}: {why}");
        }
    }

    #[test]
    fn types_and_their_crates_become_an_overlay() {
        let text = "[clients.a]\nspec = 'a'\nout = 'b'\nvalidate = true\n[clients.a.types]\nuse = ['decimal']\n\
                    formats = {x = {type = 'a::B', with = 'text'}}\n[clients.a.dependencies]\na = {version = '1'}";
        let client = read(text, None).expect("settings").clients.remove(0);
        let overlay: Value =
            serde_json::from_str(client.overlay().expect("an overlay").text()).expect("JSON");
        let update = json!({
            "x-validate": true,
            "x-rust-types": {
                "use": ["decimal"],
                "formats": {"x": {"type": "a::B", "with": "text"}},
                "dependencies": {"a": {"version": "1"}},
            },
        });
        assert_eq!(overlay["actions"][0]["update"], update);
        assert_eq!(
            Client { validate: false, types: Map::new(), dependencies: Map::new(), ..client }
                .overlay(),
            None
        );
    }

    #[test]
    fn a_file_is_found_in_the_folders_above() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("a/b");
        fs::create_dir_all(&below).expect("folders");
        assert_eq!(find(&below).filter(|file| file.starts_with(folder.path())), None);
        fs::write(folder.path().join(FILE), TEXT).expect("a file");
        assert_eq!(find(&below), Some(folder.path().join(FILE)));
    }
}
