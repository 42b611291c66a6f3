//! Many things done at a time, with the results in the order of the things.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Does `work` on each of `items` on `threads` threads (at least one). Items are taken one after the other, each when a thread is
/// free for it, so that no more are there than threads; `done` hears of each as it is done. The results are in the order of the
/// items.
pub fn in_order<I: Send, T: Send>(
    threads: usize,
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> T + Sync,
    mut done: impl FnMut(&T),
) -> Vec<T> {
    if threads <= 1 {
        // Nothing is gained by another thread.
        return items.map(work).inspect(|result| done(result)).collect();
    }
    let items = Mutex::new(items.enumerate());
    let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
    let (say, hear) = mpsc::channel();
    let mut results = BTreeMap::new();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (say, next, work) = (say.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((index, item)) = next() {
                    if say.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(say);
        for (index, result) in hear {
            done(&result);
            results.insert(index, result);
        }
    });
    results.into_values().collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items_whatever_is_done_first() {
        for threads in [0, 1, 3, 20] {
            let mut heard = Vec::new();
            let slow_first = |item: u64| {
                thread::sleep(Duration::from_millis(8 - item));
                item * 10
            };
            let results = in_order(threads, 0..8, slow_first, |result| heard.push(*result));
            assert_eq!(results, [0, 10, 20, 30, 40, 50, 60, 70], "{threads}");
            heard.sort_unstable();
            assert_eq!(heard, results);
        }
    }

    #[test]
    fn no_more_items_are_taken_than_there_are_threads() {
        let (there, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..50).inspect(|_| {
            most.fetch_max(there.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        });
        let work = |_| {
            thread::sleep(Duration::from_millis(1));
            there.fetch_sub(1, Ordering::SeqCst)
        };
        assert_eq!(in_order(3, items, work, |_| {}).len(), 50);
        assert!(most.load(Ordering::SeqCst) <= 3, "{most:?}");
    }
}
