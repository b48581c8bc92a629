//! Sentences about what a schema requires of its values.

use crate::member_rule::MemberRule;
use crate::pipeline::resolve::{Bound, Constraint, Count};

/// `Between 1 and 100.`
pub fn sentence(constraint: &Constraint) -> Option<String> {
    match constraint {
        Constraint::Length(length) => count(*length, "character"),
        Constraint::Pattern(pattern) => Some(format!("Matches `{pattern}`.")),
        Constraint::Items(items) => count(*items, "item"),
        Constraint::Unique => Some("Each item once.".to_owned()),
        Constraint::Range(least, most) => range(*least, *most),
        Constraint::Rule(rule) => Some(self::rule(rule)),
        Constraint::MemberSets(sets) => Some(member_sets(sets)),
        Constraint::Members(_) | Constraint::Step(_) => None,
    }
}

/// `Must have at least one of: `email`; `name` and `company`.`
pub fn rule(rule: &MemberRule) -> String {
    match rule {
        MemberRule::Not(forbidden) => format!("Must not have {}.", together(forbidden)),
        rule => format!("Must have {}.", words(rule, false)),
    }
}

/// What an object must not have: `` `a` and `b` together ``
fn together(forbidden: &MemberRule) -> String {
    let all = words(forbidden, false);
    match forbidden {
        MemberRule::Required(names) if names.len() > 1 => format!("{all} together"),
        _ => all,
    }
}

/// `` `cvv` if it has `card` ``: without the one, or with the other.
fn dependent(rules: &[MemberRule]) -> Option<String> {
    let [MemberRule::Not(without), MemberRule::Required(needed)] = rules else { return None };
    let MemberRule::Required(given) = &**without else { return None };
    Some(format!("{} if it has {}", list_names(needed), list_names(given)))
}

fn words(rule: &MemberRule, is_nested: bool) -> String {
    let list = |rules: &[MemberRule], by: &str| {
        rules.iter().map(|rule| words(rule, true)).collect::<Vec<_>>().join(by)
    };
    let (open, close) = if is_nested { (" (", ")") } else { (": ", "") };
    match rule {
        MemberRule::Required(names) => list_names(names),
        MemberRule::AllOf(rules) => list(rules, ", and "),
        MemberRule::AnyOf(rules) => dependent(rules)
            .unwrap_or_else(|| format!("at least one of{open}{}{close}", list(rules, "; "))),
        MemberRule::OneOf(rules) => format!("exactly one of{open}{}{close}", list(rules, "; ")),
        MemberRule::Not(rule) => match &**rule {
            MemberRule::Required(names) if names.len() == 1 => {
                format!("no {}", list_names(names))
            }
            rule => format!("not ({})", words(rule, false)),
        },
    }
}

/// `` `a`, `b` and `c` ``
fn list_names(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "anything".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `One of these is needed: \`email\`; \`phone\` with \`country\`.`
fn member_sets(sets: &[Vec<String>]) -> String {
    let names = |set: &Vec<String>| {
        let names = set.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(" with ")
    };
    let sets: Vec<_> = sets.iter().map(names).collect();
    format!("One of these is needed: {}.", sets.join("; "))
}

fn range(least: Option<Bound>, most: Option<Bound>) -> Option<String> {
    let above = |Bound { figure, excluded }| match excluded {
        true => format!("more than {figure}"),
        false => format!("at least {figure}"),
    };
    let below = |Bound { figure, excluded }| match excluded {
        true => format!("less than {figure}"),
        false => format!("at most {figure}"),
    };
    let words = match (least, most) {
        (
            Some(Bound { figure: least, excluded: false }),
            Some(Bound { figure: most, excluded: false }),
        ) => format!("between {least} and {most}"),
        (Some(least), Some(most)) => format!("{} and {}", above(least), below(most)),
        (Some(least), None) => above(least),
        (None, Some(most)) => below(most),
        (None, None) => return None,
    };
    Some(capitalized(&words))
}

fn count(Count { least, most }: Count, unit: &str) -> Option<String> {
    let units = |count: usize| if count == 1 { unit.to_owned() } else { format!("{unit}s") };
    let words = match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", units(most)),
        (Some(least), Some(most)) => format!("between {least} and {most} {}", units(most)),
        (Some(least), None) => format!("at least {least} {}", units(least)),
        (None, Some(most)) => format!("at most {most} {}", units(most)),
        (None, None) => return None,
    };
    Some(capitalized(&words))
}

/// `at most 3` → `At most 3.`
fn capitalized(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rules_are_written_as_sentences() {
        let table = [
            (
                json!({"anyOf": [{"required": ["id"]}, {"required": ["a", "b", "c"]}]}),
                "Must have at least one of: `id`; `a`, `b` and `c`.",
            ),
            (
                json!({"oneOf": [{"required": ["a"], "not": {"required": ["b"]}}, {"anyOf": [
                    {"required": ["c"]}, {"required": ["d"]}]}]}),
                "Must have exactly one of: `a`, and no `b`; at least one of (`c`; `d`).",
            ),
            (json!({"dependentRequired": {"card": ["cvv"]}}), "Must have `cvv` if it has `card`."),
            (json!({"not": {"required": ["a", "b"]}}), "Must not have `a` and `b` together."),
        ];
        for (schema, sentence) in table {
            assert_eq!(rule(&MemberRule::read(&schema).expect("a rule")), sentence);
        }
    }
}
