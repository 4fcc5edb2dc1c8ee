//! Many texts on all cores, results in the order of the texts.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// Texts under way per thread: enough to keep every core busy behind one slow text, few enough to keep memory small.
const AHEAD: usize = 16;

/// What the sink is told.
#[derive(Debug)]
pub enum Step<R> {
    /// The next result in order; `Err` is the message of a panic.
    Done(Result<R, String>),
    /// Nothing finished for a while: time to flush or to close a batch.
    Idle,
}

/// An item with the place where its result is expected.
type Job<T, R> = (T, SyncSender<Result<R, String>>);

/// Applies `work` to every item of `items` on `threads` threads and hands the results to `sink` in order, on the
/// caller's thread. `sink` ends everything early with `Break`; items drawn by then are dropped.
///
/// The items are drawn on a thread of their own that outlives the call when it hangs in a read: an interrupted program
/// must not wait for a pipe that never speaks again.
pub fn ordered<T, R, I, W, S>(items: I, threads: usize, idle: Duration, work: W, mut sink: S)
where
    T: Send + 'static,
    R: Send + 'static,
    I: Iterator<Item = T> + Send + 'static,
    W: Fn(T) -> R + Sync,
    S: FnMut(Step<R>) -> ControlFlow<()>,
{
    let threads = threads.max(1);
    let (give, take) = sync_channel::<Job<T, R>>(threads);
    let (queue, order) = sync_channel::<Receiver<Result<R, String>>>(threads * AHEAD);
    let take = Mutex::new(take);
    let over = AtomicBool::new(false);
    std::thread::spawn(move || {
        for item in items {
            let (done, result) = sync_channel(1);
            // Either fails only once the sink has broken off.
            if queue.send(result).is_err() || give.send((item, done)).is_err() {
                break;
            }
        }
    });
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| worker(&take, &over, &work));
        }
        drain(&order, idle, &mut sink);
        over.store(true, Ordering::Release);
    });
}

/// How often a worker without work looks whether all is over.
const LOOK: Duration = Duration::from_millis(50);

fn worker<T, R>(take: &Mutex<Receiver<Job<T, R>>>, over: &AtomicBool, work: &(impl Fn(T) -> R + Sync)) {
    while !over.load(Ordering::Acquire) {
        // A poisoned lock is as good as a whole one: no panic can leave a receiver half changed.
        let next = take.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv_timeout(LOOK);
        let (item, done) = match next {
            Ok(job) => job,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let result = catch_unwind(AssertUnwindSafe(|| work(item))).map_err(|panic| message(&*panic));
        // The sink may have broken off.
        let _ = done.send(result);
    }
}

fn drain<R>(
    order: &Receiver<Receiver<Result<R, String>>>,
    idle: Duration,
    sink: &mut impl FnMut(Step<R>) -> ControlFlow<()>,
) {
    let mut waiting: Option<Receiver<Result<R, String>>> = None;
    loop {
        let step = if let Some(result) = waiting.take() {
            match result.recv_timeout(idle) {
                Ok(done) => Step::Done(done),
                Err(RecvTimeoutError::Timeout) => {
                    waiting = Some(result);
                    Step::Idle
                }
                Err(RecvTimeoutError::Disconnected) => Step::Done(Err("a worker ended early".to_owned())),
            }
        } else {
            match order.recv_timeout(idle) {
                Ok(result) => {
                    waiting = Some(result);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => Step::Idle,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        };
        if sink(step).is_break() {
            break;
        }
    }
}

/// What a panic said.
pub(crate) fn message(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown panic".to_owned())
}

/// How many threads to use.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE: Duration = Duration::from_millis(5);

    fn run(items: std::ops::Range<u32>, work: impl Fn(u32) -> u32 + Sync) -> Vec<Result<u32, String>> {
        let mut out = Vec::new();
        ordered(items, 4, IDLE, work, |step| {
            if let Step::Done(result) = step {
                out.push(result);
            }
            ControlFlow::Continue(())
        });
        out
    }

    #[test]
    fn order_is_kept_whatever_takes_longer() {
        let out = run(0..300, |n| {
            std::thread::sleep(Duration::from_micros(u64::from(n % 7) * 300));
            n * 2
        });
        assert_eq!(out, (0..300).map(|n| Ok(n * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_costs_one_item() {
        let out = run(0..20, |n| {
            assert!(n != 7, "text {n} is odd");
            n
        });
        assert_eq!(out.len(), 20);
        assert_eq!(out[7], Err("text 7 is odd".to_owned()));
        assert_eq!(out[8], Ok(8));
    }

    #[test]
    fn breaking_off_ends_an_endless_input() {
        let mut seen = 0;
        ordered(
            0u64..,
            3,
            IDLE,
            |n| n,
            |_| {
                seen += 1;
                if seen == 50 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 50);
    }

    #[test]
    fn a_slow_input_is_reported_as_idle() {
        let mut idle = 0;
        let slow = (0..3).inspect(|_| std::thread::sleep(Duration::from_millis(40)));
        ordered(
            slow,
            2,
            IDLE,
            |n| n,
            |step| {
                idle += usize::from(matches!(step, Step::Idle));
                ControlFlow::Continue(())
            },
        );
        assert!(idle > 0);
    }
}
