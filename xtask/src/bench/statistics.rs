//! Medians, ratios and growth.

use super::process::Run;

/// The one in the middle; of an even number, between the two.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { (values[middle - 1] + upper) / 2.0 })
}

/// The median of one figure of several runs.
pub fn median_of(runs: &[Run], figure: fn(&Run) -> f64) -> Option<f64> {
    median(runs.iter().map(figure))
}

/// How much more one takes than the other: the median of the ratios of each turn.
pub fn ratio(ours: &[Run], theirs: &[Run], figure: fn(&Run) -> f64) -> Option<f64> {
    let pairs = ours.iter().zip(theirs).map(|(ours, theirs)| (figure(ours), figure(theirs)));
    median(pairs.filter(|(_, theirs)| *theirs > 0.0).map(|(ours, theirs)| ours / theirs))
}

/// The exponent of growth: the slope of the straight line that fits the logarithms best. A cost that is linear in the
/// size has 1.
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = logarithms.len() as f64;
    let mean_x = logarithms.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = logarithms.iter().map(|(_, y)| y).sum::<f64>() / count;
    let spread: f64 = logarithms.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let both: f64 = logarithms.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    (spread > 0.0).then(|| both / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(walls: &[f64]) -> Vec<Run> {
        walls.iter().map(|&wall| Run { wall, user: 0.0, system: 0.0, peak: 0 }).collect()
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median([]), None);
    }

    #[test]
    fn a_ratio_compares_runs_of_the_same_turn() {
        let found = ratio(&runs(&[1.0, 10.0, 3.0]), &runs(&[2.0, 20.0, 1.0]), |run| run.wall);
        assert_eq!(found, Some(0.5));
        assert_eq!(ratio(&runs(&[1.0]), &[], |run| run.wall), None);
    }

    #[test]
    fn the_exponent_tells_linear_from_quadratic() {
        let grown = |power: i32| [1.0_f64, 2.0, 4.0, 8.0].map(|x| (x, 3.0 * x.powi(power)));
        assert!((exponent(&grown(1)).expect("a slope") - 1.0).abs() < 1e-9);
        assert!((exponent(&grown(2)).expect("a slope") - 2.0).abs() < 1e-9);
        assert_eq!(exponent(&[(1.0, 1.0)]), None);
    }
}
