//! The modules of the runtime: their files, when a client needs them, what takes their place otherwise, and the names
//! that others see of them.

use crate::pipeline::model::Need::{self, *};
use crate::pipeline::model::RuntimeNeeds;
use Build::{Blocking, Client, ClientWithoutTracing, Drift, Mock, Redis, Tracing, Validate};

/// A file by its path below `src/runtime`, and its text.
pub type SourceText = (&'static str, &'static str);

/// The text of each file of the runtime.
macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!(env!("TEMPLATES"), "/src/runtime/", $path))),)*]
    };
}

/// A module of the runtime.
pub struct Module {
    pub name: &'static str,
    /// How far it is seen: `pub `, `pub(crate) ` or not at all.
    pub visibility: &'static str,
    /// The builds that have it.
    pub build: Build,
    /// Its files, its root first.
    pub files: &'static [SourceText],
    /// The clients that may have it at all: those with any of these needs, or all where there are none.
    pub part_of: &'static [Need],
    /// The clients that need it.
    pub when: &'static [Need],
    /// What the other clients have in its place: the same names, with nothing behind them.
    pub otherwise: &'static [SourceText],
    /// What callers see of it.
    pub exports: &'static [&'static str],
    /// The same in some builds only.
    pub uses: &'static [Use],
    /// What generated code names.
    pub words: &'static [&'static str],
    /// Whether callers see the module itself at the root of the crate.
    pub is_exported: bool,
}

/// Names that callers see, and the builds that have them.
pub struct Use(pub Build, pub &'static [&'static str]);

/// The builds of a client that have a module or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Build {
    All,
    Client,
    Blocking,
    Tracing,
    ClientWithoutTracing,
    Drift,
    Mock,
    Redis,
    Validate,
}

impl Build {
    /// The feature that the builds have; `None` for all builds.
    pub fn feature(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Client | Self::ClientWithoutTracing => Some("client"),
            Self::Blocking => Some("blocking"),
            Self::Drift => Some("drift"),
            Self::Mock => Some("mock"),
            Self::Redis => Some("redis"),
            Self::Tracing => Some("tracing"),
            Self::Validate => Some("validate"),
        }
    }

    /// What `cfg` asks for; `None` for all builds.
    pub fn condition(self) -> Option<String> {
        let feature = format!("feature = \"{}\"", self.feature()?);
        Some(match self {
            Self::ClientWithoutTracing => format!("all({feature}, not(feature = \"tracing\"))"),
            _ => feature,
        })
    }
}

