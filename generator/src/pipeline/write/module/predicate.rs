//! What `cfg` asks for, as far as the features decide it.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, Meta, MetaList, Token};

use crate::pipeline::write::manifest::Enabled;

/// A condition of which the features are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    Known(bool),
    /// What else it depends on.
    Open(String),
}

impl Predicate {
    /// Reads a condition; `None` if no feature is in it.
    pub fn read(text: &str, enabled: &Enabled) -> Option<Self> {
        let meta: Meta = syn::parse_str(text).ok()?;
        let read = evaluate(&meta, enabled);
        (read != Self::Open(meta.to_token_stream().to_string())).then_some(read)
    }

    /// As it is written in `cfg`.
    pub fn text(&self) -> String {
        match self {
            Self::Known(known) => known.to_string(),
            Self::Open(text) => text.clone(),
        }
    }
}

fn evaluate(meta: &Meta, enabled: &Enabled) -> Predicate {
    match meta {
        Meta::NameValue(feature) if feature.path.is_ident("feature") => match &feature.value {
            Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => {
                Predicate::Known(enabled.has(&name.value()))
            }
            _ => open(meta),
        },
        Meta::List(list) if list.path.is_ident("not") => match parts(list, enabled).as_slice() {
            [Predicate::Known(known)] => Predicate::Known(!known),
            [Predicate::Open(text)] => Predicate::Open(format!("not ({text})")),
            _ => open(meta),
        },
        Meta::List(list) if list.path.is_ident("all") => {
            combined("all", true, parts(list, enabled))
        }
        Meta::List(list) if list.path.is_ident("any") => {
            combined("any", false, parts(list, enabled))
        }
        _ => open(meta),
    }
}

/// `all` or `any` of several: `neutral` is the value that decides nothing in it.
fn combined(word: &str, neutral: bool, parts: Vec<Predicate>) -> Predicate {
    if parts.contains(&Predicate::Known(!neutral)) {
        return Predicate::Known(!neutral);
    }
    let open: Vec<_> = parts
        .into_iter()
        .filter_map(|part| match part {
            Predicate::Open(text) => Some(text),
            Predicate::Known(_) => None,
        })
        .collect();
    match open.as_slice() {
        [] => Predicate::Known(neutral),
        [only] => Predicate::Open(only.clone()),
        several => Predicate::Open(format!("{word} ({})", several.join(" , "))),
    }
}

fn parts(list: &MetaList, enabled: &Enabled) -> Vec<Predicate> {
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    parts.iter().flatten().map(|part| evaluate(part, enabled)).collect()
}

fn open(meta: &Meta) -> Predicate {
    Predicate::Open(meta.to_token_stream().to_string())
}
