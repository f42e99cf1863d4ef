//! All tasks interleaved on a pool of threads, as tokio's multi-thread runtime and Go's goroutines are: a thread that
//! is free takes the next ready task, and runs it until it gives control back. A task that waits holds no thread, and
//! goes on in any thread that is free.
//!
//! One of the idle threads keeps watch: it sleeps until the first of the waiting tasks is due. The others sleep until
//! they are called. Invariant: a thread that leaves with a task has called as many idle threads as the tasks left
//! behind need, so that no thread sleeps beside a ready task, and no wait goes unwatched while a thread is idle.

use std::collections::VecDeque;

use workloads::Step;

use super::*;
use crate::trace::Cause;

/// Interleaves all tasks on a pool of threads.
pub struct AsyncPool;

static META: Meta = Meta {
    id: "async-pool",
    name: "async on threads",
    plain: "async on threads",
    plural: false,
    team: "async on {n} {n?thread:threads}",
    line: "All tasks take turns on a pool of threads: a free thread takes the next, and a task that waits holds none.",
    scheduling: Scheduling::Cooperative,
    memory: Memory::Shared,
    place: Place::ThreadPool,
    parallel: true,
    front: false,
    opening: false,
    contrast: false,
    without_sharing: Some("actors"),
    modelled: None,
    params: &[],
    equivalents: &[
        Equivalent { language: "Python", name: "nothing; an asyncio loop in each thread comes near" },
        Equivalent { language: "Rust", name: "tokio, multi-thread runtime" },
        Equivalent { language: "Go", name: "goroutines" },
        Equivalent { language: "JavaScript", name: "nothing; an event loop in each Worker comes near" },
    ],
    samples: true,
};

impl Strategy for AsyncPool {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn phase<'a>(
        &'a self,
        batch: &'a Batch<'a>,
        sample: &'a SampleContext<'a>,
        _: &'a dyn Host,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let tasks = Monitor::new(Tasks::new(batch.answers.len()));
            let body = |lane| -> Pending<'_, _> { Box::pin(work(lane, &tasks, batch, sample)) };
            on_all_threads(sample, &body, Box::pin(async { Ok(()) })).await
        })
    }
}

/// One thread: a turn of one task after the other.
async fn work(
    lane: usize,
    tasks: &Monitor<Tasks>,
    batch: &Batch<'_>,
    sample: &SampleContext<'_>,
) -> Result<(), Failure> {
    let (mut stepper, mut now, mut left, mut last) = (Stepper::free(lane, sample), sample.time(), None, None);
    while let Some((at, begun)) = next(tasks, left.take(), sample, &mut now).await? {
        let (mut running, from) = begun.unwrap_or_else(|| (batch.task(at), lane));
        if last != Some(at) {
            sample.world.fetch().await;
            now = match from {
                own if own == lane => sample.time(),
                other => sample.record_exchange(lane, Cause::Transfer, running.number, now, Some(other), 0),
            };
        }
        last = Some(at);
        left = Some(match stepper.turn(&mut running, &mut now, |_| true).await? {
            Step::Done(answer) => {
                batch.answers.put(at, lane, running.finished(answer));
                Left::Done
            }
            Step::Progress => Left::Ready(at, (running, lane)),
            wait => {
                let due = sample.overlapped(lane, running.number, &wait, now);
                Left::Waiting(at, (running, lane), due)
            }
        });
    }
    Ok(())
}

/// The task that a thread does next, as soon as there is one; `None` when all are done. `left` is how the thread left
/// its last task, at `now`, which becomes the current time.
async fn next(
    tasks: &Monitor<Tasks>,
    mut left: Option<Left>,
    sample: &SampleContext<'_>,
    now: &mut f64,
) -> Result<Option<(usize, Option<Begun>)>, Failure> {
    let (place, mut watch) = (Monitor::<Tasks>::line_up(sample), None);
    loop {
        sample.check()?;
        match tasks.change_and_tell(sample, |tasks| tasks.next(left.take(), &mut watch, *now)) {
            NextAction::Task(at, begun) => return Ok(Some((at, begun))),
            NextAction::Over => return Ok(None),
            NextAction::Idle(limit) => tasks.wait_at(place, sample, limit, |tasks| tasks.calls().then_some(())).await,
        };
        *now = sample.time();
    }
}