/// All modules, by their names.
pub const MODULES: &[Module] = &[
    Module::new("attempt", files!("attempt.rs")).within(Client),
    Module::new("base64", files!("base64.rs")).when(&[Base64]).exports(&["Base64"]),
    Module::new("base_url", files!("base_url.rs")).within(Client).when(&[ServerVariables]).words(&["filled"]),
    Module::new(
        "batch",
        files!(
            "batch/mod.rs" "batch/bad_row.rs" "batch/cells.rs" "batch/fetch.rs" "batch/format.rs"
            "batch/json_rows.rs" "batch/looks.rs" "batch/mock.rs" "batch/place.rs" "batch/record.rs" "batch/records.rs"
            "batch/run.rs" "batch/s3.rs" "batch/s3_look.rs" "batch/section.rs" "batch/submissions.rs"
            "batch/table.rs" "batch/verdict.rs" "batch/wait.rs" "batch/web.rs"
        ),
    )
        .seen("pub ")
        .within(Client)
        .when(&[Batches])
        .exported(),
    Module::new("big_integer", files!("big_integer.rs")).when(&[BigIntegers]).exports(&["BigInteger", "InvalidInteger"]),
    Module::new("blocking", files!("blocking.rs")).within(Blocking),
    Module::new("body", files!("body.rs")).within(Client),
    Module::new("builder", files!("builder.rs" "builder/credentials.rs" "builder/http.rs")).within(Client).exports(&["ClientBuilder"]),
    Module::new(
        "bulk",
        files!(
            "bulk/mod.rs" "bulk/in_flight.rs" "bulk/run.rs" "bulk/settings.rs" "bulk/source.rs"
            "bulk/stop.rs" "bulk/unsent.rs"
        ),
    )
        .seen("pub ")
        .within(Client)
        .when(&[Bulk])
        .exported(),
    Module::new("byte_stream", files!("byte_stream/mod.rs" "byte_stream/reader.rs"))
        .within(Client)
        .when(&[Downloads])
        .uses(&[Use(Blocking, &["ByteReader"]), Use(Client, &["ByteStream", "Download"])]),
    Module::new("call", files!("call.rs" "call/constants.rs" "call/parameters.rs")).within(Client).exports(&["Call"]),
    Module::new("call_builder", files!("call_builder.rs")).within(Client).words(&["CallBuilder"]),
    Module::new("client", files!("client.rs")).within(Client).exports(&["Client"]),
    Module::new("clock", files!("clock.rs")).within(Client).exports(&["Clock", "Sleep", "TokioClock"]),
    Module::new("content", files!("content.rs")).within(Client).when(&[Content]).exports(&["Content"]),
    Module::new("credentials", files!("credentials.rs")).within(Client),
    Module::new(
        "credits",
        files!(
            "credits/mod.rs" "credits/reservation.rs" "credits/shortage.rs" "credits/stated.rs"
        ),
    )
        .within(Client),
    Module::new("custom", files!("custom.rs")).within(Client).exports(&["CustomRequest"]),
    Module::new("decode", files!("decode.rs")),
    Module::new("detail", files!("detail.rs")).within(Client).exports(&["Detail", "Invalid"]),
    Module::new("documented", files!("documented.rs"))
        .within(Client)
        .when(&[DocumentedErrors])
        .exports(&["DocumentedErrors", "ErrorReply"]),
    Module::new(
        "drift",
        files!("drift/mod.rs" "drift/comparison.rs" "drift/described.rs" "drift/kept.rs" "drift/log.rs"),
    )
        .within(Drift)
        .exports(&["Drift", "DriftKind", "DriftLog"]),
    Module::new("endpoint", files!("endpoint.rs")).within(Client),
    Module::new("error", files!("error.rs")).within(Client).exports(&["Error", "ErrorKind", "Phase", "Timing"]),
    Module::new("files_in_json", files!("files_in_json.rs")).when(&[FilesInJson]),
    Module::new("find", files!("find.rs")).within(Client).when(&[Pagination, Polling]),
    Module::new("header", files!("header.rs")).within(Client),
    Module::new("hooks", files!("hooks.rs")).within(Client).exports(&["AfterAttempt", "Attempt", "BeforeAttempt"]),
    Module::new("item_stream", files!("item_stream/mod.rs" "item_stream/ends.rs" "item_stream/event_objects.rs" "item_stream/frames.rs"))
        .within(Client)
        .when(&[ItemStreams])
        .exports(&["Event", "ItemStream"]),
    Module::new(
        "json",
        files!(
            "json/mod.rs" "json/any.rs" "json/depth.rs" "json/enum.rs" "json/exact.rs" "json/extra.rs" "json/format.rs"
            "json/misfit.rs" "json/object.rs" "json/read.rs" "json/scalar.rs" "json/union.rs"
            "json/variants.rs" "json/write.rs"
        ),
    )
        .seen("pub(crate) ")
        .exports(&["AnyMember", "Extra"])
        .words(&["json_enum", "json_integer_enum", "json_object", "json_union", "json_value_enum"]),
    Module::new(
        "limiter",
        files!(
            "limiter/mod.rs" "limiter/gate.rs" "limiter/group.rs" "limiter/queue.rs" "limiter/window.rs"
        ),
    )
        .within(Client),
    Module::new("media_type", files!("media_type.rs")).within(Client),
    Module::new("members", files!("members.rs")),
    Module::new(
        "mock",
        files!(
            "mock/mod.rs" "mock/answer.rs" "mock/answers.rs" "mock/described.rs" "mock/example.rs" "mock/recorded.rs"
            "mock/rule.rs" "mock/seen.rs" "mock/service.rs" "mock/values.rs"
        ),
    )
        .seen("pub(crate) ")
        .within(Mock),
    Module::new("multipart", files!("multipart/mod.rs" "multipart/write.rs"))
        .seen("pub ")
        .when(&[Multipart])
        .exports(&["FilePart", "MultipartForm"])
        .words(&["multipart_object"]),
    Module::new("number", files!("number.rs")).seen("pub(crate) ").when(&[BigIntegers, OwnTypes]),
    Module::new("oauth", files!("oauth/mod.rs" "oauth/ask.rs"))
        .within(Client)
        .when(&[ClientCredentials])
        .otherwise(files!("no_oauth.rs"))
        .words(&["Grant"]),
    Module::new("operation", files!("operation.rs"))
        .within(Client)
        .exports(&["Operation", "Policy", "RateLimit", "RetrySafety"]),
    Module::new("own_type", files!("own_type.rs")).seen("pub(crate) ").when(&[OwnTypes]).words(&["own_type"]),
    Module::new(
        "pages",
        files!(
            "pages/mod.rs" "pages/items.rs" "pages/link.rs" "pages/pagination.rs"
            "pages/position.rs" "pages/window.rs"
        ),
    )
        .within(Client)
        .when(&[Pagination])
        .exports(&["Items", "PageParameter", "Pages", "Paginated", "Pagination"]),
    Module::new("parameter", files!("parameter.rs")).seen("pub(crate) ").exports(&["Parameter"]),
    Module::new("pattern", files!("pattern.rs"))
        .within(Validate).part_of(&[Limits])
        .when(&[Patterns])
        .otherwise(files!("no_pattern.rs")),
    Module::new("percent", files!("percent.rs")).within(Client),
    Module::new(
        "platform",
        files!(
            "platform/mod.rs" "platform/browser/clock.rs" "platform/browser/http.rs" "platform/browser/mod.rs"
            "platform/browser/response.rs" "platform/native/clock.rs" "platform/native/failures.rs"
            "platform/native/http.rs" "platform/native/mod.rs" "platform/native/tracked.rs" "platform/native/upload.rs"
            "platform/browser/upload.rs"
        ),
    )
        .within(Client),
    Module::new(
        "polling",
        files!("polling/mod.rs" "polling/poller.rs" "polling/rules.rs" "polling/status.rs"),
    )
        .within(Client)
        .when(&[Polling])
        .exports(&["Polled", "Poller", "Polling"]),
    Module::new("progress", files!("progress.rs")).within(Client).exports(&["SendProgress"]),
    Module::new("provider", files!("provider.rs")).within(Client),
    Module::new("redis_limits", files!("redis_limits.rs"))
        .within(Redis)
        .when(&[RateLimits])
        .exports(&["RedisLimits"]),
    Module::new("reply", files!("reply.rs")).within(Client).exports(&["Meta", "Received", "Reply"]),
    Module::new("request_builder", files!("request_builder.rs" "request_builder/authorize.rs")).within(Client),
    Module::new("retry", files!("retry.rs")).within(Client).exports(&["Retry"]),
    Module::new("send", files!("send.rs" "send/credits.rs" "send/errors.rs" "send/resend.rs")).within(Client),
    Module::new("server", files!("server.rs")).within(Client).when(&[OperationServers]),
    Module::new("service", files!("service.rs"))
        .within(Client)
        .words(&["Credential", "Placement", "ResponseConventions", "Service"]),
    Module::new("settings", files!("settings.rs")).within(Client),
    Module::new("shared_limits", files!("shared_limits.rs"))
        .within(Client)
        .exports(&["Admission", "Admitting", "Closing", "SharedLimits", "SharedLimitsError"]),
    Module::new("signature", files!("signature.rs")).seen("pub ").when(&[WebhookSignatures]),
    Module::new("signing", files!("signing.rs")).within(Client).exports(&["RequestToSign"]),
    Module::new("stream", files!("stream.rs")).within(Client).when(&[Downloads, ItemStreams]),
    Module::new("tokens", files!("tokens/mod.rs" "tokens/given.rs")).within(Client),
    Module::new("trace", files!("trace.rs")).within(Tracing),
    Module::new("trace", files!("trace_noop.rs")).within(ClientWithoutTracing),
    Module::new("transport", files!("transport.rs"))
        .within(Client)
        .exports(&["Delivery", "Sending", "Transport", "TransportError"]),
    Module::new("tuple", files!("tuple.rs")).when(&[Tuples]),
    Module::new("unpack", files!("unpack.rs")).within(Client),
    Module::new("upload", files!("upload.rs")).within(Client).exports(&["Upload"]),
    Module::new("uuid", files!("uuid.rs")).when(&[Uuid]),
    Module::new(
        "validate",
        files!(
            "validate/mod.rs" "validate/check.rs" "validate/figure.rs" "validate/limit.rs"
        ),
    )
        .seen("pub(crate) ")
        .when(&[Limits])
        .words(&["limits"])
        .uses(&[Use(Validate, &["Validate", "Violation", "Violations"])]),
    Module::new("verbatim", files!("verbatim.rs")).when(&[Verbatim]).exports(&["InvalidText", "Textual", "Verbatim"]),
    Module::new("webhook", files!("webhook.rs")).seen("pub ").when(&[Webhooks]),
];

