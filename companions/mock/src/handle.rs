//! What becomes of a request.
//!
//! ```text
//! path and method ─► script ─► fault ─► caller ─► rate limit ─► forms ─► checks ─► deleted? ─► credits ─► reply
//! ```

mod charge;

use std::sync::Arc;
use std::time::{Duration, Instant};

use lantern_operations::Operation;

use crate::fault::Fault;
use crate::received::HIDDEN;
use crate::reply::{Charged, Composer, Refusal, Reply, chosen_media, chosen_response, figure};
use crate::request::{Caller, Incoming, check, identify, media_of};
use crate::routes::Found;
use crate::seed;
use crate::state::Shared;

/// What is sent back, and how.
#[derive(Debug)]
pub struct Outcome {
    pub reply: Reply,
    /// What happens to the reply.
    pub fault: Option<Fault>,
    pub delay: Duration,
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Self {
        Self { reply, fault: None, delay: Duration::ZERO }
    }
}

/// What a request is answered with.
pub async fn handle(shared: &Arc<Shared>, mut request: Incoming) -> Outcome {
    let number = shared.remember(&request);
    if shared.token_paths.asks(&request) {
        return token(shared, &request, number).into();
    }
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    // A description may have operations of HEAD.
    let found = match shared.routes.find(&request.method, &request.path, &request.query) {
        Found::Operation { operation, values } => Found::Operation { operation, values },
        _ => shared.routes.find(method, &request.path, &request.query),
    };
    let outcome = match found {
        Found::Nothing => refused(shared, None, 0, &Refusal::NotFound).into(),
        Found::Methods(methods) => other_method(shared, &request, methods).into(),
        Found::Operation { operation, values } => {
            request.values = values;
            let operation = &shared.table.operations[operation];
            shared.note(number, |received| received.operation = Some(operation.id.clone()));
            Handling { shared, operation, request: &request, number }.outcome().await
        }
    };
    let is_lost = matches!(outcome.fault, Some(Fault::Timeout | Fault::Disconnect | Fault::Refuse));
    shared.note(number, |received| {
        received.status = (!is_lost).then_some(outcome.reply.status);
        received.fault = outcome.fault.map(|fault| fault.to_string());
    });
    outcome
}

/// The reply to a request for a token, of which nothing secret is remembered.
fn token(shared: &Shared, request: &Incoming, number: u64) -> Reply {
    let settings = &shared.settings;
    let reply = shared.state().tokens.reply(request, &settings.keys, settings.token_lifetime);
    shared.note(number, |received| {
        received.body = HIDDEN.to_owned();
        received.status = Some(reply.status);
    });
    reply
}

fn refused(shared: &Shared, operation: Option<&Operation>, seed: u64, refusal: &Refusal) -> Reply {
    refusal.reply(&shared.schemas, operation, seed)
}

/// The reply to a method that is not described.
fn other_method(shared: &Shared, request: &Incoming, mut methods: Vec<String>) -> Reply {
    if methods.iter().any(|method| method == "GET") && !methods.iter().any(|it| it == "HEAD") {
        methods.push("HEAD".to_owned());
    }
    methods.push("OPTIONS".to_owned());
    let allowed = methods.join(", ");
    match request.method.as_str() {
        "OPTIONS" => Reply::new(204).with_header("allow", allowed),
        _ => refused(shared, None, 0, &Refusal::Method(allowed)),
    }
}

/// A request of an operation.
struct Handling<'a> {
    shared: &'a Arc<Shared>,
    operation: &'a Operation,
    request: &'a Incoming,
    number: u64,
}

