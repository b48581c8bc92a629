//! The runtime: real files, compiled and tested in `templates`, copied as they are.

use crate::File;
use crate::model::{Need, RuntimeNeeds};

/// Names each file of the runtime once.
macro_rules! runtime {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../../templates/src/runtime/", $path))),)*]
    };
}

/// Every file, by its path below `src/runtime`.
const FILES: &[(&str, &str)] = runtime!(
    "mod.rs" "attempt.rs" "base_url.rs" "blocking.rs" "body.rs" "builder.rs" "call.rs" "client.rs" "clock.rs"
    "content.rs" "credentials.rs" "credits/mod.rs" "credits/reservation.rs" "credits/shortage.rs"
    "credits/stated.rs" "decode.rs" "detail.rs" "draft.rs" "endpoint.rs" "error.rs" "hooks.rs"
    "limiter/mod.rs" "limiter/gate.rs" "limiter/group.rs" "limiter/queue.rs" "limiter/window.rs"
    "operation.rs" "parameter.rs" "progress.rs" "reply.rs" "retry.rs" "send.rs" "send/spending.rs"
    "server.rs" "trace.rs" "transport.rs" "unpack.rs" "untraced.rs" "webhook.rs"
    "multipart/mod.rs" "multipart/files_in_json.rs" "multipart/write.rs"
    "json/mod.rs" "json/any.rs" "json/base64.rs" "json/enum.rs" "json/exact.rs" "json/extra.rs"
    "json/format.rs"
    "json/object.rs" "json/read.rs" "json/scalar.rs" "json/tuple.rs" "json/union.rs" "json/uuid.rs"
    "json/verbatim.rs" "json/write.rs"
    "oauth/mod.rs" "oauth/ask.rs" "oauth/tokens.rs"
    "validate/mod.rs" "validate/check.rs" "validate/figure.rs" "validate/limit.rs"
    "validate/pattern.rs"
    "stream/mod.rs" "stream/source.rs" "stream/bytes/mod.rs" "stream/bytes/reader.rs"
    "stream/items/mod.rs" "stream/items/ends.rs" "stream/items/frames.rs"
    "batch/mod.rs" "batch/bad_row.rs" "batch/cells.rs" "batch/fetch.rs" "batch/format.rs"
    "batch/json_rows.rs" "batch/looks.rs" "batch/place.rs" "batch/record.rs" "batch/records.rs"
    "batch/run.rs" "batch/s3.rs" "batch/s3_look.rs" "batch/section.rs" "batch/submissions.rs"
    "batch/table.rs" "batch/verdict.rs" "batch/wait.rs" "batch/web.rs"
    "bulk/mod.rs" "bulk/in_flight.rs" "bulk/run.rs" "bulk/settings.rs" "bulk/source.rs" "bulk/stop.rs" "bulk/unsent.rs"
);

/// What only some clients need of the runtime.
struct Part {
    /// Its files begin like this.
    path: &'static str,
    /// The lines of other files that name it.
    lines: &'static [&'static str],
    /// It is needed for any of these.
    when: &'static [Need],
}

const PARTS: &[Part] = &[
    Part {
        path: "base_url.rs",
        lines: &["mod base_url;", "pub(crate) use base_url::filled;"],
        when: &[Need::ServerVariables],
    },
    Part {
        path: "content.rs",
        lines: &["mod content;", "pub use content::Content;"],
        when: &[Need::Content],
    },
    Part {
        path: "multipart/",
        lines: &[
            "pub mod multipart;",
            "pub use multipart::{FilePart, MultipartForm};",
            "pub(crate) use multipart::multipart_object;",
        ],
        when: &[Need::Multipart],
    },
    Part {
        path: "multipart/files_in_json.rs",
        lines: &["mod files_in_json;"],
        when: &[Need::FilesInJson],
    },
    Part { path: "batch/", lines: &["pub mod batch;"], when: &[Need::Batches] },
    Part { path: "bulk/", lines: &["pub mod bulk;"], when: &[Need::Bulk] },
    Part { path: "stream/", lines: &["mod stream;"], when: &[Need::ItemStreams, Need::Downloads] },
    Part {
        path: "stream/items/",
        lines: &[
            "mod items;",
            "pub use self::items::{Event, ItemStream};",
            "pub use stream::{Event, ItemStream};",
        ],
        when: &[Need::ItemStreams],
    },
    Part { path: "server.rs", lines: &["mod server;"], when: &[Need::OperationServers] },
    Part { path: "oauth/", lines: OF_GRANTS, when: &[Need::ClientCredentials] },
    Part {
        path: "stream/bytes/",
        lines: &[
            "mod bytes;",
            "pub use self::bytes::ByteReader;",
            "pub(crate) use self::bytes::download;",
            "pub use self::bytes::{ByteStream, Download};",
            "pub use stream::ByteReader;",
            "pub use stream::{ByteStream, Download};",
            "pub(crate) use stream::download;",
            "        $crate::runtime::download!($name: $($read)::+ $(, or $bytes)?);",
        ],
        when: &[Need::Downloads],
    },
    Part { path: "webhook.rs", lines: &["pub mod webhook;"], when: &[Need::Webhooks] },
    Part {
        path: "json/base64.rs",
        lines: &["mod base64;", "pub use base64::Base64;", "pub use json::Base64;"],
        when: &[Need::Base64],
    },
    Part { path: "json/tuple.rs", lines: &["mod tuple;"], when: &[Need::Tuples] },
    Part {
        path: "json/verbatim.rs",
        lines: &[
            "mod verbatim;",
            "pub use verbatim::{Textual, Verbatim};",
            "pub use json::{Textual, Verbatim};",
        ],
        when: &[Need::Verbatim],
    },
    Part {
        path: "validate/",
        lines: &[
            "pub(crate) mod validate;",
            "pub use validate::{Validate, Violation, Violations};",
            "pub(crate) use validate::limits;",
        ],
        when: &[Need::Limits],
    },
    Part {
        path: "validate/pattern.rs",
        lines: &["mod pattern;", "pub(crate) use pattern::pattern;"],
        when: &[Need::Patterns],
    },
    Part { path: "json/uuid.rs", lines: &["mod uuid;"], when: &[Need::Uuid] },
];

