//! What every generated client stands on: sending, decoding, errors.
//!
//! Nothing here depends on a description. The generated modules speak to it in a few words:
//! `get post put …` begin a [`Call`], `path query header json form multipart bytes` fill it, and
//! the `json_…!` macros say how a type reads and writes JSON.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a description may need only some of the words"
)]

mod base64;
mod big_integer;
mod decode;
mod files_in_json;
pub(crate) mod json;
mod members;
pub mod multipart;
pub(crate) mod number;
pub(crate) mod own_type;
pub(crate) mod parameter;
pub mod signature;
mod tuple;
mod uuid;
pub(crate) mod validate;
mod verbatim;
pub mod webhook;

#[cfg(feature = "client")]
mod attempt;
#[cfg(feature = "client")]
mod base_url;
#[cfg(feature = "client")]
pub mod batch;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
mod builder;
#[cfg(feature = "client")]
pub mod bulk;
#[cfg(feature = "client")]
mod byte_stream;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod call_builder;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod clock;
#[cfg(feature = "client")]
mod content;
#[cfg(feature = "client")]
mod credentials;
#[cfg(feature = "client")]
mod credits;
#[cfg(feature = "client")]
mod custom;
#[cfg(feature = "client")]
mod detail;
#[cfg(feature = "client")]
mod documented;
#[cfg(feature = "drift")]
mod drift;
#[cfg(feature = "client")]
mod endpoint;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod find;
#[cfg(feature = "client")]
mod header;
#[cfg(feature = "client")]
mod hooks;
#[cfg(feature = "client")]
mod item_stream;
#[cfg(feature = "client")]
mod limiter;
#[cfg(feature = "client")]
mod media_type;
#[cfg(feature = "mock")]
pub(crate) mod mock;
#[cfg(feature = "client")]
mod oauth;
#[cfg(feature = "client")]
mod operation;
#[cfg(feature = "client")]
mod pages;
#[cfg(feature = "validate")]
mod pattern;
#[cfg(feature = "client")]
mod percent;
#[cfg(feature = "client")]
mod platform;
#[cfg(feature = "client")]
mod polling;
#[cfg(feature = "client")]
mod progress;
#[cfg(feature = "client")]
mod provider;
#[cfg(feature = "redis")]
mod redis_limits;
#[cfg(feature = "client")]
mod reply;
#[cfg(feature = "client")]
mod request_builder;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "client")]
mod send;
#[cfg(feature = "client")]
mod server;
#[cfg(feature = "client")]
mod service;
#[cfg(feature = "client")]
mod settings;
#[cfg(feature = "client")]
mod shared_limits;
#[cfg(feature = "client")]
mod signing;
#[cfg(feature = "client")]
mod stream;
#[cfg(feature = "client")]
mod tokens;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(all(feature = "client", not(feature = "tracing")))]
#[path = "trace_noop.rs"]
mod trace;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "client")]
mod unpack;
#[cfg(feature = "client")]
mod upload;

pub use base64::Base64;
pub use big_integer::{BigInteger, InvalidInteger};
#[cfg(feature = "client")]
pub use builder::ClientBuilder;
#[cfg(feature = "blocking")]
pub use byte_stream::ByteReader;
#[cfg(feature = "client")]
pub use byte_stream::{ByteStream, Download};
#[cfg(feature = "client")]
pub use call::Call;
#[cfg(feature = "client")]
pub use client::Client;
#[cfg(feature = "client")]
pub use clock::{Clock, Sleep, TokioClock};
#[cfg(feature = "client")]
pub use content::Content;
#[cfg(feature = "client")]
pub use custom::CustomRequest;
#[cfg(feature = "client")]
pub use detail::{Detail, Invalid};
#[cfg(feature = "client")]
pub use documented::{DocumentedErrors, ErrorReply};
#[cfg(feature = "drift")]
pub use drift::{Drift, DriftKind, DriftLog};
#[cfg(feature = "client")]
pub use error::{Error, ErrorKind, Phase, Timing};
#[cfg(feature = "client")]
pub use hooks::{AfterAttempt, Attempt, BeforeAttempt};
#[cfg(feature = "client")]
pub use item_stream::{Event, ItemStream};
pub use json::{AnyMember, Extra};
pub use multipart::{FilePart, MultipartForm};
#[cfg(feature = "client")]
pub use operation::{Operation, Policy, RateLimit, RetrySafety};
#[cfg(feature = "client")]
pub use pages::{Items, PageParameter, Pages, Paginated, Pagination};
pub use parameter::Parameter;
#[cfg(feature = "client")]
pub use polling::{Polled, Poller, Polling};
#[cfg(feature = "client")]
pub use progress::SendProgress;
#[cfg(feature = "redis")]
pub use redis_limits::RedisLimits;
#[cfg(feature = "client")]
pub use reply::{Meta, Received, Reply};
#[cfg(feature = "client")]
pub use retry::Retry;
#[cfg(feature = "client")]
pub use shared_limits::{Admission, Admitting, Closing, SharedLimits, SharedLimitsError};
#[cfg(feature = "client")]
pub use signing::RequestToSign;
#[cfg(feature = "client")]
pub use transport::{Delivery, Sending, Transport, TransportError};
#[cfg(feature = "client")]
pub use upload::Upload;
#[cfg(feature = "validate")]
pub use validate::{Validate, Violation, Violations};
pub use verbatim::{InvalidText, Textual, Verbatim};

#[cfg(feature = "client")]
pub(crate) use base_url::filled;
#[cfg(feature = "client")]
pub(crate) use call_builder::CallBuilder;
pub(crate) use json::{json_enum, json_integer_enum, json_object, json_union, json_value_enum};
pub(crate) use multipart::multipart_object;
#[cfg(feature = "client")]
pub(crate) use oauth::Grant;
pub(crate) use own_type::own_type;
#[cfg(feature = "client")]
pub(crate) use service::{Credential, Placement, ResponseConventions, Service};
pub(crate) use validate::limits;