/// A task that was begun, with the lane that did its last step.
type Begun = (Running, usize);

/// How a thread leaves a task.
enum Left {
    /// It could go on.
    Ready(usize, Begun),
    /// It waits, until this many milliseconds after the sample began.
    Waiting(usize, Begun, f64),
    Done,
}

/// What a thread is to do.
enum NextAction {
    /// A turn of this task.
    Task(usize, Option<Begun>),
    /// To wait until it is called, for at most this many milliseconds.
    Idle(f64),
    /// Nothing more: all tasks are done.
    Over,
}

/// What the threads share: which tasks are ready, which wait, and until when a thread watches them. Tasks are
/// identified by their places in the batch.
struct Tasks {
    ready: VecDeque<usize>,
    waiting: Waiting,
    /// Tasks that were begun and that no thread is running.
    parked: Vec<Option<Begun>>,
    /// How many tasks are not done.
    open: usize,
    /// How many threads are idle.
    idle: usize,
    /// When the idle thread that keeps watch wakes up, in microseconds; `NEVER`, if none does.
    watched: u64,
}

/// After everything else.
const NEVER: u64 = u64::MAX;

impl Tasks {
    fn new(count: usize) -> Self {
        let (ready, waiting, parked) = ((0..count).collect(), Waiting::default(), (0..count).map(|_| None).collect());
        Self { ready, waiting, parked, open: count, idle: 0, watched: NEVER }
    }

    /// What a thread does next, and how many others are to be called. `watch` is `Some` while the thread is idle: the
    /// moment until which it keeps watch, or `NEVER`.
    fn next(&mut self, left: Option<Left>, watch: &mut Option<u64>, now: f64) -> (NextAction, usize) {
        if let Some(until) = watch.take() {
            self.idle -= 1;
            if until == self.watched {
                self.watched = NEVER;
            }
        }
        left.into_iter().for_each(|left| self.put_back(left));
        while let Some(at) = self.waiting.due(now) {
            self.ready.push_back(at);
        }
        if let Some(at) = self.ready.pop_front() {
            let useful = self.ready.len() + usize::from(self.unwatched());
            return (NextAction::Task(at, self.parked[at].take()), useful.min(self.idle));
        }
        if self.open == 0 {
            return (NextAction::Over, self.idle);
        }
        (NextAction::Idle(self.fall_idle(watch, now)), 0)
    }

    fn put_back(&mut self, left: Left) {
        match left {
            Left::Ready(at, begun) => {
                self.parked[at] = Some(begun);
                self.ready.push_back(at);
            }
            Left::Waiting(at, begun, due) => {
                self.parked[at] = Some(begun);
                self.waiting.add(at, due);
            }
            Left::Done => self.open -= 1,
        }
    }

    /// Marks a thread as idle: it keeps watch if no other does. Returns how long it may wait, in milliseconds.
    fn fall_idle(&mut self, watch: &mut Option<u64>, now: f64) -> f64 {
        self.idle += 1;
        let left = self.waiting.next_ms(now).filter(|_| self.unwatched());
        let until = if left.is_some() { self.waiting.next_at() } else { NEVER };
        self.watched = self.watched.min(until);
        *watch = Some(until);
        left.map_or(LOOK_UP, |left| left.min(LOOK_UP))
    }

    /// Whether a task's wait ends before any idle thread that keeps watch wakes up.
    fn unwatched(&self) -> bool {
        self.waiting.next_at() < self.watched
    }

    /// Whether an idle thread is called.
    fn calls(&self) -> bool {
        !self.ready.is_empty() || self.open == 0 || self.unwatched()
    }
}
