//! Work on several processors.

use std::cmp::Reverse;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
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
    let others = processors().min(items.len()).max(1) - 1;
    thread::scope(|scope| {
        for _ in 0..others {
            // Where no thread can be had, those that there are do its work.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// How many processors there are. The system is asked once: it takes a dozen files to say so.
pub(crate) fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// The results of two functions; the first runs on a thread of its own, if one can be had.
pub(crate) fn both<A: Send, B>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    let first = Mutex::new(Some(first));
    let run = || first.lock().ok().and_then(|mut first| first.take()).map(|first| first());
    let (done, second) = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        let second = second();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| thread.join();
        let done = thread.ok().map(join).transpose().unwrap_or_else(|panic| resume_unwind(panic));
        (done.flatten(), second)
    });
    (done.or_else(run).expect("the first function runs once"), second)
}

#[cfg(test)]
mod tests {
    use super::{both, map};

    #[test]
    fn both_functions_are_done() {
        assert_eq!(both(|| 1, || "a"), (1, "a"));
    }

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
