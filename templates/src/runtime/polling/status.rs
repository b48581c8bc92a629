//! A request for a status, and what the reply says.

use std::marker::PhantomData;

use reqwest::Method;
use url::Url;

use super::{Polled, Polling};
use crate::runtime::endpoint::{Servers, checked_base_url};
use crate::runtime::find::{fault, text};
use crate::runtime::request_builder::RequestBuilder;
use crate::runtime::{
    Client, Error, ErrorKind, Operation, Policy, Received, RetrySafety, send, settings::Settings,
};

/// Requests for the status of an operation.
struct Status<Op>(PhantomData<fn() -> Op>);

impl<Op: Operation> Status<Op> {
    /// They share the rate limit of the operation.
    const POLICY: Policy = Policy { rate_limit: Op::POLICY.rate_limit, ..Self::ELSEWHERE };
    const ELSEWHERE: Policy = Policy::new(RetrySafety::Safe);
}

/// Requests a URL. Only a service of the operation gets what the client knows: credentials, headers of the caller, and
/// what hooks and signers add.
pub async fn get<Op: Polled>(
    client: &Client,
    settings: Settings,
    url: &Url,
) -> Result<Received, Error> {
    let home = home::<Op>(client)?;
    let mut request = Box::new(RequestBuilder::new(client, Method::GET, "{status}"));
    request.settings = settings;
    request.accept("application/json, */*");
    request.go_to(url.as_str()).map_err(refused)?;
    let policy = if url.origin() == home.origin() {
        &Status::<Op>::POLICY
    } else if url.scheme() == "https" || url.scheme() == home.scheme() {
        request.is_foreign = true;
        &Status::<Op>::ELSEWHERE
    } else {
        return Err(refused("it is not at https"));
    };
    send::send(request, "status", Op::SECURITY, policy).await
}

/// The service of the operation.
fn home<Op: Polled>(client: &Client) -> Result<Url, Error> {
    match (Op::SERVER, client.shared.servers) {
        (Some(server), Servers::Described { allow_plain_http }) => {
            checked_base_url(server, allow_plain_http)
        }
        _ => Ok(client.shared.base_url.clone()),
    }
}

pub fn refused(why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Refused, format!("the location of the status is refused: {why}"))
}

/// What a status says.
pub enum Verdict {
    NotYet,
    Done,
    Failed(String),
}

impl Polling {
    /// The URL of the status, as the reply has it.
    pub(super) fn location(&self, reply: &Received) -> Option<String> {
        let of_header = |name: &&str| reply.meta.text(*name).map(str::to_owned);
        let in_header = self.headers.iter().find_map(of_header);
        in_header.or_else(|| text(&reply.body, self.url?)).filter(|url| !url.trim().is_empty())
    }

    pub(super) fn verdict(&self, status: &Received) -> Verdict {
        let Some(at) = self.state else {
            return if status.status() == 202 { Verdict::NotYet } else { Verdict::Done };
        };
        // A service may write `false` where it is not done.
        let state = text(&status.body, at).unwrap_or_else(|| "false".to_owned());
        if self.done.contains(&state.as_str()) {
            return Verdict::Done;
        }
        if self.failed.contains(&state.as_str()) { Verdict::Failed(state) } else { Verdict::NotYet }
    }

    /// The URL of the result, if it is elsewhere.
    pub(super) fn result_location(&self, status: &Received) -> Result<Option<String>, Error> {
        let Some(at) = self.result_url else { return Ok(None) };
        let url = text(&status.body, at);
        url.map(Some).ok_or_else(|| fault(status, format!("no URL of a result is at `{at}`")))
    }
}
