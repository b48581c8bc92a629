//! The lines of a section: one for each change, or one for many that say the same.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::Detail;
use crate::analysis::diff::changes::{Change, Changes, Effect, Item};
use crate::analysis::diff::sentence::Telling;

/// The most changes that are about the same matter and have a line each, and the most things that a line lists.
const MOST_ALIKE: usize = 3;

/// What is told together.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Change(usize),
    Topic(Item, &'a str),
}

/// The lines of all changes with an effect.
pub fn lines(changes: &Changes, effect: Effect, detail: Detail) -> Vec<String> {
    let found = changes.of(effect);
    if detail == Detail::All {
        return found.map(|change| change.text.clone()).collect();
    }
    let (mut topics, mut following) = (IndexMap::<_, Vec<_>>::new(), HashMap::new());
    for (index, change) in found.enumerate() {
        let key = match &change.telling {
            Telling::Together { topic, .. } => Key::Topic(change.item, topic),
            Telling::Alone => Key::Change(index),
            Telling::FollowsFrom(cause) => {
                *following.entry(&**cause).or_default() += 1;
                continue;
            }
        };
        topics.entry(key).or_default().push(change);
    }
    topics.into_values().flat_map(|topic| lines_of(&topic, &following)).collect()
}

/// The lines of changes that are about the same matter.
fn lines_of(topic: &[&Change], following: &HashMap<&str, usize>) -> Vec<String> {
    let mut same: IndexMap<&str, Vec<&Change>> = IndexMap::new();
    for change in topic {
        let says = match &change.telling {
            Telling::Together { says, .. } => says,
            Telling::Alone | Telling::FollowsFrom(_) => &change.text,
        };
        same.entry(says).or_default().push(change);
    }
    match topic.first() {
        Some(_) if topic.len() <= MOST_ALIKE => {
            topic.iter().map(|change| line(change, following)).collect()
        }
        Some(first) if same.len() > MOST_ALIKE => vec![of_topic(first, topic.len())],
        _ => same.into_values().map(|same| listed(&same)).collect(),
    }
}

/// `` 16 changes of documented errors, the first: `a().b`: documented errors: `404` became `404, 422` ``
fn of_topic(first: &Change, count: usize) -> String {
    match &first.telling {
        Telling::Together { topic, .. } => {
            format!("{count} changes of {topic}, the first: {}", first.text)
        }
        Telling::Alone | Telling::FollowsFrom(_) => first.text.clone(),
    }
}

/// `` `a().b`, `c().d`, `e().f` and 13 more: documented errors: `404` became `404, 422` ``
fn listed(same: &[&Change]) -> String {
    let (shown, more) = same.split_at(same.len().min(MOST_ALIKE));
    let mut subjects = Vec::new();
    let mut sentence = String::new();
    for change in shown {
        let Telling::Together { topic, subject, says } = &change.telling else { continue };
        subjects.push(subject.as_str());
        sentence = if topic == says { says.clone() } else { format!("{topic}: {says}") };
    }
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    format!("{}{more}: {sentence}", subjects.join(", "))
}

/// A change, and how many follow from it.
fn line(change: &Change, following: &HashMap<&str, usize>) -> String {
    let Change { text, path, .. } = change;
    match following.get(&**path).filter(|_| change.telling == Telling::Alone) {
        None => text.clone(),
        Some(1) => format!("{text}, and so is 1 path in it"),
        Some(count) => format!("{text}, and so are {count} paths in it"),
    }
}
