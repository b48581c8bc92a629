//! The operations as tools for agents, called by the generated client with its limits, retries and credentials.

use clap::{ArgMatches, Args, Command, FromArgMatches};
use lantern_mcp::cli::McpArguments;
use lantern_mcp::{Answer, Backend, CallError, Calling, ToolCall, without_secrets};
use lantern_operations::{FORM_TYPES, Table};

use crate::failure::Failure;
use crate::secrets::Secrets;
use crate::{Outgoing, Program, Service, call};

pub fn command() -> Command {
    let command = McpArguments::augment_args(Command::new("mcp"));
    let about = "Offers the operations as tools for agents (Model Context Protocol)";
    command.about(about).long_about(about)
}

/// Serves until the client ends the session.
pub fn run(
    program: &Program,
    table: &'static Table,
    matches: &ArgMatches,
    secrets: &Secrets,
) -> Result<(), Failure> {
    let arguments = McpArguments::from_arg_matches(matches);
    let arguments = arguments.map_err(|why| Failure::usage(why.to_string()))?;
    let service = call::service(program, table, matches, secrets)?;
    let secrets = secrets.all().map(str::to_owned).collect();
    let served = arguments.run(table.clone(), Client { table, service, secrets });
    served.map_err(|why| Failure::other(why.to_string()))
}

/// The generated client.
struct Client {
    table: &'static Table,
    service: Box<dyn Service>,
    secrets: Vec<String>,
}

impl Client {
    async fn send(&self, call: ToolCall<'_>) -> Result<Answer, CallError> {
        let Some(request) = self.outgoing(call) else {
            let message = "the operation is not in the table".to_owned();
            return Err(CallError { message, uncertain: 0 });
        };
        let secrets = || self.secrets.iter().map(String::as_str);
        let hidden = |body| without_secrets(self.service.without_tokens(body), secrets());
        match self.service.send(&request).await {
            Ok(answer) => Ok(Answer {
                status: answer.status,
                headers: answer.headers,
                body: hidden(answer.body),
                uncertain: answer.uncertain,
            }),
            Err(failure) => refused(Failure { body: hidden(failure.body), ..failure }),
        }
    }

    /// The request with what lives as long as the table.
    fn outgoing(&self, call: ToolCall<'_>) -> Option<Outgoing> {
        let operation = self.table.operation(&call.operation.id)?;
        let (target, headers) = (call.request.target(), call.request.into_headers());
        let media_type = |sent: &str| {
            let content = &operation.body.as_ref()?.content;
            let known = content.iter().map(|media| media.media_type.as_str());
            known.chain(FORM_TYPES).find(|known| *known == sent)
        };
        let body = match call.body {
            Some((sent, bytes)) => Some((media_type(&sent)?, bytes)),
            None => None,
        };
        Some(Outgoing { operation, target, headers, body, notice: None })
    }
}

impl Backend for Client {
    fn call<'a>(&'a self, call: ToolCall<'a>) -> Calling<'a> {
        Box::pin(self.send(call))
    }
}

/// What the service answered, or why it did not.
fn refused(failure: Failure) -> Result<Answer, CallError> {
    let uncertain = failure.uncertain;
    let Some(status) = failure.status else {
        return Err(CallError { message: failure.message, uncertain });
    };
    let wait = failure.retry_after.map(|wait| wait.as_secs_f64().ceil().to_string());
    let headers = wait.map(|wait| ("retry-after".to_owned(), wait)).into_iter().collect();
    Ok(Answer { status, headers, body: failure.body, uncertain })
}
