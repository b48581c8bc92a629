//! The arguments that name a description and its overlays, and what stands for them if they are not given.

use std::path::PathBuf;

use clap::Args;

use super::help::with_default;
use super::input::{self, Input};
use super::messages::Messages;
use super::settings::Client;
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
    if !context.has_settings() {
        return command.mut_arg("spec", |spec| spec.required(true));
    }
    command
        .mut_arg("spec", |arg| with_default(arg, "that of the settings"))
        .mut_arg("overlay", |arg| {
            with_default(arg, "those of the settings; none if --spec is given")
        })
}

impl Sources {
    /// Reads the description and its overlays.
    pub fn read(
        &self,
        context: &Context,
        messages: &Messages,
    ) -> Result<(Source, Vec<Source>), Failure> {
        let root = self.root(context)?;
        let description = self.description(context)?.read_or_show(root.as_deref(), messages);
        let overlays = self.overlays(context)?.into_iter();
        let overlays: Vec<_> =
            overlays.map(|overlay| overlay.read_or_show(None, messages)).collect();
        let overlays = overlays.into_iter().collect::<Result<Vec<_>, _>>()?;
        let of_settings = self.client(context)?.and_then(Client::overlay);
        Ok((description?, overlays.into_iter().chain(of_settings).collect()))
    }

    /// The table of operations of the description.
    #[cfg(any(feature = "mcp", feature = "mock"))]
    pub fn table(
        &self,
        context: &Context,
        messages: &Messages,
    ) -> Result<lantern_operations::Table, Failure> {
        let (description, overlays) = self.read(context, messages)?;
        let generator = crate::Generator::new(context.crate_name()).overlays(overlays.clone());
        let table = generator.operations(&description);
        let texts =
            crate::diagnostics::source_map::Sources::new([description].into_iter().chain(overlays));
        messages.judge(table, &texts)
    }

    /// What the files hold now, those that the description refers to among them.
    pub fn glance(&self, context: &Context) -> Result<Vec<Option<Source>>, Failure> {
        let root = self.root(context)?;
        let files = [self.description(context)?].into_iter().chain(self.overlays(context)?);
        Ok(files.map(|input| input.read(root.as_deref()).ok().map(|read| read.value)).collect())
    }

    /// Where the description is read from.
    pub fn description(&self, context: &Context) -> Result<Input, Failure> {
        let own = self.client(context)?.map(|own| Input::of_client(own, &own.spec));
        self.spec.clone().or(own).ok_or_else(|| Failure::Usage("--spec is missing".to_owned()))
    }

    /// The client of the settings file, unless `--spec` names another description.
    pub fn client<'c>(&self, context: &'c Context) -> Result<Option<&'c Client>, Failure> {
        if self.spec.is_some() { Ok(None) } else { context.client() }
    }

    /// The folder whose files the description may refer to, if it is not its own.
    pub fn root(&self, context: &Context) -> Result<Option<PathBuf>, Failure> {
        let own = self.client(context)?;
        let own = own.and_then(|own| own.root.as_ref().map(|root| own.path(root)));
        Ok(self.root.clone().or(own))
    }

    /// Where the overlays are read from.
    pub fn overlays(&self, context: &Context) -> Result<Vec<Input>, Failure> {
        match (self.overlay.as_slice(), self.client(context)?) {
            ([], Some(own)) => Ok(overlays_of(own).collect()),
            (overlays, _) => Ok(overlays.iter().cloned().map(Input::File).collect()),
        }
    }
}

/// The overlays of the settings file's client of which one of these descriptions is.
pub fn own_overlays(descriptions: &[&Input], context: &Context) -> Result<Vec<Input>, Failure> {
    let files: Vec<_> = descriptions
        .iter()
        .filter_map(|description| description.file()?.canonicalize().ok())
        .collect();
    let is_own = |client: &&Client| {
        client.path(&client.spec).canonicalize().is_ok_and(|spec| files.contains(&spec))
    };
    Ok(context.clients()?.iter().find(is_own).into_iter().flat_map(overlays_of).collect())
}

fn overlays_of(client: &Client) -> impl Iterator<Item = Input> {
    client.overlays.iter().map(|overlay| Input::of_client(client, overlay))
}
