mod reserving;

use std::time::{Duration, Instant};

use super::shortage::Shortage;
use super::*;
use crate::runtime::ResponseConventions;

fn moments() -> impl Fn(u64) -> Instant {
    let began = Instant::now();
    move |second| began + Duration::from_secs(second)
}

#[test]
fn replies_that_overtake_each_other_leave_the_latest_and_the_least_balance() {
    let at = moments();
    let credits = Credits::new(Some(10.0));
    let known = |credits: &Credits| (credits.balance(), credits.state().spent.left());
    credits.learn(at(2), at(5), 29.0);
    credits.learn(at(1), at(6), 28.0);
    assert_eq!(known(&credits), (Some(29.0), Some(28.0)), "an earlier request, charged later");
    credits.learn(at(4), at(7), 30.0);
    assert_eq!(known(&credits), (Some(30.0), Some(28.0)), "it overlapped both");
    credits.learn(at(5), at(8), 30.0);
    assert_eq!(known(&credits), (Some(30.0), Some(28.0)), "it overlapped the second one");
    credits.learn(at(6), at(9), 31.0);
    assert_eq!(known(&credits), (Some(31.0), Some(30.0)), "it was sent after both");
    credits.learn(at(9), at(10), 32.0);
    assert_eq!(known(&credits), (Some(32.0), Some(32.0)));
    credits.learn(at(9), at(10), 33.0);
    assert_eq!(known(&credits), (Some(33.0), Some(32.0)));
}

#[test]
fn what_a_lost_call_may_have_cost_counts_until_a_later_request_tells_the_balance() {
    let at = moments();
    let credits = Credits::new(Some(10.0));
    let left = |credits: &Credits| credits.state().spent.left();
    credits.learn(at(0), at(1), 20.0);
    credits.state().spent.unsettle(at(5), 4.0);
    assert_eq!(left(&credits), Some(16.0));
    credits.learn(at(4), at(6), 20.0);
    assert_eq!(left(&credits), Some(16.0), "it was sent before the loss");
    credits.learn(at(5), at(7), 20.0);
    assert_eq!(left(&credits), Some(20.0));
}

fn shortage(at: &impl Fn(u64) -> Instant, required: Option<f64>, balance: Option<f64>) -> Shortage {
    Shortage { sent: at(1), since: at(3), required, balance }
}

#[test]
fn a_shortage_ends_with_a_later_success_that_tells_no_balance_below_what_is_needed() {
    let at = moments();
    let (any, fifty) = (shortage(&at, None, None), shortage(&at, Some(50.0), None));
    for (shortage, sent, balance, ends) in [
        (&any, 1, None, false),
        (&any, 2, None, true),
        (&any, 2, Some(0.0), false),
        (&any, 2, Some(0.5), true),
        (&any, 1, Some(0.5), false),
        (&fifty, 2, Some(49.9), false),
        (&fifty, 2, Some(50.0), true),
    ] {
        assert_eq!(shortage.ends_with(at(sent), balance), ends, "{shortage:?} {sent} {balance:?}");
    }
}

#[test]
fn a_shortage_ends_with_a_balance_that_a_request_from_after_it_tells() {
    let at = moments();
    for (required, last, sent, balance, ends) in [
        (None, None, 2, 5.0, false),
        (None, None, 3, 5.0, true),
        (None, None, 3, 0.0, false),
        (None, Some(5.0), 3, 5.0, false),
        (None, Some(5.0), 3, 5.1, true),
        (None, Some(5.0), 2, 9.0, false),
        (Some(5.0), Some(7.0), 3, 4.9, false),
        (Some(5.0), Some(7.0), 3, 5.0, true),
    ] {
        let left = shortage(&at, required, last).after(at(sent), balance);
        assert_eq!(left.is_none(), ends, "{required:?} {last:?} {sent} {balance}");
        let seen = left.map_or(Some(balance), |left| left.balance);
        assert_eq!(seen, if sent < 3 { last } else { Some(balance) });
    }
}

