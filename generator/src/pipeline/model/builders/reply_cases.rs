//! The cases of a reply: which media types are the same to a caller, and how each case is called and recognized.

use std::cmp::Reverse;

use super::media_words;
use super::status_words::status_words;
use crate::pipeline::model::{Reply, ReplyCase, ReplyForm, ReplyTest, When};
use crate::pipeline::resolve::MediaType;
use crate::rust::names::{self, Name, Scope};

/// Up to so many media types of bytes are a case each; more of them are one case.
const MOST_BYTES: usize = 3;

/// A documented success: a status, and a form of its body.
pub struct Case {
    pub status: Option<u16>,
    /// Its media types; none if it has no body.
    pub media: Vec<MediaType>,
    pub form: ReplyForm,
}

/// The cases of a status. Media types of the same JSON are one.
pub fn cases(status: Option<u16>, forms: Vec<(MediaType, ReplyForm)>) -> Vec<Case> {
    if forms.is_empty() {
        return vec![Case { status, media: Vec::new(), form: ReplyForm::Nothing }];
    }
    let bytes = forms.iter().filter(|(_, form)| *form == ReplyForm::Bytes).count();
    let mut cases: Vec<Case> = Vec::new();
    for (media_type, form) in forms {
        let is_one = match form {
            ReplyForm::Bytes => bytes > MOST_BYTES,
            ReplyForm::Text => false,
            _ => true,
        };
        let known = cases
            .iter_mut()
            .find(|case| case.form == form && (is_one || case.media.contains(&media_type)));
        match known {
            Some(case) => case.media.push(media_type),
            None => cases.push(Case { status, media: vec![media_type], form }),
        }
    }
    cases
}

/// The reply that is one of several cases.
pub fn several(name: Name, found: &[Case]) -> Reply {
    let streams = found.iter().filter(|case| case.form.streams());
    let streams = streams.flat_map(|case| &case.media).map(MediaType::with_parameters).collect();
    let (tests, otherwise) = tests(found);
    Reply::Several { name, streams, cases: named(found), tests, otherwise }
}

fn named(found: &[Case]) -> Vec<ReplyCase> {
    let mut scope = Scope::default();
    let case = |case: &Case| {
        let words = words(case, found);
        ReplyCase {
            name: scope.name_as("", &words, names::Case::Type),
            when: when(case, found),
            form: case.form.clone(),
        }
    };
    found.iter().map(case).collect()
}

fn when(case: &Case, found: &[Case]) -> When {
    let media = || case.media.iter().map(MediaType::with_parameters).collect();
    match (case.status, is_alone(case, found)) {
        _ if !by_status(found) => When::Media(media()),
        (Some(status), true) => When::Status(status),
        (Some(status), false) => When::Both(status, media()),
        (None, true) => When::AnyOther,
        (None, false) => When::Media(media()),
    }
}

/// Whether cases differ by their status.
fn by_status(found: &[Case]) -> bool {
    found.iter().any(|case| Some(case.status) != found.first().map(|first| first.status))
}

/// Whether no other case has the status.
fn is_alone(case: &Case, found: &[Case]) -> bool {
    found.iter().filter(|other| other.status == case.status).count() == 1
}

/// `text/csv` → `csv`; `201` → `created`.
fn words(case: &Case, found: &[Case]) -> String {
    let media = || media_words(case, found);
    match (case.status.filter(|_| by_status(found)), is_alone(case, found)) {
        (Some(status), true) => status_words(status),
        (Some(status), false) => format!("{} {}", status_words(status), media()),
        (None, true) if by_status(found) => "other".to_owned(),
        (None, _) => media(),
    }
}

/// JSON is called so if there is only one.
fn media_words(case: &Case, found: &[Case]) -> String {
    let is_json = |case: &Case| matches!(case.form, ReplyForm::Json(_));
    let json = found.iter().filter(|other| other.status == case.status && is_json(other)).count();
    match (&case.form, case.media.as_slice()) {
        (ReplyForm::Json(_), _) if json == 1 => "json".to_owned(),
        (ReplyForm::Bytes, [_, _, ..]) => "bytes".to_owned(),
        (_, [first, ..]) => media_words::words(first),
        (_, []) => "nothing".to_owned(),
    }
}

/// The tests that tell cases apart, in the order in which they are made, and the case of what passes none of them.
///
/// A status has a case for what says nothing of its media type, or something else than is described.
fn tests(found: &[Case]) -> (Vec<ReplyTest>, usize) {
    let mut statuses: Vec<Option<u16>> = Vec::new();
    for case in found.iter().filter(|case| case.status.is_some()) {
        if !statuses.contains(&case.status) {
            statuses.push(case.status);
        }
    }
    let is_open = found.iter().any(|case| case.status.is_none());
    let last = if is_open || statuses.is_empty() { None } else { Some(statuses.remove(0)) };
    let last = last.flatten();
    let mut tests = Vec::new();
    for status in statuses {
        let usual = usual(status, found);
        tests.extend(by_media(status, status, usual, found));
        tests.push(ReplyTest { status, media: Vec::new(), case: usual });
    }
    let otherwise = usual(last, found);
    tests.extend(by_media(last, None, otherwise, found));
    (tests, otherwise)
}

/// The case of a status that is taken if no other is recognized: that of any media type, else the first.
fn usual(status: Option<u16>, found: &[Case]) -> usize {
    let of_status = || found.iter().enumerate().filter(|(_, case)| case.status == status);
    let takes_all = |case: &Case| case.media.iter().any(|media| media.as_str() == "*/*");
    let any = of_status().find(|(_, case)| takes_all(case));
    any.or_else(|| of_status().next()).map_or(0, |(index, _)| index)
}

/// The tests for the media types of a status: those that say more before those that say less.
fn by_media(
    status: Option<u16>,
    tested: Option<u16>,
    usual: usize,
    found: &[Case],
) -> Vec<ReplyTest> {
    let cases = found.iter().enumerate().filter(|(_, case)| case.status == status);
    let mut known: Vec<_> = cases
        .flat_map(|(index, case)| case.media.iter().map(move |media| (media, index)))
        .collect();
    known.sort_by_key(|(media, case)| (Reverse(media.precision()), *case == usual));
    let mut tests: Vec<ReplyTest> = Vec::new();
    for (index, (media, case)) in known.iter().enumerate() {
        // What no later test takes for its own needs none.
        let is_taken = |(other, of): &(&MediaType, usize)| *of != usual && other.may_be(media);
        if *case == usual && !known[index..].iter().any(is_taken) {
            continue;
        }
        match tests.last_mut().filter(|last| last.case == *case) {
            Some(last) => last.media.push(media.with_parameters()),
            None => tests.push(ReplyTest {
                status: tested,
                media: vec![media.with_parameters()],
                case: *case,
            }),
        }
    }
    tests
}
