//! `client.rs`: how a client is made, and the operations it has.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::{self, From};
use super::{deprecated, docs, documentation, inner_docs, of_feature, word};
use crate::pipeline::model::{Api, Credential, Grant, MetaHeader, ResponseConventions, Tag, Ty};
use crate::pipeline::resolve::Placement;

/// `client.rs`
pub fn client(api: &Api) -> TokenStream {
    let inner = inner_docs(&["How to make a client, and its groups of operations.".to_owned()]);
    let uses = uses(api);
    let service = service(api);
    let grants = grants(api);
    let with_grants = grants.as_ref().map(|_| quote!(.grants(GRANTS)));
    let new = new(api);
    let from_env = from_env(api);
    let accessors = api.tags.iter().map(accessor);
    let setters = setters(api);
    let headers = headers(&api.headers);
    quote! {
        #inner
        #uses
        #service
        #grants

        impl Client {
            #new
            #from_env

            /// Starts a client with other settings.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&SERVICE) #with_grants
            }

            #(#accessors)*
        }

        #setters
        #headers
    }
}

fn uses(api: &Api) -> TokenStream {
    let tags = tags(api);
    let (credential, placement) = match api.credentials.is_empty() {
        true => (None, None),
        false => (Some(quote!(Credential,)), Some(quote!(Placement,))),
    };
    let meta = (!api.headers.is_empty()).then(|| quote!(Meta,));
    let grant = api.grants().next().map(|_| quote!(Grant,));
    quote! {
        use crate::runtime::{Client, ClientBuilder, #credential Error, #grant #meta #placement ResponseConventions, Service};
        #tags
    }
}

/// The modules of the tags, each on its own where each is a feature.
fn tags(api: &Api) -> Option<TokenStream> {
    let mut tags: Vec<&Tag> = api.tags.iter().collect();
    tags.sort_unstable_by_key(|tag| tag.name.rust());
    let names: Vec<_> = tags.iter().map(|tag| word(tag.name.rust())).collect();
    if api.features().next().is_some() {
        let gates = tags.iter().map(|tag| of_feature(tag.feature.as_deref()));
        return Some(quote!(#(#gates use crate::#names;)*));
    }
    match names.as_slice() {
        [] => None,
        [only] => Some(quote!(use crate::#only;)),
        several => Some(quote!(use crate::{#(#several),*};)),
    }
}

fn service(api: &Api) -> TokenStream {
    let base_url = match &api.base_url {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let base_path = match &api.base_path {
        Some(path) => quote!(Some(#path)),
        None => quote!(None),
    };
    let variable = &api.base_url_variable;
    let credentials = api.credentials.iter().map(credential);
    let needs_credential = api.needs_credential();
    let conventions = conventions(&api.response_conventions);
    let groups = api.rate_limits.groups.iter().map(|group| group.name.wire());
    quote! {
        const SERVICE: Service = Service {
            base_url: #base_url,
            base_path: #base_path,
            base_url_variable: #variable,
            credentials: &[#(#credentials),*],
            needs_credential: #needs_credential,
            conventions: #conventions,
            rate_limit_groups: &[#(#groups),*],
        };
    }
}

fn conventions(conventions: &ResponseConventions) -> TokenStream {
    let ResponseConventions {
        success_field,
        rate_limit_header,
        balance_header,
        balance_fields,
        cost_fields,
        required_fields,
        cap_field,
    } = conventions;
    if *conventions == ResponseConventions::default() {
        return quote!(ResponseConventions::NONE);
    }
    let [success_field, rate_limit_header, balance_header, cap_field] =
        [success_field, rate_limit_header, balance_header, cap_field].map(|text| match text {
            Some(text) => quote!(Some(#text)),
            None => quote!(None),
        });
    quote! {
        ResponseConventions {
            success_field: #success_field,
            rate_limit_header: #rate_limit_header,
            balance_header: #balance_header,
            balance_fields: &[#(#balance_fields),*],
            cost_fields: &[#(#cost_fields),*],
            required_fields: &[#(#required_fields),*],
            cap_field: #cap_field,
        }
    }
}

fn credential(credential: &Credential) -> TokenStream {
    let scheme = credential.name.wire();
    let variable = &credential.variable;
    let placement = match &credential.placement {
        Placement::Bearer => quote!(Placement::Bearer),
        Placement::Basic => quote!(Placement::Basic),
        Placement::Header(name) => quote!(Placement::Header(#name)),
        Placement::Query(name) => quote!(Placement::Query(#name)),
        Placement::Cookie(name) => quote!(Placement::Cookie(#name)),
    };
    quote!(Credential { scheme: #scheme, placement: #placement, variable: #variable })
}

fn grants(api: &Api) -> Option<TokenStream> {
    let grants = api.grants().map(|(credential, grant)| {
        let Grant { url, needed, variables, .. } = grant;
        let scheme = credential.name.wire();
        let token_url = match url {
            Some(url) => quote!(Some(#url)),
            None => quote!(None),
        };
        let scopes = needed.join(" ");
        quote! {
            Grant {
                scheme: #scheme,
                token_url: #token_url,
                scopes: #scopes,
                variables: [#(#variables),*],
            }
        }
    });
    let grants: Vec<_> = grants.collect();
    (!grants.is_empty()).then(|| quote!(const GRANTS: &[Grant] = &[#(#grants),*];))
}

/// `new` asks for what a client cannot do without: a base URL that the description does not
/// give, and the credential where there is one kind of it.
fn new(api: &Api) -> TokenStream {
    let credential = match api.credentials.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let base_url = api.base_url.is_none().then(|| word("base_url"));
    let name = credential.map(|only| word(only.name.rust()));
    let steps = base_url.iter().map(|name| quote!(.#name(#name)));
    let steps =
        steps.chain(credential.zip(name.as_ref()).map(|(only, name)| match only.deprecated {
            // Its setter would bring a warning into the crate itself.
            true => {
                let scheme = only.name.wire();
                quote!(.credential(#scheme, #name.into()))
            }
            false => quote!(.#name(#name)),
        }));
    let steps: TokenStream = steps.collect();
    let asked: Vec<Ident> = base_url.iter().chain(&name).cloned().collect();
    let is_deprecated = credential.is_some_and(|only| only.deprecated);
    let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
    quote! {
        /// A client with the usual settings.
        ///
        /// # Errors
        /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a value cannot be
        /// used.
        #deprecated
        pub fn new(#(#asked: impl Into<String>),*) -> Result<Self, Error> {
            Self::builder() #steps .build()
        }
    }
}

fn from_env(api: &Api) -> TokenStream {
    let base_url = &api.base_url_variable;
    let credentials = api.credentials.iter().map(|one| format!("`{}`", one.variable));
    let credentials: Vec<_> = credentials.collect();
    let mut doc = match credentials.is_empty() {
        true => vec![format!("A client from the environment: `{base_url}`.")],
        false => vec![
            format!("A client from the environment: {} and, if it is set,", credentials.join(", ")),
            format!("`{base_url}`."),
        ],
    };
    for (credential, grant) in api.grants() {
        let variables = grant.client_variables();
        doc.extend([
            String::new(),
            format!("{variables} can be set instead of `{}`.", credential.variable),
        ]);
    }
    let docs = docs(&doc);
    quote! {
        #docs
        ///
        /// # Errors
        /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if a variable is missing
        /// or cannot be used.
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env().build()
        }
    }
}

fn accessor(tag: &Tag) -> TokenStream {
    let docs = docs(&documentation::client::tag(tag));
    let (accessor, name) = (word(tag.name.rust()), word(tag.type_name.rust()));
    let gate = of_feature(tag.feature.as_deref());
    quote! {
        #docs
        #gate
        pub fn #accessor(&self) -> #accessor::#name<'_> {
            #accessor::#name::new(self)
        }
    }
}

fn setters(api: &Api) -> TokenStream {
    let setters = api.credentials.iter().map(|credential| {
        let docs = docs(&documentation::client::credential(credential));
        let name = word(credential.name.rust());
        let scheme = credential.name.wire();
        let deprecated = credential.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            pub fn #name(self, #name: impl Into<String>) -> Self {
                self.credential(#scheme, #name.into())
            }
        }
    });
    let of_grants = api.grants().map(|(credential, grant)| setters_of(credential, grant));
    let setters = setters.chain(of_grants);
    quote! {
        impl ClientBuilder {
            /// Starts a client with what [`Client::from_env`] reads. What is set later replaces it.
            pub fn from_env() -> Self {
                Client::builder().read_env()
            }

            #(#setters)*
        }
    }
}

fn setters_of(credential: &Credential, grant: &Grant) -> TokenStream {
    use documentation::client::{grant_client, grant_scopes, grant_token_url};
    let of_client = docs(&grant_client(credential, grant));
    let of_url = docs(&grant_token_url(credential, grant));
    let of_scopes = docs(&grant_scopes(credential, grant));
    let [client, token_url, scopes] =
        [&grant.client, &grant.token_url, &grant.scopes].map(|name| word(name.rust()));
    let scheme = credential.name.wire();
    quote! {
        #of_client
        pub fn #client(self, id: impl Into<String>, secret: impl Into<String>) -> Self {
            self.client_of(#scheme, id.into(), secret.into())
        }

        #of_url
        pub fn #token_url(self, url: impl Into<String>) -> Self {
            self.tokens_from(#scheme, url.into())
        }

        #of_scopes
        pub fn #scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.tokens_for(#scheme, scopes)
        }
    }
}

fn headers(headers: &[MetaHeader]) -> Option<TokenStream> {
    let accessors = headers.iter().map(|header| {
        let docs = docs(&documentation::client::header(header));
        let name = word(header.name.rust());
        let wire = header.name.wire();
        let (ty, value) = match &header.ty {
            Ty::List(item) => {
                let item = header_value(item).unwrap_or(quote!(String));
                (quote!(Vec<#item>), quote!(self.list(#wire)))
            }
            ty => match header_value(ty) {
                Some(ty) => (ty, quote!(self.parsed(#wire))),
                None => (quote!(&str), quote!(self.header(#wire))),
            },
        };
        let deprecated = deprecated(header.deprecated);
        quote! {
            #docs
            #deprecated
            pub fn #name(&self) -> Option<#ty> {
                #value
            }
        }
    });
    (!headers.is_empty()).then(|| quote!(impl Meta { #(#accessors)* }))
}

/// The type of a header's value if it is no string.
fn header_value(ty: &Ty) -> Option<TokenStream> {
    match ty {
        Ty::Integer(_) => Some(ty::ty(ty, From::Types)),
        Ty::Float => Some(quote!(f64)),
        Ty::Bool => Some(quote!(bool)),
        _ => None,
    }
}
