//! The description that a crate is generated from, and the crate.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::history;
use super::holder::Holder;
use super::own_modules;
use super::report;
use crate::analysis::coverage::Coverage;
use crate::analysis::release::History;
use crate::cli::help::with_default;
use crate::cli::messages::Messages;
use crate::cli::plan::{self, Plan};
use crate::cli::settings::{Client, Kind};
use crate::cli::sources::{self, Sources};
use crate::cli::{Context, Failure, crate_name};
use crate::diagnostics::{Diagnostics, WithWarnings};
use crate::pipeline::model::{Api, Module, RuntimeNeeds};
use crate::pipeline::write::manifest::{self, Enabled};
use crate::pipeline::write::module;
use crate::{Crate, Generator, Source, TagFeatures, write_crate};

/// The arguments that name a description, and the crate that is made of it.
#[derive(Args, Default)]
pub struct TargetArgs {
    #[command(flatten)]
    pub sources: Sources,
    /// The folder of the crate
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// The name of the crate
    #[arg(long, value_parser = crate_name::package_name)]
    pub name: Option<String>,
    #[command(flatten)]
    pub only: Only,
    /// Refuse a description with parts of which no code can be made, such as references to nothing [default: they are
    /// left out with a warning]
    #[arg(long)]
    pub strict: bool,
    /// Make each tag a feature of the crate, with the types that only it uses [default: with more than 200 operations]
    #[arg(long, value_name = "WHEN", value_enum, num_args = 0..=1, require_equals = true,
          default_missing_value = "always")]
    pub tag_features: Option<When>,
    /// What is generated [default: a crate]
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// The features that are compiled into a module [default: those that a crate has by default]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub features: Option<Vec<String>>,
}

/// Whether something is done.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Whatever the description
    Always,
    /// Whatever the description, not
    Never,
}

/// The operations that a crate is to have; all of them where nothing is named.
#[derive(Args, Clone, Default)]
pub struct Only {
    /// Only the operations of this tag, and what they need; may be given several times
    #[arg(long, value_name = "TAG")]
    pub only_tag: Vec<String>,
    /// Only this operation, by its operationId or its Rust name; may be given several times
    #[arg(long, value_name = "ID")]
    pub only_operation: Vec<String>,
}

/// Says what is meant if an argument is not given, or requires it. `piped` is the command that reads standard input.
pub fn configure(command: clap::Command, context: &Context, piped: &str) -> clap::Command {
    let command = sources::configure(command, context, piped);
    if !context.has_settings() {
        return command
            .mut_arg("out", |out| out.required(true))
            .mut_arg("name", |name| with_default(name, "the name of the folder"));
    }
    command
        .mut_arg("spec", |spec| spec.requires("out"))
        .mut_arg("out", |out| with_default(out, "that of the settings"))
        .mut_arg("name", |name| {
            with_default(name, "that of the settings; the name of the folder if --spec is given")
        })
}

/// The file that the owner of a crate may change.
const MANIFEST: &str = "Cargo.toml";

/// A crate to generate.
pub struct Target {
    folder: PathBuf,
    name: String,
    only: Only,
    is_strict: bool,
    tag_features: TagFeatures,
    own_modules: Vec<String>,
    /// The module that is generated, and the crate around it.
    module: Option<(Module, Holder)>,
}

/// A generated crate, and what it was made of.
pub struct Fresh {
    api: Api,
    generated: Crate,
    /// How much of the description it covers, if that was asked for.
    pub coverage: Option<Coverage>,
}

/// A generated crate that is not in its folder yet, and the releases that there are of it.
pub struct Made {
    api: Api,
    generated: Crate,
    pub history: History,
}

impl TargetArgs {
    /// Whether the arguments describe a single crate, so that they cannot be about several.
    pub fn is_about_one(&self) -> bool {
        self.out.is_some() || self.name.is_some() || !self.only.is_empty()
    }

    /// The crate that is meant.
    pub fn target(&self, context: &Context) -> Result<Target, Failure> {
        let own = self.sources.client(context)?;
        let folder = self.out.clone().or_else(|| own.map(|own| own.path(&own.out)));
        let folder = folder.ok_or_else(|| Failure::Usage("--out is missing".to_owned()))?;
        let name = match (&self.name, own) {
            (Some(name), _) => name.clone(),
            (None, Some(own)) => own.name.clone(),
            (None, None) => name_of(&folder)?,
        };
        let only = match own {
            Some(own) if self.only.is_empty() => Only::from_settings(own),
            _ => self.only.clone(),
        };
        let is_strict = self.strict || own.is_some_and(|own| own.strict);
        let tag_features = match self.tag_features {
            None => tag_features(own.and_then(|own| own.tag_features)),
            Some(when) => tag_features(Some(when == When::Always)),
        };
        let module = self.module(own, &folder)?;
        let sources = if module.is_some() { folder.clone() } else { folder.join("src") };
        let own_modules = own_modules::find(&sources)?;
        Ok(Target { folder, name, only, is_strict, tag_features, own_modules, module })
    }

    /// The module that is meant and the crate around it, if no crate is.
    fn module(
        &self,
        own: Option<&Client>,
        folder: &Path,
    ) -> Result<Option<(Module, Holder)>, Failure> {
        let kind = self.kind.or(own.map(|own| own.kind)).unwrap_or_default();
        let features = || own.and_then(|own| own.features.clone());
        let features = self.features.clone().or_else(features);
        match kind {
            Kind::Crate if self.features.is_some() => {
                let why = "--features is for a module; those of a crate are chosen in Cargo.toml";
                Err(Failure::Usage(why.to_owned()))
            }
            Kind::Crate => Ok(None),
            Kind::Module => {
                let holder = Holder::find(folder)?;
                Ok(Some((holder.module(folder, features)?, holder)))
            }
        }
    }
}