/// A module as a client has it.
pub struct ChosenModule {
    pub module: &'static Module,
    /// Its own files, or what takes their place.
    pub files: &'static [SourceText],
}

impl ChosenModule {
    /// Whether something takes the place of the module, of which callers see nothing.
    pub fn is_replaced(&self) -> bool {
        self.files[0].0 != self.module.files[0].0
    }
}

/// The modules that a client has.
pub fn choose(needs: &RuntimeNeeds) -> Vec<ChosenModule> {
    let meets = |any: &[_]| any.is_empty() || needs.include_any(any);
    let modules = MODULES.iter().filter(|module| meets(module.part_of));
    let chosen = modules.map(|module| {
        let files = if meets(module.when) { module.files } else { module.otherwise };
        ChosenModule { module, files }
    });
    chosen.filter(|chosen| !chosen.files.is_empty()).collect()
}

/// The names that callers see in a build, sorted.
pub fn exports(needs: &RuntimeNeeds, build: Build) -> Vec<&'static str> {
    let chosen = choose(needs).into_iter().filter(|chosen| !chosen.is_replaced());
    let mut names: Vec<_> = chosen.flat_map(|chosen| chosen.module.exports_of(build)).collect();
    names.sort_unstable();
    names
}

impl Module {
    const fn new(name: &'static str, files: &'static [SourceText]) -> Self {
        Self {
            name,
            visibility: "",
            build: Build::All,
            files,
            part_of: &[],
            when: &[],
            otherwise: &[],
            exports: &[],
            uses: &[],
            words: &[],
            is_exported: false,
        }
    }

