//! Threads in one memory behind one lock, as CPython has it: many threads, one of which runs.
//!
//! The lock follows CPython's `ceval_gil.c` (since 3.2, by Antoine Pitrou): a waiter waits for a switch interval, then
//! asks for the lock; its holder sees that at the next step, releases it, and waits until another has taken it, so that
//! it does not win it back itself. Around waits, and in a share of the steps that stands for extension code such as
//! numpy, the lock is released; whoever releases it while somebody asks waits there, too. As there, one signal wakes
//! one of those who wait for the lock, and another the one who waits to see it taken. That one's interval counts from
//! when it was taken: where the cores are busy, the operating system may let it begin to wait only milliseconds later,
//! and turns would be longer by that. The threads, the lock and the contention are real; that the work needs the lock is
//! modelled. Most steps take about 1 ms, so an interval below that hands over at every step.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use workloads::{Param, Step};

use super::monitor::{LOOK_UP, Monitor};
use super::threads::crew;
use super::*;
use crate::trace::Cause;

/// Runs tasks on a pool of threads that take turns.
pub struct Gil;

static META: Meta = Meta {
    id: "gil",
    name: "threads with a GIL",
    line: "Threads share one memory and one lock, and only its holder may run: they take turns of one switch interval.",
    scheduling: Scheduling::Preemptive,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: false,
    front: false,
    opening: false,
    modelled: Some(
        "Modelled on CPython's GIL: real threads and a real lock, taken as CPython takes its own, and \
         handed over between two steps, most of which take about 1 ms.",
    ),
    params: &[
        Param {
            key: "interval",
            label: "GIL: switch interval",
            unit: "µs",
            min: 100,
            max: 100_000,
            default: 5_000,
            demo: 5_000,
            ..Param::NUMBER
        },
        Param { key: "release", label: "GIL: steps that release it", unit: "%", max: 100, ..Param::NUMBER },
    ],
    equivalents: &[
        Equivalent { language: "Python", name: "ThreadPoolExecutor on a build with the GIL", file: "gil.py" },
        Equivalent { language: "Rust", name: "threads that share one Mutex", file: "gil.rs" },
        Equivalent { language: "Go", name: "goroutines that share one sync.Mutex", file: "gil.go" },
        Equivalent { language: "JavaScript", name: "Workers and a lock with Atomics.wait", file: "gil.js" },
    ],
};

impl Strategy for Gil {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        stage: &'a Stage<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let (lock, next) = (Lock::new(f64::from(stage.settings.get("interval")) / 1000.0), AtomicUsize::new(0));
            let body = |lane| -> Pending<'_, _> { Box::pin(thread(lane, &lock, &next, batch, stage)) };
            crew(stage, &body, Box::pin(async { Ok(()) })).await
        })
    }
}

/// One thread: takes the lock once, then one task after the other, as an executor's thread does, and gives the lock
/// up only where the lock's rules say so.
async fn thread(
    lane: usize,
    lock: &Lock,
    next: &AtomicUsize,
    batch: &Batch<'_>,
    stage: &Stage<'_>,
) -> Result<(), Failure> {
    let mut outside = Share::new(stage.settings.get("release"));
    let mut index = next.fetch_add(1, Relaxed);
    if index >= batch.board.len() {
        return Ok(());
    }
    lock.take(stage, lane, batch.board.task(index), stage.world.now()).await?;
    while index < batch.board.len() {
        let outcome = run(lane, index, lock, &mut outside, batch, stage).await;
        if outcome.is_err() {
            lock.leave(stage); // whoever waits for it is to see that all is over
            return outcome;
        }
        index = next.fetch_add(1, Relaxed);
    }
    lock.leave(stage);
    Ok(())
}

