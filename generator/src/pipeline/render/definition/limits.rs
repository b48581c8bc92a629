//! What `validate` looks at, as a table.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::member_rule::MemberRule;
use crate::pipeline::model::{Check, CheckKind, Limit, Shape, TypeDef};
use crate::pipeline::render::word;
use crate::pipeline::resolve::{Bound, Constraint, Count, Figure};
use crate::rust::names::Name;

/// `limits!(Order { lines: [min_items(1)], lines });`, with no entry where there is nothing to look at.
pub(super) fn limits(name: &Ident, found: &TypeDef) -> Option<TokenStream> {
    if !found.validates {
        return None;
    }
    let is_union = matches!(found.shape, Shape::Union(_));
    let head = is_union.then(|| quote!(enum));
    let entries = found.checks.iter().map(|check| entry(check, is_union));
    Some(quote!(limits!(#head #name { #(#entries),* });))
}

/// `title: [max_length(200)]`, `type_ = "type": […]`, or `author`, into which it looks.
fn entry(check: &Check, is_union: bool) -> TokenStream {
    let part = match &check.part {
        Some(part) => self::part(part, is_union),
        None => quote!(Self),
    };
    match &check.kind {
        CheckKind::Limits(limits) => {
            let limits = list(limits);
            quote!(#part: #limits)
        }
        CheckKind::Nested => part,
    }
}

fn part(name: &Name, is_union: bool) -> TokenStream {
    let (word, wire) = (word(name.rust()), name.wire());
    // A variant is no step of the way to what it holds.
    let wire = (!is_union && wire != name.rust()).then(|| quote!(= #wire));
    quote!(#word #wire)
}

fn list(limits: &[Limit]) -> TokenStream {
    let limits = limits.iter().flat_map(limit);
    quote!([#(#limits),*])
}

fn limit(limit: &Limit) -> Vec<TokenStream> {
    match limit {
        Limit::Own(constraint) => own(constraint),
        Limit::Each(limits) => {
            let limits = list(limits);
            vec![quote!(each(#limits))]
        }
        Limit::Item(index, limits) => {
            let (index, limits) = (Literal::usize_unsuffixed(*index), list(limits));
            vec![quote!(item(#index, #limits))]
        }
    }
}

/// `Between 1 and 100.` → `minimum(1), maximum(100)`
fn own(constraint: &Constraint) -> Vec<TokenStream> {
    match constraint {
        Constraint::Length(length) => count(*length, "min_length", "max_length"),
        Constraint::Items(items) => count(*items, "min_items", "max_items"),
        Constraint::Members(members) => count(*members, "min_properties", "max_properties"),
        Constraint::Pattern(pattern) => vec![quote!(pattern(#pattern))],
        Constraint::Unique => vec![quote!(unique_items())],
        Constraint::Range(least, most) => {
            let least = least.map(|bound| self::bound(bound, "minimum", "exclusive_minimum"));
            let most = most.map(|bound| self::bound(bound, "maximum", "exclusive_maximum"));
            least.into_iter().chain(most).collect()
        }
        Constraint::Step(step) => vec![called("multiple_of", &figure(*step))],
        Constraint::Rule(rule) => vec![self::rule(rule)],
        Constraint::MemberSets(_) => Vec::new(),
    }
}

/// `any_of([required(&["email"]), required(&["phone"])])`
fn rule(rule: &MemberRule) -> TokenStream {
    let list = |rules: &[MemberRule]| {
        let rules = rules.iter().map(self::rule);
        quote!([#(#rules),*])
    };
    match rule {
        MemberRule::Required(names) => quote!(required(&[#(#names),*])),
        MemberRule::AllOf(rules) => {
            let rules = list(rules);
            quote!(all_of(#rules))
        }
        MemberRule::AnyOf(rules) => {
            let rules = list(rules);
            quote!(any_of(#rules))
        }
        MemberRule::OneOf(rules) => {
            let rules = list(rules);
            quote!(one_of(#rules))
        }
        MemberRule::Not(rule) => {
            let rule = self::rule(rule);
            quote!(not(#rule))
        }
    }
}

fn count(Count { least, most }: Count, at_least: &str, at_most: &str) -> Vec<TokenStream> {
    let least = least.filter(|least| *least > 0).map(|least| (at_least, least));
    let ends = least.into_iter().chain(most.map(|most| (at_most, most)));
    ends.map(|(name, count)| called(name, &Literal::usize_unsuffixed(count))).collect()
}

fn bound(bound: Bound, inclusive: &str, exclusive: &str) -> TokenStream {
    called(if bound.excluded { exclusive } else { inclusive }, &figure(bound.figure))
}

fn figure(figure: Figure) -> Literal {
    match figure {
        Figure::Integer(value) => Literal::i128_unsuffixed(value),
        Figure::Float(value) => Literal::f64_unsuffixed(value),
    }
}

fn called(name: &str, value: &Literal) -> TokenStream {
    let name = word(name);
    quote!(#name(#value))
}
