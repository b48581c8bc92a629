//! The front page of the crate.

use super::{Docs, Documentation, client, errors, paragraphs, wrapped};
use crate::pipeline::model::{Api, Credential, Grant, Need, RuntimeNeeds};
use crate::rust::rustdoc;

impl Documentation<'_> {
    /// The front page of the crate.
    pub fn front_page(&self, needs: &RuntimeNeeds) -> Docs {
        let api = self.api;
        let example = self.first_example().map(|example| example.doctest());
        let grants = api.grants().map(|(credential, grant)| client_credentials(credential, grant));
        paragraphs([
            client::headline(api),
            client::description(api),
            example.unwrap_or_default(),
            environment(api),
            certificates(api),
            paragraphs(grants),
            vec!["# Operations".to_owned()],
            operations(api),
            how_calls_work(api, needs),
            self.guide_link(needs),
            common_errors(api),
            features(api, needs),
        ])
    }

    /// Where the rest is explained.
    fn guide_link(&self, needs: &RuntimeNeeds) -> Docs {
        let pages = self.guide(needs);
        let names = pages.iter().map(|page| {
            let name = page.name;
            format!("[{name}](guide::{name})")
        });
        let start = "The [`guide`] has a page for each of these:";
        let lines = wrapped(start, &names.collect::<Vec<_>>(), ".").into_iter();
        lines.map(|line| line.trim_start().to_owned()).collect()
    }
}

fn common_errors(api: &Api) -> Docs {
    if api.common_errors.is_empty() {
        return Docs::new();
    }
    paragraphs([
        vec!["# Common errors".to_owned()],
        vec!["Most operations can return these errors. Their documentation says so.".to_owned()],
        errors::common_errors(&api.common_errors),
    ])
}

/// How a client certificate is given.
fn certificates(api: &Api) -> Docs {
    if api.certificates.is_empty() {
        return Docs::new();
    }
    let names = api.certificates.iter().map(|name| format!("`{}`", rustdoc::inside_code(name)));
    let names = names.collect::<Vec<_>>().join(", ");
    rustdoc::lines(&format!(
        "The service asks for a client certificate ({names}): give it to the HTTP client as its `identity`, by \
         [`ClientBuilder::configure_http`]."
    ))
}

/// What to do if a service needs a credential that nobody described.
const NO_CREDENTIALS: &str = "\
The description names no credentials. If the service needs one, add its header to every request by
[`ClientBuilder::before_attempt`], `.before_attempt(|attempt| attempt.header(\"authorization\", \"Bearer …\"))`,
or to one by [`Call::header`].";

fn environment(api: &Api) -> Docs {
    let variables = api.credentials.iter().map(|credential| format!("`{}`", credential.variable));
    let credentials = variables.collect::<Vec<_>>().join(", ");
    let base = &api.base_url_variable;
    let place = match &api.base_url {
        Some(url) => format!("has another base URL than `{}`.", url.trim_end_matches('/')),
        None => "has a base URL.".to_owned(),
    };
    let mut lines = match credentials.as_str() {
        "" => vec![format!("[`Client::from_env`] reads `{base}` if the service {place}")],
        credentials => vec![
            format!("[`Client::from_env`] reads {credentials}, and `{base}` if the service"),
            place,
        ],
    };
    if api.credentials.is_empty() && api.certificates.is_empty() {
        lines.extend(NO_CREDENTIALS.lines().map(str::to_owned));
    }
    if let Some(path) = &api.base_path {
        lines.push(format!("A URL without a path gets that of the described server: `{path}`."));
    }
    if api.servers.are_several() {
        lines.push(format!(
            "The base URLs of the description are in [`{}`].",
            api.servers.module.rust()
        ));
    }
    lines
}

fn client_credentials(credential: &Credential, grant: &Grant) -> Docs {
    let (variable, client) = (&credential.variable, grant.client.rust());
    let text = "of a token. The client then requests and renews tokens itself. In the environment,";
    vec![
        format!("[`{client}`](ClientBuilder::{client}) takes an id and a secret instead"),
        text.to_owned(),
        format!("{} are used instead of `{variable}`.", grant.client_variables()),
    ]
}

fn operations(api: &Api) -> Docs {
    let mut table = vec!["| group | operations |".to_owned(), "|---|---|".to_owned()];
    for tag in &api.tags {
        let (module, holder) = (tag.name.rust(), tag.type_name.rust());
        let links = tag.operations.iter().map(|operation| {
            let name = operation.name.rust();
            format!("[`{name}`]({module}::{holder}::{name})")
        });
        let links = links.collect::<Vec<_>>().join(", ");
        table.push(format!("| [`{module}`] | {links} |"));
    }
    table
}

