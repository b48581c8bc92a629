//! Rate limits that processes keep together in Redis.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, Script};

use super::Error;
use super::builder::configuration;
use super::shared_limits::{Admission, Admitting, Closing, SharedLimits, SharedLimitsError};

/// Counts a request if it can be sent now. All times are microseconds of the clock of Redis.
///
/// Keys: the times of the last requests, the newest first; the gate that a 429 closes; the mark.
/// Arguments: how many requests in what time (0: no limit); the mark that the caller has seen; a new
/// one. Returns how long to wait, 0 if the request is counted, and the mark.
const ADMIT: &str = r"
local requests, span = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local mark = redis.call('GET', KEYS[3])
if not mark then
  mark = ARGV[4]
  redis.call('SET', KEYS[3], mark)
end
if ARGV[3] ~= '' and ARGV[3] ~= mark and span > 0 then
  -- What was counted is lost. After this time none of it counts any more.
  local lost = math.ceil(span / 1000)
  if redis.call('PTTL', KEYS[2]) < lost then redis.call('SET', KEYS[2], 1, 'PX', lost) end
end

local closed = redis.call('PTTL', KEYS[2])
if closed > 0 then return { closed * 1000, mark } end

if requests > 0 then
  local oldest = redis.call('LINDEX', KEYS[1], requests - 1)
  if oldest and oldest + span > now then return { oldest + span - now, mark } end
  redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
  redis.call('LTRIM', KEYS[1], 0, requests - 1)
  redis.call('PEXPIRE', KEYS[1], math.ceil(span / 1000) + 1000)
end
return { 0, mark }
";
/// Closes the gate of a group, unless it is closed for longer.
const CLOSE: &str = "
local left = redis.call('PTTL', KEYS[1])
if left < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], 1, 'PX', ARGV[1]) end
";
/// How long an answer of Redis may take.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Rate limits in Redis, for several processes that share an API key.
///
/// Limits are kept exactly: requests are counted by the clock of Redis, in one script. While Redis
/// does not answer, calls fail with [`ErrorKind::Connect`](crate::ErrorKind::Connect) after their
/// retries, and nothing is sent. If Redis loses its data, the processes that were connected before
/// wait for the time of a limit, so that it is not exceeded.
///
/// Redis gets the name and the groups, and nothing of requests or credentials.
///
/// ```text
/// let limits = RedisLimits::connect("redis://127.0.0.1/", "production").await?;
/// let client = Client::builder().api_key(key).shared_limits(limits).build()?;
/// ```
#[derive(Clone)]
pub struct RedisLimits(Arc<Inner>);

struct Inner {
    connection: ConnectionManager,
    name: String,
    admit: Script,
    close: Script,
    /// The mark that was last seen for each group. If it is another, Redis has lost what it counted.
    marks: Mutex<HashMap<String, String>>,
}

impl RedisLimits {
    /// Connects to Redis. Processes with the same name share their limits: use one name for each
    /// API key, and not the key itself.
    ///
    /// The connection is driven by the runtime that opened it. A blocking call on a thread of that
    /// runtime may wait for ever: for blocking calls, open a connection on another runtime.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the URL is not one of Redis,
    /// or if there is no connection.
    pub async fn connect(url: &str, name: impl Into<String>) -> Result<Self, Error> {
        let refuse = |error: RedisError| {
            configuration("no connection to Redis for the shared limits").with_source(error)
        };
        let settings = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT))
            .set_number_of_retries(1);
        let client = Client::open(url).map_err(refuse)?;
        let connection =
            client.get_connection_manager_with_config(settings).await.map_err(refuse)?;
        Ok(Self(Arc::new(Inner {
            connection,
            name: name.into(),
            admit: Script::new(ADMIT),
            close: Script::new(CLOSE),
            marks: Mutex::default(),
        })))
    }
}

impl Inner {
    /// All keys have one hash tag, so that they are on one node of a cluster.
    fn key(&self, group: &str, what: &str) -> String {
        format!("{{rate-limits:{}}}:{group}:{what}", self.name)
    }

    fn marks(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(
        &self,
        group: &str,
        limit: Option<(u32, Duration)>,
    ) -> Result<Admission, RedisError> {
        let (requests, time) = limit.unwrap_or((0, Duration::ZERO));
        let known = self.marks().get(group).cloned().unwrap_or_default();
        let mut script = self.admit.prepare_invoke();
        script.key(self.key(group, "requests")).key(self.key(group, "closed"));
        script.key(self.key(group, "mark"));
        script.arg(requests).arg(time.as_micros() as u64).arg(known);
        script.arg(format!("{:016x}", fastrand::u64(..)));
        let (wait, mark): (u64, String) = script.invoke_async(&mut self.connection.clone()).await?;
        self.marks().insert(group.to_owned(), mark);
        Ok(match wait {
            0 => Admission::Now,
            micros => Admission::After(Duration::from_micros(micros)),
        })
    }

    async fn shut(&self, group: &str, time: Duration) -> Result<(), RedisError> {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX).clamp(1, 1 << 40);
        let mut script = self.close.prepare_invoke();
        script.key(self.key(group, "closed")).arg(millis);
        script.invoke_async(&mut self.connection.clone()).await
    }
}

impl SharedLimits for RedisLimits {
    fn admit<'a>(&'a self, group: &'a str, limit: Option<(u32, Duration)>) -> Admitting<'a> {
        Box::pin(async move { self.0.ask(group, limit).await.map_err(SharedLimitsError::new) })
    }

    fn close<'a>(&'a self, group: &'a str, time: Duration) -> Closing<'a> {
        Box::pin(async move { self.0.shut(group, time).await.map_err(SharedLimitsError::new) })
    }
}

/// The URL may have a password.
impl fmt::Debug for RedisLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimits").field("name", &self.0.name).finish_non_exhaustive()
    }
}