#[test]
fn of_two_shortages_the_one_that_stops_more_counts() {
    let at = moments();
    for (earlier, this, both) in [
        (Some(5.0), Some(50.0), Some(5.0)),
        (Some(50.0), Some(5.0), Some(5.0)),
        (None, Some(50.0), None),
        (Some(50.0), None, None),
        (None, None, None),
    ] {
        let merged = shortage(&at, this, Some(2.0)).merge(Some(shortage(&at, earlier, None)));
        assert_eq!((merged.required, merged.balance), (both, Some(2.0)), "{earlier:?} {this:?}");
    }
    let alone = shortage(&at, Some(50.0), None);
    assert_eq!(alone.merge(None), alone);
}

#[test]
fn a_shortage_says_what_is_known() {
    let at = moments();
    let says = |required, balance| shortage(&at, required, balance).to_string();
    assert!(says(Some(50.0), Some(20.0)).contains("50 credits being required and 20 left"));
    assert!(says(Some(50.0), None).contains("402 before, 50 credits being required;"));
    assert!(says(None, Some(20.0)).contains("402 before with 20 credits left;"));
    assert!(says(None, None).contains("402 before;"));
}

const CONVENTIONS: ResponseConventions = ResponseConventions {
    success_field: Some("success"),
    balance_fields: &["left"],
    cost_fields: &["cost"],
    required_fields: &["needed", "required"],
    ..ResponseConventions::NONE
};

#[test]
fn replies_state_success_balance_and_cost() {
    let read = |header, body: &str, consumes_credits| {
        Stated::read(&CONVENTIONS, header, body.as_bytes(), consumes_credits)
    };
    let stated = |success, balance, cost| Stated { success, balance, cost };
    for (header, body, expected) in [
        (
            None,
            r#"{"success": true, "cost": 2, "left": 7}"#,
            stated(Some(true), Some(7.0), Some(2.0)),
        ),
        (
            None,
            r#"{"left": 7.5, "left": 8, "cost": 1, "cost": 3}"#,
            stated(None, Some(7.5), Some(1.0)),
        ),
        (Some(" 9 "), r#"{"left": 7, "cost": 2}"#, stated(None, Some(9.0), Some(2.0))),
        (Some("many"), r#"{"left": 7, "cost": -1}"#, stated(None, Some(7.0), None)),
        (Some("-1"), r#"{"success": 1, "left": "7", "cost": null}"#, stated(None, None, None)),
        (None, r#"{"success": false, "left": 0, "x"#, stated(Some(false), Some(0.0), None)),
        (None, "<html>", stated(None, None, None)),
        (
            None,
            r#"{"success": true, "cost": 2, "left": 7, "success": false}"#,
            stated(Some(true), Some(7.0), Some(2.0)),
        ),
    ] {
        assert_eq!(read(header, body, true), expected, "{header:?} {body}");
    }
    let body = r#"{"success": true, "left": 7, "cost": 2}"#;
    assert_eq!(read(None, body, false).cost, None, "it is not looked for");
}

#[test]
fn a_402_states_what_is_required_at_the_top_or_in_its_detail() {
    for (body, expected) in [
        (r#"{"required": 50}"#, Some(50.0)),
        (r#"{"needed": 5.5, "required": 50}"#, Some(5.5)),
        (r#"{"detail": {"required": 50}}"#, Some(50.0)),
        (r#"{"required": null, "detail": {"required": 50}}"#, None),
        (r#"{"required": -1}"#, None),
        (r#"{"detail": "required 50"}"#, None),
        ("[]", None),
        ("", None),
    ] {
        assert_eq!(required(&CONVENTIONS, body.as_bytes()), expected, "{body}");
    }
}

#[test]
fn the_highest_cost_of_each_operation_is_kept() {
    let mut costs = Costs::default();
    for (operation, cost) in [("phone", 2.0), ("email", 7.0), ("phone", 5.0), ("email", 3.0)] {
        costs.see(operation, cost);
    }
    let known = ["phone", "email", "match"].map(|operation| costs.most(operation));
    assert_eq!(known, [Some(5.0), Some(7.0), None]);
}
