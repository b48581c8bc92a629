//! What a client has seen: a line of JSON for each difference.

use std::collections::BTreeSet;
use std::fmt;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// A difference between what a service sends and what its description says. The runtime's `Drift` says what the members
/// mean.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
pub struct Event {
    /// What differs.
    pub kind: Kind,
    /// The `operationId` of the operation.
    pub operation: String,
    /// The method and the path.
    pub request: String,
    /// The status of the reply.
    pub status: u16,
    /// The media type of the reply.
    #[serde(default)]
    pub media_type: String,
    /// The place in the body.
    #[serde(default)]
    pub at: String,
    /// The schema that the place is in.
    #[serde(default)]
    pub schema: String,
    /// The place within a value of the schema.
    #[serde(default)]
    pub within: String,
    /// The name of the member.
    pub member: Option<String>,
    /// The kind of JSON that is described.
    pub described: Option<String>,
    /// The kind of JSON that came.
    pub seen: Option<String>,
    /// The value of an enum.
    pub value: Option<Value>,
    /// How often it was seen.
    #[serde(default = "once")]
    pub count: u64,
}

fn once() -> u64 {
    1
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A status that is not described.
    UndescribedStatus,
    /// A media type that is not described.
    UndescribedMediaType,
    /// A value that its enum does not have.
    UnknownValue,
    /// A member that is not described.
    UndescribedMember,
    /// A required member that is missing.
    MissingMember,
    /// A value of another kind of JSON.
    OtherKind,
}

/// A line that is no event.
#[derive(Debug)]
pub struct Unreadable {
    line: usize,
    why: serde_json::Error,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, why } = self;
        write!(f, "line {line} is no difference that a client has written: {why}")
    }
}

/// Reads lines of JSON, and adds up the counts of equal ones. The order of the lines does not matter.
///
/// # Errors
/// The first line that is no event.
pub fn read(text: &str) -> Result<Vec<Event>, Unreadable> {
    let mut counts: IndexMap<Event, u64> = IndexMap::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let event: Event =
            serde_json::from_str(line).map_err(|why| Unreadable { line: index + 1, why })?;
        let count = event.count;
        *counts.entry(Event { count: 0, ..event }).or_default() += count;
    }
    let mut events: Vec<_> =
        counts.into_iter().map(|(event, count)| Event { count, ..event }).collect();
    events.sort_by_cached_key(Event::order);
    Ok(events)
}

impl Event {
    /// What events of one change have in common.
    pub(super) fn place(&self) -> impl Eq + std::hash::Hash + use<> {
        let schema = match self.kind {
            Kind::UndescribedStatus | Kind::UndescribedMediaType => None,
            _ => Some(self.schema.clone()).filter(|schema| !schema.is_empty()),
        };
        // Without a schema, it is a place of the reply itself.
        let reply = schema.is_none().then(|| (self.request.clone(), self.status));
        let media_type = (self.kind == Kind::UndescribedMediaType).then(|| self.media_type.clone());
        let member = self.member.clone().filter(|_| self.kind == Kind::UndescribedMember);
        (self.kind, schema, reply, media_type, self.within.clone(), member)
    }

    /// By request and place.
    fn order(&self) -> impl Ord + use<> {
        let value = self.value.as_ref().map(Value::to_string);
        let seen = (self.seen.clone(), self.described.clone(), value);
        let place = (self.at.clone(), self.kind, self.member.clone(), seen);
        (self.request.clone(), self.status, place, self.media_type.clone(), self.schema.clone())
    }

    /// ``"leather" at `/items/*/binding` ``
    fn what(&self) -> String {
        let seen = self.seen.as_deref().unwrap_or("another kind");
        let at = if self.at.is_empty() { "the root".to_owned() } else { format!("`{}`", self.at) };
        let member = self.member.as_deref().unwrap_or_default();
        match (self.kind, &self.value) {
            (Kind::UndescribedStatus, _) => format!("status {}", self.status),
            (Kind::UndescribedMediaType, _) => {
                format!("`{}` with status {}", self.media_type, self.status)
            }
            (Kind::UnknownValue, Some(value)) => format!("{value} at {at}"),
            (Kind::UnknownValue, None) => format!("further values at {at}"),
            (Kind::UndescribedMember, _) => format!("a member `{member}` ({seen}) at {at}"),
            (Kind::MissingMember, _) => format!("no `{member}` at {at}"),
            (Kind::OtherKind, _) => {
                let described = self.described.as_deref().unwrap_or("what is described");
                format!("{seen} in place of {described} at {at}")
            }
        }
    }
}

/// ``Seen 12 times: "leather" at `/items/*/binding` (GET /v1/books).``
pub(super) fn told(group: &[&Event]) -> String {
    let count: u64 = group.iter().map(|event| event.count).sum();
    let whats: BTreeSet<_> = group.iter().map(|event| event.what()).collect();
    let requests: BTreeSet<_> = group.iter().map(|event| event.request.as_str()).collect();
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    format!("Seen {times}: {} ({})", some(&whats, "; "), some(&requests, ", "))
}

/// The first three of several texts.
fn some<T: AsRef<str>>(all: &BTreeSet<T>, between: &str) -> String {
    const MOST: usize = 3;
    let first: Vec<_> = all.iter().take(MOST).map(AsRef::as_ref).collect();
    let rest = all.len().saturating_sub(MOST);
    let rest = if rest > 0 { format!("{between}and {rest} more") } else { String::new() };
    format!("{}{rest}", first.join(between))
}
