//! The arguments that name a description and its overlays, and what stands for them if they are not given.

use std::path::{Path, PathBuf};

use clap::Args;

use super::help::with_default;
use super::input::{self, Input};
use super::messages::Messages;
use super::{Context, Failure};
use crate::Source;

/// The description to read and the overlays to apply to it.
#[derive(Args, Default)]
pub struct Sources {
    /// The OpenAPI description, YAML or JSON; `-` reads it from standard input
    #[arg(long, value_name = "FILE", value_parser = input::parser(String::new()))]
    pub spec: Option<Input>,
    /// An OpenAPI Overlay to apply; several are applied in their order
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// The folder whose files the description may refer to, if it is not its own
    #[arg(long, value_name = "FOLDER")]
    pub root: Option<PathBuf>,
}

/// Says what is meant if there is no `--spec`, or requires it. `piped` is the command that reads standard input.
pub fn configure(command: clap::Command, context: &Context, piped: &str) -> clap::Command {
    let parser = input::parser(format!("{} {piped}", context.program));
    let command = command.mut_arg("spec", |spec| spec.value_parser(parser));
    let Some(project) = &context.project else {
        return command.mut_arg("spec", |spec| spec.required(true));
    };
    let spec = format!("{} of this workspace", project.spec);
    let overlays = project.overlays.join(", ");
    let overlays = format!("{overlays} of this workspace; none if --spec is given");
    command
        .mut_arg("spec", |arg| with_default(arg, &spec))
        .mut_arg("overlay", |arg| with_default(arg, &overlays))
}

impl Sources {
    /// Reads the description and its overlays.
    pub fn read(
        &self,
        context: &Context,
        messages: &Messages,
    ) -> Result<(Source, Vec<Source>), Failure> {
        let description = self.description(context)?.read_or_show(self.root.as_deref(), messages);
        let overlays = self.overlays(context).into_iter();
        let overlays: Vec<_> =
            overlays.map(|overlay| overlay.read_or_show(None, messages)).collect();
        Ok((description?, overlays.into_iter().collect::<Result<_, _>>()?))
    }

    /// What the files hold now, those that the description refers to among them.
    pub fn glance(&self, context: &Context) -> Vec<Option<Source>> {
        let files = self.description(context).into_iter().chain(self.overlays(context));
        let root = self.root.as_deref();
        files.map(|input| input.read(root).ok().map(|read| read.value)).collect()
    }

    /// Where the description is read from.
    pub fn description(&self, context: &Context) -> Result<Input, Failure> {
        let own = context.project.as_ref().map(|own| Input::of_project(own, own.spec));
        self.spec.clone().or(own).ok_or_else(|| Failure::Usage("--spec is missing".to_owned()))
    }

    fn overlays(&self, context: &Context) -> Vec<Input> {
        match (self.overlay.as_slice(), &self.spec) {
            ([], None) => own_overlays(context),
            (overlays, _) => overlays.iter().cloned().map(Input::File).collect(),
        }
    }
}

/// The overlays of the project, if one of the descriptions is the project's.
pub fn overlays_of(descriptions: &[&Input], context: &Context) -> Vec<Input> {
    let canonical = |path: &Path| path.canonicalize().ok();
    let own = context.project.as_ref().and_then(|own| canonical(&own.path(own.spec)));
    let files = descriptions.iter().filter_map(|description| description.file());
    match own.is_some() && files.map(|file| canonical(file)).any(|file| file == own) {
        true => own_overlays(context),
        false => Vec::new(),
    }
}

fn own_overlays(context: &Context) -> Vec<Input> {
    let own = context.project.iter();
    own.flat_map(|own| own.overlays.iter().map(|overlay| Input::of_project(own, overlay))).collect()
}
