//! A lock that is handed over as CPython hands over its own.
//!
//! It follows CPython's `ceval_gil.c` (since 3.2, by Antoine Pitrou): a waiter waits for a switch interval, then asks
//! for the lock; its holder sees that at the next step, releases the lock, and waits until another has taken it, so
//! that the holder does not win it back itself. A holder that releases the lock while another asks for it waits there,
//! too. As in CPython, one signal wakes one of the threads that wait for the lock, and another signal wakes the thread
//! that waits to see it taken. The next interval of that thread counts from when the lock was taken: where the cores
//! are busy, the operating system may let the thread begin to wait only milliseconds later, and turns would be longer
//! by that.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::{LOOK_UP, Monitor};
use crate::trace::Cause;
use crate::{Failure, SampleContext};

/// The lock.
pub(crate) struct Lock {
    state: Monitor<LockState>,
    /// The lane that took the lock last, and when, for the lane that waits to see that.
    taker: Monitor<Option<(usize, f64)>>,
    /// Whether a lane has waited for an interval.
    asked: AtomicBool,
    /// Milliseconds.
    interval: f64,
}

#[derive(Default)]
struct LockState {
    held: bool,
    /// The lane that held it last.
    holder: Option<usize>,
    /// How often it went from one lane to another.
    switches: u64,
}

/// A wait shorter than this, in milliseconds, is no wait: the lock was free.
const AT_ONCE: f64 = 0.005;

impl Lock {
    /// A free lock with a switch interval in milliseconds.
    pub(crate) fn new(interval: f64) -> Self {
        let (state, taker) = (Monitor::new(LockState::default()), Monitor::new(None));
        Self { state, taker, asked: AtomicBool::new(false), interval }
    }

    /// Waits for the lock and takes it; the first interval counts from `since`.
    pub(crate) async fn take(
        &self,
        sample: &SampleContext<'_>,
        lane: usize,
        number: u32,
        mut since: f64,
    ) -> Result<(), Failure> {
        let (start, place) = (sample.time(), Monitor::<LockState>::line_up(sample));
        let from = loop {
            let mut seen = None;
            let left = since + self.interval - sample.world.now();
            let taken = self.state.wait_at(place, sample, left, |state| {
                seen.get_or_insert(state.switches);
                if std::mem::replace(&mut state.held, true) {
                    return None;
                }
                let last = state.holder.replace(lane).filter(|last| *last != lane);
                state.switches += u64::from(last.is_some());
                Some(last)
            });
            if let Some(from) = taken.await {
                break from;
            }
            sample.check()?;
            since = sample.world.now();
            self.state.look(|state| {
                if state.held && Some(state.switches) == seen {
                    self.asked.store(true, Relaxed);
                }
            });
        };
        self.asked.store(false, Relaxed);
        let now = sample.world.now();
        self.taker.change_for_one(sample, |taker| *taker = Some((lane, now)));
        if sample.time() - start > AT_ONCE {
            sample.record_exchange(lane, Cause::LockWait, number, start, from, 0);
        }
        Ok(())
    }

    /// Releases the lock. If another lane asked for it, returns only when another lane has it, with the time since
    /// when; otherwise returns the current time.
    pub(crate) async fn release(&self, sample: &SampleContext<'_>, lane: usize, number: u32) -> Result<f64, Failure> {
        let asked = self.asked.swap(false, Relaxed);
        self.leave(sample);
        if !asked {
            return Ok(sample.world.now());
        }
        let start = sample.time();
        let other = |taker: &mut Option<(usize, f64)>| taker.filter(|(who, _)| *who != lane);
        let (who, since) = loop {
            if let Some(taken) = self.taker.wait(sample, LOOK_UP, other).await {
                break taken;
            }
            sample.check()?;
        };
        sample.record_exchange(lane, Cause::LockWait, number, start, Some(who), 0);
        Ok(since)
    }

    /// Releases the lock, and does not wait until another has it.
    pub(crate) fn leave(&self, sample: &SampleContext<'_>) {
        self.state.change_for_one(sample, |state| state.held = false);
    }

    /// Whether another lane has waited for the lock for an interval.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.asked.load(Relaxed)
    }
}
