//! What is copied because it can be no component, and the limits of that.

use std::collections::HashSet;

use serde_json::Value;

use super::super::files::Target;
use super::{Bundler, Here};
use crate::diagnostics::code::DiagnosticCode;
use crate::pipeline::normalize::whole_members::values_in;

/// Copies in more copies than these, or below more objects, are refused: far more than anybody writes.
const DEEPEST: (usize, usize) = (32, 400);

/// As many values as are copied a second time or more.
const MOST_COPIED: usize = 1_000_000;

/// The copies that were made.
#[derive(Default)]
pub(super) struct Copies {
    /// Of what.
    made: HashSet<Target>,
    /// Of what around the present object, up to the next component.
    around: Vec<Target>,
    /// How many values were copied again.
    again: usize,
}

impl Bundler {
    /// Whether a copy of a value can be put here, which is reported if not: copies in copies could be without end.
    pub(super) fn may_copy(&mut self, target: &Target, found: &Value, here: &Here) -> bool {
        let around = &self.copies.around;
        let is_too_deep = around.len() > DEEPEST.0 || self.level > DEEPEST.1;
        if is_too_deep || around.contains(target) {
            let message = "the references between these files go round in a circle";
            self.report(DiagnosticCode::CyclicReference, here, message);
            return false;
        }
        // That was reported.
        if self.copies.again > MOST_COPIED {
            return false;
        }
        if self.copies.made.insert(target.clone()) {
            return true;
        }
        self.copies.again += values_in(found);
        let may = self.copies.again <= MOST_COPIED;
        if !may {
            let message = format!(
                "what references lead to would be copied too often: more than {MOST_COPIED} values"
            );
            self.report(DiagnosticCode::TooLarge, here, message);
        }
        may
    }

    /// Works on a copy of what stands somewhere.
    pub(super) fn copying(&mut self, target: Target, work: impl FnOnce(&mut Self)) {
        self.copies.around.push(target);
        work(self);
        self.copies.around.pop();
    }

    /// Works on a component, which is referred to from the copies around it and no part of them.
    pub(super) fn outside_copies(&mut self, work: impl FnOnce(&mut Self)) {
        let around = std::mem::take(&mut self.copies.around);
        work(self);
        self.copies.around = around;
    }
}