fn how_calls_work(api: &Api, needs: &RuntimeNeeds) -> Docs {
    let mut lines = vec![
        "Required parameters are arguments. Optional ones are set on the [`Call`], which is sent when"
            .to_owned(),
        "it is awaited. It returns a [`Reply`], which derefs to the body and has the status, the headers"
            .to_owned(),
        "and their [`meta`](Reply::meta) data, or an [`Error`], which has what the service answered."
            .to_owned(),
    ];
    if !api.types.is_empty() {
        lines.push("The types of all bodies are in [`types`].".to_owned());
    }
    if !api.rate_limits.groups.is_empty() {
        let module = api.rate_limits.module.rust();
        lines.push(format!(
            "Calls wait until the rate limit of their group allows them: [`{module}`]."
        ));
    }
    if needs.include(Need::Pagination) {
        lines.push("The lists of some operations have pages: [`Call::items`] returns the items of all pages, and".to_owned());
        lines.push("[`Call::pages`] the replies.".to_owned());
    }
    if needs.include(Need::Polling) {
        lines.push(
            "The results of some operations come later: [`Call::into_poller`] waits for them."
                .to_owned(),
        );
    }
    if needs.include(Need::Bulk) {
        let module = api.bulk_module.rust();
        lines.push(
            "Methods that end in `_all` call an operation for any number of requests, several at a"
                .to_owned(),
        );
        lines.push(format!("time, and lose no reply if they stop: [`{module}`]."));
    }
    if needs.include(Need::Webhooks) {
        let module = api.webhooks.module.rust();
        lines.push(format!("The types of webhooks and callbacks are in [`{module}`]."));
    }
    lines
}

/// The features that `templates/Cargo.toml` gives to every client.
const FEATURES: &str = "\
| feature | what it adds |
|---|---|
| `rustls` | the client, with TLS by rustls, whose aws-lc needs a C compiler; on by default |
| `native-tls` | the client, with the TLS library of the system |
| `client` | the client without TLS, for plain HTTP or your own [`Transport`] |
| `blocking` | `Call::send_blocking`, for code that is not async |
| `tracing` | a span for each attempt, with the field names of OpenTelemetry |
| `mock` | `mock::Mock`: a service in memory, for tests without a network |
| `drift` | `DriftLog`: what the service sends otherwise than its description says |";

/// The one that only clients with batches have.
const S3: &str = "| `s3` | `batch::S3`: results from S3, with your own AWS credentials |";

/// The one that only clients with rate limits have.
const REDIS: &str = "| `redis` | `RedisLimits`: rate limits that several processes keep together |";

/// The one that only clients with limits to check have.
const VALIDATE: &str =
    "| `validate` | `validate` for requests: checks the limits of the description |";

/// The one that only clients with a feature a tag have.
const ALL_TAGS: &str = "| `all-tags` | all groups of operations; on by default |";

/// ```text
/// Each group of operations is a feature, which also adds the types that only it uses: `orders`, `stock`.
/// ```
fn of_tags(api: &Api) -> Docs {
    let features: Vec<_> = api.features().map(|feature| format!("`{feature}`")).collect();
    if features.is_empty() {
        return Vec::new();
    }
    let text =
        "Each group of operations is a feature, which also adds the types that only it uses:";
    [String::new(), text.to_owned(), format!("{}.", features.join(", "))].into()
}

/// The features of a crate; those of a module are chosen when it is generated.
fn features(api: &Api, needs: &RuntimeNeeds) -> Docs {
    if api.module.is_some() {
        return Docs::new();
    }
    let s3 = needs.include(Need::Batches).then_some(S3);
    let redis = needs.include(Need::RateLimits).then_some(REDIS);
    let validate = needs.include(Need::Limits).then_some(VALIDATE);
    let tags = api.features().next().map(|_| ALL_TAGS);
    let further = s3.into_iter().chain(redis).chain(validate).chain(tags);
    let head = ["# Features", ""].into_iter();
    let mut lines: Vec<_> =
        head.chain(FEATURES.lines()).chain(further).map(str::to_owned).collect();
    lines.extend(of_tags(api));
    if !api.types.is_empty() {
        lines.push(String::new());
        lines.push(without(api).to_owned());
    }
    lines
}

fn without(api: &Api) -> &'static str {
    match api.features().next() {
        Some(_) => {
            "Without features, the crate has only the [`types`] that several groups use, and depends on no HTTP library."
        }
        None => {
            "Without features, the crate has only its [`types`] and depends on no HTTP library."
        }
    }
}
