//! The modules of the runtime: their files, when a client needs them, and what takes their place otherwise.

use crate::pipeline::model::Need::{self, *};

/// A file by its path below `src/runtime`, and its text.
pub type SourceText = (&'static str, &'static str);

/// The text of each file of the runtime.
macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../../../../templates/src/runtime/", $path))),)*]
    };
}

/// A module of the runtime.
pub struct Module {
    pub name: &'static str,
    /// How far it is seen: `pub `, `pub(crate) ` or not at all.
    pub visibility: &'static str,
    /// The builds that have it, as `cfg` states them; empty for all of them.
    pub condition: &'static str,
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
}

/// Names with their visibility, and the builds that have them.
pub struct Use(pub &'static str, pub &'static str, pub &'static [&'static str]);

const BLOCKING: &str = "feature = \"blocking\"";
const CLIENT: &str = "feature = \"client\"";
const CLIENT_WITHOUT_TRACING: &str = "all(feature = \"client\", not(feature = \"tracing\"))";
const TRACING: &str = "feature = \"tracing\"";
const VALIDATE: &str = "feature = \"validate\"";

/// All modules, by their names.
pub const MODULES: &[Module] = &[
    Module::new("attempt", files!("attempt.rs")).within(CLIENT),
    Module::new("base64", files!("base64.rs")).when(&[Base64]).exports(&["Base64"]),
    Module::new("base_url", files!("base_url.rs")).within(CLIENT).when(&[ServerVariables]).words(&["filled"]),
    Module::new(
        "batch",
        files!(
            "batch/mod.rs" "batch/bad_row.rs" "batch/cells.rs" "batch/fetch.rs" "batch/format.rs"
            "batch/json_rows.rs" "batch/looks.rs" "batch/place.rs" "batch/record.rs" "batch/records.rs"
            "batch/run.rs" "batch/s3.rs" "batch/s3_look.rs" "batch/section.rs" "batch/submissions.rs"
            "batch/table.rs" "batch/verdict.rs" "batch/wait.rs" "batch/web.rs"
        ),
    )
        .seen("pub ")
        .within(CLIENT)
        .when(&[Batches]),
    Module::new("blocking", files!("blocking.rs")).within(BLOCKING),
    Module::new("body", files!("body.rs")).within(CLIENT),
    Module::new("builder", files!("builder.rs")).within(CLIENT).exports(&["ClientBuilder"]),
    Module::new(
        "bulk",
        files!(
            "bulk/mod.rs" "bulk/in_flight.rs" "bulk/run.rs" "bulk/settings.rs" "bulk/source.rs"
            "bulk/stop.rs" "bulk/unsent.rs"
        ),
    )
        .seen("pub ")
        .within(CLIENT)
        .when(&[Bulk]),
    Module::new("byte_stream", files!("byte_stream/mod.rs" "byte_stream/reader.rs"))
        .within(CLIENT)
        .when(&[Downloads])
        .uses(&[Use("pub ", BLOCKING, &["ByteReader"]), Use("pub ", CLIENT, &["ByteStream", "Download"])]),
    Module::new("call", files!("call.rs" "call/parameters.rs")).within(CLIENT).exports(&["Call"]),
    Module::new("client", files!("client.rs")).within(CLIENT).exports(&["Client"]),
    Module::new("clock", files!("clock.rs")).within(CLIENT).exports(&["Clock", "Sleep", "TokioClock"]),
    Module::new("content", files!("content.rs")).within(CLIENT).when(&[Content]).exports(&["Content"]),
    Module::new("credentials", files!("credentials.rs")).within(CLIENT),
    Module::new(
        "credits",
        files!(
            "credits/mod.rs" "credits/reservation.rs" "credits/shortage.rs" "credits/stated.rs"
        ),
    )
        .within(CLIENT),
    Module::new("decode", files!("decode.rs")),
    Module::new("detail", files!("detail.rs")).within(CLIENT).exports(&["Detail", "Invalid"]),
    Module::new("endpoint", files!("endpoint.rs")).within(CLIENT),
    Module::new("error", files!("error.rs")).within(CLIENT).exports(&["Error", "ErrorKind", "Phase", "Timing"]),
    Module::new("files_in_json", files!("files_in_json.rs")).when(&[FilesInJson]),
    Module::new("header", files!("header.rs")).within(CLIENT),
    Module::new("hooks", files!("hooks.rs")).within(CLIENT).exports(&["AfterAttempt", "Attempt", "BeforeAttempt"]),
    Module::new("item_stream", files!("item_stream/mod.rs" "item_stream/ends.rs" "item_stream/frames.rs"))
        .within(CLIENT)
        .when(&[ItemStreams])
        .exports(&["Event", "ItemStream"]),
    Module::new(
        "json",
        files!(
            "json/mod.rs" "json/any.rs" "json/enum.rs" "json/exact.rs" "json/extra.rs" "json/format.rs"
            "json/object.rs" "json/read.rs" "json/scalar.rs" "json/union.rs" "json/write.rs"
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
        .within(CLIENT),
    Module::new("multipart", files!("multipart/mod.rs" "multipart/write.rs"))
        .seen("pub ")
        .when(&[Multipart])
        .exports(&["FilePart", "MultipartForm"])
        .words(&["multipart_object"]),
    Module::new("oauth", files!("oauth/mod.rs" "oauth/ask.rs" "oauth/tokens.rs"))
        .within(CLIENT)
        .when(&[ClientCredentials])
        .otherwise(files!("no_oauth.rs"))
        .words(&["Grant"]),
    Module::new("operation", files!("operation.rs"))
        .within(CLIENT)
        .exports(&["Operation", "Policy", "RateLimit", "RetrySafety"]),
    Module::new("parameter", files!("parameter.rs")).seen("pub(crate) ").exports(&["Parameter"]),
    Module::new("pattern", files!("pattern.rs"))
        .within(VALIDATE).part_of(&[Limits])
        .when(&[Patterns])
        .otherwise(files!("no_pattern.rs")),
    Module::new("percent", files!("percent.rs")).within(CLIENT),
    Module::new("progress", files!("progress.rs")).within(CLIENT).exports(&["SendProgress"]),
    Module::new("reply", files!("reply.rs")).within(CLIENT).exports(&["Meta", "Received", "Reply"]),
    Module::new("request_builder", files!("request_builder.rs")).within(CLIENT),
    Module::new("retry", files!("retry.rs")).within(CLIENT).exports(&["Retry"]),
    Module::new("send", files!("send.rs" "send/credits.rs" "send/errors.rs" "send/resend.rs")).within(CLIENT),
    Module::new("server", files!("server.rs")).within(CLIENT).when(&[OperationServers]),
    Module::new("service", files!("service.rs"))
        .within(CLIENT)
        .words(&["Credential", "Placement", "ResponseConventions", "Service"]),
    Module::new("settings", files!("settings.rs")).within(CLIENT),
    Module::new("stream", files!("stream.rs")).within(CLIENT).when(&[Downloads, ItemStreams]),
    Module::new("trace", files!("trace.rs")).within(TRACING),
    Module::new("trace", files!("trace_noop.rs")).within(CLIENT_WITHOUT_TRACING),
    Module::new("transport", files!("transport.rs"))
        .within(CLIENT)
        .exports(&["Delivery", "Sending", "Transport", "TransportError"]),
    Module::new("tuple", files!("tuple.rs")).when(&[Tuples]),
    Module::new("unpack", files!("unpack.rs")).within(CLIENT),
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
        .uses(&[Use("pub ", VALIDATE, &["Validate", "Violation", "Violations"])]),
    Module::new("verbatim", files!("verbatim.rs")).when(&[Verbatim]).exports(&["Textual", "Verbatim"]),
    Module::new("webhook", files!("webhook.rs")).seen("pub ").when(&[Webhooks]),
];

/// The file from which `mod.rs` takes its beginning: what is said of the runtime, and its lints.
pub const HEAD: &str = include_str!("head.rs.in");

impl Module {
    const fn new(name: &'static str, files: &'static [SourceText]) -> Self {
        Self {
            name,
            visibility: "",
            condition: "",
            files,
            part_of: &[],
            when: &[],
            otherwise: &[],
            exports: &[],
            uses: &[],
            words: &[],
        }
    }

    const fn seen(self, visibility: &'static str) -> Self {
        Self { visibility, ..self }
    }

    const fn within(self, condition: &'static str) -> Self {
        Self { condition, ..self }
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
}
