//! Which calls may be in flight beside each other where there is a floor.

use super::*;
use crate::runtime::clock::{Clock, TokioClock};

const CLOCK: TokioClock = TokioClock;

/// A floor of 50, and what a reply to a free call told of the balance.
fn credits(balance: Option<f64>) -> Credits {
    let credits = Credits::new(Some(50.0));
    balance.into_iter().for_each(|balance| credits.learn(CLOCK.now(), CLOCK.now(), balance));
    credits
}

fn costing(cap: impl Into<Option<f64>>) -> Purchase {
    Purchase { operation: "phone", cap: cap.into() }
}

fn reserve(credits: &Credits, cap: impl Into<Option<f64>>) -> Option<Reservation<'_>> {
    match credits.reserve(costing(cap), &CLOCK) {
        Reserved::Now(reservation) => Some(reservation),
        Reserved::Later(_) => None,
        Reserved::Never(reason) => panic!("{reason}"),
    }
}

fn in_flight(credits: &Credits) -> f64 {
    credits.state().spent.in_flight()
}

#[test]
fn a_call_of_unknown_cost_goes_alone() {
    let credits = credits(Some(100.0));
    let known = reserve(&credits, 10.0).expect("it fits");
    assert!(reserve(&credits, None).is_none(), "a call is in flight");
    known.end(Charge::Nothing);
    let unknown = reserve(&credits, None).expect("it is alone");
    assert!(reserve(&credits, 10.0).is_none(), "the other one has to be alone");
    unknown.end(Charge::Nothing);
    assert!(reserve(&credits, 10.0).is_some());
}

#[test]
fn the_first_call_goes_alone_unless_a_balance_or_a_success_is_known() {
    let (nothing, balance, success) = (credits(None), credits(Some(100.0)), credits(None));
    success.succeed("phone", CLOCK.now(), &Stated::default());
    for (credits, fits) in [(&nothing, false), (&balance, true), (&success, true)] {
        let first = reserve(credits, 10.0).expect("nothing is in flight");
        assert_eq!(reserve(credits, 10.0).is_some(), fits, "{credits:?}");
        first.end(Charge::Nothing);
    }
}

#[test]
fn a_call_gives_back_what_it_reserved_and_no_other_one() {
    let credits = credits(Some(100.0));
    let ten = reserve(&credits, 10.0).expect("it fits");
    let twenty = reserve(&credits, 20.0).expect("it fits");
    let five = reserve(&credits, 5.0).expect("it fits");
    assert_eq!(in_flight(&credits), 35.0);
    twenty.end(Charge::Settled);
    assert_eq!(in_flight(&credits), 15.0);
    drop(five);
    assert_eq!(in_flight(&credits), 10.0);
    assert_eq!(credits.state().spent.left(), Some(95.0), "what was dropped may be charged");
    ten.end(Charge::Unsettled(Some(1.0)));
    assert_eq!((in_flight(&credits), credits.state().spent.left()), (0.0, Some(94.0)));
}

#[test]
fn calls_in_flight_may_come_down_to_the_floor_and_no_further() {
    let credits = credits(Some(100.0));
    let _thirty = reserve(&credits, 30.0).expect("it fits");
    assert!(reserve(&credits, 20.5).is_none());
    assert!(reserve(&credits, 20.0).is_some());
}

#[test]
fn a_refusal_tells_the_cost_where_it_is_known() {
    let (low, high) = (credits(Some(49.5)), credits(Some(100.0)));
    let below = "49.5 credits are left, which is below the floor of 50";
    assert_eq!(low.refusal(costing(None)).as_deref(), Some(below));
    assert_eq!(low.refusal(costing(0.0)).as_deref(), Some(below));
    let refusal = high.refusal(costing(51.0)).expect("it might go below the floor");
    assert!(refusal.starts_with("100 credits are left, and it may cost 51: "), "{refusal}");
    assert_eq!(high.refusal(costing(50.0)), None);
}

#[test]
fn only_a_floor_or_a_shortage_may_refuse() {
    let free = Credits::new(None);
    assert!(!free.may_refuse());
    assert!(reserve(&free, None).is_some() && in_flight(&free) == 0.0);
    assert!(credits(None).may_refuse());
    free.refuse(CLOCK.now(), CLOCK.now(), None, None);
    assert!(free.may_refuse());
    free.reset();
    assert!(!free.may_refuse());
}
