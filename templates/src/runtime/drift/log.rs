//! What was seen, each difference once.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::comparison::differences;
use super::described::table;
use super::kept::Kept;
use super::{Described, Drift, DriftKind};
use crate::runtime::ClientBuilder;
use crate::runtime::hooks::Attempt;
use crate::runtime::reply::Meta;

/// Collects the differences between what a service sends and what its description says.
///
/// Clones are the same log, and clients can share one. Each difference is kept once, with the number of times that it was
/// seen. A log keeps at most 1,000 differences, and at most 32 names or values of one place.
///
/// ```text
/// let log = DriftLog::new();
/// let client = Client::builder().drift(&log).build()?;
/// // … calls …
/// log.write_to(File::options().create(true).append(true).open("drift.jsonl")?)?;
/// ```
#[derive(Clone, Default)]
pub struct DriftLog(Arc<Log>);

#[derive(Default)]
struct Log {
    kept: Mutex<Kept>,
    on_first: Option<Box<OnFirst>>,
}

type OnFirst = dyn Fn(&Drift) + Send + Sync;

impl DriftLog {
    /// A log without differences.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A log that also calls this function with each difference that it sees for the first time, for example to write it
    /// to the log of the program. The count is that of the one reply. It is called by the task that makes the call, so
    /// it must not block.
    #[must_use]
    pub fn telling(first: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Log { kept: Mutex::default(), on_first: Some(Box::new(first)) }))
    }

    /// The differences, sorted by request and place.
    #[must_use]
    pub fn drifts(&self) -> Vec<Drift> {
        self.kept().clone().sorted()
    }

    /// Takes the differences out of the log, sorted by request and place.
    #[must_use]
    pub fn take(&self) -> Vec<Drift> {
        std::mem::take(&mut *self.kept()).sorted()
    }

    /// How many differences were seen and not kept, because the log was full.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.kept().dropped
    }

    /// Writes a line of JSON for each difference and takes them out of the log, so that the lines can be appended to those
    /// that were written before. `lantern-generator drift` adds up the counts, and makes an overlay of such a file.
    ///
    /// # Errors
    /// That of the writer. The differences are then lost.
    pub fn write_to(&self, mut writer: impl Write) -> io::Result<()> {
        let mut lines = Vec::new();
        for drift in self.take() {
            serde_json::to_writer(&mut lines, &drift)?;
            lines.push(b'\n');
        }
        // At once, so that several processes can append to one file.
        writer.write_all(&lines)?;
        writer.flush()
    }

    /// Compares a reply with what is described of it.
    fn see(&self, attempt: &Attempt, meta: &Meta, body: &[u8]) {
        let request = attempt.to_string();
        let Some(operation) = table()["operations"].get(&request) else { return };
        let reply = Drift {
            kind: DriftKind::UndescribedStatus,
            operation: operation["id"].as_str().unwrap_or_default().to_owned(),
            request,
            status: meta.status.as_u16(),
            media_type: media_type(meta),
            at: String::new(),
            schema: String::new(),
            within: String::new(),
            member: None,
            described: None,
            seen: None,
            value: None,
            count: 0,
        };
        self.keep(compared(&operation["replies"], meta, body, reply));
    }

    fn keep(&self, found: Kept) {
        let new = self.kept().add(found);
        self.0.on_first.iter().for_each(|tell| new.iter().for_each(tell));
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The differences of a reply whose status and media type are described, or that these are not.
fn compared(replies: &Value, meta: &Meta, body: &[u8], reply: Drift) -> Kept {
    let described = Described::of(replies, meta.status.as_u16(), meta.stated_media_type());
    match described {
        Described::NoStatus => Kept::only(reply),
        // There is nothing to read in it, whatever it would be.
        _ if body.is_empty() => Kept::default(),
        Described::NoMediaType => {
            Kept::only(Drift { kind: DriftKind::UndescribedMediaType, ..reply })
        }
        Described::Json(ty) => {
            let value = serde_json::from_slice(crate::runtime::decode::without_mark(body));
            let found = |value: Value| differences(&table()["types"], ty, &value, reply);
            value.map(found).unwrap_or_default()
        }
        Described::Anything => Kept::default(),
    }
}

/// The media type that a service states, unless it is too long to be one (RFC 6838, section 4.2).
fn media_type(meta: &Meta) -> String {
    const LONGEST: usize = 2 * 127 + 1;
    Some(meta.media_type()).filter(|stated| stated.len() <= LONGEST).unwrap_or_default()
}

/// How many differences there are.
impl fmt::Debug for DriftLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.kept();
        f.debug_struct("DriftLog")
            .field("drifts", &kept.len())
            .field("dropped", &kept.dropped)
            .finish()
    }
}

impl ClientBuilder {
    /// Compares each reply with the description, and keeps in this log what differs: what was added to the service, or is
    /// otherwise than described.
    ///
    /// A reply is read a second time for it. Streams and files are not compared, but for their status.
    pub fn drift(mut self, log: &DriftLog) -> Self {
        let log = log.clone();
        self.hooks.replies =
            Some(Arc::new(move |attempt, meta, body| log.see(attempt, meta, body)));
        self
    }
}
