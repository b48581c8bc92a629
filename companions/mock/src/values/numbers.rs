//! Numbers within their limits.

use fastrand::Rng;
use serde_json::{Number, Value};

use super::flat::Flat;
use super::types::Types;

/// Without limits, numbers are as large as that.
const USUAL: f64 = 100.0;

/// A number of these schemas.
pub fn value(rng: &mut Rng, flat: &Flat<'_>, types: Types) -> Option<Value> {
    if types == Types::INTEGER { integer(rng, flat) } else { float(rng, flat) }
}

fn integer(rng: &mut Rng, flat: &Flat<'_>) -> Option<Value> {
    let (least, most) = (bound(flat, LEAST, i128::max), bound(flat, MOST, i128::min));
    let step = step(flat).map_or(Some(1), whole_step)?;
    let usual = USUAL as i128 * step;
    let (least, most) = match (least, most) {
        (Some(least), Some(most)) => (least, most),
        (Some(least), None) => (least, (least + usual).min(u64::MAX.into())),
        (None, Some(most)) => ((most - usual).max(i64::MIN.into()), most),
        (None, None) => (step, usual),
    };
    let first = least.div_euclid(step) + i128::from(least.rem_euclid(step) != 0);
    let last = most.div_euclid(step);
    if first > last {
        return None;
    }
    let factor = rng.i128(first..=last.min(first.saturating_add(1_000_000)));
    number(factor.checked_mul(step)?)
}

fn number(integer: i128) -> Option<Value> {
    let signed = i64::try_from(integer).map(Value::from);
    signed.or_else(|_| u64::try_from(integer).map(Value::from)).ok()
}

/// The keyword of a limit, and of one that is excluded itself, with the step away from that.
type Limit = (&'static str, &'static str, i128);

const LEAST: Limit = ("minimum", "exclusiveMinimum", 1);
const MOST: Limit = ("maximum", "exclusiveMaximum", -1);

/// The narrowest limit of integers.
fn bound(flat: &Flat<'_>, limit: Limit, narrower: fn(i128, i128) -> i128) -> Option<i128> {
    let (keyword, excluding, step) = limit;
    let is_least = step > 0;
    let whole = |figure: f64| {
        let whole = if is_least { figure.ceil() } else { figure.floor() };
        whole.clamp(-1e30, 1e30) as i128
    };
    let included = flat.all(keyword).filter_map(|it| exact(it).or_else(|| it.as_f64().map(whole)));
    let excluded = flat.all(excluding).filter_map(|it| match (exact(it), it.as_f64()) {
        (Some(exact), _) => Some(exact + step),
        (None, Some(figure)) if figure.fract() == 0.0 => Some(whole(figure) + step),
        (None, figure) => figure.map(whole),
    });
    included.chain(excluded).reduce(narrower)
}

fn exact(keyword: &Value) -> Option<i128> {
    keyword.as_i64().map(i128::from).or_else(|| keyword.as_u64().map(i128::from))
}

/// The largest step is taken; whether it is a multiple of the others is judged afterwards.
fn step(flat: &Flat<'_>) -> Option<f64> {
    let steps = flat.all("multipleOf").filter_map(Value::as_f64);
    steps.filter(|step| *step > 0.0).reduce(f64::max)
}

/// The smallest integer that is a multiple of a step: `0.5` → 1, `2.5` → 5
fn whole_step(step: f64) -> Option<i128> {
    let whole = (1..=1_000).map(|factor| step * f64::from(factor)).find(|it| it.fract() == 0.0)?;
    (whole < 1e18).then_some(whole as i128)
}

fn float(rng: &mut Rng, flat: &Flat<'_>) -> Option<Value> {
    let figures = |keyword| flat.all(keyword).filter_map(Value::as_f64);
    let least = figures("minimum").chain(figures("exclusiveMinimum")).reduce(f64::max);
    let most = figures("maximum").chain(figures("exclusiveMaximum")).reduce(f64::min);
    let (least, most) = match (least, most) {
        (Some(least), Some(most)) => (least, most),
        (Some(least), None) => (least, least + USUAL),
        (None, Some(most)) => (most - USUAL, most),
        (None, None) => (0.0, USUAL),
    };
    let figure = match step(flat) {
        Some(step) => stepped(rng, least, most, step)?,
        None => rounded(least + (most - least) * (0.01 + 0.98 * rng.f64()), least, most),
    };
    (figure >= least && figure <= most).then(|| Number::from_f64(figure).map(Value::from))?
}

fn stepped(rng: &mut Rng, least: f64, most: f64, step: f64) -> Option<f64> {
    let (first, last) = ((least / step).ceil(), (most / step).floor());
    (first <= last && first.abs() < 1e15)
        .then(|| (first + (rng.f64() * (last - first).min(100.0)).floor()) * step)
}

/// With two decimals, as a person would write it, if that is within the limits.
fn rounded(figure: f64, least: f64, most: f64) -> f64 {
    let short = (figure * 100.0).round() / 100.0;
    if short > least && short < most { short } else { figure }
}
