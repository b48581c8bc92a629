//! `Box` or not: a type that holds itself directly would have no size.

use std::collections::HashMap;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::pipeline::model::items::Definition;
use crate::pipeline::model::{Shape, Ty};
use crate::rust::names::Name;

/// Boxes each use of a type within itself, unless a list or a map is between:
/// `sequel: Option<Book>` in `Book` → `Option<Box<Book>>`.
pub fn break_up(mut definitions: Vec<Definition>) -> Vec<Definition> {
    let circles = circles(&mut definitions);
    for definition in &mut definitions {
        let Some(circle) = circles.get(&definition.name).copied() else { continue };
        for ty in direct_types(&mut definition.shape) {
            if named(ty).and_then(|inner| circles.get(inner).copied()) == Some(circle) {
                put_in_box(ty);
            }
        }
    }
    definitions
}

/// The types that are in a circle, with a number for each circle.
fn circles(definitions: &mut [Definition]) -> HashMap<Name, usize> {
    let mut graph = DiGraph::<Name, ()>::new();
    let nodes: HashMap<Name, NodeIndex> = definitions
        .iter()
        .map(|definition| (definition.name.clone(), graph.add_node(definition.name.clone())))
        .collect();
    for definition in definitions {
        let from = nodes.get(&definition.name).copied();
        for ty in direct_types(&mut definition.shape) {
            let to = named(ty).and_then(|inner| nodes.get(inner).copied());
            if let (Some(from), Some(to)) = (from, to) {
                graph.add_edge(from, to, ());
            }
        }
    }
    let parts = tarjan_scc(&graph).into_iter().enumerate();
    let circular = parts.filter(|(_, part)| {
        part.len() > 1 || part.iter().any(|node| graph.contains_edge(*node, *node))
    });
    circular
        .flat_map(|(number, part)| part.into_iter().map(move |node| (node, number)))
        .map(|(node, number)| (graph[node].clone(), number))
        .collect()
}

/// The types that are directly in a value; those of lists and maps are on the heap.
fn direct_types(shape: &mut Shape) -> Vec<&mut Ty> {
    match shape {
        Shape::Struct(object) => {
            object.fields.iter_mut().flat_map(|field| parts(&mut field.ty)).collect()
        }
        Shape::Union(union) => {
            union.variants.iter_mut().flat_map(|variant| parts(&mut variant.ty)).collect()
        }
        Shape::Enum(_) | Shape::IntegerEnum(_) | Shape::ScalarEnum(_) => Vec::new(),
    }
}

fn parts(ty: &mut Ty) -> Vec<&mut Ty> {
    match ty {
        Ty::Nullable(ty) => parts(ty),
        Ty::Tuple(items) => items.iter_mut().flat_map(parts).collect(),
        part => vec![part],
    }
}

fn named(ty: &Ty) -> Option<&Name> {
    match ty {
        Ty::Named(name) => Some(name),
        _ => None,
    }
}

fn put_in_box(ty: &mut Ty) {
    if let Ty::Named(name) = ty {
        *ty = Ty::Boxed(name.clone());
    }
}