    const fn seen(self, visibility: &'static str) -> Self {
        Self { visibility, ..self }
    }

    const fn within(self, build: Build) -> Self {
        Self { build, ..self }
    }

    const fn part_of(self, part_of: &'static [Need]) -> Self {
        Self { part_of, ..self }
    }

    const fn when(self, when: &'static [Need]) -> Self {
        Self { when, ..self }
    }

    const fn otherwise(self, otherwise: &'static [SourceText]) -> Self {
        Self { otherwise, ..self }
    }

    const fn exports(self, exports: &'static [&'static str]) -> Self {
        Self { exports, ..self }
    }

    const fn uses(self, uses: &'static [Use]) -> Self {
        Self { uses, ..self }
    }

    const fn words(self, words: &'static [&'static str]) -> Self {
        Self { words, ..self }
    }

    const fn exported(self) -> Self {
        Self { is_exported: true, ..self }
    }

    fn exports_of(&self, build: Build) -> impl Iterator<Item = &'static str> + use<> {
        let itself = self.is_exported.then_some(self.name);
        let own = itself.into_iter().chain(self.exports.iter().copied());
        let is_own = self.build == build;
        let uses = self.uses.iter().filter(move |Use(of, _)| *of == build);
        own.filter(move |_| is_own).chain(uses.flat_map(|Use(_, names)| names.iter().copied()))
    }
}