/// Steps one task to its end, holding the lock when it begins and when it is done.
async fn run(
    lane: usize,
    index: usize,
    lock: &Lock,
    outside: &mut Share,
    batch: &Batch<'_>,
    stage: &Stage<'_>,
) -> Result<(), Failure> {
    let (number, mut task) = (batch.board.task(index), batch.task(index));
    loop {
        stage.check()?;
        lock.hand_over_if_asked(stage, lane, number).await?;
        let released = outside.next();
        if released {
            lock.release(stage, lane, number).await?;
        }
        let step = stage.step(lane, number, &mut *task).await;
        if released {
            lock.take(stage, lane, number, stage.world.now()).await?;
        }
        match step {
            Step::Progress => {}
            Step::Wait(duration) => {
                lock.release(stage, lane, number).await?;
                let start = stage.time();
                stage.world.block(duration).await;
                stage.record(lane, Cause::Wait, number, start);
                lock.take(stage, lane, number, stage.world.now()).await?;
            }
            Step::Done(answer) => {
                batch.board.put(index, lane, answer);
                return Ok(());
            }
        }
    }
}

/// The lock.
struct Lock {
    state: Monitor<State>,
    /// Who took it last and when, for the one who waits to see that.
    taker: Monitor<Option<(usize, f64)>>,
    /// Somebody has waited for an interval.
    asked: AtomicBool,
    /// Milliseconds.
    interval: f64,
}

#[derive(Default)]
struct State {
    held: bool,
    /// Who held it last.
    holder: Option<usize>,
    /// How often it went from one to another.
    switches: u64,
}

/// A wait shorter than this, in milliseconds, is no wait: the lock was free.
const AT_ONCE: f64 = 0.005;

impl Lock {
    fn new(interval: f64) -> Self {
        let (state, taker) = (Monitor::new(State::default()), Monitor::new(None));
        Self { state, taker, asked: AtomicBool::new(false), interval }
    }

    /// Waits for it and takes it; the first interval counts from `since`.
    async fn take(&self, stage: &Stage<'_>, lane: usize, number: u32, mut since: f64) -> Result<(), Failure> {
        let (start, place) = (stage.time(), Monitor::<State>::line_up(stage));
        loop {
            let mut seen = None;
            let left = since + self.interval - stage.world.now();
            let taken = self.state.wait_at(place, stage, left, |state| {
                seen.get_or_insert(state.switches);
                let free = !std::mem::replace(&mut state.held, true);
                if free && state.holder.replace(lane) != Some(lane) {
                    state.switches += 1;
                }
                free.then_some(())
            });
            if taken.await.is_some() {
                break;
            }
            stage.check()?;
            since = stage.world.now();
            self.state.look(|state| {
                if state.held && Some(state.switches) == seen {
                    self.asked.store(true, Relaxed);
                }
            });
        }
        self.asked.store(false, Relaxed);
        let now = stage.world.now();
        self.taker.change_for_one(stage, |taker| *taker = Some((lane, now)));
        if stage.time() - start > AT_ONCE {
            stage.record(lane, Cause::LockWait, number, start);
        }
        Ok(())
    }

    /// Lets go of it; if somebody asked for it, comes back only when another has it. Says since when that is.
    async fn release(&self, stage: &Stage<'_>, lane: usize, number: u32) -> Result<f64, Failure> {
        let asked = self.asked.swap(false, Relaxed);
        self.leave(stage);
        if !asked {
            return Ok(stage.world.now());
        }
        let start = stage.time();
        let other = |taker: &mut Option<(usize, f64)>| taker.filter(|(who, _)| *who != lane);
        let since = loop {
            if let Some((_, since)) = self.taker.wait(stage, LOOK_UP, other).await {
                break since;
            }
            stage.check()?;
        };
        stage.record(lane, Cause::LockWait, number, start);
        Ok(since)
    }

    /// Lets go of it for good.
    fn leave(&self, stage: &Stage<'_>) {
        self.state.change_for_one(stage, |state| state.held = false);
    }

    /// Between two steps: gives the lock to whoever asked for it, and comes back with it.
    async fn hand_over_if_asked(&self, stage: &Stage<'_>, lane: usize, number: u32) -> Result<(), Failure> {
        if self.asked.load(Relaxed) {
            let since = self.release(stage, lane, number).await?;
            self.take(stage, lane, number, since).await?;
        }
        Ok(())
    }
}

/// Every so manieth of a hundred, spread evenly.
struct Share {
    percent: u32,
    sum: u32,
}

impl Share {
    fn new(percent: u32) -> Self {
        Self { percent, sum: 0 }
    }

    fn next(&mut self) -> bool {
        self.sum += self.percent;
        let due = self.sum >= 100;
        self.sum -= if due { 100 } else { 0 };
        due
    }
}
