//! Extensions (`x-…`): what overlays and other tools say that OpenAPI has no word for.

use indexmap::IndexMap;
use serde_json::Value;

/// The extensions of an object, as the description and its overlays give them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions(IndexMap<String, Value>);

/// The extensions that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// The name in Rust of operations, tags, parameters, schemas, headers, servers and security schemes.
    RustName,
    /// The former names in Rust of an operation's method or a schema's type.
    RustAlias,
    /// On a schema: the type that stands for its own.
    RustType,
    /// At the root: types of formats, what all types derive, and dependencies.
    RustTypes,
    /// On a schema: what its type derives.
    RustDerive,
    /// At the root: the rate limit groups, and how many requests in how many seconds each takes.
    RateLimits,
    /// The rate limit group of an operation.
    RateLimit,
    /// Whether a request may be sent twice.
    Retry,
    /// The field of a body that makes a retry safe.
    RetryKey,
    /// At the root: which headers and members of replies state success, limits and credits.
    Signals,
    /// Whether an operation costs credits.
    SpendsCredits,
    /// The last item of a reply that streams.
    StreamEnd,
    /// The batch that an operation submits.
    Batch,
    /// Whether an operation has a method for many requests.
    Bulk,
    /// At the root: how webhooks are signed.
    WebhookSignature,
    /// How an operation is paginated.
    Pagination,
    /// The same in the words of Speakeasy.
    SpeakeasyPagination,
    /// The same in the words of Fern.
    FernPagination,
    /// How the result of an operation is waited for.
    Poll,
    /// At the root: whether requests have `validate`.
    Validate,
    /// On a schema: its values are secrets, and `Debug` does not show them.
    Sensitive,
    /// What the values of an enum mean, as a list.
    EnumDescriptions,
    /// What the values of an enum mean, as an object.
    EnumDescriptionsByValue,
    /// The names of the values of an enum.
    EnumNames,
    /// The values of an enum that are deprecated.
    EnumDeprecated,
}

impl Extension {
    /// The word in a description: `x-rust-name`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::RustName => "x-rust-name",
            Self::RustAlias => "x-rust-alias",
            Self::RustType => "x-rust-type",
            Self::RustTypes => "x-rust-types",
            Self::RustDerive => "x-rust-derive",
            Self::RateLimits => "x-rate-limits",
            Self::RateLimit => "x-rate-limit",
            Self::Retry => "x-retry",
            Self::RetryKey => "x-retry-key",
            Self::Signals => "x-signals",
            Self::SpendsCredits => "x-spends-credits",
            Self::StreamEnd => "x-stream-end",
            Self::Batch => "x-batch",
            Self::Bulk => "x-bulk",
            Self::WebhookSignature => "x-webhook-signature",
            Self::Pagination => "x-pagination",
            Self::SpeakeasyPagination => "x-speakeasy-pagination",
            Self::FernPagination => "x-fern-pagination",
            Self::Poll => "x-poll",
            Self::Validate => "x-validate",
            Self::Sensitive => "x-sensitive",
            Self::EnumDescriptions => "x-enum-descriptions",
            Self::EnumDescriptionsByValue => "x-enumDescriptions",
            Self::EnumNames => "x-enum-varnames",
            Self::EnumDeprecated => "x-enum-deprecated",
        }
    }

    /// Its value among the extensions of an object of `openapiv3`.
    pub(in crate::pipeline::resolve) fn find_in(
        self,
        extensions: &IndexMap<String, Value>,
    ) -> Option<&Value> {
        extensions.get(self.word())
    }
}

impl Extensions {
    pub(in crate::pipeline::resolve) fn new(extensions: &IndexMap<String, Value>) -> Self {
        Self(extensions.clone())
    }

    pub(in crate::pipeline::resolve) fn with_rust_name(name: String) -> Self {
        let word = Extension::RustName.word().to_owned();
        Self(IndexMap::from([(word, Value::String(name))]))
    }

    /// The value of an extension.
    #[must_use]
    pub fn get(&self, extension: Extension) -> Option<&Value> {
        extension.find_in(&self.0)
    }

    /// The name in Rust that an overlay chose.
    #[must_use]
    pub fn rust_name(&self) -> Option<&str> {
        self.get(Extension::RustName)?.as_str()
    }
}
