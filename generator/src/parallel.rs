//! Work on several processors.

use std::cmp::Reverse;
use std::num::NonZero;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much as the main thread has: types may be nested deeply.
const STACK: usize = 8 << 20;

/// The results of a function for all items, in their order. The heaviest items are begun first, so that no thread is left
/// with much to do at the end.
pub(crate) fn map<T: Sync, R: Send + Sync>(
    items: &[T],
    weight: impl Fn(&T) -> usize,
    function: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|index| Reverse(weight(&items[*index])));
    let results: Vec<OnceLock<R>> = items.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            results[index].get_or_init(|| function(&items[index]));
        }
    };
    let others =
        thread::available_parallelism().map_or(1, NonZero::get).min(items.len()).max(1) - 1;
    thread::scope(|scope| {
        for _ in 0..others {
            // Where no thread can be had, those that there are do its work.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for weight in [|_: &usize| 1, |item: &usize| *item] {
            let doubled = map(&items, weight, |item| item * 2);
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
        assert!(map(&[], |_: &usize| 1, |item| *item).is_empty());
    }
}
