//! Something that several lanes change and wait for: a value behind a lock, with a signal (Hoare, 1974).

use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::{SampleContext, World};

/// A value that lanes share.
pub(crate) struct Monitor<T> {
    value: Mutex<T>,
    changed: Condvar,
}

/// How often a lane that waits for long looks up, in milliseconds, so that it can be cancelled.
pub(crate) const LOOK_UP: f64 = 50.0;

impl<T> Monitor<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: Mutex::new(value), changed: Condvar::new() }
    }

    /// Looks at the value; no waiting thread is woken.
    pub(crate) fn look<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.value.lock().expect("no lane panics while it changes a value"))
    }

    /// Changes the value and wakes the threads that wait for it.
    pub(crate) fn change<R>(&self, sample: &SampleContext<'_>, change: impl FnOnce(&mut T) -> R) -> R {
        self.change_and_tell(sample, |value| (change(value), usize::MAX))
    }

    /// Changes the value and wakes one of the threads that wait for it: enough where only one of them can go on.
    pub(crate) fn change_for_one<R>(&self, sample: &SampleContext<'_>, change: impl FnOnce(&mut T) -> R) -> R {
        self.change_and_tell(sample, |value| (change(value), 1))
    }

    /// Changes the value, and wakes at least as many of the threads that wait for it as `change` returns, if there are
    /// as many.
    pub(crate) fn change_and_tell<R>(
        &self,
        sample: &SampleContext<'_>,
        change: impl FnOnce(&mut T) -> (R, usize),
    ) -> R {
        let (result, told) = change(&mut self.value.lock().expect("no lane panics while it changes a value"));
        match (told, sample.world) {
            (0, _) => {}
            (_, World::Simulated(world)) => world.change(),
            (1, World::Real { .. }) => self.changed.notify_one(),
            (_, World::Real { .. }) => self.changed.notify_all(),
        }
        result
    }

    /// A place in the queue of waiting threads: the sooner it was taken, the sooner its thread is woken by a change. In
    /// the real world the operating system decides that.
    pub(crate) fn line_up(sample: &SampleContext<'_>) -> u64 {
        match sample.world {
            World::Real { .. } => 0,
            World::Simulated(world) => world.line_up(),
        }
    }

    /// Waits until `ready` returns a result, and for at most `limit` milliseconds; then `None`. `ready` may change the
    /// value, which wakes no thread.
    pub(crate) async fn wait<R>(
        &self,
        sample: &SampleContext<'_>,
        limit: f64,
        ready: impl FnMut(&mut T) -> Option<R>,
    ) -> Option<R> {
        self.wait_at(Self::line_up(sample), sample, limit, ready).await
    }

    /// As [`wait`](Self::wait), for a thread that has a place already, because it has waited before.
    pub(crate) async fn wait_at<R>(
        &self,
        place: u64,
        sample: &SampleContext<'_>,
        limit: f64,
        mut ready: impl FnMut(&mut T) -> Option<R>,
    ) -> Option<R> {
        let deadline = sample.world.now() + limit;
        match sample.world {
            World::Real { .. } => {
                let mut value = self.value.lock().expect("no lane panics while it changes a value");
                loop {
                    if let Some(result) = ready(&mut value) {
                        return Some(result);
                    }
                    let left = deadline - sample.world.now();
                    if left <= 0.0 {
                        return None;
                    }
                    let waited = self.changed.wait_timeout(value, Duration::from_secs_f64(left / 1000.0));
                    value = waited.expect("no lane panics while it changes a value").0;
                }
            }
            World::Simulated(world) => loop {
                if let Some(result) = ready(&mut self.value.lock().expect("one thread only")) {
                    return Some(result);
                }
                if world.now() >= deadline {
                    return None;
                }
                world.changed_or(place, deadline).await;
            },
        }
    }
}