impl Handling<'_> {
    async fn outcome(&self) -> Outcome {
        if let Some(script) = self.shared.script(self.operation) {
            let fault = script.fault.as_deref().and_then(|fault| fault.parse().ok());
            let delay = Duration::from_millis(script.delay_ms);
            return Outcome { reply: script.reply(), fault, delay };
        }
        let delay = self.latency();
        let fault = self.shared.fault(self.operation);
        let reply = match fault {
            Some(Fault::Status(status)) => Err(Refusal::Fault(status)),
            Some(Fault::Refuse) => Ok(Reply::new(500)),
            _ => self.reply().await,
        };
        let reply = reply.unwrap_or_else(|refusal| {
            refused(self.shared, Some(self.operation), self.seed(), &refusal)
        });
        Outcome { reply: self.with_conventions(reply), fault, delay }
    }

    /// A number that is the same for the same request.
    fn seed(&self) -> u64 {
        let Incoming { method, path, query, body, .. } = self.request;
        let words: [&[u8]; 4] = [method.as_bytes(), path.as_bytes(), query.as_bytes(), body];
        seed::mixed(self.shared.settings.seed, &words)
    }

    fn latency(&self) -> Duration {
        let (least, most) =
            (self.shared.settings.latency.start(), self.shared.settings.latency.end());
        let number = self.number.to_le_bytes();
        let part = seed::rng(self.shared.settings.seed, &[b"latency", &number]).f64();
        *least + most.saturating_sub(*least).mul_f64(part)
    }

    async fn reply(&self) -> Result<Reply, Refusal> {
        self.check_caller_and_limit()?;
        let preferred = self.preferred("code").and_then(|code| code.parse().ok());
        let response = chosen_response(self.operation, preferred);
        let accept = self.request.header("accept");
        let media =
            chosen_media(response, accept.as_deref()).map_err(|()| Refusal::NotAcceptable)?;
        self.check_media_type()?;
        let checked = check(&self.shared.schemas, self.operation, self.request).await;
        let said = checked.map_err(Refusal::Invalid)?;
        if preferred.is_none() && self.shared.state().deleted.concerns(self.operation, self.request)
        {
            return Err(Refusal::Gone);
        }
        let status = preferred.or(response.map(|it| crate::reply::code(it.status))).unwrap_or(200);
        let charged = match status {
            200..=399 => self.charge(&said)?,
            _ => Charged::default(),
        };
        if status < 400 {
            self.shared.state().deleted.note(self.operation, self.request);
        }
        let composer = Composer {
            table: &self.shared.table,
            schemas: &self.shared.schemas,
            operation: self.operation,
            response,
            media,
            said: &said,
            seed: self.seed(),
            example: self.preferred("example").and_then(|it| it.parse().ok()).unwrap_or_default(),
            charged,
        };
        composer.reply(status).map_err(Refusal::Unanswerable)
    }

    /// What the header `Prefer` says (RFC 7240): `Prefer: code=404, example=1`.
    fn preferred(&self, name: &str) -> Option<String> {
        let header = self.request.header("prefer")?;
        let mut pairs = header.split([',', ';']).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value.trim_matches('"').to_owned())
    }

    fn check_caller_and_limit(&self) -> Result<(), Refusal> {
        let table = &self.shared.table;
        let is_valid = |secret: &String| self.shared.accepts(secret);
        let caller = match identify(table, self.operation, self.request, is_valid) {
            Caller::Refused(why) => return Err(Refusal::Caller(why.to_owned())),
            Caller::Known(secret) => secret,
            Caller::Anonymous => String::new(),
        };
        let Some((group, limit)) = self.shared.limit(self.operation) else { return Ok(()) };
        let taken = self.shared.state().windows.take(group, &caller, limit, Instant::now());
        taken.map_err(|wait| Refusal::TooMany { wait, limit: limit.requests })
    }

    fn check_media_type(&self) -> Result<(), Refusal> {
        let content_type = self.request.header("content-type");
        match (&self.operation.body, content_type) {
            (Some(body), Some(sent)) if !self.request.body.is_empty() => {
                let known = media_of(body, Some(&sent)).map(|_| ());
                known.ok_or(Refusal::MediaType(sent))
            }
            _ => Ok(()),
        }
    }

    /// With the headers that every reply may have.
    fn with_conventions(&self, mut reply: Reply) -> Reply {
        let conventions = &self.shared.table.conventions;
        let limit = self.shared.limit(self.operation).map(|(_, limit)| limit.requests.to_string());
        let left = self.shared.state().account.credits.map(|left| figure(left).to_string());
        for (name, value) in
            [(&conventions.rate_limit_header, limit), (&conventions.balance_header, left)]
        {
            if let Some((name, value)) =
                name.as_ref().zip(value).filter(|(name, _)| reply.header(name).is_none())
            {
                reply = reply.with_header(name, value);
            }
        }
        reply
    }
}