/// `clients/Shop Client` → `shop-client`
fn name_of(folder: &Path) -> Result<String, Failure> {
    let absolute = folder.canonicalize().or_else(|_| std::path::absolute(folder));
    let absolute = absolute.map_err(Failure::at(folder))?;
    let last = absolute.file_name().unwrap_or_default().to_string_lossy();
    crate_name::from_words(&last).ok_or_else(|| {
        let folder = folder.display();
        Failure::Usage(format!("no crate can be called like `{folder}`; name it with --name"))
    })
}

fn tag_features(wanted: Option<bool>) -> TagFeatures {
    match wanted {
        None => TagFeatures::Auto,
        Some(true) => TagFeatures::Always,
        Some(false) => TagFeatures::Never,
    }
}

impl Only {
    fn is_empty(&self) -> bool {
        self.only_tag.is_empty() && self.only_operation.is_empty()
    }

    fn from_settings(client: &Client) -> Self {
        Self { only_tag: client.only_tags.clone(), only_operation: client.only_operations.clone() }
    }
}

impl Target {
    /// Generates a crate, and writes nothing. How much it covers is counted only for those who ask.
    pub fn make(
        &self,
        description: Source,
        overlays: Vec<Source>,
        history: &History,
        counts_coverage: bool,
    ) -> Result<WithWarnings<Fresh>, Diagnostics> {
        let generator = self.generator(overlays, history);
        let modelled = match counts_coverage {
            true => generator.api_with_coverage(&description)?.map(|(api, it)| (api, Some(it))),
            false => generator.api(&description)?.map(|api| (api, None)),
        };
        let made = modelled.then(|(api, coverage)| {
            let generated = write_crate(&api);
            generated.map(|generated| Fresh { api, generated, coverage })
        });
        made.checked()
    }

    /// The generator of this crate, which keeps the names that were released.
    pub fn generator(&self, overlays: Vec<Source>, history: &History) -> Generator {
        let Only { only_tag, only_operation } = &self.only;
        let generator = Generator::new(self.name.clone()).overlays(overlays);
        let generator = generator.keep_names(history.names());
        let generator = self.own_modules.iter().fold(generator, Generator::own_module);
        let generator = only_tag.iter().fold(generator, Generator::only_tag);
        let generator = only_operation.iter().fold(generator, Generator::only_operation);
        let generator = if self.is_strict { generator.strict() } else { generator };
        let generator = match &self.module {
            Some((module, _)) => generator.module(module.clone()),
            None => generator,
        };
        generator.tag_features(self.tag_features)
    }

    /// The folder of the crate.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The releases that there are of the crate.
    pub fn history(&self, messages: &Messages) -> Result<History, Failure> {
        history::read(&self.folder, messages)
    }

    /// Puts the crate back if a run was stopped while it had none in its folder.
    pub fn recover(&self) -> Result<(), Failure> {
        plan::recover(&self.folder)
    }

    /// What the module needs of the crate around it, and whether it must be declared there.
    pub fn needs(&self, made: &Made) -> String {
        let Some((module, holder)) = &self.module else { return String::new() };
        format!("{}{}", holder.has_all(&made.enabled()), holder.declaration(module))
    }

    /// What bringing a crate to its folder changes there. The crate around a module must have what that needs.
    pub fn plan(&self, made: Made) -> Result<Plan, Failure> {
        if let Some((_, holder)) = &self.module {
            holder.check(&made.enabled())?;
        }
        let is_released = made.history.version().is_some();
        let mut generated = made.history.onto(made.generated);
        for manifest in generated.files.iter_mut().filter(|file| file.path == MANIFEST) {
            manifest.text = self.merge(&manifest.text, is_released)?;
        }
        Plan::new(generated, &self.folder)
    }

    /// Keeps what the owner of the crate changed in its manifest.
    fn merge(&self, fresh: &str, is_released: bool) -> Result<String, Failure> {
        let Some(existing) = history::text(&self.folder, MANIFEST)? else {
            return Ok(fresh.to_owned());
        };
        manifest::merge(existing.text(), fresh, is_released)
            .map_err(|why| Failure::Usage(format!("{}: {why}", existing.file)))
    }
}

impl Fresh {
    /// The model of the client.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The crate with the releases that there are of it.
    pub fn with_history(self, history: History) -> Made {
        let Self { api, generated, coverage: _ } = self;
        Made { api, generated, history }
    }
}

impl Made {
    /// What the features of a module need.
    fn enabled(&self) -> Enabled {
        module::enabled(&self.api, &RuntimeNeeds::new(&self.api))
    }

    /// What the changes since the last release ask for.
    pub fn advice(&self) -> String {
        self.history.advice(&self.api, &self.generated).map(report::advice).unwrap_or_default()
    }

    /// The crate as its next release.
    pub fn released(self, asked: Option<&str>) -> Result<Self, Failure> {
        let history = self.history.released(&self.api, &self.generated, asked);
        let history = history.map_err(|why| Failure::Usage(why.to_string()))?;
        Ok(Self { history, ..self })
    }
}
