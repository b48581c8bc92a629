//! `lib.rs`, which is the crate's front page, and `types.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Documentation, documentation, inner_docs, lints, module, of_feature, word};
use crate::model::{Api, Credential, Grant, Home, Need, RuntimeNeeds, Tag};

/// `lib.rs`
pub fn front_page(
    api: &Api,
    needs: &RuntimeNeeds,
    documentation: &Documentation<'_>,
) -> TokenStream {
    let docs = inner_docs(&front_page_text(api, needs, documentation));
    let mut modules = vec![
        (
            "client",
            of_client(off_limits(quote!(
                mod client;
            ))),
        ),
        (
            "runtime",
            quote!(
                mod runtime;
            ),
        ),
    ];
    if !api.types.is_empty() {
        modules.push((
            "types",
            off_limits(quote!(
                pub mod types;
            )),
        ));
    }
    for tag in &api.tags {
        let name = word(tag.name.rust());
        let module = off_limits(quote!(pub mod #name;));
        modules.push((tag.name.rust(), of_tag(tag, module)));
    }
    if !api.rate_limits.groups.is_empty() {
        let name = word(api.rate_limits.module.rust());
        let module = off_limits(quote!(pub mod #name;));
        modules.push((api.rate_limits.module.rust(), of_client(module)));
    }
    if api.servers.are_several() {
        let name = word(api.servers.module.rust());
        let module = off_limits(quote!(pub mod #name;));
        modules.push((api.servers.module.rust(), of_client(module)));
    }
    if needs.include(Need::Webhooks) {
        let name = word(api.webhooks.module.rust());
        modules.push((api.webhooks.module.rust(), off_limits(quote!(pub mod #name;))));
    }
    modules.sort_by_key(|(name, _)| *name);
    let modules = modules.into_iter().map(|(_, module)| module);
    let whole = match api.features().next() {
        Some(_) => quote!(all(feature = "client", feature = "all-tags")),
        None => quote!(feature = "client"),
    };
    let client = of_client(off_limits(quote! {
        pub use runtime::{
            AfterAttempt, Attempt, BeforeAttempt, Call, Client, ClientBuilder, Clock, Delivery,
            Detail, Error, ErrorKind, Invalid, Meta, Operation, Phase, Policy, RateLimit, Received,
            Repeat, Reply, Retry, SendProgress, Sending, Sleep, Timing, TokioClock, Transport, TransportError,
        };
    }));
    let names = names(api, needs);
    let lints = lints::allowed(api);
    quote! {
        #docs
        #lints
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![cfg_attr(
            not(#whole),
            allow(rustdoc::broken_intra_doc_links, reason = "this page tells of the client")
        )]

        #(#modules)*

        #(#names)*
        #client
    }
}

/// What only some clients name of the runtime, and what needs no client. A line each, in the order
/// of rustfmt.
fn names(api: &Api, needs: &RuntimeNeeds) -> impl Iterator<Item = TokenStream> {
    let table: [(&str, Option<Need>, Gate); 19] = [
        ("AnyMember", None, of_all),
        ("Base64", Some(Need::Base64), of_all),
        ("ByteReader", Some(Need::Downloads), of_blocking),
        ("ByteStream", Some(Need::Downloads), of_client),
        ("Content", Some(Need::Content), of_client),
        ("Download", Some(Need::Downloads), of_client),
        ("Event", Some(Need::ItemStreams), of_client),
        ("Extra", None, of_all),
        ("FilePart", Some(Need::Multipart), of_all),
        ("ItemStream", Some(Need::ItemStreams), of_client),
        ("MultipartForm", Some(Need::Multipart), of_all),
        ("Parameter", None, of_all),
        ("Textual", Some(Need::Verbatim), of_all),
        ("Validate", Some(Need::Limits), of_validate),
        ("Verbatim", Some(Need::Verbatim), of_all),
        ("Violation", Some(Need::Limits), of_validate),
        ("Violations", Some(Need::Limits), of_validate),
        ("batch", Some(Need::Batches), of_client),
        ("bulk", Some(Need::Bulk), of_client),
    ];
    let is_needed = |need: Option<Need>| need.is_none_or(|need| needs.include(need));
    table.into_iter().filter(move |(_, need, _)| is_needed(*need)).map(|(name, _, gate)| {
        let here = word(if name == "bulk" { api.bulk_module.rust() } else { name });
        let name = word(name);
        let renamed = (here != name).then(|| quote!(as #here));
        gate(quote!(pub use runtime::#name #renamed;))
    })
}

/// Keeps the module of a tag out of builds without it.
fn of_tag(tag: &Tag, item: TokenStream) -> TokenStream {
    match &tag.feature {
        Some(feature) => quote!(#[cfg(all(feature = "client", feature = #feature))] #item),
        None => of_client(item),
    }
}

/// Says which builds have an item.
type Gate = fn(TokenStream) -> TokenStream;

/// An item of all builds.
fn of_all(item: TokenStream) -> TokenStream {
    item
}

/// Keeps an item out of builds that have the types alone.
fn of_client(item: TokenStream) -> TokenStream {
    quote!(#[cfg(feature = "client")] #item)
}

/// Keeps an item out of builds that are async alone.
fn of_blocking(item: TokenStream) -> TokenStream {
    quote!(#[cfg(feature = "blocking")] #item)
}

/// Keeps an item out of builds that look at no limits.
fn of_validate(item: TokenStream) -> TokenStream {
    quote!(#[cfg(feature = "validate")] #item)
}

/// Keeps rustfmt off an item: prettyplease's layout is not quite its own.
fn off_limits(item: TokenStream) -> TokenStream {
    quote!(#[rustfmt::skip] #item)
}

/// `types.rs`
pub fn types(api: &Api, homes: &[Home]) -> TokenStream {
    let docs = inner_docs(&["The types of all requests and replies.".to_owned()]);
    let mut homes: Vec<_> = homes.iter().collect();
    homes.sort_unstable_by_key(|home| module(home));
    let names: Vec<_> = homes.iter().map(|home| word(module(home))).collect();
    let gates: Vec<_> = homes.iter().map(|home| of_feature(api.feature_of(home))).collect();
    quote! {
        #docs
        #(#gates mod #names;)*
        #(#gates pub use #names::*;)*
    }
}

fn front_page_text(
    api: &Api,
    needs: &RuntimeNeeds,
    documentation: &Documentation<'_>,
) -> Vec<String> {
    let mut text = documentation::client::headline(api);
    let mut paragraph = |lines: Vec<String>| {
        if !lines.is_empty() {
            text.push(String::new());
            text.extend(lines);
        }
    };
    paragraph(documentation::client::description(api));
    paragraph(documentation.first_example().map(|example| example.doctest()).unwrap_or_default());
    paragraph(environment(api));
    for (credential, grant) in api.grants() {
        paragraph(client_credentials(credential, grant));
    }
    paragraph(vec!["# Operations".to_owned()]);
    paragraph(operations(api));
    paragraph(how_calls_work(api, needs));
    if !api.common_errors.is_empty() {
        paragraph(vec!["# Usual errors".to_owned()]);
        paragraph(vec!["How most operations fail; those that do say so.".to_owned()]);
        paragraph(documentation::errors::common_errors(&api.common_errors));
    }
    paragraph(vec!["# Features".to_owned()]);
    paragraph(features(api, needs));
    text
}

fn environment(api: &Api) -> Vec<String> {
    let variables = api.credentials.iter().map(|credential| format!("`{}`", credential.variable));
    let credentials = variables.collect::<Vec<_>>().join(", ");
    let base = &api.base_url_variable;
    let place = match &api.base_url {
        Some(url) => format!("is at another place than `{}`.", url.trim_end_matches('/')),
        None => "is.".to_owned(),
    };
    let mut lines = match credentials.as_str() {
        "" => vec![format!("[`Client::from_env`] reads from `{base}` where the service {place}")],
        credentials => vec![
            format!("[`Client::from_env`] reads {credentials}, and `{base}` where the service"),
            place,
        ],
    };
    if api.servers.are_several() {
        lines.push(format!("The places that are described are [`{}`].", api.servers.module.rust()));
    }
    lines
}

fn client_credentials(credential: &Credential, grant: &Grant) -> Vec<String> {
    let (variable, client) = (&credential.variable, grant.client.rust());
    let text = "of a token, by which the client asks for tokens itself and renews them. In the environment,";
    vec![
        format!("[`{client}`](ClientBuilder::{client}) takes an id and a secret instead"),
        text.to_owned(),
        format!("{} do in the place of `{variable}`.", grant.client_variables()),
    ]
}

fn operations(api: &Api) -> Vec<String> {
    let mut table = vec!["| family | operations |".to_owned(), "|---|---|".to_owned()];
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

fn how_calls_work(api: &Api, needs: &RuntimeNeeds) -> Vec<String> {
    let mut lines = vec![
        "Required parameters are arguments, optional ones are set on the [`Call`], and the call is"
            .to_owned(),
        "sent when it is awaited. It gives a [`Reply`], which derefs to the body and knows the status,"
            .to_owned(),
        "the headers and their [`meta`](Reply::meta) data, or an [`Error`], which knows what was said."
            .to_owned(),
    ];
    if !api.types.is_empty() {
        lines.push("All bodies are [`types`].".to_owned());
    }
    if !api.rate_limits.groups.is_empty() {
        let module = api.rate_limits.module.rust();
        lines.push(format!(
            "Calls wait for their turn within the limits of their groups: [`{module}`]."
        ));
    }
    if needs.include(Need::Bulk) {
        let module = api.bulk_module.rust();
        lines.push("Methods that end in `_all` make a call for each of any number of requests, several at a".to_owned());
        lines.push(format!("time, and lose no reply when they stop: [`{module}`]."));
    }
    if needs.include(Need::Webhooks) {
        let module = api.webhooks.module.rust();
        lines.push(format!("What the service sends of its own accord is read by [`{module}`]."));
    }
    lines
}

/// The features that `templates/Cargo.toml` gives to every client.
const FEATURES: &str = "\
| feature | what it adds |
|---|---|
| `rustls` | the client, with TLS by rustls; on by default |
| `native-tls` | the client, with TLS by the system's library |
| `client` | the client alone, for plain HTTP or a [`Transport`] of your own |
| `blocking` | `Call::send_blocking`, for code that is not async |
| `tracing` | a span for each attempt, with OpenTelemetry's names for its fields |";

/// The one that only clients with batches have.
const S3: &str = "| `s3` | `batch::S3`: results from S3, with AWS credentials of your own |";

/// The one that only clients with limits to check have.
const VALIDATE: &str =
    "| `validate` | `validate` of requests: whether they keep the limits that are described |";

/// The one that only clients with a feature a tag have.
const ALL_TAGS: &str = "| `all-tags` | all families of operations; on by default |";

/// ```text
/// Each family of operations is a feature of its own, and brings the types that only it uses: `orders`, `stock`.
/// ```
fn of_tags(api: &Api) -> Vec<String> {
    let features: Vec<_> = api.features().map(|feature| format!("`{feature}`")).collect();
    if features.is_empty() {
        return Vec::new();
    }
    let text = "Each family of operations is a feature of its own, and brings the types that only it uses:";
    [String::new(), text.to_owned(), format!("{}.", features.join(", "))].into()
}

fn features(api: &Api, needs: &RuntimeNeeds) -> Vec<String> {
    let s3 = needs.include(Need::Batches).then_some(S3);
    let validate = needs.include(Need::Limits).then_some(VALIDATE);
    let tags = api.features().next().map(|_| ALL_TAGS);
    let further = s3.into_iter().chain(validate).chain(tags);
    let mut lines: Vec<_> = FEATURES.lines().chain(further).map(str::to_owned).collect();
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
            "Without any of them the crate is those [`types`] that several families use, and depends on no HTTP library."
        }
        None => "Without any of them the crate is its [`types`], and depends on no HTTP library.",
    }
}
