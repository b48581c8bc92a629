//! `init`: writes a first settings file for a description.

use std::path::PathBuf;

use clap::Args;
use toml_edit::{DocumentMut, Item, Table, value};

use super::messages::Messages;
use super::settings::FILE;
use super::sources::{self, Sources};
use super::{Context, Failure, crate_name, help};
use crate::diagnostics::source_map;
use crate::pipeline::model::Api;
use crate::{Generator, Source};

const NOTE: &str = "\
The settings file is written to this folder, and only if there is none. `generate`, `update`, `lint` and `show` then need \
no arguments here and in the folders below.";

const EXIT_CODES: [(u8, &str); 3] = [
    (0, "written"),
    (1, "no client can be generated from the description"),
    (2, "the command was used wrongly, a file could not be read or written, or there are settings"),
];

/// What else can be set, for those who open the file.
const OPTIONS: &str = r#"
# overlays = ["overlay.yaml"]        # changes of the description, such as better names; `lint --actions` proposes some
# root = ".."                        # the folder whose files the description may refer to
# only-tags = ["orders"]             # only the operations of these tags
# only-operations = ["get_user"]     # and these
# kind = "module"                    # a module of the crate that `out` is in (`src/shop`), not a crate of its own
# features = ["rustls", "mock"]      # what is compiled into a module; without this, what a crate has by default
# types = { use = ["decimal"] }      # other types for formats, such as exact decimals
# dependencies = { phonenumber = "0.3" } # the crates of such types, where they are your own choice
# cli = { out = "shop-cli" }         # a program for the command line, beside the crate
# tag-features = true                # each tag is a feature of the crate
# strict = true                      # refuse parts of which no code can be made
# validate = true                    # request types have `validate`
"#;

/// What `init` is told.
#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    sources: Sources,
    /// The folder of the crate [default: the name of the crate]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The name of the crate [default: made of the title of the description]
    #[arg(long, value_parser = crate_name::package_name)]
    name: Option<String>,
    #[command(flatten)]
    messages: Messages,
}

/// Writes the help for those who run the command.
pub fn configure(command: clap::Command, context: &Context) -> clap::Command {
    let notes = [NOTE.to_owned()];
    sources::configure(command, context, "lint --spec - …")
        .mut_arg("spec", |spec| spec.required(true))
        .after_help(help::text(context, &notes, context.examples.init, &EXIT_CODES))
}

impl Init {
    /// Checks the description, and writes the settings.
    ///
    /// # Errors
    /// If there is a settings file, or no client can be generated from the description.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let file = PathBuf::from(FILE);
        if file.exists() {
            let why = format!("{FILE} is there already; add a table `[clients.NAME]` to it");
            return Err(Failure::Usage(why));
        }
        let spec = self.sources.description(context)?;
        let Some(spec) = spec.file() else {
            let why = "--spec names the file that the client is generated from, not standard input";
            return Err(Failure::Usage(why.to_owned()));
        };
        let (description, overlays) = self.sources.read(context, &self.messages)?;
        let api = self.model(&description, overlays)?;
        let name = self.name.clone().unwrap_or_else(|| name_of(&api));
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from(&name));
        let mut settings = Table::new();
        settings.insert("spec", value(spec.display().to_string()));
        settings.insert("out", value(out.display().to_string()));
        if !self.sources.overlay.is_empty() {
            let overlays = self.sources.overlay.iter().map(|file| file.display().to_string());
            settings.insert("overlays", value(toml_edit::Array::from_iter(overlays)));
        }
        let text = text(&name, settings, context.program);
        std::fs::write(&file, text).map_err(Failure::at(&file))?;
        let operations = api.operations().count();
        Ok(self.messages.result(format!(
            "wrote {FILE}: {name} with {operations} operations\nnext: {} generate\n",
            context.program
        )))
    }

    fn model(&self, description: &Source, overlays: Vec<Source>) -> Result<Api, Failure> {
        let texts = source_map::Sources::of_description(description, &overlays);
        let generator = Generator::new("client").overlays(overlays);
        self.messages.judge(generator.api(description), &texts)
    }
}

/// `Shop API` → `shop-api-client`
fn name_of(api: &Api) -> String {
    let name = crate_name::from_words(&api.title).unwrap_or_else(|| "api".to_owned());
    if name.ends_with("client") { name } else { format!("{name}-client") }
}

fn text(name: &str, settings: Table, program: &str) -> String {
    let mut clients = Table::new();
    clients.set_implicit(true);
    clients.insert(name, Item::Table(settings));
    let mut document = DocumentMut::new();
    document.insert("clients", Item::Table(clients));
    let table = document.to_string();
    format!(
        "# `{program} generate` generates these clients.\n\n{}{}",
        table.trim_start(),
        &OPTIONS[1..]
    )
}
