//! The settings of a server.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use crate::fault::FaultRule;
use crate::limits::Limit;

/// The settings of a server.
#[derive(Clone, Debug)]
pub struct Settings {
    pub seed: u64,
    pub credits: Option<f64>,
    pub faults: Vec<FaultRule>,
    /// Limits of groups in place of the described ones.
    pub limits: HashMap<String, Limit>,
    pub has_limits: bool,
    pub latency: RangeInclusive<Duration>,
    /// The secrets that are valid; any if there is none.
    pub keys: Vec<String>,
    /// How long a token is valid.
    pub token_lifetime: Duration,
    /// The time until the results of a batch are there.
    pub batch_delay: Duration,
    /// A folder that results are written to.
    pub store: Option<PathBuf>,
    /// What the places of results begin with.
    pub store_url: Option<String>,
    pub address: String,
    #[cfg(feature = "tls")]
    pub tls: Option<crate::tls::Tls>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            credits: None,
            faults: Vec::new(),
            limits: HashMap::new(),
            has_limits: true,
            latency: Duration::ZERO..=Duration::ZERO,
            keys: Vec::new(),
            token_lifetime: Duration::from_secs(3600),
            batch_delay: Duration::from_secs(2),
            store: None,
            store_url: None,
            address: "127.0.0.1:0".to_owned(),
            #[cfg(feature = "tls")]
            tls: None,
        }
    }
}
