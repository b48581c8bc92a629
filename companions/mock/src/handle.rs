//! What becomes of a request.
//!
//! ```text
//! path and method ─► script ─► fault ─► caller ─► rate limit ─► forms ─► checks ─► credits ─► reply
//! ```

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lantern_operations::{Operation, Retry};
use serde_json::Value;

use crate::account::Charge;
use crate::batches::{self, Run};
use crate::fault::Fault;
use crate::received::HIDDEN;
use crate::reply::{Charged, Composer, Refusal, Reply, chosen_media, chosen_response, figure};
use crate::request::{Caller, Incoming, Said, check, identify, media_of};
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
        let status = preferred.or(response.map(|it| crate::reply::code(it.status))).unwrap_or(200);
        let charged = match status {
            200..=399 => self.charge(&said)?,
            _ => Charged::default(),
        };
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

    /// Takes the credits, and submits the batch if it is one.
    fn charge(&self, said: &Said) -> Result<Charged, Refusal> {
        let mut state = self.shared.state();
        let key = self.key(said);
        let request = key.as_ref().map(|key| {
            let body = String::from_utf8_lossy(&self.request.body);
            format!("{} {key} {body}", self.operation.id)
        });
        let records = batches::records(self.operation, said.body.as_ref());
        let cost = match state.account.has_paid(request.as_deref()) {
            true => 0.0,
            false => self.cost(said, &records),
        };
        let left = state.account.credits.unwrap_or(f64::INFINITY);
        // A batch stops when the credits are used up.
        let cost = if records.is_empty() { cost } else { cost.min(left.floor()) };
        if !state.account.affords(cost) || (left <= 0.0 && self.operation.policy.consumes_credits) {
            return Err(Refusal::Credits { needed: cost.max(1.0), left: left.max(0.0) });
        }
        if cost > 0.0 {
            let charge = Charge { operation: self.operation.id.clone(), key, credits: cost };
            state.account.charge(charge, request);
        }
        let members = self.submit(&mut state, records, cost);
        let left = state.account.credits;
        drop(state);
        self.shared.note(self.number, |received| received.credits = cost);
        Ok(Charged { cost, left, members })
    }

    /// What keeps the request from being charged twice.
    fn key(&self, said: &Said) -> Option<String> {
        match &self.operation.policy.retry {
            Retry::ByKey(field) => {
                let key = said.body.as_ref()?.get(field);
                key.filter(|key| Retry::is_key(key)).map(Value::to_string)
            }
            Retry::ByHeader(name) => self.request.header(name).filter(|key| !key.trim().is_empty()),
            Retry::Safe | Retry::Unsafe => None,
        }
    }

    fn cost(&self, said: &Said, records: &[String]) -> f64 {
        let policy = &self.operation.policy;
        if !policy.consumes_credits {
            return 0.0;
        }
        let cap = self.shared.table.conventions.cap_field.as_deref();
        let cap = cap.and_then(|cap| said.body.as_ref()?.get(cap)?.as_f64());
        match records.len() {
            0 => policy.example_cost.unwrap_or(1.0).min(cap.unwrap_or(f64::INFINITY)),
            count => (count as f64).min(cap.unwrap_or(f64::INFINITY)).floor(),
        }
    }

    fn submit(
        &self,
        state: &mut crate::state::State,
        records: Vec<String>,
        cost: f64,
    ) -> Vec<(String, Value)> {
        let Some(batch) = &self.operation.batch else { return Vec::new() };
        let settings = &self.shared.settings;
        let store = settings
            .store_url
            .clone()
            .unwrap_or_else(|| format!("{}/__mock/store", self.shared.url));
        let is_free = !self.operation.policy.consumes_credits;
        let run = Run {
            paid: if is_free { records.len() } else { cost as usize },
            ids: records,
            store: store.trim_end_matches('/'),
            now: Instant::now(),
            delay: settings.batch_delay,
            seed: settings.seed,
        };
        let submitted = state.batches.submit(&self.shared.schemas, batch, run);
        if let Some(folder) = &settings.store {
            tokio::spawn(write_later(folder.clone(), submitted.files, settings.batch_delay));
        }
        submitted.members
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

/// Writes the files of a batch when they are to be there.
async fn write_later(folder: std::path::PathBuf, files: Vec<(String, String)>, delay: Duration) {
    tokio::time::sleep(delay).await;
    for (path, content) in files {
        let path = folder.join(path);
        let parent = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        // Written under another name first, so that nobody reads a part of it.
        let part = path.with_extension("part");
        let written = parent
            .and_then(|()| std::fs::write(&part, content))
            .and_then(|()| std::fs::rename(&part, &path));
        if let Err(error) = written {
            let _ = writeln!(std::io::stderr(), "{} cannot be written: {error}", path.display());
        }
    }
}