/// Where calls, clients and errors touch on tokens that are asked for.
const OF_GRANTS: &[&str] = &[
    "mod oauth;",
    "pub(crate) use oauth::Grant;",
    "use super::oauth::Grants;",
    "use super::oauth::SignIn;",
    "use super::oauth::Tokens;",
    "use super::oauth::{Grant, Tokens};",
    "    /// How tokens of some of them are asked for.",
    "    pub grants: &'static [Grant],",
    "    /// A token that is asked for when it is needed.",
    "    Granted(Tokens),",
    "            Self::Granted(_) if draft.has_header(&AUTHORIZATION) => {}",
    "            Self::Granted(tokens) => draft.tokens = Some(tokens.clone()),",
    "    /// What it is signed in by, where that has to be asked for.",
    "    pub tokens: Option<Tokens>,",
    "            tokens: None,",
    "    pub(super) grants: Grants,",
    "            grants: Grants::new(service.grants),",
    "                Err(_) if builder.grants.read(credential.scheme) => {}",
    "                    let message = builder.grants.not_set_either(message, credential.scheme);",
    "        let credentials = self.grants.add_to(credentials, &base_url, self.allow_plain_http)?;",
    "    sign_in: SignIn,",
    "        sign_in: SignIn::default(),",
    "                _ if self.sign_in.renews(self.draft, &error) => {}",
    "        // What was good may have ended in the queue.",
    "        self.sign_in.ready(self.draft, self.left(), &mut self.timing).await?;",
    "        let now = now.max(self.sign_in.ready(self.draft, self.left(), &mut self.timing).await?);",
    "        self.sign_in.put_into(&mut request);",
    "    /// No token was given to sign in with, so the call was not sent.",
    "    /// Waiting for a token.",
    "    SignIn,",
    "            Self::SignIn => \"to sign in\",",
];

/// What says that a file is generated, and where its original is.
const BANNER: &str =
    "// @generated by `cargo xtask generate`: a copy of templates/src/runtime. Do not edit.";

/// The files of the runtime without their tests, which stay with the originals, and without the
/// parts that the client has no need of.
pub fn files(needs: &RuntimeNeeds) -> impl Iterator<Item = File> {
    let dropped: Vec<&Part> = PARTS.iter().filter(|part| !needs.include_any(part.when)).collect();
    let lines: Vec<&str> = dropped.iter().flat_map(|part| part.lines).copied().collect();
    FILES.iter().filter_map(move |(path, text)| {
        if dropped.iter().any(|part| path.starts_with(part.path)) {
            return None;
        }
        let text = without_lines(&without_tests(text), &lines);
        Some(File { path: format!("src/runtime/{path}"), text: format!("{BANNER}\n\n{text}") })
    })
}

/// A line that has a condition goes with the one that states it above.
fn without_lines(text: &str, unwanted: &[&str]) -> String {
    let lines: Vec<_> = text.lines().collect();
    let is_unwanted = |at: usize| lines.get(at).is_some_and(|line| unwanted.contains(line));
    let goes = |at: usize, line: &str| {
        is_unwanted(at) || (line.starts_with("#[cfg(") && is_unwanted(at + 1))
    };
    let kept = lines.iter().enumerate().filter(|(at, line)| !goes(*at, line));
    kept.map(|(_, line)| format!("{line}\n")).collect()
}

fn without_tests(text: &str) -> String {
    let code = text.split_once("\n#[cfg(test)]\n").map_or(text, |(code, _)| code);
    format!("{}\n", code.trim_end())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    #[test]
    fn every_file_of_the_runtime_is_copied() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/src/runtime");
        let mut there = Vec::new();
        collect(&root, &mut there);
        let mut there: Vec<_> = there
            .iter()
            .filter_map(|path| path.strip_prefix(&root).ok()?.to_str())
            .map(|path| path.replace('\\', "/"))
            .filter(|path| !path.ends_with("tests.rs") && !path.contains("/tests/"))
            .collect();
        let mut copied: Vec<_> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        there.sort();
        copied.sort();
        assert_eq!(copied, there);
    }

    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path().is_dir() {
                true => collect(&entry.path(), found),
                false => found.push(entry.path()),
            }
        }
    }

    #[test]
    fn parts_go_with_the_lines_that_name_them() {
        let text = "mod a;\n#[cfg(feature = \"client\")]\npub mod batch;\nmod uuid;\n";
        assert_eq!(without_lines(text, &["pub mod batch;", "mod uuid;"]), "mod a;\n");
    }

    #[test]
    fn each_part_is_named_by_the_runtime() {
        for part in PARTS {
            assert!(FILES.iter().any(|(path, _)| path.starts_with(part.path)), "{}", part.path);
            for line in part.lines {
                let mut lines = FILES.iter().flat_map(|(_, text)| text.lines());
                assert!(lines.any(|found| found == *line), "{line}");
            }
        }
    }

    #[test]
    fn tests_stay_with_the_originals() {
        let tests = |text: &str| without_tests(text).contains("#[cfg(test)]");
        assert!(FILES.iter().all(|(_, text)| !tests(text)));
    }
}
