//! How operations fail, as it is told: once where most of them fail alike, else with each.

use super::documentation::{append, repeating};
use super::{Docs, Failure, Operation, Tag, Ty};
use crate::names::Name;

/// What an operation says that fails as most do.
const USUAL: &str = " It fails as [usual](crate#usual-errors).";

/// Writes how each operation fails into its documentation, and gives what is usual, for the front
/// page.
pub fn write(tags: &mut [Tag]) -> Docs {
    let usual = usual(tags);
    for operation in tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        write_own(operation, &usual);
    }
    usual.iter().map(line).collect()
}

/// The failures of half of the operations or more, in the order of the description.
fn usual(tags: &[Tag]) -> Vec<Failure> {
    let operations: Vec<_> = tags.iter().flat_map(|tag| &tag.operations).collect();
    let count = |failure: &Failure| {
        operations.iter().filter(|operation| operation.failures.contains(failure)).count()
    };
    let mut usual: Vec<Failure> = Vec::new();
    for failure in operations.iter().flat_map(|operation| &operation.failures) {
        if !usual.contains(failure) && count(failure) > 2 && 2 * count(failure) >= operations.len()
        {
            usual.push(failure.clone());
        }
    }
    usual
}

fn write_own(operation: &mut Operation, usual: &[Failure]) {
    let is_usual = !usual.is_empty() && usual.iter().all(|one| operation.failures.contains(one));
    let own = operation.failures.iter().filter(|one| !is_usual || !usual.contains(one));
    let own: Docs = own.map(line).collect();
    if is_usual {
        let sentence = repeating(&operation.policy.repeat);
        let call = operation.docs.iter_mut().rfind(|line| line.ends_with(&sentence));
        call.into_iter().for_each(|line| line.push_str(USUAL));
    }
    if !own.is_empty() {
        append(&mut operation.docs, vec!["# Errors".to_owned()]);
        append(&mut operation.docs, own);
    }
}

/// `- \`404\` There is no such book: [\`types::Problem\`]`
pub fn line(failure: &Failure) -> String {
    let when = failure.docs.trim_end_matches('.');
    match failure.ty.as_ref().and_then(|ty| Some((ty, ty.named()?))) {
        Some((Ty::List(_), name)) => {
            format!("- `{}` {when}: a list of {}", failure.status, link(name))
        }
        Some((_, name)) => format!("- `{}` {when}: {}", failure.status, link(name)),
        None => format!("- `{}` {when}", failure.status),
    }
}

fn link(name: &Name) -> String {
    format!("[`{0}`](crate::types::{0})", name.rust())
}
